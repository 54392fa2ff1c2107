import Bytes
import Formats
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct NDJSONSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func source(
    _ paths: String..., settings: String = "", maximumDocument: Int = 1 << 20,
    standardInput: ByteStream = .standardInput, stop: StopSignal = StopSignal()
  ) throws -> NDJSONSource {
    let paths = JSONValue.array(paths.map { .string($0 == "-" ? $0 : folder.path($0)) }).jsonText
    return try NDJSONSource(
      settings: .read(from: "{\"paths\": \(paths)\(settings)}"),
      context: Context(
        label: "input", standardInput: standardInput, stop: stop, maximumDocument: maximumDocument))
  }

  /// The records of a file with the given contents.
  func records(
    _ contents: String, settings: String = "", maximumDocument: Int = 1 << 20
  ) throws -> [String] {
    try records(Array(contents.utf8), settings: settings, maximumDocument: maximumDocument)
  }

  func records(
    _ contents: [UInt8], settings: String = "", maximumDocument: Int = 1 << 20
  ) throws -> [String] {
    try folder.write("in.ndjson", contents)
    return try harvest(
      source("in.ndjson", settings: settings, maximumDocument: maximumDocument), in: folder)
  }

  // MARK: Settings

  @Test("the defaults")
  func defaults() throws {
    #expect(
      throws: WrongSettings(messages: [
        "the definition lacks the setting paths: a list, each element a path"
      ])
    ) {
      _ = try NDJSONSource.Settings.read(from: "{}")
    }
    #expect(
      NDJSONSource.Settings.fields.map { "\($0.key) \($0.defaultValue?.jsonText ?? "required")" }
        == [
          "paths required", #"id_field "id""#, #"url_field "url""#, #"html_field "html""#,
          #"html_base64_field "html_base64""#, #"html_charset_field "html_charset""#,
          #"text_field "text""#, #"source "ndjson""#, #"ill_formed "reject""#,
          "skips_processed false",
        ])
  }

  @Test("members can have other names")
  func fieldNames() throws {
    #expect(
      try records(
        #"{"key":"a","link":"http://a","body":"<p>","plain":"t","id":1,"text":"meta"}"#,
        settings:
          #", "id_field": "key", "url_field": "link", "html_field": "body", "text_field": "plain", "source": "mine""#
      ) == [
        #"in.ndjson:1@0 {"id":"a","text":"t","html":"<p>","charset":"utf-8","source":"mine","#
          + #""metadata":{"url":"http://a","id":1,"text":"meta"}}"#
      ])
  }

  // MARK: Worked examples

  @Test("records of the record format are read back as they are")
  func recordFormat() throws {
    #expect(
      try records(
        #"{"id":"a","text":"t","source":"s","created":"2026-11-20T00:00:00.000Z","#
          + #""metadata":{"url":"u","title":null,"n":1},"annotations":{"entities":[{"start":0}]}}"#)
        == [
          #"in.ndjson:1@0 {"id":"a","text":"t","source":"s","created":"2026-11-20T00:00:00.000Z","#
            + #""metadata":{"url":"u","title":null,"n":1},"annotations":{"entities":[{"start":0}]}}"#
        ])
  }

  @Test("other members join the metadata, unless it has them already")
  func otherMembers() throws {
    #expect(
      try records(
        #"{"title":"outer","fetched":[1],"metadata":{"title":"inner","author":null},"author":"A","text":"t"}"#
      ) == [
        #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"t","source":"ndjson","#
          + #""metadata":{"url":null,"title":"inner","author":"A","fetched":[1]}}"#
      ])
  }

  @Test("members of the record format with other types join the metadata")
  func oddMembers() throws {
    #expect(
      try records(#"{"text":"t","source":7,"created":false,"annotations":[],"metadata":"m"}"#) == [
        #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"t","source":"ndjson","#
          + #""metadata":{"url":null,"source":7,"created":false,"annotations":[],"metadata":"m"}}"#
      ])
    #expect(
      try records(#"{"text":"t","source":null,"created":null}"#) == [
        #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"t","source":"ndjson","metadata":{"url":null}}"#
      ])
  }

  @Test("a URL that metadata does not know is not lost")
  func urlBesideMetadata() throws {
    #expect(
      try records(#"{"text":"t","url":"http://a","metadata":{"url":null}}"#) == [
        #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"t","source":"ndjson","#
          + #""metadata":{"url":"http://a"}}"#
      ])
  }

  @Test(
    "an id is a string or a whole number; without one the place names the record",
    arguments: [
      (#""a""#, "a"), ("17", "17"), ("-9223372036854775808", "-9223372036854775808"),
      ("null", "in.ndjson:1"), (#""in.ndjson:9""#, "in.ndjson:9"),
    ])
  func ids(id: String, expected: String) throws {
    #expect(
      try records(#"{"id":\#(id),"text":"t"}"#) == [
        #"in.ndjson:1@0 {"id":"\#(expected)","text":"t","source":"ndjson","metadata":{"url":null}}"#
      ])
  }

  @Test("the good and bad records of the fixture")
  func fixture() throws {
    let source = try NDJSONSource(
      settings: NDJSONSource.Settings(path: Fixture.path("records/malformed.ndjson")),
      context: Context(label: "input", standardInput: .standardInput))
    let lines = try harvest(source).map {
      $0.replacing(Fixture.path("records/"), with: "").prefix { $0 != "{" }
        + ($0.contains("\"id\"") ? "kept" : "")
    }
    #expect(
      lines == [
        "malformed.ndjson:1@0 kept", "malformed.ndjson:2@285 malformed_record ",
        "malformed.ndjson:3@394 malformed_record ", "malformed.ndjson:4@402 malformed_record ",
        "malformed.ndjson:6@442 no_content ", "malformed.ndjson:7@545 kept",
        "malformed.ndjson:8@817 malformed_record ", "malformed.ndjson:9@955 malformed_record ",
        "malformed.ndjson:10@992 malformed_record ", "malformed.ndjson:11@1104 kept",
        "malformed.ndjson:12@1330 kept",
      ])
  }

  @Test("the pages of another crawler are read, HTML and text")
  func pages() throws {
    let source = try NDJSONSource(
      settings: NDJSONSource.Settings(path: Fixture.path("records/pages.ndjson")),
      context: Context(label: "input", standardInput: .standardInput))
    let reader = source.makeReader(nil)
    var decoder = try source.makeDecoder()
    var batch = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&batch))
    var kinds: [String] = []
    for record in batch.records {
      guard case .keep(let document) = try decoder.decode(record, of: batch) else { continue }
      let id = document.id.replacing(Fixture.path("records/"), with: "")
      kinds.append("\(id) \(document.html == nil ? "text" : "html")")
    }
    #expect(
      kinds == [
        "hc-000117 html", "hc-000118 html", "hc-000121 text", "hc-000122 text", "4471 html",
        "pages.ndjson:6 text", "hc-000125 text", "hc-000126 html",
      ])
  }

  // MARK: Malformed records

  @Test(
    "a line that is no record is rejected, and says why",
    arguments: [
      (
        #"{"id":"a","text":"cut"#,
        #"{"message":"the line is no JSON: a string has no closing quote on its line, at byte 21","#
          + #""starts":"{\"id\":\"a\",\"text\":\"cut"}"#
      ),
      (
        "harbour",
        #"{"message":"the line is no JSON: expected a value, found 'h', at byte 0","starts":"harbour"}"#
      ),
      (
        #"{"a" 1}"#,
        #"{"message":"the line is no JSON: expected ':' after a name, found '1', at byte 5","#
          + #""starts":"{\"a\" 1}"}"#
      ),
      (
        #"{"text":"\ud800"}"#,
        #"{"message":"the line is no JSON: half of a surrogate pair stands alone, at byte 9","#
          + #""starts":"{\"text\":\"\\ud800\"}"}"#
      ),
      ("[]", #"{"message":"the line is an array, not an object"}"#),
      ("null", #"{"message":"the line is null, not an object"}"#),
      (
        #"{"id":"","text":"t"}"#,
        #"{"message":"id must be a string that is not empty or a whole number, is a string"}"#
      ),
      (
        #"{"id":1.5,"text":"t"}"#,
        #"{"message":"id must be a string that is not empty or a whole number, is a number"}"#
      ),
      (
        #"{"id":["a"],"text":"t"}"#,
        #"{"message":"id must be a string that is not empty or a whole number, is an array"}"#
      ),
      (#"{"text":1911}"#, #"{"message":"text must be a string, is a number"}"#),
      (#"{"html":{}}"#, #"{"message":"html must be a string, is an object"}"#),
    ])
  func malformed(line: String, details: String) throws {
    #expect(
      try records("\(line)\n{\"text\":\"next\"}\n") == [
        "in.ndjson:1@0 malformed_record \(details)",
        #"in.ndjson:2@\#(line.utf8.count + 1) {"id":"in.ndjson:2","text":"next","source":"ndjson","#
          + #""metadata":{"url":null}}"#,
      ])
  }

  @Test(
    "numbers that no integer and no double holds pass as they are written",
    arguments: [
      "18446744073709551616", "-9223372036854775809", "1e999", "123456789012345678901234567890",
    ])
  func largeNumber(number: String) throws {
    #expect(
      try records(#"{"text":"t","n":\#(number)}"#) == [
        #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"t","source":"ndjson","#
          + #""metadata":{"url":null,"n":\#(number)}}"#
      ])
  }

  @Test("a reject shows the start of a long line only")
  func excerpt() throws {
    let line = "[" + String(repeating: "é", count: 1000)
    let expected = "[" + String(repeating: "é", count: 99) + "\u{FFFD}"
    #expect(try records(line).first?.hasSuffix("\"starts\":\"\(expected)\"}") == true)
  }

  @Test(
    "a record without HTML and text is rejected",
    arguments: [
      "{}", #"{"id":"a"}"#, #"{"text":""}"#, #"{"html":""}"#, #"{"html":null,"text":null}"#,
      #"{"text":"first","text":null}"#, #"{"html":"first","html":""}"#,
    ])
  func noContent(line: String) throws {
    #expect(
      try records(line)
        == [#"in.ndjson:1@0 no_content {"message":"has neither html nor text"}"#])
  }

  @Test("of members with one name the last counts")
  func repeatedMembers() throws {
    #expect(
      try records(
        #"{"id":"a","text":"t","text":"u","id":null,"title":1,"title":2,"html":5,"html":"h"}"#) == [
          #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"u","html":"h","charset":"utf-8","#
            + #""source":"ndjson","metadata":{"url":null,"title":2}}"#
        ])
  }

  @Test("with ill_formed repair, broken characters become U+FFFD")
  func repair() throws {
    let settings = #", "ill_formed": "repair""#
    func text(_ bytes: [UInt8]) throws -> String {
      try #require(
        records(Array(#"{"text":""#.utf8) + bytes + Array("\"}".utf8), settings: settings).first)
    }
    func kept(_ text: String) -> String {
      #"in.ndjson:1@0 {"id":"in.ndjson:1","text":"\#(text)","source":"ndjson","metadata":{"url":null}}"#
    }
    #expect(try text([0x63, 0x61, 0x66, 0xE9, 0x21]) == kept("caf\u{FFFD}!"))
    #expect(try text(Array(#"a\ud800b"#.utf8)) == kept("a\u{FFFD}b"))
    #expect(try text(Array(#"a\uDC00\ud83c\udf0a"#.utf8)) == kept("a\u{FFFD}🌊"))
    #expect(try text(Array(#"\ud83c\ud83c\udf0a"#.utf8)) == kept("\u{FFFD}🌊"))
    #expect(try text(Array(#"\\ud800 \ud800"#.utf8)) == kept(#"\\ud800 "# + "\u{FFFD}"))
    #expect(try text(Array(#"\ud800"#.utf8) + [0xFF]) == kept("\u{FFFD}\u{FFFD}"))
    // Text with other errors stays broken.
    #expect(try text([0xFF, 0x22]).hasPrefix("in.ndjson:1@0 malformed_record "))
    #expect(try text(Array(#"\ud8 "#.utf8)).hasPrefix("in.ndjson:1@0 malformed_record "))
  }

  // MARK: Lines

  static func kept(_ number: Int, at offset: Int, _ text: String = "t") -> String {
    #"in.ndjson:\#(number)@\#(offset) {"id":"in.ndjson:\#(number)","text":"\#(text)","source":"ndjson","metadata":{"url":null}}"#
  }

  @Test("line ends can be LF or CRLF, and the last one may be missing")
  func lineEnds() throws {
    let record = #"{"text":"t"}"#
    let both = [Self.kept(1, at: 0), Self.kept(2, at: 13)]
    #expect(try records("\(record)\n\(record)\n") == both)
    #expect(try records("\(record)\n\(record)") == both)
    #expect(
      try records("\(record)\r\n\(record)\r\n") == [Self.kept(1, at: 0), Self.kept(2, at: 14)])
  }

  @Test("blank lines are skipped, but counted")
  func blankLines() throws {
    let record = #"{"text":"t"}"#
    #expect(
      try records("\n \t\r\n\(record)\n\n\n\(record)\n\n") == [
        Self.kept(3, at: 5), Self.kept(6, at: 20),
      ])
    #expect(try records("").isEmpty)
    #expect(try records("\n").isEmpty)
    #expect(try records("  ").isEmpty)
  }

  @Test("a line of control characters is no blank line")
  func controlCharacters() throws {
    #expect(
      try records([0, 0, 0x0A]) == [
        #"in.ndjson:1@0 malformed_record {"message":"the line is no JSON: expected a value, "#
          + #"found a control character, at byte 0","starts":"\u0000\u0000"}"#
      ])
  }

  @Test("a byte order mark before the first line is skipped, elsewhere it is malformed")
  func byteOrderMark() throws {
    let record = #"{"text":"t"}"#
    #expect(
      try records("\u{FEFF}\(record)\n\(record)") == [Self.kept(1, at: 0), Self.kept(2, at: 16)])
    #expect(try records("\u{FEFF}").isEmpty)
    #expect(
      try records("\(record)\n\u{FEFF}\(record)").last?.hasPrefix("in.ndjson:2@13 malformed_record")
        == true)
  }

  @Test("a line that is too long is rejected without being held, and the next is read")
  func tooLarge() throws {
    let record = #"{"text":"t"}"#
    func line(_ count: Int) -> String {
      #"{"text":""# + String(repeating: "x", count: count - 11) + "\"}"
    }
    let lines = try records(
      "\(line(100))\n\(line(101))\n\(record)\n\(line(3_000_000))\n\(record)\n\(line(600_000))",
      maximumDocument: 100)
    #expect(
      lines == [
        Self.kept(1, at: 0, String(repeating: "x", count: 89)),
        #"in.ndjson:2@101 too_large {"bytes":101,"limit":100}"#,
        Self.kept(3, at: 203),
        #"in.ndjson:4@216 too_large {"bytes":3000000,"limit":100}"#,
        Self.kept(5, at: 3_000_217),
        #"in.ndjson:6@3000230 too_large {"bytes":600000,"limit":100}"#,
      ])
  }

  // MARK: Files

  @Test("files, folders and patterns are read in the order in which they are named")
  func paths() throws {
    let record = #"{"text":"t"}"#
    for name in [
      "b.ndjson", "a/2.jsonl", "a/10.ndjson", "a/deep/er/1.ndjson", "a/readme.txt", "c-2.log",
      "c-1.log",
    ] { try folder.write(name, record) }
    let lines = try harvest(source("b.ndjson", "a", "c-*.log"), in: folder)
    #expect(
      lines.map { $0.prefix { $0 != "@" } } == [
        "b.ndjson:1", "a/10.ndjson:1", "a/2.jsonl:1", "a/deep/er/1.ndjson:1", "c-1.log:1",
        "c-2.log:1",
      ])
  }

  @Test("lines and offsets begin anew in each file, whose last line ends with it")
  func manyFiles() throws {
    for number in 0..<300 {
      try folder.write("many/\(1000 + number).ndjson", "\n{\"text\":\"\(number)\"}")
    }
    let lines = try harvest(source("many"), byteBudget: 100, in: folder)
    #expect(
      lines
        == (0..<300).map { number in
          let place = "many/\(1000 + number).ndjson:2"
          return
            #"\#(place)@1 {"id":"\#(place)","text":"\#(number)","source":"ndjson","metadata":{"url":null}}"#
        })
  }

  @Test("a folder or file whose name looks like a pattern is meant as it is")
  func namesLikePatterns() throws {
    try folder.write("crawl[1]/a.ndjson", #"{"text":"t"}"#)
    try folder.write("what?.ndjson", #"{"text":"t"}"#)
    try folder.write("whats.ndjson", #"{"text":"t"}"#)
    let lines = try harvest(source("crawl[1]", "what?.ndjson"), in: folder)
    #expect(lines.map { $0.prefix { $0 != "@" } } == ["crawl[1]/a.ndjson:1", "what?.ndjson:1"])
  }

  @Test("a path that is not there, and a pattern that matches nothing, are complained about")
  func missing() throws {
    #expect(
      throws: Complaint(
        "paths", element: 0,
        "names \(folder.path("none")), which cannot be read: No such file or directory")
    ) { _ = try source("none") }
    #expect(
      throws: Complaint("paths", element: 0, "names \(folder.path("*.x")), which matches no file")
    ) {
      _ = try source("*.x")
    }
  }

  @Test("a file that vanished in the meantime is rejected, and the next is read")
  func vanished() throws {
    let path = try folder.write("a.ndjson", #"{"text":"t"}"#)
    try folder.write("in.ndjson", #"{"text":"t"}"#)
    let source = try source("a.ndjson", "in.ndjson")
    try FileManager.default.removeItem(atPath: path)
    #expect(
      try harvest(source, in: folder) == [
        #"a.ndjson@0 unreadable {"message":"No such file or directory"}"#, Self.kept(1, at: 0),
      ])
  }

  #if os(Linux)
    @Test("a file that cannot be read on is rejected with the place, and the next is read")
    func readError() throws {
      try folder.write("in.ndjson", #"{"text":"t"}"#)
      // Its first page is never mapped.
      try folder.makeLink("broken.ndjson", to: "/proc/self/mem")
      #expect(
        try harvest(source("broken.ndjson", "in.ndjson"), in: folder) == [
          #"broken.ndjson:1@0 unreadable {"message":"Input/output error"}"#, Self.kept(1, at: 0),
        ])
    }
  #endif

  @Test("the size of files is known, that of folders and standard input is not")
  func byteCount() throws {
    try folder.write("a.ndjson", "12345")
    try folder.write("b.ndjson", "123")
    #expect(try source("a.ndjson", "b.ndjson").byteCount == 8)
    #expect(try source("*.ndjson").byteCount == 8)
    #expect(try source("a.ndjson", "-").byteCount == nil)
    #expect(try source("").byteCount == nil)
  }

  // MARK: Standard input

  @Test("standard input is read from what was looked at")
  func standardInput() throws {
    let stream = try ByteStream.reading(try folder.write("stdin", #"{"text":"t"}"#))
    _ = try stream.peek(stop: StopSignal())
    #expect(
      try harvest(source("-", standardInput: stream), in: folder) == [
        #"stdin:1@0 {"id":"stdin:1","text":"t","source":"ndjson","metadata":{"url":null}}"#
      ])
  }

  @Test("lines of a pipe are handed on while it waits for more")
  func pipe() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    let reader = try source("-", standardInput: ByteStream.reading(path)).makeReader(nil)
    func send(_ text: String) { #expect(write(writer, text, text.utf8.count) == text.utf8.count) }

    send(#"{"text":"a"}"# + "\n" + #"{"text":"#)
    var first = RawBatch(byteBudget: 1 << 20)
    #expect(try reader.fill(&first))
    #expect(first.records.map(\.origin) == [Origin(file: path, line: 1, byteOffset: 0)])

    send(#""b"}"# + "\n" + #"{"text":"c"}"#)
    var second = RawBatch(byteBudget: 1 << 20)
    #expect(try reader.fill(&second))
    #expect(second.records.map(\.origin) == [Origin(file: path, line: 2, byteOffset: 13)])
    #expect(second.bytes[second.records[0].range].elementsEqual(#"{"text":"b"}"#.utf8))

    close(writer)
    var third = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&third))
    #expect(third.records.map(\.origin) == [Origin(file: path, line: 3, byteOffset: 26)])
  }

  @Test("a line that an interruption cut short is no record")
  func interrupted() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    defer { close(writer) }
    let stop = StopSignal()
    let reader = try source("-", standardInput: ByteStream.reading(path), stop: stop).makeReader(
      nil)
    #expect(write(writer, "{}\n{}", 5) == 5)
    var batch = RawBatch(byteBudget: 1 << 20)
    #expect(try reader.fill(&batch))
    #expect(batch.records.count == 1)
    stop.request()
    var rest = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&rest))
    #expect(rest.records.isEmpty)
  }

  // MARK: Properties

  @Test(
    "any batch budget gives the same records, those of a plain split into lines",
    arguments: 0..<6 as Range<UInt64>)
  func budgets(seed: UInt64) throws {
    var random = Seed(seed)
    var contents: [UInt8] = []
    var expected: [String] = []
    var line = 0
    // Lines short and long, some of them longer than one read and than the limit.
    while contents.count < 1_500_000 {
      line += 1
      let offset = contents.count
      let isBlank = random.oneIn(8)
      let length = isBlank ? 0 : 2 + random.below(random.oneIn(10) ? 500_000 : 20_000)
      contents +=
        isBlank ? [] : [0x22] + repeatElement(UInt8(ascii: "a"), count: length - 2) + [0x22]
      if !isBlank {
        expected.append("\(line) \(offset) \(length <= 300_000 ? "\(length)" : "too_large")")
      }
      if random.oneIn(3) { contents.append(0x0D) }
      contents.append(0x0A)
    }
    try folder.write("in.ndjson", contents)
    for budget in [1 << 10, 100_000, 300_000, 1 << 20, 16 << 20] {
      let reader = try source("in.ndjson", maximumDocument: 300_001).makeReader(nil)
      var records: [String] = []
      var hasMore = true
      while hasMore {
        var batch = RawBatch(byteBudget: budget)
        hasMore = try reader.fill(&batch)
        for record in batch.records {
          let bytes = batch.bytes[record.range]
          let length = bytes.last == 0x0D ? bytes.count - 1 : bytes.count
          #expect(
            bytes.prefix(length).dropFirst().dropLast().allSatisfy { $0 == UInt8(ascii: "a") })
          records.append(
            "\(record.origin.line ?? 0) \(record.origin.byteOffset) \(record.problem?.reason.name ?? "\(length)")"
          )
        }
        // The parser loads whole vectors.
        let end = batch.records.last?.range.upperBound ?? 0
        #expect(batch.bytes.count - end >= JSONRecordParser.padding)
      }
      #expect(records == expected, "budget \(budget)")
    }
  }
}
