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

  private func zstd(
    _ stream: OpaquePointer, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    input.withUnsafeBytes { bytes in
      var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: start)
      var target = ZSTD_outBuffer(dst: out.baseAddress, size: out.count, pos: 0)
      let left = ZSTD_decompressStream(stream, &target, &source)
      if ZSTD_isError(left) != 0 {
        return .failure(.corrupt(String(cString: ZSTD_getErrorName(left))))
      }
      start = source.pos
      isInFrame = left != 0
      return .success(target.pos)
    }
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
        return .failure(.corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "no gzip data"))
      }
      return .success(out.count - Int(stream.pointee.avail_out))
    }
  }

  /// Added to the window's size it tells zlib of a gzip header and trailer.
  private static let gzipHeader: Int32 = 16
  /// A bomb of a gigabyte comes in pieces of this size, and whoever reads it can stop.
  private static let stepCount = 1 << 18
}
