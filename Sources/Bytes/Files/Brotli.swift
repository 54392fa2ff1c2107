internal import CBrotli

/// Undoes Brotli (RFC 7932).
enum Brotli {
  static func decoded(_ bytes: ArraySlice<UInt8>, limit: Int) -> ContentCoding.Result {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else {
      return .corrupt("there is no memory to decompress it")
    }
    defer { BrotliDecoderDestroyInstance(state) }
    var found: [UInt8] = []
    return bytes.withUnsafeBufferPointer { input in
      var left = input.count
      var next = input.baseAddress
      while true {
        var result = BROTLI_DECODER_RESULT_ERROR
        let wanted = min(limit - found.count + 1, pieceCount)
        found.append(addingCapacity: wanted) { (free: inout OutputSpan<UInt8>) in
          free.withUnsafeMutableBufferPointer { storage, initialized in
            var room = wanted
            var target = storage.baseAddress.map { $0 + initialized }
            result = BrotliDecoderDecompressStream(state, &left, &next, &room, &target, nil)
            initialized += wanted - room
          }
        }
        if found.count > limit { return .tooLarge }
        switch result {
        case BROTLI_DECODER_RESULT_SUCCESS: return .whole(found)
        case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: return .cut(found)
        case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: continue
        default:
          let code = BrotliDecoderGetErrorCode(state)
          return .corrupt(String(cString: BrotliDecoderErrorString(code)))
        }
      }
    }
  }

  private static let pieceCount = 1 << 16
}
