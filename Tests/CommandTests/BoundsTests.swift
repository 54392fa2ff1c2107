import Foundation
import Testing

/// What one input may cost: memory follows the setting, whatever stands in the input.
@Suite struct BoundsTests {
  private static let small = #"--set 'run.memory="16 MiB"' --report report.json"#

  @Test("lines without records are let go as they pass")
  func blankLines() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      { echo '{"text":"First."}'; head -c 24000000 /dev/zero | tr '\\0' '\\n'; echo '{"text":"Last."}'; } |
        winnow run - -q \(Self.small)
      """)
    #expect(result.code == 0)
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["-:1", "-:24000002"])
    #expect(try place.peakMemoryBytes < 60 << 20)
  }

  @Test("records of a few bytes are charged for what they become", arguments: [2, 8])
  func tinyRecords(jobs: Int) throws {
    let place = try Workplace(stages: Workplace.allStages)
    let result = try place.run(
      "yes '{\"text\":\"a\"}' | head -15000 | winnow run - -q -j \(jobs) -o /dev/null \(Self.small)"
    )
    #expect(result.code == 0)
    #expect(try place.peakMemoryBytes < 110 << 20)
  }

  /// A record of 4 MB that is one thing many times over.
  struct Record: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: String
    let part: String
    let end: String

    init(_ name: String, _ start: String, _ part: String, _ end: String = #""}"#) {
      testDescription = name
      (self.start, self.part, self.end) = (start, part, end)
    }
  }

  /// `run.max_document` says so in the manual.
  static let copies = 5
  static let besides = 256 << 20

  @Test(
    "one record takes no more than the manual says",
    arguments: [
      Record("dates", #"{"text":""#, "1.1.2024 "),
      Record("money", #"{"text":""#, "$1,1,1,1,1 "),
      Record("brackets", #"{"text":""#, "http://a/((((( "),
      Record("dates in HTML", #"{"html":"<p>"#, "1.1.2024 "),
      Record("lists", #"{"text":"t","deep":["#, "[[[]]],", "0]}"),
      Record("escapes", #"{"text":""#, "\\u0001"),
      Record("blocks", #"{"html":""#, "<p>a"),
      Record("rows", #"{"html":"<table>"#, "<tr><td>a<td>b"),
      Record("attributes", #"{"html":""#, "<p a=1 b=2 c=3>x"),
      Record("metadata", #"{"text":"t","m":""#, "y"),
    ])
  func oneRecord(record: Record) throws {
    let place = try Workplace(stages: Workplace.allStages)
    var line = Data(record.start.utf8)
    let part = Data(record.part.utf8)
    while line.count < 4_000_000 { line.append(part) }
    line.append(Data((record.end + "\n").utf8))
    try place.write("in.ndjson", line)
    #expect(try place.run("winnow run in.ndjson -q \(Self.small)").code == 0)
    #expect(
      try place.records("out.ndjson").count + place.records("rejects.ndjson").count == 1)
    #expect(try place.peakMemoryBytes < Self.copies * line.count + Self.besides)
  }

  @Test("a record of too many values is rejected")
  func values() throws {
    let place = try Workplace()
    let list = String(repeating: "[],", count: 300_000)
    try place.write(
      "in.ndjson", #"{"id":"many","text":"t","m":[\#(list)0]}"# + "\n" + #"{"id":"few","text":"t"}"#
    )
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["few"])
    let rejected = try #require(
      try place.records("rejects.ndjson").first?["rejected"] as? [String: Any])
    #expect(rejected["reason"] as? String == "too_many_values")
    #expect(rejected["limit"] as? Int == 262_144)
  }

  @Test("commas and brackets in strings are no values")
  func punctuation() throws {
    let place = try Workplace()
    let text = String(repeating: #"[{,\"\\"#, count: 200_000)
    try place.write("in.ndjson", #"{"id":"a","text":"\#(text)"}"#)
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    #expect(try place.records("out.ndjson").count == 1)
  }

  @Test("of very many mentions those at the end are left out, and the record says from where on")
  func mentions() throws {
    let place = try Workplace(stages: #"{"use": "entities", "patterns": ["date", "url"]}"#)
    try place.write(
      "in.ndjson", #"{"id":"a","text":"\#(String(repeating: "1.1.2024 ", count: 70_000))"}"#)
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    let annotations = try #require(
      try place.records("out.ndjson").first?["annotations"] as? [String: Any])
    #expect((annotations["entities"] as? [Any])?.count == 65_536)
    #expect(annotations["entities_cut"] as? Int == 65_535 * 9 + 8)
  }
}
