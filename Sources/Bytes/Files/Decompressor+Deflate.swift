internal import CISAL

/// What stands around deflate data.
enum DeflateWrapper {
  /// RFC 1952.
  case gzip
  /// RFC 1950.
  case zlib
  case none

  fileprivate var code: UInt32 {
    switch self {
    case .gzip: UInt32(ISAL_GZIP)
    case .zlib: UInt32(ISAL_ZLIB)
    case .none: UInt32(ISAL_DEFLATE)
    }
  }
}

/// By ISA-L, which takes half the time of zlib.
extension Decompressor {
  func deflate(
    _ stream: UnsafeMutablePointer<inflate_state>, _ wrapper: DeflateWrapper,
    _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> Result<Int, Failure> {
    if !isInFrame {
      guard findStart() else { return .success(0) }
      // ISA-L looks at a header when it is whole.
      if wrapper == .gzip, zip(input[start...], Decompressor.gzipStart).contains(where: !=) {
        return failed(.corrupt("incorrect header"), behind: 0)
      }
      winnow_begin_inflating(stream, wrapper.code)
      isInFrame = true
    }
    return input.withUnsafeMutableBufferPointer { bytes in
      let source = UnsafeMutableBufferPointer(rebasing: bytes[start...])
      let (used, made, failure) = Decompressor.inflate(stream, source, out)
      start += used
      if let failure { return failed(failure, behind: made) }
      if stream.pointee.block_state == ISAL_BLOCK_FINISH {
        isInFrame = false
        hasEnded = true
      }
      return .success(made)
    }
  }

  /// Whether deflate data begin with these bytes; no more than `source` is looked at.
  func deflate(
    _ stream: UnsafeMutablePointer<inflate_state>, _ wrapper: DeflateWrapper,
    _ source: UnsafeMutableBufferPointer<UInt8>, beginWith data: [UInt8]
  ) -> Bool {
    winnow_begin_inflating(stream, wrapper.code)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: data.count) { out in
      // What follows them may be damaged.
      let made = Decompressor.inflate(stream, source, out).made
      return out[..<made].elementsEqual(data)
    }
  }

  /// One step. Even after damage all is handed out that was decompressed before it.
  private static func inflate(
    _ stream: UnsafeMutablePointer<inflate_state>, _ source: UnsafeMutableBufferPointer<UInt8>,
    _ out: UnsafeMutableBufferPointer<UInt8>
  ) -> (used: Int, made: Int, failure: Failure?) {
    let given = UInt32(clamping: source.count)
    let room = UInt32(clamping: out.count)
    stream.pointee.next_in = source.baseAddress
    stream.pointee.avail_in = given
    stream.pointee.next_out = out.baseAddress
    stream.pointee.avail_out = room
    let code = isal_inflate(stream)
    var made = room - stream.pointee.avail_out
    let used = Int(given - stream.pointee.avail_in)
    guard code < 0 else { return (used, Int(made), nil) }
    if let rest = out.baseAddress {
      made += winnow_take_inflated(stream, rest + Int(made), room - made)
    }
    // A match that reaches back too far was counted before it was refused, and how long it was is not known:
    // what stands in its place is nobody's text.
    if code == ISAL_INVALID_LOOKBACK { made -= min(made, longestMatch) }
    return (used, Int(made), .corrupt(message(code)))
  }

  /// In bytes; RFC 1951, section 3.2.5.
  private static let longestMatch: UInt32 = 258

  /// RFC 1952, section 2.3.1: deflate is the only method there is.
  private static let gzipStart: [UInt8] = [0x1F, 0x8B, 0x08]

  private static func message(_ code: Int32) -> String {
    switch code {
    case ISAL_INVALID_BLOCK: "invalid block"
    case ISAL_INVALID_SYMBOL: "invalid code"
    case ISAL_INVALID_LOOKBACK: "invalid distance too far back"
    case ISAL_INVALID_WRAPPER: "incorrect header"
    case ISAL_UNSUPPORTED_METHOD: "unknown compression method"
    case ISAL_INCORRECT_CHECKSUM: "incorrect checksum"
    default: "invalid data"
    }
  }
}
