internal import CZstd

extension Decompressor {
  /// Leaves a frame that failed and continues at the next one whose data begin with `start`.
  ///
  /// The search begins inside the failed frame: damage, or the missing end of a frame that was cut off, may
  /// be noticed only after the next frame has begun. Bytes that were searched once are not searched again, so
  /// the work grows only with the size of the file.
  /// - Returns: False if there is no such frame.
  func findFrame<E: Error>(
    beginning data: [UInt8], more: (inout [UInt8]) throws(E) -> Void
  ) throws(E) -> Bool {
    guard let magic else { return false }
    let failed = base + start
    let behind = place.frame + 1
    let from = max(place.frame < searched ? max(failed, behind) : behind, base)
    searched = max(searched, failed)
    start = from - base
    isInFrame = false
    failure = nil
    var isAtEnd = false
    while !isAtEnd {
      // As many bytes as tell a frame; fewer only at the end.
      while !isAtEnd, input.count - start < Decompressor.frameStartCount {
        isAtEnd = try !refill(more)
      }
      let last = isAtEnd ? input.count : input.count - Decompressor.frameStartCount + 1
      while start < last {
        guard let next = input.index(of: magic[0], from: start), next < last else {
          start = last
          break
        }
        start = next
        if input[next...].starts(with: magic), begins(with: data) {
          begin()
          return true
        }
        start = next + 1
      }
    }
    return false
  }

  /// The bytes that a frame begins with; nil in formats in which no frame is looked for: records do not have
  /// streams of bzip2 or xz of their own.
  private var magic: [UInt8]? {
    switch codec {
    case .deflate: [0x1F, 0x8B, 0x08]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    case .bzip2, .xz: nil
    }
  }

  /// Whether a frame stands at `start` whose data begin so.
  private func begins(with data: [UInt8]) -> Bool {
    let end = min(input.count, start + Decompressor.frameStartCount)
    return input.withUnsafeMutableBufferPointer { bytes in
      let source = UnsafeMutableBufferPointer(rebasing: bytes[start..<end])
      switch codec {
      case .deflate(let stream, let wrapper):
        return deflate(stream, wrapper, source, beginWith: data)
      case .zstd(let stream): return zstd(stream, source, beginWith: data)
      case .bzip2, .xz: return false
      }
    }
  }

  private func zstd(
    _ stream: OpaquePointer, _ bytes: UnsafeMutableBufferPointer<UInt8>, beginWith data: [UInt8]
  ) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: data.count) { out in
      ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)
      var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      var target = ZSTD_outBuffer(dst: out.baseAddress, size: out.count, pos: 0)
      return ZSTD_isError(ZSTD_decompressStream(stream, &target, &source)) == 0
        && out[..<target.pos].elementsEqual(data)
    }
  }

  /// More than the header of any frame that a WARC file has, and the first block's beginning.
  private static let frameStartCount = 1 << 12
}
