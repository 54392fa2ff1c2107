internal import CXZ

extension Decompressor {
  func xz(
    _ stream: UnsafeMutablePointer<lzma_stream>, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    if !isInFrame {
      guard findStart() else { return .success(0) }
      // Begins anew, with the memory of the stream before.
      let code = lzma_stream_decoder(stream, Decompressor.xzMemory, 0)
      guard code == LZMA_OK else { return failed(Decompressor.failure(code), behind: 0) }
      isInFrame = true
    }
    return input.withUnsafeBufferPointer { bytes in
      stream.pointee.next_in = bytes.baseAddress.map { $0 + start }
      stream.pointee.avail_in = bytes.count - start
      stream.pointee.next_out = out.baseAddress
      stream.pointee.avail_out = out.count
      let code = lzma_code(stream, LZMA_RUN)
      start = bytes.count - stream.pointee.avail_in
      let count = out.count - stream.pointee.avail_out
      switch code {
      // Nothing to do without more input.
      case LZMA_OK, LZMA_BUF_ERROR: break
      case LZMA_STREAM_END:
        isInFrame = false
        hasEnded = true
      default: return failed(Decompressor.failure(code), behind: count)
      }
      return .success(count)
    }
  }

  private static func failure(_ code: lzma_ret) -> Failure {
    switch code {
    case LZMA_MEM_ERROR: .noMemory
    case LZMA_MEMLIMIT_ERROR:
      .corrupt("its dictionary is larger than \(xzMemory >> 20) MiB; xz -dc makes it readable")
    case LZMA_FORMAT_ERROR: .corrupt("no xz data")
    case LZMA_OPTIONS_ERROR: .corrupt("it uses what this liblzma does not know")
    default: .corrupt("a block or its checksum is wrong")
    }
  }

  /// What xz's highest level asks for is 65 MiB; a hostile header can ask for 4 GiB.
  private static let xzMemory: UInt64 = 128 << 20
}
