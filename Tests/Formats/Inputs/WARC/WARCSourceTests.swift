import Bytes
import Formats
import Foundation
import Pipeline
import TestSupport
import Testing

/// Which records of a WARC file are documents, and what is said of them.
@Suite struct WARCSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func source(
    _ paths: String..., settings: String = "", maximumDocument: Int = 1 << 20,
    standardInput: ByteStream = .standardInput
  ) throws -> WARCSource {
    let paths = JSONValue.array(paths.map { .string($0 == "-" ? $0 : folder.path($0)) }).jsonText
    return try WARCSource(
      settings: .read(from: "{\"paths\": \(paths)\(settings)}"),
      context: Context(
        label: "input", standardInput: standardInput, maximumDocument: maximumDocument))
  }

  func records(
    _ file: [UInt8], settings: String = "", maximumDocument: Int = 1 << 20
  ) throws -> [String] {
    try folder.write("a.warc", file)
    return try harvest(
      source("a.warc", settings: settings, maximumDocument: maximumDocument), in: folder)
  }

  /// The only record of a file.
  func record(_ file: [UInt8], settings: String = "") throws -> String {
    let found = try records(file, settings: settings)
    try #require(found.count == 1, "\(found)")
    return found[0]
  }

  /// The records of a file that are counted and not read.
  func passedOver(_ file: [UInt8], settings: String = "") throws -> [String: Int] {
    try folder.write("a.warc", file)
    let reader = try source("a.warc", settings: settings).makeReader(nil)
    var batch = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&batch))
    #expect(batch.records.isEmpty)
    return batch.passedOver
  }

  /// A page as `harvest` shows it.
  static func page(
    _ html: String, id: String = "r1", offset: Int = 0, charset: String? = nil,
    uri: String = #""http://harbour.example/""#, cut: String = "null", status: String = "200"
  ) -> String {
    let place = offset == 0 ? "a.warc@0" : "a.warc@\(offset)@\(offset)"
    let charset = charset.map { #""charset":"\#($0)","# } ?? ""
    return #"\#(place) {"id":"\#(id)","html":"\#(html)",\#(charset)"source":"warc","metadata":{"#
      + #""url":\#(uri),"warc_record_id":"\#(id)","warc_date":"2026-11-20T02:00:00Z","#
      + #""warc_truncated":\#(cut),"http_status":\#(status)}}"#
  }

  // MARK: Settings

  @Test("the defaults")
  func defaults() {
    #expect(
      WARCSource.Settings.fields.map { "\($0.key) \($0.defaultValue?.jsonText ?? "required")" }
        == [
          "paths required", "statuses [200]", #"id_header "WARC-Record-ID""#, #"source "warc""#,
          "skips_processed false",
        ])
  }

  @Test("another header names documents, other statuses are read, the source can be named")
  func settings() throws {
    let file = WARCText.response("<p>", status: "HTTP/1.1 404 Not Found")
    let line = try record(
      file, settings: #", "id_header": "warc-target-uri", "statuses": [404], "source": "night""#)
    #expect(line.contains(#"{"id":"http://harbour.example/","html":"<p>","source":"night""#))
    #expect(line.contains(#""http_status":404"#))
  }

  // MARK: Worked examples

  @Test("a response gives its page and what the headers say", arguments: ["1.0", "1.1"])
  func response(version: String) throws {
    let block = Array(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n<p>x".utf8)
    let file = WARCText.record(
      "response", block, id: "<urn:uuid:5f7a>", uri: "<http://a.example/>", version: version)
    #expect(
      try record(file)
        == Self.page(
          "<p>x", id: "5f7a", charset: "ISO-8859-1", uri: #""http://a.example/""#))
  }

  @Test("a record is named by its place when it has no id, and ids that are no UUIDs stay")
  func ids() throws {
    let one = WARCText.response("<p>")
    let bare = String(decoding: one, as: UTF8.self)
      .replacing("WARC-Record-ID: <urn:uuid:r1>\r\n", with: "")
    let other = WARCText.response("<p>", id: "<urn:wcxb:0001>")
    let lines = try records(one + Array(bare.utf8) + other)
    #expect(lines[1].hasPrefix("a.warc@\(one.count)@\(one.count) {\"id\":\"a.warc@\(one.count)\""))
    #expect(lines[2].contains(#"{"id":"urn:wcxb:0001""#))
  }

  @Test("a resource that is HTML is a page, a conversion a text")
  func otherTypes() throws {
    let resource = WARCText.record(
      "resource", Array("<p>x".utf8), media: "text/html;charset=\"utf-8\"")
    #expect(try record(resource) == Self.page("<p>x", charset: "utf-8", status: "null"))
    let text = WARCText.record("conversion", Array("Harbour.".utf8), media: "text/plain")
    #expect(try record(text).contains(#"{"id":"r1","text":"Harbour.","source":"warc""#))
    let html = WARCText.record("conversion", Array("<p>".utf8), media: "application/xhtml+xml")
    #expect(try record(html).contains(#""html":"<p>""#))
    let ftp = WARCText.record("response", Array("<p>".utf8), media: "text/html")
    #expect(try record(ftp) == Self.page("<p>", status: "null"))
    let untyped = WARCText.record("response", Array("HTTP/1.0 200\r\n\r\n<p>".utf8), media: nil)
    #expect(try record(untyped) == Self.page("<p>"))
  }

  @Test("a text must be UTF-8, and there must be something")
  func texts() throws {
    let latin = WARCText.record("conversion", [0x61, 0xE9], media: "text/plain")
    #expect(
      try record(latin)
        == #"a.warc@0 invalid_utf8 {"byte":1,"warc_record_id":"r1","url":"http://harbour.example/"}"#
    )
    for empty in [
      WARCText.record("conversion", [], media: "text/plain"), WARCText.response(""),
      WARCText.record("resource", [], media: "text/html"),
    ] {
      #expect(
        try record(empty)
          == #"a.warc@0 no_content {"warc_record_id":"r1","url":"http://harbour.example/"}"#)
    }
  }

  @Test("what is no page or text is counted by what it is")
  func counted() throws {
    let http = { (status: String, media: String) in
      WARCText.response("x", status: "HTTP/1.1 \(status) S", headers: "Content-Type: \(media)\r\n")
    }
    let file =
      [
        "warcinfo", "request", "metadata", "revisit", "continuation", "Request", "novelty",
      ].flatMap { WARCText.record($0, Array("x: y\r\n".utf8)) }
      + http("404", "text/html") + http("301", "text/html") + http("404", "image/png")
      + http("200", "image/png") + http("200", "application/pdf") + http("200", "image/gif")
      + http("200", "odd/type") + WARCText.response("words", headers: "")
      + WARCText.record("response", Array("1.2.3.4".utf8), media: "text/dns")
      + WARCText.record("resource", Array("x".utf8), media: "image/png")
    #expect(
      try passedOver(file) == [
        "warcinfo": 1, "request": 2, "metadata": 1, "revisit": 1, "continuation": 1,
        "other types": 1, "response with status 404": 2, "response with status 301": 1,
        "response of image/*": 2, "response of application/*": 1, "response of other types": 1,
        "response of no type": 1, "response of text/*": 1, "resource of image/*": 1,
      ])
  }

  @Test(
    "a response without a media type is a page when the crawler found that out, or by its first byte",
    arguments: [
      ("<p>x", "", true), (" \n\u{FEFF}<html>", "", true), ("words", "", false),
      ("words", "WARC-Identified-Payload-Type: text/html\r\n", true),
      ("<p>x", "WARC-Identified-Payload-Type: image/svg+xml\r\n", false),
    ])
  func sniffed(body: String, more: String, isPage: Bool) throws {
    let file = WARCText.response(body, headers: "Server: s\r\n", more: more)
    if isPage {
      #expect(try record(file).contains(#""html":"#))
    } else {
      #expect(try passedOver(file).values.reduce(0, +) == 1)
    }
  }

  @Test("what claims to be a page and is a known format is rejected")
  func disguised() throws {
    #expect(
      try record(WARCText.response("%PDF-1.7"))
        == #"a.warc@0 no_page {"message":"the payload is a PDF","warc_record_id":"r1","#
        + #""url":"http://harbour.example/"}"#)
  }

  @Test(
    "a record that is too large is rejected; one that is only counted may be as large as it likes")
  func tooLarge() throws {
    let body = String(repeating: "<p>x", count: 500)
    let page = WARCText.response(body)
    let picture = WARCText.response(body, headers: "Content-Type: image/png\r\n")
    let lines = try records(
      picture + page + WARCText.response("<p>", id: "<urn:uuid:last>"), maximumDocument: 1500)
    #expect(lines.count == 2)
    #expect(
      lines[0]
        == "a.warc@\(picture.count)@\(picture.count) too_large "
        + #"{"bytes":\#(page.count - 4),"limit":1500}"#)
    #expect(lines[1].contains(#""id":"last""#))
  }

  // MARK: Compression and places

  @Test(
    "records compressed one by one, or all together, or not at all, are the same records",
    arguments: [Compression.gzip, .zstd])
  func compression(compression: Compression) throws {
    let parts = (0..<20).map { number in
      number % 3 == 0
        ? WARCText.record("request", Array("GET / HTTP/1.1\r\n\r\n".utf8))
        : WARCText.response(
          "<p>" + WARCText.prose(1 + number * 300, seed: UInt64(number)), id: "<urn:uuid:\(number)>"
        )
    }
    let bodies = { (lines: [String]) in lines.map { $0.drop { $0 != " " } } }
    let plain = try records(parts.flatMap(\.self))
    #expect(plain.count == 13)
    for file in [
      WARCText.compressed(parts, compression),
      WARCText.compressed([parts.flatMap(\.self)], compression),
      // As a program writes it that compresses blocks, whatever is in them.
      WARCText.compressed(blocks(parts.flatMap(\.self), of: 1000), compression),
    ] {
      let found = try records(file)
      #expect(bodies(found).map { $0.replacing("a.warc", with: "") }.count == plain.count)
      #expect(bodies(found) == bodies(plain))
    }
  }

  private func blocks(_ bytes: [UInt8], of count: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: count).map {
      Array(bytes[$0..<min($0 + count, bytes.count)])
    }
  }

  @Test("the byte offset is that of the record's member, as in CDX indexes")
  func offsets() throws {
    let parts = ["a", "b", "c"].map { WARCText.response("<p>\($0)", id: "<urn:uuid:\($0)>") }
    let members = parts.map { WARCText.compressed([$0]) }
    let lines = try records(members.flatMap(\.self))
    let offsets = [0, members[0].count, members[0].count + members[1].count]
    #expect(
      lines.map { $0.split(separator: "{")[0] }
        == offsets.map { offset in
          offset == 0 ? "a.warc@0 " : "a.warc@\(offset)@\(offset) "
        })
    let together = try records(WARCText.compressed([parts.flatMap(\.self)]))
    #expect(together[1].hasPrefix("a.warc@\(parts[0].count)@\(parts[0].count) "))
  }

  @Test("any batch budget gives the same records")
  func budgets() throws {
    let parts = (0..<60).map { number in
      WARCText.response(
        WARCText.prose(number * 40, seed: UInt64(number)), id: "<urn:uuid:\(number)>")
    }
    for file in [parts.flatMap(\.self), WARCText.compressed(parts)] {
      try folder.write("a.warc", file)
      let expected = try harvest(source("a.warc"), in: folder)
      #expect(expected.count == 60)
      for budget in [1 << 10, 30_000, 1 << 22] {
        #expect(try harvest(source("a.warc"), byteBudget: budget, in: folder) == expected)
      }
    }
  }

  @Test("in folders, names in .warc and .wet count, compressed or not")
  func endings() throws {
    for name in ["c/a.warc", "c/b.WARC.GZ", "c/d.warc.wet.gz", "c/e.warc.zst", "c/f.txt"] {
      try folder.write(name, WARCText.response("<p>"))
    }
    #expect(try harvest(source("c"), in: folder).count == 4)
  }

  @Test("records of a pipe are handed on while it waits for more", arguments: [true, false])
  func pipe(isCompressed: Bool) throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    let reader = try source("-", standardInput: ByteStream.reading(path)).makeReader(nil)
    func send(_ record: [UInt8]) {
      let bytes = isCompressed ? WARCText.compressed([record]) : record
      #expect(write(writer, bytes, bytes.count) == bytes.count)
    }
    for id in ["a", "b"] {
      send(WARCText.response("<p>", id: id))
      var batch = RawBatch(byteBudget: 1 << 20)
      #expect(try reader.fill(&batch))
      #expect(batch.records.count == 1)
    }
    close(writer)
    var last = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&last))
    #expect(last.records.isEmpty)
  }
}
