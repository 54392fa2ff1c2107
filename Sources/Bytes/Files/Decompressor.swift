internal import CZlib
internal import CZstd

/// Undoes compression piece by piece: any number of zstd frames or gzip members behind each other.
final class Decompressor {
  private let codec: Codec
  /// Compressed bytes that were read; those before `start` are used up.
  private var input: [UInt8] = []
  private var start = 0
  /// Whether a frame was begun that has not ended.
  private var isInFrame = false
  /// What is wrong behind the bytes that were returned last.
  private var failure: Failure?
  /// Compressed bytes that bring zstd to the end of the block it is in and behind the next one's header,
  /// as it says itself; 0 between frames.
  private var hint = 0

  private enum Codec {
    case zstd(OpaquePointer)
    case gzip(UnsafeMutablePointer<z_stream>)
  }

  enum Failure: Error {
    case corrupt(String)
    /// The input ended within a frame.
    case truncated
  }

  /// - Returns: Nil for `Compression.none`, and when there is no memory for it.
  init?(_ compression: Compression) {
    switch compression {
    case .none: return nil
    case .zstd:
      guard let stream = ZSTD_createDCtx() else { return nil }
      codec = .zstd(stream)
    case .gzip:
      let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      stream.initialize(to: z_stream())
      guard
        inflateInit2_(
          stream, MAX_WBITS + Decompressor.gzipHeader, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else {
        stream.deallocate()
        return nil
      }
      codec = .gzip(stream)
    }
  }

  deinit {
    switch codec {
    case .zstd(let stream): ZSTD_freeDCtx(stream)
    case .gzip(let stream):
      inflateEnd(stream)
      stream.deallocate()
    }
  }

  /// Whether there are compressed bytes that were not looked at.
  var hasInput: Bool { start < input.count }

  /// Appends at most `count` bytes to `buffer`. Returns how many; 0 at the end.
  /// - Parameter more: Appends compressed bytes, none at their end.
  func read<E: Error>(
    into buffer: inout [UInt8], count: Int, more: (inout [UInt8]) throws(E) -> Void
  ) throws(E) -> Result<Int, Failure> {
    if let failure { return .failure(failure) }
    while true {
      if !hasInput {
        input.removeAll(keepingCapacity: true)
        start = 0
        try more(&input)
        if input.isEmpty { return isInFrame ? .failure(.truncated) : .success(0) }
      }
      switch step(into: &buffer, count: count) {
      case .success(0): continue
      case let result: return result
      }
    }
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
          case .gzip(let stream): gzip(stream, out)
          }
        if case .success(let count) = result { initialized += count }
      }
    }
    return result
  }

  /// Goes no further than to the end of a block: the library keeps to itself what it made of those before
  /// the one that is damaged.
  private func zstd(
    _ stream: OpaquePointer, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    input.withUnsafeBytes { bytes in
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
      hint = left
      return .success(target.pos)
    }
  }

  /// What was decompressed before the damage is returned first.
  private func failed(_ failure: Failure, behind count: Int) -> Result<Int, Failure> {
    self.failure = failure
    return count > 0 ? .success(count) : .failure(failure)
  }

  private func gzip(
    _ stream: UnsafeMutablePointer<z_stream>, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    // The frames behind the first start here; some tools fill the rest of a block with zeros.
    if !isInFrame {
      while start < input.count, input[start] == 0 { start += 1 }
      if !hasInput { return .success(0) }
      inflateReset(stream)
      isInFrame = true
    }
    return input.withUnsafeMutableBufferPointer { bytes in
      stream.pointee.next_in = bytes.baseAddress.map { $0 + start }
      stream.pointee.avail_in = UInt32(clamping: bytes.count - start)
      stream.pointee.next_out = out.baseAddress
      stream.pointee.avail_out = UInt32(clamping: out.count)
      let code = inflate(stream, Z_NO_FLUSH)
      start = bytes.count - Int(stream.pointee.avail_in)
      switch code {
      case Z_STREAM_END: isInFrame = false
      // Nothing to do without more input.
      case Z_OK, Z_BUF_ERROR: break
      default:
        return failed(
          .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "no gzip data"),
          behind: out.count - Int(stream.pointee.avail_out))
      }
      return .success(out.count - Int(stream.pointee.avail_out))
    }
  }

  /// Added to the window's size it tells zlib of a gzip header and trailer.
  private static let gzipHeader: Int32 = 16
  /// So many bytes begin every zstd frame (RFC 8878, section 3.1.1), and tell how many more belong to its
  /// header.
  private static let leastFrame = 5
  /// Of a block in a zstd frame (RFC 8878, section 3.1.1.2).
  private static let blockHeader = 3
  /// A bomb of a gigabyte comes in pieces of this size, and whoever reads it can stop.
  private static let stepCount = 1 << 18
}
