import Bytes
import Formats
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct NDJSONSinkTests {
  private let run = RunStart(moment: "2026-11-20T02:00:00Z")
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func sink(_ path: String) throws -> NDJSONSink {
    try NDJSONSink(
      settings: try .read(from: "{\"path\": \"\(path)\"}"),
      context: Context(label: "output", standardInput: .standardInput))
  }

  func encode(_ document: Document, rejection: Rejection? = nil) throws -> String {
    var encoder = try sink("-").makeEncoder()
    var bytes: [UInt8] = []
    encoder.encode(document, rejection: rejection, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static let document = Document(
    id: "a-1", text: UTF8Text("first line\nsecond \"line\" é"), source: "crawl",
    created: "2026-11-20T00:00:00.000Z", metadata: ["url": "http://a", "title": nil, "n": 1.5],
    annotations: ["entities": [["start": 0]]],
    origin: Origin(file: "in.ndjson", line: 7, byteOffset: 1234))

  // MARK: Records

  @Test("a record has its keys in a fixed order")
  func record() throws {
    #expect(
      try encode(Self.document)
        == #"{"id":"a-1","text":"first line\nsecond \"line\" é","source":"crawl","#
        + #""created":"2026-11-20T00:00:00.000Z","metadata":{"url":"http://a","title":null,"n":1.5},"#
        + #""annotations":{"entities":[{"start":0}]}}"# + "\n")
  }

  @Test("what is not known is null, and annotations stand only where a stage found something")
  func plain() throws {
    let document = Document(id: "a", text: UTF8Text("t"), origin: Origin(file: "f"))
    #expect(
      try encode(document) == #"{"id":"a","text":"t","source":"","metadata":{}}"#
        + "\n")
  }

  @Test("a reject says where, why and what")
  func reject() throws {
    let rejection = Rejection(
      stage: "dups",
      drop: Drop(
        reason: DropReason("near_duplicate", "A repeat."),
        details: ["of": "a-0", "similarity": 0.93]))
    #expect(
      try encode(Self.document, rejection: rejection)
        == #"{"id":"a-1","text":"first line\nsecond \"line\" é","source":"crawl","#
        + #""created":"2026-11-20T00:00:00.000Z","metadata":{"url":"http://a","title":null,"n":1.5},"#
        + #""annotations":{"entities":[{"start":0}]},"rejected":{"stage":"dups","#
        + #""reason":"near_duplicate","file":"in.ndjson","line":7,"byte_offset":1234,"of":"a-0","#
        + #""similarity":0.93}}"# + "\n")
  }

  @Test("a file that is one record has no line")
  func rejectedFile() throws {
    let document = Document(id: "a.html", origin: Origin(file: "a.html"))
    let rejection = Rejection(stage: "input", drop: Drop(reason: .unreadable))
    #expect(
      try encode(document, rejection: rejection)
        == #"{"id":"a.html","text":"","source":"","metadata":{},"#
        + #""rejected":{"stage":"input","reason":"unreadable","file":"a.html","line":null,"#
        + #""byte_offset":0}}"# + "\n")
  }

  @Test("records follow one another in the caller's buffer")
  func appending() throws {
    var encoder = try sink("-").makeEncoder()
    var bytes = Array("before\n".utf8)
    let document = Document(id: "a", text: UTF8Text("t"), origin: Origin(file: "f"))
    encoder.encode(document, rejection: nil, into: &bytes)
    encoder.encode(document, rejection: nil, into: &bytes)
    let line = #"{"id":"a","text":"t","source":"","metadata":{}}"#
    #expect(String(decoding: bytes, as: UTF8.self) == "before\n\(line)\n\(line)\n")
  }

  @Test("what is written is read back by the source")
  func roundTrip() throws {
    try folder.write("out.ndjson", encode(Self.document))
    let source = try NDJSONSource(
      settings: NDJSONSource.Settings(path: folder.path("out.ndjson")),
      context: Context(label: "input", standardInput: .standardInput))
    let reader = source.makeReader(nil)
    var decoder = try source.makeDecoder()
    var batch = RawBatch(byteBudget: 100)
    _ = try reader.fill(&batch)
    guard case .keep(let document) = try decoder.decode(batch.records[0], of: batch) else {
      Issue.record("a document was expected")
      return
    }
    #expect(try encode(document) == encode(Self.document))
  }

  // MARK: Files

  @Test("a file gets its name when the run is complete")
  func complete() throws {
    try folder.write("out.ndjson", "of the last run")
    let writer = try sink(folder.path("out.ndjson")).makeWriter(for: run, at: nil)
    try writer.write(Array("one\n".utf8))
    try writer.write(Array("two\n".utf8))
    #expect(try folder.names == ["out.ndjson", "out.ndjson.partial"])
    #expect(try folder.text("out.ndjson") == "of the last run")
    #expect(try folder.text("out.ndjson.partial") == "one\ntwo\n")
    _ = try writer.close()
    try writer.publish()
    #expect(try folder.names == ["out.ndjson"])
    #expect(try folder.text("out.ndjson") == "one\ntwo\n")
  }

  @Test("a run that ended early leaves what it wrote under another name, and says where")
  func abandoned() throws {
    do {
      let writer = try sink(folder.path("out.ndjson")).makeWriter(for: run, at: nil)
      try writer.write(Array("one\n".utf8))
      #expect(writer.abandon() == folder.path("out.ndjson.partial"))
    }
    #expect(try folder.names == ["out.ndjson.partial"])
    // The next run begins anew.
    let next = try sink(folder.path("out.ndjson")).makeWriter(for: run, at: nil)
    try next.write(Array("two\n".utf8))
    _ = try next.close()
    try next.publish()
    #expect(try folder.text("out.ndjson") == "two\n")
  }

  @Test("a run without records makes an empty file")
  func noRecords() throws {
    let writer = try sink(folder.path("out.ndjson")).makeWriter(for: run, at: nil)
    _ = try writer.close()
    try writer.publish()
    #expect(try folder.text("out.ndjson") == "")
  }

  @Test("a file that another run is writing is refused")
  func locked() throws {
    let sink = try sink(folder.path("out.ndjson"))
    let first = try sink.makeWriter(for: run, at: nil)
    try first.write(Array("one\n".utf8))
    let error = #expect(throws: (any Error).self) { _ = try sink.makeWriter(for: run, at: nil) }
    #expect(error.map { "\($0)" } == "another run is writing \(folder.path("out.ndjson"))")
    _ = try first.close()
    try first.publish()
    #expect(try folder.text("out.ndjson") == "one\n")
    _ = try sink.makeWriter(for: run, at: nil)
  }

  @Test("a file in a folder that is not there, and a folder, are refused")
  func refused() throws {
    let missing = folder.path("none/out.ndjson.partial")
    #expect(throws: SystemError("write", missing, code: ENOENT)) {
      _ = try sink(folder.path("none/out.ndjson")).makeWriter(for: run, at: nil)
    }
    #expect(throws: SystemError("write", folder.path, code: EISDIR)) {
      _ = try sink(folder.path).makeWriter(for: run, at: nil)
    }
  }

  @Test("a device is written as it is")
  func device() throws {
    let writer = try sink("/dev/null").makeWriter(for: run, at: nil)
    try writer.write(Array("one\n".utf8))
    _ = try writer.close()
    try writer.publish()
    #expect(try FileSystem.kind(of: "/dev/null") == .other)
    #expect(throws: SystemError.self) { try FileSystem.kind(of: "/dev/null.partial") }
    #expect(try sink("/dev/null").makeWriter(for: run, at: nil).abandon() == nil)
  }

  @Test("a link is written through: it stays a link")
  func link() throws {
    try folder.write("real/out.ndjson", "old")
    try folder.makeLink("latest.ndjson", to: "real/out.ndjson")
    let writer = try sink(folder.path("latest.ndjson")).makeWriter(for: run, at: nil)
    try writer.write(Array("new\n".utf8))
    _ = try writer.close()
    try writer.publish()
    #expect(FileSystem.isLink(folder.path("latest.ndjson")))
    #expect(try folder.text("real/out.ndjson") == "new\n")
    #expect(try FileSystem.names(in: folder.path("real")) == ["out.ndjson"])
  }
}
