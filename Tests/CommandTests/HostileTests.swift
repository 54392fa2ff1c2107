import Foundation
import Testing

/// Input that is broken or meant to break: each ends in a record, a reject or a clear error.
@Suite struct HostileTests {
  /// Runs all stages over one page, given as the bytes of an HTML file: with the fast reader, then with the
  /// default one, which must come to the same bytes.
  private func run(_ place: Workplace, page: Data) throws -> Executable.Result {
    try place.write("page.html", page)
    let fast = try place.run("winnow run page.html -q --set stages.html.parser=fast")
    let bytes = try place.read("out.ndjson") + place.read("rejects.ndjson")
    let result = try place.run("winnow run page.html -q")
    #expect(result.code == fast.code)
    #expect(try place.read("out.ndjson") + place.read("rejects.ndjson") == bytes)
    return result
  }

  private static let sentence =
    "The ferry leaves the quay at seven in the morning, and comes back with the post at noon. "
  private static let prose = String(
    repeating: "<p>\(String(repeating: sentence, count: 3))</p>", count: 4)

  @Test("broken HTML gives its text")
  func brokenHTML() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let page = "<div><b><p>\(Self.sentence)</b></i></table><td <a href='x>\(Self.prose)<div><!-- "
    #expect(try run(place, page: Data(page.utf8)).code == 0)
    let text = try #require(try place.records("out.ndjson").first?["text"] as? String)
    #expect(text.contains("The ferry leaves the quay"))
  }

  @Test("invalid UTF-8 in a page is repaired, in a text rejected with its place")
  func invalidUTF8() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let page = Data("<meta charset=utf-8><p>caf".utf8) + Data([0xC3, 0x28]) + Data(Self.prose.utf8)
    #expect(try run(place, page: page).code == 0)
    #expect(try place.records("out.ndjson").count + place.records("rejects.ndjson").count == 1)
    try place.write("text.txt", Data("good ".utf8) + Data([0xFF]) + Data(" bad".utf8))
    #expect(try place.run("winnow run text.txt -q").code == 0)
    let rejected = try #require(
      try place.records("rejects.ndjson").first?["rejected"] as? [String: Any])
    #expect(rejected["reason"] as? String == "invalid_utf8")
    #expect(rejected["byte"] as? Int == 5)
  }

  @Test("a wrong character set gives the right text")
  func wrongCharset() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let words = "Übermäßig große Körbe stünden für die schönen Äpfel bereit, sagte der Gärtner. "
    let page = "<meta charset=iso-8859-1><p>" + String(repeating: words, count: 8)
    #expect(try run(place, page: Data(page.utf8)).code == 0)
    let text = try #require(try place.records("out.ndjson").first?["text"] as? String)
    #expect(text.contains("Übermäßig große Körbe"))
  }

  @Test("NUL bytes do not end a page")
  func nulBytes() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let page = Data("<p>Before\u{0} and\u{0}\u{0} after. ".utf8) + Data(Self.prose.utf8)
    #expect(try run(place, page: page).code == 0)
    let text = try #require(try place.records("out.ndjson").first?["text"] as? String)
    #expect(text.contains("after") && text.contains("noon") && !text.contains("\u{0}"))
  }

  @Test("a line of 200 MB is rejected without being held, and the next one is read")
  func longLine() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      { printf '{"id":"long","text":"'; head -c 200000000 /dev/zero | tr '\\0' x; echo '"}';
        echo '{"id":"next","text":"Next."}'; } | winnow run - -q --report report.json
      """)
    #expect(result.code == 0)
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["next"])
    let rejected = try #require(
      try place.records("rejects.ndjson").first?["rejected"] as? [String: Any])
    #expect(rejected["reason"] as? String == "too_large")
    #expect(rejected["bytes"] as? Int == 200_000_023)
    #expect(rejected["line"] as? Int == 1)
    #expect(rejected["byte_offset"] as? Int == 0)
    #expect(try place.peakMemoryBytes < 250 << 20)
  }

  @Test("100,000 nested tags give the text that stands before them")
  func nestedTags() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let page = Self.prose + String(repeating: "<div>", count: 100_000) + "deep"
    #expect(try run(place, page: Data(page.utf8)).code == 0)
    let record = try #require(try place.records("out.ndjson").first)
    #expect((record["text"] as? String)?.contains("at noon") == true)
    let annotations = record["annotations"] as? [String: Any]
    #expect((annotations?["html"] as? [String: Any])?["cut"] != nil, "what was cut is recorded")
  }

  @Test("broken markup without end ends in a record or a reject")
  func floods() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let pages = [
      "<!--" + String(repeating: "<!-", count: 100_000), "<script>" + Self.prose,
      String(repeating: "<a href='", count: 10_000), String(repeating: "<", count: 100_000),
    ]
    for (index, page) in pages.enumerated() {
      #expect(try run(place, page: Data(page.utf8)).code == 0, "page \(index)")
      #expect(
        try place.records("out.ndjson").count + place.records("rejects.ndjson").count == 1,
        "page \(index)")
    }
  }

  /// A page that is one thing many times over, and what the record says was cut of it.
  struct Flood: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let start: String
    let part: String
    let count: Int
    /// The limits that are met, in the order of the annotation `cut`.
    let cut: [String]

    init(
      _ name: String, start: String = "", _ part: String, _ count: Int, cut: [String] = []
    ) {
      testDescription = name
      (self.start, self.part, self.count, self.cut) = (start, part, count, cut)
    }
  }

  @Test(
    "floods end, with everything collected that can be, and the record says what was cut",
    arguments: [
      Flood("50 MB of one element", start: "<p>", "word and more ", 3_600_000, cut: ["text"]),
      Flood(
        "50 MB of one line of code", start: "<pre>", "word and more\n", 3_600_000, cut: ["text"]),
      Flood("a million attributes", start: "<p ", "a1=2 ", 1_000_000),
      Flood("unclosed everything", "<p><b><i><table><tr><td>x", 20_000, cut: ["depth"]),
      Flood("unclosed emphasis", "<b>x <i>y ", 200_000),
      Flood("entities", start: "<p>", "&amp;&#x41;&unknown;&eacute; ", 500_000),
      Flood("a million rows", start: "<table>", "<tr><td>a<td>b", 1_000_000, cut: ["blocks"]),
      Flood(
        "a million cells in a row", start: "<table><tr>", "<td>a", 1_100_000, cut: ["elements"]),
      Flood("nested tables", "<table><tr><td>", 100_000, cut: ["depth"]),
      Flood("links", start: "<p>", "<a href=x/y?z&amp;q>l</a> ", 300_000, cut: ["markup"]),
      Flood("pictures", start: "<p>a", "<img alt=a src=x.png> b ", 300_000, cut: ["markup"]),
      Flood(
        "long alternative texts", "<img alt='\(sentence)' src=x.png>a", 250_000, cut: ["markup"]),
      Flood("emphasis", start: "<p>", "<b>a<i>b</b>c</i> ", 200_000, cut: ["markup"]),
      Flood("pieces of code", start: "<p>", "<code>a`b</code> ", 300_000, cut: ["markup"]),
      Flood("quotations", "<blockquote>q", 100_000, cut: ["depth"]),
      Flood("end tags", "</div></b></i></x>", 200_000),
      Flood("ends of paragraphs", "x</p>", 300_000, cut: ["blocks"]),
      Flood("end tags that do not pass", start: "<span>", "<div></span>", 100_000, cut: ["depth"]),
      Flood("names of elements", "<a1 b1 c1>x</b2>", 100_000, cut: ["depth"]),
    ])
  func flood(flood: Flood) throws {
    let place = try Workplace(
      stages: """
        {"use": "html", "format": "markdown", "links": true, "images": true},
        {"use": "boilerplate", "comments": "keep", "favor": "recall"}
        """)
    var page = Data((Self.prose + flood.start).utf8)
    for _ in 0..<flood.count { page.append(contentsOf: flood.part.utf8) }
    #expect(try run(place, page: page).code == 0)
    let records = try place.records("out.ndjson") + place.records("rejects.ndjson")
    #expect(records.count == 1)
    let annotations = records.first?["annotations"] as? [String: Any]
    let cut = (annotations?["html"] as? [String: Any])?["cut"] as? [String]
    #expect(cut ?? [] == flood.cut)
    // Of 130,000 paragraphs of one letter around four of prose nobody can say which the page is about.
    let rejected = records.first?["rejected"] as? [String: Any]
    let isDrowned = rejected?["reason"] as? String == "no_main_content" && cut == ["blocks"]
    #expect((records.first?["text"] as? String)?.isEmpty == isDrowned)
  }

  @Test("an unreadable file is rejected, and the others are read")
  func unreadable() throws {
    let place = try Workplace()
    try place.write("site/a.txt", "First.")
    try place.write("site/c.txt", "Third.")
    // A link into nothing cannot be read by anybody, root included.
    let result = try place.run("ln -s nowhere site/b.txt; winnow run site -q")
    #expect(result.code == 0)
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["a.txt", "c.txt"])
    let rejected = try #require(
      try place.records("rejects.ndjson").first?["rejected"] as? [String: Any])
    #expect(rejected["reason"] as? String == "unreadable")
    #expect(rejected["file"] as? String == "b.txt")
    #expect(rejected["message"] as? String == "No such file or directory")
  }

  @Test("a full disk ends the run with an error, and no file looks final")
  func fullDisk() throws {
    let place = try Workplace()
    try place.write("in.ndjson", #"{"id":"1","text":"One."}"#)
    let device = try place.run("winnow run in.ndjson -q -o /dev/full")
    #expect(device.code == 1)
    #expect(
      device.errors
        == "winnow: error: cannot write /dev/full: No space left on device\n")
    // A limit on file sizes stands for a disk that fills up on the way.
    try place.write(
      "many.ndjson",
      (0..<20_000).map { #"{"id":"\#($0)","text":"Number \#($0)."}"# + "\n" }.joined())
    let limited = try place.run("trap '' XFSZ; ulimit -f 100; winnow run many.ndjson -q")
    #expect(limited.code == 1)
    #expect(limited.errors.contains("cannot write out.ndjson.partial: File too large"))
    #expect(!place.exists("out.ndjson") && !place.exists("rejects.ndjson"))
  }

  @Test("an empty input gives an empty output")
  func emptyInput() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let result = try place.run("winnow run - < /dev/null")
    #expect(result.code == 0)
    #expect(result.errors.hasPrefix("winnow: 0 in, 0 out, 0 rejected; "))
    #expect(try place.read("out.ndjson") == "")
    #expect(try place.read("rejects.ndjson") == "")
  }

  @Test("a folder that vanishes is named")
  func vanishingFolder() throws {
    let place = try Workplace()
    let missing = try place.run("winnow run site -q")
    #expect(missing.code == 2)
    #expect(
      missing.errors
        == "site:1:1: error: input.paths names site, which cannot be read: No such file or directory\n"
    )
    // It is there when the definition is checked, and gone when it is its turn.
    let result = try place.run(
      """
      mkdir site; echo Text. > site/a.txt; mkfifo pipe; exec 3<> pipe
      winnow run pipe site -q --format files < /dev/null 3>&- & pid=$!
      while [ ! -e out.ndjson.partial ]; do sleep 0.05; done
      rm -r site; echo 'From the pipe.' >&3; exec 3>&-; wait $pid
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["pipe"])
    #expect(try place.reasons() == ["input:unreadable"])
  }
}

extension Workplace {
  /// From report.json.
  var peakMemoryBytes: Int {
    get throws {
      let report = try JSONSerialization.jsonObject(with: Data(contentsOf: url("report.json")))
      let run = (report as? [String: Any])?["run"] as? [String: Any]
      return run?["peak_memory_bytes"] as? Int ?? .max
    }
  }
}
