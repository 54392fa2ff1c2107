import CBzip2
import CXZ
import TestSupport
import Testing

@testable import Bytes

@Suite struct CompressionTests {
  let folder: TemporaryFolder
  let stop = StopSignal()

  private static let compressed = Compression.allCases.filter { $0 != .none }

  init() throws { folder = try TemporaryFolder() }

  /// Text that compresses neither very well nor badly.
  static func text(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = Seed(seed)
    return (0..<count).map { _ in random.oneIn(8) ? 0x0A : UInt8(0x61 + random.below(6)) }
  }

  private func frame(_ compression: Compression, _ bytes: [UInt8]) throws -> [UInt8] {
    switch compression {
    case .bzip2: return try bzip2(bytes)
    case .xz: return try xz(bytes)
    case .none, .gzip, .zstd:
      let compressor = try #require(FrameCompressor(compression, level: compression.defaultLevel))
      return try #require(compressor.frame(bytes[...]))
    }
  }

  private func bzip2(_ bytes: [UInt8]) throws -> [UInt8] {
    var result = [CChar](repeating: 0, count: bytes.count * 2 + 1000)
    var count = UInt32(result.count)
    var source = bytes.map(CChar.init(bitPattern:))
    #expect(
      BZ2_bzBuffToBuffCompress(&result, &count, &source, UInt32(source.count), 1, 0, 0) == BZ_OK)
    return result[..<Int(count)].map(UInt8.init(bitPattern:))
  }

  private func xz(_ bytes: [UInt8]) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: bytes.count * 2 + 1000)
    var count = 0
    #expect(
      lzma_easy_buffer_encode(
        0, LZMA_CHECK_CRC64, nil, bytes, bytes.count, &result, &count, result.count)
        == LZMA_OK)
    return Array(result[..<count])
  }

  /// Everything that a stream gives, read in pieces, and what went wrong behind it.
  private func read(
    _ bytes: [UInt8], piece: Int = 1 << 16
  ) throws -> (bytes: [UInt8], error: StreamError?) {
    let stream = try ByteStream.reading(try folder.write("file", bytes))
    var found: [UInt8] = []
    do throws(StreamError) {
      while try stream.read(into: &found, count: piece, stop: stop) > 0 {}
      return (found, nil)
    } catch {
      return (found, error)
    }
  }

  @Test(
    "what was compressed is read back, in frames of any size and pieces of any size",
    arguments: compressed)
  func roundTrip(compression: Compression) throws {
    let parts = [0, 1, 100_000, 3, 300_000].enumerated().map {
      Self.text($0.element, seed: UInt64($0.offset))
    }
    let file = try parts.flatMap { try frame(compression, $0) }
    for piece in [1000, 1 << 20] {
      let result = try read(file, piece: piece)
      #expect(result.bytes == parts.flatMap(\.self))
      #expect(result.error == nil)
    }
  }

  @Test("a frame has the same bytes whenever it is made", arguments: [Compression.gzip, .zstd])
  func deterministic(compression: Compression) throws {
    let compressor = try #require(FrameCompressor(compression, level: 5))
    let text = Self.text(50_000)
    let first = compressor.frame(text[...])
    _ = compressor.frame(Self.text(70_000, seed: 9)[...])
    #expect(compressor.frame(text[...]) == first)
    #expect(FrameCompressor(compression, level: 5)?.frame(text[...]) == first)
  }

  @Test(
    "a file that ends early gives what is there, and says so",
    arguments: compressed)
  func truncated(compression: Compression) throws {
    let text = Self.text(1_000_000)
    let whole = try frame(compression, text)
    let path = folder.path("file")
    for count in [whole.count / 2, whole.count - 1] {
      let result = try read(Array(whole[..<count]))
      #expect(text.starts(with: result.bytes))
      #expect(result.bytes.count > 300_000)
      #expect(result.error == .truncated(path: path))
      #expect(
        result.error?.description == "cannot read \(path): the compressed data ends early")
    }
  }

  @Test(
    "damaged data is an error, not wrong text",
    arguments: compressed)
  func corrupt(compression: Compression) throws {
    let first = try frame(compression, Self.text(1000))
    let text = Self.text(400_000)
    var second = try frame(compression, text)
    for index in second.count / 2..<second.count / 2 + 50 { second[index] ^= 0x5A }
    let result = try read(first + second)
    guard case .corrupt = result.error else {
      Issue.record("\(String(describing: result.error))")
      return
    }
    #expect(result.bytes.starts(with: Self.text(1000)))
  }

  @Test("what stands behind the last frame and is none is an error, zeros behind gzip are not")
  func trailing() throws {
    let gzip = try frame(.gzip, Array("text".utf8))
    #expect(try read(gzip + [0, 0, 0]).error == nil)
    #expect(try read(gzip + [0, 0, 0] + gzip).bytes == Array("texttext".utf8))
    #expect(
      try read(gzip + Array("more".utf8)).error
        == .corrupt(path: folder.path("file"), detail: "incorrect header"))
    let zstd = try frame(.zstd, Array("text".utf8))
    #expect(
      try read(zstd + Array("more".utf8)).error
        == .corrupt(path: folder.path("file"), detail: "Unknown frame descriptor"))
  }

  @Test("streams of bzip2 and xz follow each other; what stands behind the last one is an error")
  func trailingBlocks() throws {
    let path = folder.path("file")
    let bzip2 = try frame(.bzip2, Array("text".utf8))
    #expect(try read(bzip2 + frame(.bzip2, []) + bzip2).bytes == Array("texttext".utf8))
    #expect(
      try read(bzip2 + Array("more".utf8)).error
        == .corrupt(path: path, detail: "a block or its checksum is wrong"))
    let xz = try frame(.xz, Array("text".utf8))
    #expect(try read(xz + [0, 0, 0, 0] + xz).bytes == Array("texttext".utf8))
    #expect(
      try read(xz + Array("more than twelve".utf8)).error
        == .corrupt(path: path, detail: "no xz data"))
  }

  @Test(
    "every truncation and every wrong byte of a small file gives a part of the text, or an error")
  func smallDamage() throws {
    let text = Self.text(500)
    for compression in [Compression.bzip2, .xz] {
      let whole = try frame(compression, text)
      for count in 8..<whole.count {
        let result = try read(Array(whole[..<count]))
        #expect(text.starts(with: result.bytes))
        #expect(result.error == .truncated(path: folder.path("file")))
      }
      for index in 8..<whole.count {
        var damaged = whole
        damaged[index] ^= 0x41
        let result = try read(damaged)
        #expect(result.bytes == text || result.error != nil, "\(compression) \(index)")
      }
    }
  }

  @Test("a dictionary of xz that takes more memory than is allowed is refused")
  func hugeDictionary() throws {
    var options = lzma_options_lzma()
    #expect(lzma_lzma_preset(&options, 0) == 0)
    options.dict_size = 1 << 30
    var result = [UInt8](repeating: 0, count: 1000)
    var count = 0
    let text = Array("text".utf8)
    withUnsafeMutablePointer(to: &options) { options in
      var filters = [
        lzma_filter(id: 0x21, options: options), lzma_filter(id: lzma_vli.max, options: nil),
      ]
      #expect(
        lzma_stream_buffer_encode(
          &filters, LZMA_CHECK_CRC32, nil, text, text.count, &result, &count, 1000) == LZMA_OK)
    }
    #expect(
      try read(Array(result[..<count])).error
        == .corrupt(
          path: folder.path("file"),
          detail: "its dictionary is larger than 128 MiB; xz -dc makes it readable"))
  }

  @Test("plain files that begin a little like compressed ones are read as they are")
  func lookalikes() throws {
    for bytes in [
      [0x1F], [0x28, 0xB5, 0x2F], [0x1F, 0x8A, 0x00], [], Array("BZh9 is a word".utf8),
      Array("BZ".utf8), [0xFD] + Array("7zXZ".utf8),
    ] as [[UInt8]] {
      let result = try read(bytes)
      #expect(result.bytes == bytes)
      #expect(result.error == nil)
    }
  }

  @Test(
    "passing over bytes leads to the same place in plain and compressed files",
    arguments: [Compression.none, .gzip, .zstd], [false, true])
  func skipping(compression: Compression, hashes: Bool) throws {
    let text = Self.text(700_000)
    let bytes = compression == .none ? text : try frame(compression, text)
    let path = try folder.write("file", bytes)
    for offset in [0, 1, 5000, 300_000, 700_000] {
      let stream = try ByteStream.reading(path, hashes: hashes)
      #expect(try stream.skip(offset, stop: stop) == offset)
      var rest: [UInt8] = []
      while try stream.read(into: &rest, count: 100_000, stop: stop) > 0 {}
      #expect(rest == Array(text[offset...]))
    }
    let short = try ByteStream.reading(path, hashes: hashes)
    #expect(try short.skip(800_000, stop: stop) == 700_000)
  }

  @Test("the content hash is that of the file, however it is read")
  func contentHash() throws {
    let text = Self.text(300_001)
    let path = try folder.write("file", text)
    var expected = ContentHash()
    expected.add(text.span)
    let stream = try ByteStream.reading(path, hashes: true)
    _ = try stream.peek(stop: stop)
    _ = try stream.skip(100, stop: stop)
    var rest: [UInt8] = []
    while try stream.read(into: &rest, count: 777, stop: stop) > 0 {}
    #expect(stream.contentHash == expected.value)
  }

  @Test("a content hash does not depend on the pieces, and does on every byte and the length")
  func hashPieces() {
    let hash = { (pieces: [[UInt8]]) in
      var hash = ContentHash()
      for piece in pieces { hash.add(Array(piece).span) }
      return hash.value
    }
    let text = Self.text(1000)
    for cut in 0...20 {
      #expect(hash([Array(text[..<cut]), Array(text[cut...])]) == hash([text]))
    }
    #expect(hash([[0]]) != hash([[0, 0]]))
    #expect(hash([[]]) != hash([[0]]))
    #expect(hash([[1] + text]) != hash([[2] + text]))
    // Part of the state's format.
    #expect(
      hash([Array("winnow".utf8)]).map { String($0, radix: 16) }.joined(separator: " ")
        == "8c 2f 93 8f a7 dc 1e 6 52 d6 89 c9 8d 8e 38 9b")
  }

  @Test("names speak of compression by their endings")
  func names() {
    #expect(Compression(ofFileNamed: "a.ndjson.gz") == .gzip)
    #expect(Compression(ofFileNamed: "a.zst") == .zstd)
    #expect(Compression(ofFileNamed: "a.bz2") == .bzip2)
    #expect(Compression(ofFileNamed: "a.html.xz") == .xz)
    #expect(Compression(ofFileNamed: "gz") == .none)
    #expect(Compression.plainName("a.ndjson.zst") == "a.ndjson")
    #expect(Compression.plainName("a.ndjson") == "a.ndjson")
  }
}
