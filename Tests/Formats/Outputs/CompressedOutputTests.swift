import Bytes
import Pipeline
import TestSupport
import Testing

@testable import Formats

/// Files as `FileWriter` leaves them, with and without interruption.
@Suite struct FileWriterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let endings = ["", ".gz", ".zst"]

  private func writer(_ name: String, at position: SinkPosition? = nil) throws -> FileWriter {
    let compression = Compression(ofFileNamed: name)
    return try FileWriter(
      FilePath(folder.path(name)),
      compressor: FrameCompressor(compression, level: compression.defaultLevel), at: position)
  }

  private func finish(_ writer: FileWriter) throws {
    _ = try writer.close()
    try writer.publish()
  }

  /// Lines of 1 to 2000 bytes, 12 MB in all.
  private static let lines: [[UInt8]] = {
    var random = Seed(7)
    return (0..<12_000).map { _ in
      let letter = UInt8(0x61 + random.below(26))
      return [UInt8](repeating: letter, count: random.below(2000)) + [0x0A]
    }
  }()

  private func contents(_ name: String) throws -> [UInt8] {
    let stream = try ByteStream.reading(folder.path(name))
    var bytes: [UInt8] = []
    while try stream.read(into: &bytes, count: 1 << 20, stop: StopSignal()) > 0 {}
    return bytes
  }

  @Test("the bytes are those of the lines, however they are handed over", arguments: endings)
  func handing(ending: String) throws {
    let one = try writer("one" + ending)
    try one.write(Self.lines.flatMap(\.self))
    try finish(one)
    let many = try writer("many" + ending)
    for start in stride(from: 0, to: Self.lines.count, by: 7) {
      try many.write(Self.lines[start..<min(start + 7, Self.lines.count)].flatMap(\.self))
      if start % 1001 == 0 { _ = try many.checkpoint() }
    }
    try finish(many)
    let bytes = try FileSystem.contents(of: folder.path("one" + ending))
    #expect(try FileSystem.contents(of: folder.path("many" + ending)) == bytes)
    #expect(try contents("one" + ending) == Self.lines.flatMap(\.self))
    #expect(ending.isEmpty || bytes.count < 1_000_000)
  }

  @Test("an interrupted file is cut back and continued", arguments: endings)
  func interrupted(ending: String) throws {
    let name = "out" + ending
    var position: SinkPosition?
    var next = 0
    var random = Seed(3)
    while next < Self.lines.count {
      let output = try writer(name, at: position)
      let until = min(next + 1 + random.below(3000), Self.lines.count)
      for line in Self.lines[next..<until] { try output.write(line) }
      position = try output.checkpoint()
      next = until
      // Written behind the checkpoint, and lost.
      for line in Self.lines[..<random.below(4000)] { try output.write(line) }
    }
    try finish(try writer(name, at: position))
    let whole = try writer("whole" + ending)
    try whole.write(Self.lines.flatMap(\.self))
    try finish(whole)
    #expect(
      try FileSystem.contents(of: folder.path(name))
        == FileSystem.contents(of: folder.path("whole" + ending)))
    #expect(try folder.names == [name, "whole" + ending])
  }

  @Test("no lines at all make a file that can be read", arguments: endings)
  func nothing(ending: String) throws {
    try finish(try writer("out" + ending))
    #expect(try contents("out" + ending) == [])
    #expect(try FileSystem.contents(of: folder.path("out" + ending)).isEmpty == ending.isEmpty)
  }

  @Test("a closed file gets its name from whoever comes next, once", arguments: endings)
  func publishing(ending: String) throws {
    let name = "out" + ending
    let position: SinkPosition
    do {
      let output = try writer(name)
      try output.write(Array("one\n".utf8))
      position = try output.close()
    }
    #expect(try folder.names == [name + ".partial"])
    for _ in 0..<3 {
      let next = try writer(name, at: position)
      #expect(try next.close() == position)
      try next.publish()
      #expect(try folder.names == [name])
      #expect(try contents(name) == Array("one\n".utf8))
    }
  }

  @Test("a file that has gone or become shorter is refused, and left as it is")
  func lost() throws {
    let message = { (position: SinkPosition) -> String in
      do {
        _ = try writer("out", at: position)
        return "nothing"
      } catch {
        return "\(error)".replacing(folder.path + "/", with: "")
      }
    }
    let position: SinkPosition
    do {
      let output = try writer("out")
      try output.write(Array("one\n".utf8))
      position = try output.checkpoint()
    }
    try folder.write("out.partial", "on")
    let advice = "; put it back as it was, or begin anew with another state directory"
    #expect(
      message(position)
        == "out.partial, which the run was writing when it was interrupted, has 2 bytes left of 4"
        + advice)
    #expect(try folder.text("out.partial") == "on")
    try folder.remove("out.partial")
    #expect(
      message(position)
        == "out.partial, which the run was writing when it was interrupted, has gone" + advice)
    // Another file of the final name is not taken for a closed one.
    var closed = position
    closed.details["closed"] = true
    for other in ["other", "two\n"] {
      try folder.write("out", other)
      #expect(message(closed).hasSuffix("has gone" + advice))
    }
    try folder.write("out.partial", "two\nmore")
    #expect(
      message(position)
        == "out.partial, which the run was writing when it was interrupted, has other contents"
        + advice)
    #expect(try folder.text("out.partial") == "two\nmore")
    try folder.write("out.partial", "one\nmore")
    #expect(message(position) == "nothing")
    #expect(try folder.text("out.partial") == "one\n")
  }

  private func complaint(
    _ path: String, level: Int? = nil, _ compression: OutputCompression? = nil
  ) -> String? {
    var settings = NDJSONSink.Settings(path: path)
    settings.level = level
    settings.compression = compression
    do throws(Complaint) {
      _ = try NDJSONSink(
        settings: settings, context: Context(label: "output", standardInput: .standardInput))
      return nil
    } catch {
      return "\(error.key ?? "") \(error.message)"
    }
  }

  @Test("a format that is read but not written is complained about, unless another one is named")
  func notWritten() throws {
    for (path, name) in [("a.ndjson.bz2", "bzip2"), ("b.xz", "xz")] {
      #expect(
        complaint(path)
          == "path speaks of \(name), which is read but not written; let it end in .zst or .gz, or say how "
          + "to compress it with \"compression\"")
      #expect(complaint(path, OutputCompression.none) == nil)
      #expect(complaint(path, level: 3, .zstd) == nil)
    }
  }

  @Test("levels that the format does not know are complained about")
  func levels() throws {
    #expect(complaint("a.gz", level: 9) == nil)
    #expect(complaint("a.zst", level: 19) == nil)
    #expect(complaint("a.gz", level: 10) == "level must be within 1...9 with gzip, is 10")
    #expect(
      complaint("a.ndjson", level: 3)
        == "level is for compressed files, and a.ndjson is none; give it an ending or a \"compression\""
    )
  }
}
