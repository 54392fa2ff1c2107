internal import CZlib
internal import CZstd

/// Compresses each stretch of bytes on its own, into zstd frames (RFC 8878) or gzip members (RFC 1952).
/// Frames that follow each other are one stream to readers.
///
/// The bytes of a frame depend only on the data, the level and the library's version: the gzip header is
/// written without a time and a name.
public final class FrameCompressor {
  private let codec: Codec

  private enum Codec {
    case zstd(OpaquePointer)
    /// In memory of its own: zlib keeps a pointer to it.
    case gzip(UnsafeMutablePointer<z_stream>)
  }

  /// - Parameter level: Within `compression.levels`.
  /// - Returns: Nil for formats that are not written, and when there is no memory for it.
  public init?(_ compression: Compression, level: Int) {
    switch compression {
    case .none, .bzip2, .xz: return nil
    case .zstd:
      guard let context = ZSTD_createCCtx() else { return nil }
      ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
      ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      codec = .zstd(context)
    case .gzip:
      let stream = UnsafeMutablePointer.holding(z_stream())
      let windowBits = MAX_WBITS + FrameCompressor.gzipHeader
      guard
        deflateInit2_(
          stream, Int32(level), Z_DEFLATED, windowBits, FrameCompressor.memoryLevel,
          Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else {
        stream.deallocate()
        return nil
      }
      codec = .gzip(stream)
    }
  }

  deinit {
    switch codec {
    case .zstd(let context): ZSTD_freeCCtx(context)
    case .gzip(let stream):
      deflateEnd(stream)
      stream.deallocate()
    }
  }

  /// The frame of `bytes`.
  /// - Returns: Nil when there is no memory.
  public func frame(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    switch codec {
    case .zstd(let context): FrameCompressor.zstd(bytes, context)
    case .gzip(let stream): FrameCompressor.gzip(bytes, stream)
    }
  }

  private static func zstd(_ bytes: ArraySlice<UInt8>, _ context: OpaquePointer) -> [UInt8]? {
    bytes.withUnsafeBytes { source in
      var isWhole = false
      let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(source.count)) {
        out, count in
        let size = ZSTD_compress2(
          context, out.baseAddress, out.count, source.baseAddress, source.count)
        isWhole = ZSTD_isError(size) == 0
        count = isWhole ? size : 0
      }
      return isWhole ? frame : nil
    }
  }

  private static func gzip(
    _ bytes: ArraySlice<UInt8>, _ stream: UnsafeMutablePointer<z_stream>
  ) -> [UInt8]? {
    guard deflateReset(stream) == Z_OK, let size = UInt32(exactly: bytes.count) else { return nil }
    return bytes.withUnsafeBytes { source in
      var isWhole = false
      let capacity = Int(deflateBound(stream, UInt(source.count)))
      let frame = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
        // zlib does not write to its input, though its declaration does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = size
        stream.pointee.next_out = out.baseAddress
        stream.pointee.avail_out = UInt32(clamping: out.count)
        isWhole = deflate(stream, Z_FINISH) == Z_STREAM_END
        count = isWhole ? out.count - Int(stream.pointee.avail_out) : 0
      }
      return isWhole ? frame : nil
    }
  }

  /// Added to the window's size it asks zlib for a gzip header and trailer.
  private static let gzipHeader: Int32 = 16
  /// zlib's default, which its header does not name.
  private static let memoryLevel: Int32 = 8
}
