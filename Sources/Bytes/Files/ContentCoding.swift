/// How HTTP compresses a body (RFC 9110, section 8.4.1).
public enum ContentCoding: Sendable, Hashable {
  case gzip, deflate, brotli, zstd

  /// The result of decoding a body.
  public enum Result: Sendable, Hashable {
    case whole([UInt8])
    /// The body ends before its coding does; what there was of it.
    case cut([UInt8])
    /// It is none of this coding, or damaged; in the library's words.
    case corrupt(String)
    /// It holds more bytes than are allowed.
    case tooLarge
  }

  /// - Parameter name: As headers have it, in small letters; nil for codings that are not known.
  public init?(named name: String) {
    switch name {
    case "gzip", "x-gzip": self = .gzip
    case "deflate": self = .deflate
    case "br": self = .brotli
    case "zstd": self = .zstd
    default: return nil
    }
  }

  /// Undoes the coding, as far as `limit` bytes.
  public func decoded(_ bytes: ArraySlice<UInt8>, limit: Int) -> Result {
    switch self {
    case .brotli: return Brotli.decoded(bytes, limit: limit)
    case .gzip: return ContentCoding.decoded(bytes, Decompressor(.gzip), limit)
    case .zstd: return ContentCoding.decoded(bytes, Decompressor(.zstd), limit)
    case .deflate:
      // Some servers leave out the header of zlib, which the standard demands.
      let isBare = !ContentCoding.hasZlibHeader(bytes)
      return ContentCoding.decoded(bytes, Decompressor(deflatedIn: isBare ? .none : .zlib), limit)
    }
  }

  /// RFC 1950, section 2.2.
  private static func hasZlibHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = bytes.prefix(2).map(Int.init)
    return start.count == 2 && start[0] & 0x0F == 8 && (start[0] << 8 | start[1]) % 31 == 0
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, _ decompressor: Decompressor?, _ limit: Int
  ) -> Result {
    guard let decompressor else { return .corrupt("there is no memory to decompress it") }
    var found: [UInt8] = []
    var isGiven = false
    while true {
      let wanted = min(limit - found.count + 1, max(bytes.count * expectedRatio, leastPiece))
      let result = decompressor.read(into: &found, count: wanted) { input in
        if !isGiven { input += bytes }
        isGiven = true
      }
      switch result {
      case .success(0): return .whole(found)
      case .success: if found.count > limit { return .tooLarge }
      case .failure(.truncated): return .cut(found)
      case .failure(.corrupt(let detail)):
        // Bytes that follow a complete body are ignored.
        return decompressor.place.frame > 0 && decompressor.place.inner == 0
          ? .whole(found) : .corrupt(detail)
      }
    }
  }

  private static let leastPiece = 1 << 12
  /// HTML takes four to eight times as much when it is decompressed.
  private static let expectedRatio = 4
}
