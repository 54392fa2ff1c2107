import Bytes
import Foundation
import Pipeline
import TestSupport
import Testing

@testable import Formats

/// Tables as records.
@Suite struct CSVSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func source(
    _ paths: String..., settings: String = "", maximumDocument: Int = 1 << 20
  ) throws -> CSVSource {
    let paths = JSONValue.array(paths.map { .string(folder.path($0)) }).jsonText
    return try CSVSource(
      settings: .read(from: "{\"paths\": \(paths)\(settings)}"),
      context: Context(
        label: "input", standardInput: .standardInput, maximumDocument: maximumDocument))
  }

  private func records(
    _ contents: String, named name: String = "in.csv", settings: String = "",
    maximumDocument: Int = 1 << 20
  ) throws -> [String] {
    try folder.write(name, contents)
    return try harvest(
      source(name, settings: settings, maximumDocument: maximumDocument), in: folder)
  }

  /// A record with an id and a text.
  private static func record(_ place: String, _ id: String, _ text: String, _ more: String = "")
    -> String
  {
    "in.csv:\(place) {\"id\":\"\(id)\",\"text\":\"\(text)\",\"source\":\"csv\","
      + "\"metadata\":{\"url\":null\(more)}}"
  }

  // MARK: Rows

  @Test("the header names the columns, and the others join the metadata as strings")
  func columns() throws {
    #expect(
      try records(
        "id,url,html,text,source,created,n,,title\r\n"
          + "a,http://a,<p>,t,s,2026-11-20T00:00:00.000Z,1,x,\r\n"
      ) == [
        #"in.csv:2@42 {"id":"a","text":"t","html":"<p>","charset":"utf-8","source":"s","#
          + #""created":"2026-11-20T00:00:00.000Z","#
          + #""metadata":{"url":"http://a","n":"1","column_8":"x","title":null}}"#
      ])
  }

  @Test("columns can have other names")
  func names() throws {
    #expect(
      try records(
        "key,link,body,plain\n1,u,,t\n",
        settings:
          #", "id_field": "key", "url_field": "link", "html_field": "body", "text_field": "plain", "source": "mine""#
      ) == [
        #"in.csv:2@20 {"id":"1","text":"t","source":"mine","metadata":{"url":"u"}}"#
      ])
  }

  @Test("quoted fields hold delimiters, line feeds and doubled quotes; lines count on")
  func quotes() throws {
    #expect(
      try records("id,text\na,\"x,y\n\"\"z\"\"\"\r\n\"b\",\"\"\"\"\nc,\"\"\nd,5\" disk\n\n\ne,last")
        == [
          Self.record("2@8", "a", #"x,y\n\"z\""#), Self.record("4@23", "b", #"\""#),
          #"in.csv:5@32 no_content {"message":"has neither html nor text"}"#,
          Self.record("6@37", "d", #"5\" disk"#), Self.record("9@49", "e", "last"),
        ])
  }

  @Test("a byte order mark and empty lines before the header are no names")
  func mark() throws {
    #expect(try records("\u{FEFF}id,text\na,t\n") == [Self.record("2@11", "a", "t")])
    #expect(try records("\n\r\nid,text\na,t\n") == [Self.record("4@11", "a", "t")])
  }

  @Test("tabs part the fields of .tsv, and whatever `delimiter` says those of others")
  func delimiters() throws {
    #expect(
      try records("id\ttext\na\tx,y\n", named: "in.tsv") == [
        Self.record("2@8", "a", "x,y").replacing("in.csv", with: "in.tsv")
      ])
    #expect(
      try records("id;text\na;\"x;y\"\n", settings: #", "delimiter": ";""#) == [
        Self.record("2@8", "a", "x;y")
      ])
  }

  @Test(
    "files without rows have no records", arguments: ["", "\n", "id,text", "id,text\n", " \r\n"])
  func nothing(contents: String) throws { #expect(try records(contents) == []) }

  // MARK: What is wrong

  @Test("a row of another length is a reject with its line and place, and the next is read")
  func ragged() throws {
    #expect(
      try records("id,text\na\nb,t\nc,t,u\nd,t\n") == [
        #"in.csv:2@8 malformed_record {"message":"the row has 1 fields, and the table 2 columns"}"#,
        Self.record("3@10", "b", "t"),
        #"in.csv:4@14 malformed_record {"message":"the row has more fields, and the table 2 columns"}"#,
        Self.record("5@20", "d", "t"),
      ])
  }

  @Test("so is one that breaks the rules of quotes, or is not UTF-8")
  func malformed() throws {
    #expect(
      try records("id,text\na,\"x\"y\nb,t\n") == [
        #"in.csv:2@8 malformed_record {"message":"field 2 goes on behind the quote that ends it"}"#,
        Self.record("3@15", "b", "t"),
      ])
    let latin: [UInt8] = Array("id,text\na,é\nb,t\n".utf8).filter { $0 != 0xC3 }
    try folder.write("in.csv", latin)
    #expect(
      try harvest(source("in.csv"), in: folder) == [
        #"in.csv:2@8 invalid_utf8 {"byte":2}"#, Self.record("3@12", "b", "t"),
      ])
  }

  @Test("a quote that is never closed takes the rest, and its reject says where it was opened")
  func openQuote() throws {
    #expect(
      try records("id,text\na,t\nb,\"t\nc,t\nd,t\n") == [
        Self.record("2@8", "a", "t"),
        #"in.csv:3@12 malformed_record {"message":"the quote that field 2 begins with is never closed"}"#,
      ])
  }

  @Test("rows longer than max_document are passed over, with quotes and without")
  func tooLarge() throws {
    let long = String(repeating: "x\n", count: 600_000)
    #expect(
      try records("id,text\na,\"\(long)\"\nb,t\n", maximumDocument: 1000) == [
        #"in.csv:2@8 too_large {"bytes":1200004,"limit":1000}"#,
        Self.record("600003@1200013", "b", "t"),
      ])
    #expect(
      try records("id,text\nb,t\na,\"\(long)", maximumDocument: 1000) == [
        Self.record("2@8", "b", "t"), #"in.csv:3@12 too_large {"bytes":1200003,"limit":1000}"#,
      ])
  }

  @Test("headers that cannot be are rejects of their files")
  func headers() throws {
    let wide = (0...10_000).map { "c\($0)" }.joined(separator: ",") + "\na\n"
    #expect(
      try records(wide) == [
        #"in.csv:1@0 malformed_record {"message":"the header has more than 10000 columns"}"#
      ])
    #expect(
      try records("id,\"text\na,b\n") == [
        #"in.csv:1@0 malformed_record {"message":"the quote that field 2 begins with is never closed"}"#
      ])
    let long = String(repeating: "x", count: 600_000)
    #expect(
      try records(long, maximumDocument: 1000).map { String($0.prefix(22)) } == [
        "in.csv:1@0 too_large {"
      ])
  }

  @Test("a table with another delimiter, or with line ends that are not read, is named")
  func otherForms() throws {
    #expect(
      try records("id;text\n1;One.\n") == [
        #"in.csv:2@8 no_content {"message":"has neither html nor text; the table has one column, \"id;text\": \"delimiter\": \";\"?"}"#
      ])
    #expect(
      try records("id,text\r1,One.\r2,Two.\r") == [
        #"in.csv:1@0 malformed_record {"message":"the header holds a CR; rows must end in LF or CR LF"}"#
      ])
    #expect(try records("id,text\r\n1,One.\r\n").count == 1)
  }

  @Test("a record without content says under which column it may be")
  func otherContent() throws {
    #expect(
      try records("id,body\na,<p>\n") == [
        #"in.csv:2@8 no_content {"message":"has neither html nor text; it has body: html_field?"}"#
      ])
  }

  @Test(
    "delimiters that cannot be are complained about",
    arguments: [#""""#, #"";;""#, #""\"""#, #""\n""#, #""é""#])
  func wrongDelimiter(delimiter: String) throws {
    try folder.write("in.csv", "")
    #expect(
      throws: Complaint(
        "delimiter",
        "must be one character of ASCII that is no quote and ends no line, is \(delimiter)")
    ) {
      _ = try source("in.csv", settings: #", "delimiter": \#(delimiter)"#)
    }
  }

  // MARK: Batches and positions

  /// Rows of all shapes, in two files with different headers.
  private func writeTables() throws {
    var random = Seed(3)
    for (name, header) in [("a.csv", "id,text\n"), ("b.csv", "text,n,id\r\n")] {
      var rows = header
      for number in 0..<900 {
        let text = (0..<random.below(300)).map { _ in
          ["a", "b", "é", "\"\"", "\n", ",", "\r\n"][random.below(7)]
        }.joined()
        let field = random.oneIn(5) ? "plain \"text" : "\"\(text)\""
        rows += name == "a.csv" ? "\(number),\(field)\n" : "\(field),7,\(number)\r\n"
        if random.oneIn(50) { rows += "ragged\n" }
      }
      try folder.write(name, rows)
    }
  }

  @Test("records do not depend on how batches are cut")
  func batches() throws {
    try writeTables()
    let expected = try harvest(source("a.csv", "b.csv"), in: folder)
    #expect(expected.count > 1800)
    for byteBudget in [1, 1000, 1 << 24] {
      #expect(
        try harvest(source("a.csv", "b.csv"), byteBudget: byteBudget, in: folder) == expected)
    }
  }

  @Test("a reader goes on from every place at which another stood", arguments: ["", ".gz"])
  func positions(ending: String) throws {
    try writeTables()
    if ending == ".gz" {
      for name in ["a.csv", "b.csv"] {
        let bytes = try FileSystem.contents(of: folder.path(name))
        let frame = FrameCompressor(.gzip, level: 6)?.frame(bytes[...])
        try folder.write(name + ending, try #require(frame))
      }
    }
    let source = try source("a.csv" + ending, "b.csv" + ending)
    var decoder = source.makeDecoder()
    let read = { (reader: CSVReader, decoder: inout CSVDecoder) throws -> ([String], Bool) in
      var batch = RawBatch(byteBudget: 4096)
      let hasMore = try reader.fill(&batch)
      let ids = batch.records.map { record -> String in
        guard record.problem == nil, case .keep(let document) = decoder.decode(record, of: batch)
        else { return record.placeName }
        return "\(document.id) \(Hash64.hash(of: document.text))"
      }
      return (ids, hasMore)
    }
    let whole = source.makeReader(nil)
    var expected: [String] = []
    while true {
      let (ids, hasMore) = try read(whole, &decoder)
      expected += ids
      if !hasMore { break }
    }
    var position = JSONValue.null
    var found: [String] = []
    while true {
      let reader = source.makeReader(nil)
      try reader.seek(to: position)
      let (ids, hasMore) = try read(reader, &decoder)
      found += ids
      position = reader.position
      if !hasMore { break }
    }
    #expect(found == expected)
    #expect(found.count > 1800)
  }

  @Test("a table that changed is refused")
  func changed() throws {
    try folder.write("in.csv", "id,text\n" + String(repeating: "a,text\n", count: 100_000))
    let reader = try source("in.csv").makeReader(nil)
    var batch = RawBatch(byteBudget: 4096)
    _ = try reader.fill(&batch)
    let position = reader.position
    for contents in ["id,text\na,", "id,text\n" + String(repeating: "a,longer\n", count: 90_000)] {
      try folder.write("in.csv", contents)
      let next = try source("in.csv").makeReader(nil)
      #expect(throws: InputChanged.self) { try next.seek(to: position) }
    }
  }
}

extension Hash64 {
  fileprivate static func hash(of text: UTF8Text) -> UInt64 {
    Hash64.hash(text.bytes.span)
  }
}
