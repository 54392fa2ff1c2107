import Bytes
import Dispatch
import Foundation
import TestSupport
import Testing

@Suite struct FileTests {
  let folder: TemporaryFolder
  let stop = StopSignal()

  init() throws { folder = try TemporaryFolder() }

  // MARK: Files

  @Test("a file is written and read back")
  func roundTrip() throws {
    let path = folder.path("a")
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    do {
      let file = try File.writing(path)
      let (isRegular, name) = (file.isRegular, file.path)
      #expect(isRegular)
      #expect(name == path)
      try file.write(bytes.span.extracting(..<10))
      try file.write(bytes.span.extracting(10...))
      try file.write(bytes.span.extracting(..<0))
      try file.sync()
    }
    let file = try File.reading(path)
    let (size, hasInput) = (file.size, file.hasInput)
    #expect(size == 100_000)
    #expect(hasInput)
    var read: [UInt8] = [1, 2, 3]
    var counts: [Int] = []
    for _ in 0..<3 { counts.append(try file.read(into: &read, count: 60_000, stop: stop)) }
    #expect(counts == [60_000, 40_000, 0])
    #expect(read == [1, 2, 3] + bytes)
  }

  @Test("writing cuts what was there")
  func cutting() throws {
    try folder.write("a", "long contents")
    do {
      let file = try File.writing(folder.path("a"))
      let text = Array("short".utf8)
      try file.write(text.span)
    }
    #expect(try folder.text("a") == "short")
  }

  @Test("a file that somebody else writes is refused, and stays as it is")
  func lock() throws {
    let path = folder.path("a")
    do {
      let first = try File.writing(path)
      let text = Array("mine still".utf8)
      try first.write(text.span.extracting(..<4))
      #expect(throws: SystemError("lock", path, code: EWOULDBLOCK)) { _ = try File.writing(path) }
      try first.write(text.span.extracting(4...))
    }
    #expect(try folder.text("a") == "mine still")
    // The lock ends with the file.
    _ = try File.writing(path)
  }

  @Test("devices can be written")
  func device() throws {
    let file = try File.writing("/dev/null")
    let (isRegular, size) = (file.isRegular, file.size)
    #expect(!isRegular)
    #expect(size == nil)
    let bytes: [UInt8] = [1, 2]
    try file.write(bytes.span)
    try file.sync()
  }

  @Test("errors say what was tried, on which file, and why")
  func errors() throws {
    let missing = folder.path("none/a")
    let reading = #expect(throws: SystemError.self) { _ = try File.reading(missing) }
    #expect(reading?.description == "cannot read \(missing): No such file or directory")
    #expect(reading?.isMissing == true)
    let writing = #expect(throws: SystemError.self) { _ = try File.writing(missing) }
    #expect(writing?.description == "cannot write \(missing): No such file or directory")
    let listing = #expect(throws: SystemError.self) { _ = try FileSystem.names(in: missing) }
    #expect(listing?.description == "cannot read \(missing): No such file or directory")
    let kind = #expect(throws: SystemError.self) { _ = try FileSystem.kind(of: missing) }
    #expect(kind?.description == "cannot read \(missing): No such file or directory")
  }

