import Bytes
import Formats
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct FilesSourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func source(
    _ paths: String..., settings: String = "", maximumDocument: Int = 1 << 20,
    standardInput: ByteStream = .standardInput, stop: StopSignal = StopSignal()
  ) throws -> FilesSource {
    let paths = JSONValue.array(paths.map { .string($0 == "-" ? $0 : folder.path($0)) }).jsonText
    return try FilesSource(
      settings: .read(from: "{\"paths\": \(paths)\(settings)}"),
      context: Context(
        label: "input", standardInput: standardInput, stop: stop, maximumDocument: maximumDocument))
  }

  /// Ids or places of the records, in order.
  func names(_ source: FilesSource) throws -> [String] {
    try harvest(source, in: folder).map { String($0.prefix { $0 != "@" }) }
  }

  static func page(_ name: String, _ html: String) -> String {
    #"\#(name)@0 {"id":"\#(name)","html":"\#(html)","source":"files","metadata":{"url":null}}"#
  }

  static func text(_ name: String, _ text: String) -> String {
    #"\#(name)@0 {"id":"\#(name)","text":"\#(text)","source":"files","metadata":{"url":null}}"#
  }

  // MARK: Settings

  @Test("the source of all records can be named")
  func sourceSetting() throws {
    try folder.write("a.txt", "t")
    #expect(
      try harvest(source("a.txt", settings: #", "source": "crawl-7""#), in: folder)
        == [#"a.txt@0 {"id":"a.txt","text":"t","source":"crawl-7","metadata":{"url":null}}"#])
  }

  @Test("a path that is not there is complained about")
  func missing() throws {
    #expect(
      throws: Complaint(
        "paths", element: 0,
        "names \(folder.path("none")), which cannot be read: No such file or directory")
    ) { _ = try source("none") }
  }

  // MARK: Worked examples

  @Test("a folder gives its pages and texts in byte order, named by their paths below it")
  func order() throws {
    for name in [
      "crawl/b.html", "crawl/a/z.htm", "crawl/a/10.xhtml", "crawl/a/9.txt", "crawl/Z.html",
      "crawl/ä.html", "crawl/a.html", "crawl/a-b.html", "crawl/style.css", "crawl/a/html",
      "crawl/.hidden.html",
    ] { try folder.write(name, "<p>") }
    #expect(
      try names(source("crawl")) == [
        ".hidden.html", "Z.html", "a/10.xhtml", "a/9.txt", "a/z.htm", "a-b.html", "a.html",
        "b.html",
        "ä.html",
      ])
  }

  @Test("files that are named themselves keep the whole path, and the order of the definition")
  func namedFiles() throws {
    for name in ["b.html", "sub/a.html", "sub/c"] { try folder.write(name, "<p>") }
    #expect(
      try names(source("sub/c", "b.html", "sub/a.html", "sub")) == [
        "sub/c", "b.html", "sub/a.html", "a.html",
      ])
  }

  @Test("patterns give their matches in byte order")
  func patterns() throws {
    for name in ["p10.html", "p9.html", "q.html"] { try folder.write(name, "<p>") }
    #expect(try names(source("p*.html")) == ["p10.html", "p9.html"])
  }

  @Test(
    "a file is a page or a text by its name, or else by its first byte",
    arguments: [
      ("a.html", "no tag", true), ("a.htm", "no tag", true), ("a.xhtml", "no tag", true),
      ("a.txt", "<p>", false), ("a", "<p>", true), ("a", "plain < text", false),
      ("a", " \n<html>", true), ("a", "\u{FEFF}<html>", true), ("a.php", "<p>", true),
      ("a.md", "# title", false), ("html", "no tag", false),
    ])
  func kind(name: String, contents: String, isPage: Bool) throws {
    try folder.write(name, contents)
    let line = try #require(harvest(source(name), in: folder).first)
    #expect(line.contains(isPage ? #""html":""# : #""text":""#))
  }

  @Test("a page keeps its bytes, whatever they are")
  func undecoded() throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x3C, 0x00, 0x70, 0x00, 0x3E, 0x00]
    try folder.write("utf-16", bytes)
    let source = try source("utf-16")
    let reader = source.makeReader(nil)
    var batch = RawBatch(byteBudget: 1 << 20)
    #expect(try !reader.fill(&batch))
    guard case .keep(let document) = source.makeDecoder().decode(batch.records[0], of: batch) else {
      Issue.record("a document was expected")
      return
    }
    #expect(document.html?.bytes == bytes)
    #expect(document.html?.charset == nil)
  }

  @Test("a text must be UTF-8; its byte order mark is no part of it")
  func texts() throws {
    try folder.write("a.txt", "\u{FEFF}text é")
    try folder.write("b.txt", Array("caf".utf8) + [0xE9])
    try folder.write("c.txt", [0xEF, 0xBB, 0xBF, 0x61, 0x80])
    #expect(
      try harvest(source("a.txt", "b.txt", "c.txt"), in: folder) == [
        Self.text("a.txt", "text é"), #"b.txt@0 invalid_utf8 {"byte":3}"#,
        #"c.txt@0 invalid_utf8 {"byte":4}"#,
      ])
  }

  // MARK: Edges

  @Test("an empty file is rejected")
  func empty() throws {
    try folder.write("a.html", "")
    try folder.write("b.txt", "")
    #expect(
      try harvest(source("a.html", "b.txt"), in: folder)
        == ["a.html@0 no_content {}", "b.txt@0 no_content {}"])
  }

  @Test("very many empty files are not read as one batch")
  func manyEmptyFiles() throws {
    for number in 0..<100 { try folder.write("many/\(number).html", "") }
    let reader = try source("many").makeReader(nil)
    var batch = RawBatch(byteBudget: 1 << 10)
    #expect(try reader.fill(&batch))
    #expect(batch.records.count < 50)
  }

  @Test("a file that is too large is rejected with its size, the limit is allowed")
  func tooLarge() throws {
    try folder.write("a.txt", String(repeating: "x", count: 100))
    try folder.write("b.txt", String(repeating: "x", count: 101))
    try folder.write("c.txt", "next")
    #expect(
      try harvest(source("a.txt", "b.txt", "c.txt", maximumDocument: 100), in: folder) == [
        Self.text("a.txt", String(repeating: "x", count: 100)),
        #"b.txt@0 too_large {"bytes":101,"limit":100}"#, Self.text("c.txt", "next"),
      ])
  }

  @Test("a file larger than one read is read whole")
  func large() throws {
    let text = (0..<40_000).map { "\($0) " }.joined()
    try folder.write("a.txt", text)
    #expect(try harvest(source("a.txt"), byteBudget: 10, in: folder) == [Self.text("a.txt", text)])
  }

  @Test("links to files are followed; links to folders, and links that lead nowhere, are not")
  func links() throws {
    try folder.write("elsewhere/b.html", "<p>")
    try folder.write("crawl/a.html", "<p>")
    try folder.makeLink("crawl/folder", to: folder.path("elsewhere"))
    try folder.makeLink("crawl/round", to: ".")
    try folder.makeLink("crawl/link.html", to: folder.path("elsewhere/b.html"))
    try folder.makeLink("crawl/nowhere", to: "none")
    try folder.makeLink("crawl/nowhere.html", to: "none")
    #expect(
      try harvest(source("crawl"), in: folder) == [
        Self.page("a.html", "<p>"), Self.page("link.html", "<p>"),
        #"nowhere.html@0 unreadable {"message":"No such file or directory"}"#,
      ])
    // A link that the definition names is meant.
    #expect(try names(source("crawl/folder")) == ["b.html"])
  }

  @Test("pipes in a folder are no pages: nobody may ever write to them")
  func pipes() throws {
    try folder.write("crawl/a.html", "<p>")
    try #require(mkfifo(folder.path("crawl/b.html"), 0o600) == 0)
    #expect(try names(source("crawl")) == ["a.html"])
  }

  @Test("a file that vanished in the meantime is rejected, and the next is read")
  func vanished() throws {
    let path = try folder.write("a.html", "<p>")
    try folder.write("b.html", "<p>")
    let source = try source("a.html", "b.html")
    try FileManager.default.removeItem(atPath: path)
    #expect(
      try harvest(source, in: folder) == [
        #"a.html@0 unreadable {"message":"No such file or directory"}"#, Self.page("b.html", "<p>"),
      ])
  }

  #if os(Linux)
    @Test("a file that cannot be read is rejected")
    func readError() throws {
      try folder.makeLink("crawl.html", to: "/proc/self/mem")
      #expect(
        try harvest(source("crawl.html"), in: folder)
          == [#"crawl.html@0 unreadable {"message":"Input/output error"}"#])
    }
  #endif

  @Test("folders nested very deeply are not entered, and rejected by name")
  func depth() throws {
    let path = Array(repeating: "d", count: 70).joined(separator: "/")
    try folder.write("crawl/\(path)/deep.html", "<p>")
    try folder.write("crawl/d/d/a.html", "<p>")
    let deepest = Array(repeating: "d", count: 64).joined(separator: "/")
    #expect(
      try harvest(source("crawl"), in: folder) == [
        Self.page("d/d/a.html", "<p>"),
        "\(deepest)@0 unreadable {\"message\":\"its folders are nested too deep\"}",
      ])
  }

  @Test("files that are left out are counted once, also by a reader that goes on")
  func leftOutOnce() throws {
    for name in ["a.jpg", "b.html", "c.jpg", "d.html", "e.jpg"] {
      try folder.write("crawl/\(name)", "<p>")
    }
    let source = try source("crawl")
    var counts: [Int] = []
    var position = JSONValue.null
    var hasMore = true
    while hasMore {
      let reader = source.makeReader(nil)
      try reader.seek(to: position)
      var batch = RawBatch(byteBudget: 1)
      hasMore = try reader.fill(&batch)
      position = reader.position
      counts.append(batch.leftOut[".jpg"] ?? 0)
    }
    #expect(counts == [1, 1, 1])
  }

  @Test("nothing is read after the wish to stop")
  func stopped() throws {
    try folder.write("a.html", "<p>")
    let stop = StopSignal()
    stop.request()
    #expect(try harvest(source("a.html", stop: stop)).isEmpty)
  }

  @Test("standard input is one document, called -")
  func standardInput() throws {
    let page = try ByteStream.reading(try folder.write("stdin", "<p>x"))
    _ = try page.peek(stop: StopSignal())
    #expect(try harvest(source("-", standardInput: page)) == [Self.page("-", "<p>x")])
    let text = try ByteStream.reading(try folder.write("stdin", "words"))
    #expect(try harvest(source("-", standardInput: text)) == [Self.text("-", "words")])
    let none = try ByteStream.reading(try folder.write("stdin", ""))
    #expect(try harvest(source("-", standardInput: none)) == ["-@0 no_content {}"])
  }

  // MARK: Properties

  @Test("any batch budget gives the same records", arguments: 0..<4 as Range<UInt64>)
  func budgets(seed: UInt64) throws {
    var random = Seed(seed)
    var expected: [String] = []
    for number in 100..<160 {
      let name = "\(number).txt"
      let text = String(repeating: "x", count: random.below(random.oneIn(10) ? 90_000 : 300))
      try folder.write("crawl/\(name)", text)
      expected.append(text.isEmpty ? "\(name)@0 no_content {}" : Self.text(name, text))
    }
    for budget in [1, 1000, 70_000, 1 << 20] {
      #expect(try harvest(source("crawl"), byteBudget: budget, in: folder) == expected)
    }
  }
}
