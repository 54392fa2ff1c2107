internal import CBzip2
internal import CISAL
internal import CXZ
internal import CZstd

/// Decompresses a file piece by piece: any number of zstd frames, gzip members, bzip2 or xz streams, one after
/// the other. All of them are called frames here.
final class Decompressor {
  let codec: Codec
  /// Compressed bytes that were read; those before `start` are used up.
  var input: [UInt8] = []
  var start = 0
  /// Where `input` begins in the file.
  var base: Int
  /// Whether a frame was begun that has not ended.
  var isInFrame = false
  /// The error that comes after the bytes returned last.
  var failure: Failure?
  /// Whether used bytes of the frame are kept, so that a search for the next one can begin in it.
  var keepsFrame = false
  /// Where the frame begins in the file, and how much of it came before what was returned last.
  private(set) var place: StreamPlace
  /// How much of the frame was returned.
  private var produced = 0
  /// Whether the frame ended with what was returned last.
  var hasEnded = false
  /// No frame is looked for before this place in the file.
  var searched = 0
  /// The number of compressed bytes that zstd asks for next: the rest of its current block and the header of
  /// the block after it. 0 between frames.
  private var hint = 0

  enum Codec {
    case zstd(OpaquePointer)
    case deflate(UnsafeMutablePointer<inflate_state>, DeflateWrapper)
    case bzip2(UnsafeMutablePointer<bz_stream>)
    case xz(UnsafeMutablePointer<lzma_stream>)
  }

  enum Failure: Error {
    case corrupt(String)
    /// The input ended within a frame.
    case truncated

    static let noMemory = Failure.corrupt("there is no memory to decompress it")
  }

  /// - Parameter offset: Where the compressed bytes begin in their file.
  /// - Returns: Nil for `Compression.none`, and when there is no memory for it.
  convenience init?(_ compression: Compression, at offset: Int = 0) {
    switch compression {
    case .none: return nil
    case .zstd:
      guard let stream = ZSTD_createDCtx() else { return nil }
      self.init(.zstd(stream), at: offset)
    case .gzip: self.init(deflatedIn: .gzip, at: offset)
    case .bzip2: self.init(.bzip2(.holding(bz_stream())), at: offset)
    case .xz: self.init(.xz(.holding(lzma_stream())), at: offset)
    }
  }

  /// Decompresses deflate data (RFC 1951) in a wrapper.
  /// - Returns: Nil when there is no memory for it.
  convenience init?(deflatedIn wrapper: DeflateWrapper, at offset: Int = 0) {
    guard let stream = winnow_make_inflater() else { return nil }
    self.init(.deflate(stream, wrapper), at: offset)
  }

  private init(_ codec: Codec, at offset: Int) {
    self.codec = codec
    base = offset
    place = StreamPlace(frame: offset, inner: 0)
  }

  deinit {
    switch codec {
    case .zstd(let stream): ZSTD_freeDCtx(stream)
    case .deflate(let stream, _): winnow_free_inflater(stream)
    case .bzip2(let stream):
      BZ2_bzDecompressEnd(stream)
      stream.deallocate()
    case .xz(let stream):
      lzma_end(stream)
      stream.deallocate()
    }
  }

  /// Whether there are compressed bytes that were not looked at.
  var hasInput: Bool { start < input.count }

  /// Whether a frame ended with what was returned last; asked once.
  func takeEnd() -> Bool {
    defer { hasEnded = false }
    return hasEnded
  }

  /// Appends at most `count` bytes to `buffer`, of one frame. Returns how many; 0 at the end.
  /// - Parameters:
  ///   - endsAtFrames: Whether 0 is returned at the end of a frame, too, as `takeEnd` tells.
  ///   - more: Appends compressed bytes, none at their end.
  func read<E: Error>(
    into buffer: inout [UInt8], count: Int, endsAtFrames: Bool = false,
    more: (inout [UInt8]) throws(E) -> Void
  ) throws(E) -> Result<Int, Failure> {
    if let failure { return .failure(failure) }
    while true {
      if !hasInput, try !refill(more) { return isInFrame ? .failure(.truncated) : .success(0) }
      if base + start == 0, let failure = try takeDictionary(more: more) {
        self.failure = failure
        return .failure(failure)
      }
      if !hasInput { continue }
      if !isInFrame { begin() }
      hasEnded = false
      place.inner = produced
      let result = step(into: &buffer, count: count)
      guard case .success(let count) = result else { return result }
      produced += count
      if count > 0 || hasEnded && endsAtFrames { return result }
    }
  }

