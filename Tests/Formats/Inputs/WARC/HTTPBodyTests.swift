import Bytes
import Formats
import Pipeline
import TestSupport
import Testing

/// HTTP headers and bodies as servers and crawlers write them.
@Suite struct HTTPBodyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let page = "<p>" + String(repeating: "harbour ", count: 12) + "</p>"
  static let coded: [(name: String, base64: String)] = [
    ("deflate", "eJyzKbDLSCxKyi8tUqAVbaNfYAcA+rUm6A=="),
    ("deflate", "symwy0gsSsovLVKgFW2jX2AHAA=="), ("br", "G2YA+CV5fOBSkE4ASweQmSc3YUkN"),
  ]

  /// The only record of a response, without its place.
  func record(_ file: [UInt8], maximumDocument: Int = 1 << 20) throws -> String {
    let path = try folder.write("a.warc", file)
    let source = try WARCSource(
      settings: WARCSource.Settings(path: path),
      context: Context(
        label: "input", standardInput: .standardInput, maximumDocument: maximumDocument))
    let lines = try harvest(source, in: folder)
    try #require(lines.count == 1, "\(lines)")
    return String(lines[0].dropFirst("a.warc@0 ".count))
  }

  func html(_ file: [UInt8]) throws -> String {
    let line = try record(file)
    let start = try #require(line.firstRange(of: #""html":""#), "\(line)")
    return String(line[start.upperBound...].prefix { $0 != "\"" })
  }

  func response(_ headers: String, _ body: [UInt8]) -> [UInt8] {
    WARCText.response(body, headers: "Content-Type: text/html\r\n" + headers)
  }

  static func bytes(_ base64: String) throws -> [UInt8] {
    try Base64.decoded(base64.utf8).get()
  }

  // MARK: Headers

  @Test(
    "headers may be in any case, folded, repeated, end in bare line feeds, or have no colon",
    arguments: [
      ("content-TYPE: TEXT/html\r\n", nil), ("Content-Type:text/html\n", nil),
      ("Content-Type: text/html;\r\n  charset=koi8-r\r\n", "koi8-r"),
      ("nonsense\r\nContent-Type: text/html; a=\"b;c\"; charset='utf-8'\r\n", "utf-8"),
      ("Content-Type: text/html; charset=big5\r\nContent-Type: text/html\r\n", "big5"),
      ("Content-Type: image/png\r\nContent-Type: text/html, */*\r\n", nil),
      (": x\r\n\tContent-Type: image/png\r\nContent-Type: text/html\r\n", nil),
      ("Content-Type: text/html; charset\r\n", nil), ("Content-Type: text/html;charset=\r\n", nil),
    ] as [(String, String?)])
  func headers(headers: String, charset: String?) throws {
    let line = try record(WARCText.response("<p>x", headers: headers))
    let expected = charset.map { #","charset":"\#($0)""# } ?? ""
    #expect(line.contains(#""html":"<p>x"\#(expected),"source""#), "\(line)")
  }

  @Test("a response that was announced by others counts, HTTP/2 too")
  func announced() throws {
    let block =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
      + "HTTP/2 200\r\nContent-Type: text/html\r\n\r\n<p>x"
    #expect(try html(WARCText.record("response", Array(block.utf8))) == "<p>x")
  }

  @Test(
    "what is no response is rejected, saying why",
    arguments: [
      ("ICY 200 OK\r\n\r\n<p>", "the block does not begin with an HTTP status line"),
      ("", "the block does not begin with an HTTP status line"),
      ("HTTP/1.1 OK\r\n\r\n<p>", "the HTTP status line names no status"),
      ("HTTP/1.1 20000 OK\r\n\r\n<p>", "the HTTP status line names no status"),
      (
        "HTTP/1.1 200 OK\r\nA: " + String(repeating: "x", count: 200_000),
        "the HTTP header does not end within 131072 bytes"
      ),
    ])
  func malformed(block: String, message: String) throws {
    #expect(
      try record(WARCText.record("response", Array(block.utf8)))
        == #"malformed_record {"message":"\#(message)","warc_record_id":"r1","#
        + #""url":"http://harbour.example/"}"#)
  }

  @Test("a header without a blank line has no body; a large one is read")
  func headerEnds() throws {
    let none = WARCText.record(
      "response", Array("HTTP/1.1 200 OK\r\nContent-Type: text/html".utf8))
    #expect(try record(none).hasPrefix("no_content "))
    let cookies = String(repeating: "Set-Cookie: a=b\r\n", count: 4000)
    #expect(try html(response(cookies, Array("<p>x".utf8))) == "<p>x")
  }

  // MARK: Chunks

  @Test(
    "chunks are joined",
    arguments: [
      ("3\r\n<p>\r\n1\r\nx\r\n0\r\n\r\n", "<p>x", false),
      ("3;name=value\r\n<p>\r\n00001 \r\nx\r\n0\r\nTrailer: t\r\n\r\n", "<p>x", false),
      ("3\n<p>\n1\nx\n0\n\n", "<p>x", false),
      // Cut off: in a chunk, behind one, in a size.
      ("3\r\n<p>\r\n5\r\nx", "<p>x", true), ("3\r\n<p>\r\n", "<p>", true),
      ("3\r\n<p>\r\n1", "<p>", true),
      // A crawler joined them and kept the header.
      ("<p>x", "<p>x", false),
    ])
  func chunks(body: String, page: String, isCut: Bool) throws {
    let line = try record(response("Transfer-Encoding: Chunked\r\n", Array(body.utf8)))
    #expect(line.contains(#""html":"\#(page)""#), "\(line)")
    #expect(line.contains(#""warc_truncated":\#(isCut ? "\"disconnect\"" : "null")"#), "\(line)")
  }

  @Test("chunks that are broken are rejected with the place")
  func brokenChunks() throws {
    let body = "3\r\n<p>\r\nnone\r\nx\r\n"
    #expect(
      try record(response("Transfer-Encoding: chunked\r\n", Array(body.utf8)))
        .hasPrefix(#"malformed_record {"message":"the body's chunks are broken at byte 8""#))
    let huge = "fffffffffffffffff\r\n<p>\r\n"
    #expect(
      try html(response("Transfer-Encoding: chunked\r\n", Array(huge.utf8)))
        == #"fffffffffffffffff\r\n<p>\r\n"#)
  }

  // MARK: Codings

  @Test("content codings are undone, in chunks too")
  func codings() throws {
    var all = try Self.coded.map { ($0.name, try Self.bytes($0.base64)) }
    all.append(("x-gzip", WARCText.compressed([Array(Self.page.utf8)])))
    all.append(("GZIP", WARCText.compressed([Array(Self.page.utf8)])))
    all.append(("zstd", WARCText.compressed([Array(Self.page.utf8)], .zstd)))
    all.append(("identity", Array(Self.page.utf8)))
    let twice = WARCText.compressed([try Self.bytes(Self.coded[2].base64)])
    all.append(("br, gzip", twice))
    all.append(("br\r\nContent-Encoding: gzip", twice))
    for (name, body) in all {
      #expect(try html(response("Content-Encoding: \(name)\r\n", body)) == Self.page, "\(name)")
      let chunk =
        Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
      let headers = "Content-Encoding: \(name)\r\nTransfer-Encoding: chunked\r\n"
      #expect(try html(response(headers, chunk)) == Self.page, "\(name) in chunks")
    }
    let gzip = WARCText.compressed([Array(Self.page.utf8)])
    let chunk =
      Array("\(String(gzip.count, radix: 16))\r\n".utf8) + gzip + Array("\r\n0\r\n\r\n".utf8)
    #expect(try html(response("Transfer-Encoding: gzip, chunked\r\n", chunk)) == Self.page)
  }

  @Test(
    "a body that was stored without its coding is taken as it is",
    arguments: ["gzip", "deflate", "br", "zstd", "utf-8", "none"])
  func undone(coding: String) throws {
    let body = Array(Self.page.utf8)
    #expect(try html(response("Content-Encoding: \(coding)\r\n", body)) == Self.page)
  }

  @Test("a compressed body without a media type is a page if it turns out to be one")
  func sniffed() throws {
    let page = WARCText.compressed([Array(Self.page.utf8)])
    let headers = "Content-Encoding: gzip\r\n"
    #expect(try html(WARCText.response(page, headers: headers)) == Self.page)
    let words = WARCText.compressed([Array("words".utf8)])
    #expect(
      try record(WARCText.response(words, headers: headers)).hasPrefix(
        #"no_page {"message":"the payload has no media type, and does not begin as a page""#))
  }

  @Test("a compressed body that is cut off gives what is there, and says so")
  func cut() throws {
    let prose = "<p>" + WARCText.prose(4000, seed: 1)
    for (name, body) in [
      ("gzip", WARCText.compressed([Array(prose.utf8)])),
      ("zstd", WARCText.compressed([Array((prose + WARCText.prose(20_000, seed: 7)).utf8)], .zstd)),
    ] {
      let line = try record(
        response("Content-Encoding: \(name)\r\n", Array(body[..<(body.count * 9 / 10)])))
      #expect(line.contains(#""html":"\#(prose.prefix(5000))"#), "\(name)")
      #expect(line.contains(#""warc_truncated":"disconnect""#))
    }
    let file = WARCText.response(
      WARCText.compressed([Array(prose.utf8)]).dropLast(900).map(\.self),
      headers: "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
      more: "WARC-Truncated: length\r\n")
    #expect(try record(file).contains(#""warc_truncated":"length""#))
  }

  @Test("a body that is damaged, or in an unknown coding, is rejected")
  func damaged() throws {
    var body = WARCText.compressed([Array(WARCText.prose(100, seed: 2).utf8)])
    body[body.count / 2] ^= 0xFF
    #expect(
      try record(response("Content-Encoding: gzip\r\n", body)).hasPrefix(
        #"malformed_record {"message":"the body is no gzip data, or damaged: "#))
    #expect(
      try record(response("Content-Encoding: compress\r\n", [0x1F, 0x9D])).hasPrefix(
        #"unknown_coding {"message":"compress""#))
    let deep = "Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n"
    #expect(
      try record(response(deep, [0x1F])).hasPrefix(
        #"malformed_record {"message":"the body has 5 codings on top of each other""#))
  }

  @Test("a body that becomes too large is not made at all", arguments: [Compression.gzip, .zstd])
  func bombs(compression: Compression) throws {
    let zeros = Array("<p>".utf8) + Array(repeating: UInt8(ascii: " "), count: 8 << 20)
    let bomb = WARCText.compressed([zeros], compression)
    let name = compression == .gzip ? "gzip" : "zstd"
    let limit = min(1 << 20, bomb.count * 200 + 65_536)
    #expect(
      try record(response("Content-Encoding: \(name)\r\n", bomb)).hasPrefix(
        #"too_large {"message":"the body is longer when it is decompressed","limit":\#(limit),"#))
  }

  @Test("compressed bodies that may become large do not fill one batch")
  func expansion() throws {
    let gzip = WARCText.compressed([Array(Self.page.utf8)])
    let path = try folder.write(
      "a.warc", (0..<100).flatMap { _ in response("Content-Encoding: gzip\r\n", gzip) })
    let source = try WARCSource(
      settings: WARCSource.Settings(path: path),
      context: Context(label: "input", standardInput: .standardInput))
    var batch = RawBatch(byteBudget: 1 << 17)
    #expect(try source.makeReader(nil).fill(&batch))
    #expect(batch.records.count < 64)
  }
}
