internal import CBzip2

extension Decompressor {
  func bzip2(
    _ stream: UnsafeMutablePointer<bz_stream>, _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    if !isInFrame {
      guard findStart() else { return .success(0) }
      // The library has no way to begin anew but this.
      BZ2_bzDecompressEnd(stream)
      stream.pointee = bz_stream()
      guard BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
        return failed(.noMemory, behind: 0)
      }
      isInFrame = true
    }
    return input.withUnsafeMutableBytes { bytes in
      let bytes = bytes.assumingMemoryBound(to: CChar.self)
      stream.pointee.next_in = bytes.baseAddress.map { $0 + start }
      stream.pointee.avail_in = UInt32(clamping: bytes.count - start)
      return UnsafeMutableRawBufferPointer(out).withMemoryRebound(to: CChar.self) { free in
        stream.pointee.next_out = free.baseAddress
        stream.pointee.avail_out = UInt32(clamping: free.count)
        let code = BZ2_bzDecompress(stream)
        start = bytes.count - Int(stream.pointee.avail_in)
        let count = free.count - Int(stream.pointee.avail_out)
        switch code {
        case BZ_OK: break
        case BZ_STREAM_END:
          isInFrame = false
          hasEnded = true
        case BZ_MEM_ERROR:
          return failed(.noMemory, behind: count)
        default: return failed(.corrupt("a block or its checksum is wrong"), behind: count)
        }
        return .success(count)
      }
    }
  }
}