  /// A frame begins here.
  func begin() {
    place = StreamPlace(frame: base + start, inner: 0)
    produced = 0
  }

  /// Reads more compressed bytes; false at their end.
  func refill<E: Error>(_ more: (inout [UInt8]) throws(E) -> Void) throws(E) -> Bool {
    let kept =
      keepsFrame && isInFrame
      ? min(start, max(0, place.frame - base, start - Decompressor.keptCount)) : start
    // Moving what is kept at every read would cost more than keeping it.
    if kept == start || kept >= Decompressor.keptCount {
      input.removeFirst(kept)
      base += kept
      start -= kept
    }
    let count = input.count
    try more(&input)
    return input.count > count
  }

  /// Decompresses some input into at most `count` bytes, perhaps none.
  private func step(into buffer: inout [UInt8], count: Int) -> Result<Int, Failure> {
    var result = Result<Int, Failure>.success(0)
    let size = min(count, Decompressor.stepCount)
    buffer.append(addingCapacity: size) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { storage, initialized in
        let out = UnsafeMutableBufferPointer(rebasing: storage[initialized..<initialized + size])
        result =
          switch codec {
          case .zstd(let stream): zstd(stream, out)
          case .deflate(let stream, let wrapper): deflate(stream, wrapper, out)
          case .bzip2(let stream): bzip2(stream, out)
          case .xz(let stream): xz(stream, out)
          }
        if case .success(let count) = result { initialized += count }
      }
    }
    return result
  }

  /// Whether a frame begins in what was read: zeros between frames are passed over.
  func findStart() -> Bool {
    while start < input.count, input[start] == 0 { start += 1 }
    if hasInput { begin() }
    return hasInput
  }

  /// Goes no further than to the end of a block: the library keeps to itself what it made of those before
  /// the one that is damaged.
  private func zstd(
    _ stream: OpaquePointer, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    if !isInFrame {
      ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)
      hint = 0
    }
    return input.withUnsafeBytes { bytes in
      let count =
        switch hint {
        case 0: Decompressor.leastFrame
        case ...Decompressor.blockHeader: hint
        default: hint - Decompressor.blockHeader
        }
      let end = min(bytes.count, start + count)
      var source = ZSTD_inBuffer(src: bytes.baseAddress, size: end, pos: start)
      var target = ZSTD_outBuffer(dst: out.baseAddress, size: out.count, pos: 0)
      let left = ZSTD_decompressStream(stream, &target, &source)
      if ZSTD_isError(left) != 0 {
        return failed(.corrupt(String(cString: ZSTD_getErrorName(left))), behind: target.pos)
      }
      start = source.pos
      isInFrame = left != 0
      hasEnded = left == 0
      hint = left
      return .success(target.pos)
    }
  }

  /// Returns the bytes that were decompressed before the damage first.
  func failed(_ failure: Failure, behind count: Int) -> Result<Int, Failure> {
    self.failure = failure
    return count > 0 ? .success(count) : .failure(failure)
  }

  /// So many bytes begin every zstd frame (RFC 8878, section 3.1.1), and tell how many more belong to its
  /// header.
  private static let leastFrame = 5
  /// Of a block in a zstd frame (RFC 8878, section 3.1.1.2).
  private static let blockHeader = 3
  /// A bomb of a gigabyte comes in pieces of this size, and whoever reads it can stop.
  private static let stepCount = 1 << 18
  /// This much of a frame is kept so that a search after damage can begin inside it.
  private static let keptCount = 1 << 20
}
