import Bytes
import Formats
import Pipeline
import TestSupport
import Testing

/// zstd files that begin with the dictionary of their frames, compressed or as it is.
@Suite struct WARCDictionaryTests {
  static let names = ["crawl-dictionary.warc.zst", "crawl-plain-dictionary.warc.zst"]

  private static func source(_ path: String) throws -> WARCSource {
    try WARCSource(
      settings: WARCSource.Settings(path: path),
      context: Context(label: "input", standardInput: .standardInput))
  }

  /// What is read of a file, without the places.
  private static func contents(_ path: String) throws -> [String] {
    try harvest(source(path)).map { String($0.drop { $0 != "{" }) }
  }

  @Test("the records are those of the same crawl as gzip", arguments: names)
  func records(name: String) throws {
    let expected = try Self.contents(Fixture.path("records/crawl.warc.gz"))
    #expect(expected.count == 4)
    #expect(try Self.contents(Fixture.path("records/\(name)")) == expected)
  }

  @Test("a reader goes on from every place at which another stood", arguments: names)
  func positions(name: String) throws {
    let source = try Self.source(Fixture.path("records/\(name)"))
    var position = JSONValue.null
    var sizes: [Int] = []
    var hasMore = true
    while hasMore {
      let reader = source.makeReader(nil)
      try reader.seek(to: position)
      var batch = RawBatch(byteBudget: 1)
      hasMore = try reader.fill(&batch)
      sizes += batch.records.filter { $0.problem == nil }.map(\.range.count)
      position = reader.position
    }
    var whole = RawBatch(byteBudget: 1 << 20)
    _ = try source.makeReader(nil).fill(&whole)
    #expect(sizes == whole.records.map(\.range.count))
    #expect(sizes.count == 4)
  }

  @Test("cut off anywhere, the file ends in what there was and one reject", arguments: names)
  func cut(name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try FileSystem.contents(of: Fixture.path("records/\(name)"))
    let whole = try Self.contents(Fixture.path("records/\(name)"))
    for count in 1..<bytes.count {
      try folder.write("a.warc.zst", Array(bytes[..<count]))
      let found = try Self.contents(folder.path("a.warc.zst"))
      let kept = found.filter { $0.hasPrefix("{\"id\"") }
      #expect(kept == Array(whole.prefix(kept.count)), "\(count) bytes")
      #expect(found.count - kept.count <= 1, "\(count) bytes")
    }
  }

  @Test("a dictionary that is damaged or too large is a reject that says so")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let bytes = try FileSystem.contents(of: Fixture.path("records/\(Self.names[0])"))
    var damaged = bytes
    damaged.replaceSubrange(20..<40, with: repeatElement(0, count: 20))
    try folder.write("a.warc.zst", damaged)
    #expect(
      try harvest(Self.source(folder.path("a.warc.zst")), in: folder).first
        == #"a.warc.zst@0 unreadable {"message":"the compressed data is damaged: the dictionary is damaged"}"#
    )
    var large = bytes
    large.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF])
    try folder.write("a.warc.zst", large)
    #expect(
      try harvest(Self.source(folder.path("a.warc.zst")), in: folder).first
        == #"a.warc.zst@0 unreadable {"message":"the compressed data is damaged: the dictionary is too large"}"#
    )
  }
}