  @Test("a folder opens for reading, but cannot be read")
  func folderIsNoFile() throws {
    let stream = try ByteStream.reading(folder.path)
    var bytes: [UInt8] = [7]
    let error = #expect(throws: StreamError.self) {
      _ = try stream.read(into: &bytes, count: 10, stop: stop)
    }
    #expect(error?.cause == "Is a directory")
    #expect(bytes == [7])
    #expect(throws: SystemError("write", folder.path, code: EISDIR)) {
      _ = try File.writing(folder.path)
    }
  }

  // MARK: Streams

  @Test("bytes that were looked at are read again, once")
  func peek() throws {
    try folder.write("a", "first and second")
    let stream = try ByteStream.reading(folder.path("a"))
    #expect(stream.size == 16)
    #expect(try stream.peek(stop: stop) == Array("first and second".utf8))
    #expect(try stream.peek(stop: stop) == Array("first and second".utf8))
    #expect(stream.hasInput)
    var bytes: [UInt8] = []
    #expect(try stream.read(into: &bytes, count: 5, stop: stop) == 5)
    #expect(try stream.read(into: &bytes, count: 50, stop: stop) == 11)
    #expect(try stream.read(into: &bytes, count: 5, stop: stop) == 0)
    #expect(bytes == Array("first and second".utf8))
  }

  @Test("a look goes only a little ahead")
  func peekOfMuch() throws {
    let contents = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try folder.write("a", contents)
    let stream = try ByteStream.reading(folder.path("a"))
    #expect(try stream.peek(stop: stop) == Array(contents[..<4096]))
    var bytes: [UInt8] = []
    while try stream.read(into: &bytes, count: 3000, stop: stop) > 0 {}
    #expect(bytes == contents)
  }

  @Test("an empty file can be looked at and read")
  func empty() throws {
    try folder.write("a", "")
    let stream = try ByteStream.reading(folder.path("a"))
    var bytes: [UInt8] = []
    #expect(try stream.peek(stop: stop).isEmpty)
    #expect(try stream.read(into: &bytes, count: 10, stop: stop) == 0)
    #expect(stream.size == 0)
  }

  // MARK: Stopping

  @Test("nothing is read after the wish to stop")
  func stopped() throws {
    try folder.write("a", "contents")
    let stream = try ByteStream.reading(folder.path("a"))
    var bytes: [UInt8] = []
    #expect(!stop.isRequested)
    stop.request()
    stop.request()
    #expect(stop.isRequested)
    #expect(try stream.read(into: &bytes, count: 10, stop: stop) == 0)
    #expect(bytes.isEmpty)
  }

  @Test("the wish to stop wakes a read that waits for a pipe")
  func wakes() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    // Held open for writing, so that the reader waits for bytes that never come.
    let writer = open(path, O_RDWR)
    defer { close(writer) }
    let stream = try ByteStream.reading(path)
    #expect(stream.size == nil)
    #expect(!stream.hasInput)
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { [stop] in
      stop.request()
    }
    var bytes: [UInt8] = []
    #expect(try stream.read(into: &bytes, count: 10, stop: stop) == 0)
    #expect(bytes.isEmpty)
  }

  @Test("a pipe gives what it has")
  func pipe() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let writer = open(path, O_RDWR)
    let stream = try ByteStream.reading(path)
    #expect(write(writer, "abc", 3) == 3)
    #expect(stream.hasInput)
    var bytes: [UInt8] = []
    #expect(try stream.read(into: &bytes, count: 10, stop: stop) == 3)
    #expect(!stream.hasInput)
    close(writer)
    // Nobody writes any more: the end, which can be read at once.
    #expect(stream.hasInput)
    #expect(try stream.read(into: &bytes, count: 10, stop: stop) == 0)
    #expect(bytes == Array("abc".utf8))
  }

  // MARK: The file system

  @Test("files, folders, links and devices are told apart")
  func kinds() throws {
    try folder.write("a/b", "123")
    try folder.makeLink("to file", to: "a/b")
    try folder.makeLink("to folder", to: "a")
    try folder.makeLink("to nothing", to: "none")
    #expect(try FileSystem.kind(of: folder.path("a")) == .folder)
    #expect(try FileSystem.kind(of: folder.path("a/b")) == .file)
    #expect(try FileSystem.kind(of: folder.path("to file")) == .file)
    #expect(try FileSystem.kind(of: folder.path("to folder")) == .folder)
    #expect(try FileSystem.kind(of: "/dev/null") == .other)
    #expect(throws: SystemError.self) { try FileSystem.kind(of: folder.path("to nothing")) }
    #expect(FileSystem.isLink(folder.path("to nothing")))
    #expect(!FileSystem.isLink(folder.path("a")))
    #expect(FileSystem.size(of: folder.path("to file")) == 3)
    #expect(FileSystem.size(of: folder.path("a")) == nil)
  }

  @Test("names come in byte order")
  func names() throws {
    for name in ["b", "a", "Z", "ä", "10", "9", ".hidden"] { try folder.write(name, "") }
    #expect(try folder.names == [".hidden", "10", "9", "Z", "a", "b", "ä"])
  }

  @Test("shell patterns give matches in byte order, or none")
  func patterns() throws {
    for name in ["b.html", "a.html", "Z.html", "c.txt"] { try folder.write(name, "") }
    let matches = FileSystem.matches(of: folder.path("*.html"))
    #expect(matches == ["Z.html", "a.html", "b.html"].map(folder.path))
    #expect(FileSystem.matches(of: folder.path("[ac].*")) == ["a.html", "c.txt"].map(folder.path))
    #expect(FileSystem.matches(of: folder.path("*.pdf")).isEmpty)
  }

  @Test("a file takes another's place")
  func replace() throws {
    try folder.write("old", "old")
    try folder.write("new", "new")
    try FileSystem.replace(folder.path("old"), with: folder.path("new"))
    #expect(try folder.names == ["old"])
    #expect(try folder.text("old") == "new")
    #expect(throws: SystemError("rename", folder.path("new"), code: ENOENT)) {
      try FileSystem.replace(folder.path("old"), with: folder.path("new"))
    }
  }

  @Test("paths are seen from a folder")
  func paths() {
    #expect(FileSystem.resolve("a/b", in: "c") == "c/a/b")
    #expect(FileSystem.resolve("a", in: ".") == "a")
    #expect(FileSystem.resolve("a", in: "") == "a")
    #expect(FileSystem.resolve("/a", in: "c") == "/a")
    #expect(FileSystem.folder(of: "a/b/c") == "a/b")
    #expect(FileSystem.folder(of: "a") == ".")
    #expect(FileSystem.folder(of: "/a") == "/")
  }

  @Test("a search finds the first byte at or behind a place")
  func search() {
    let bytes = Array("abcabc".utf8)
    #expect(bytes.index(of: UInt8(ascii: "b"), from: 0) == 1)
    #expect(bytes.index(of: UInt8(ascii: "b"), from: 1) == 1)
    #expect(bytes.index(of: UInt8(ascii: "b"), from: 2) == 4)
    #expect(bytes.index(of: UInt8(ascii: "b"), from: 5) == nil)
    #expect(bytes.index(of: UInt8(ascii: "b"), from: 6) == nil)
    #expect(([] as [UInt8]).index(of: 0, from: 0) == nil)
  }
}
