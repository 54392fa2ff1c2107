import Bytes
import CUTF8Proc
import Pipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Normalization forms (UAX #15), by utf8proc.
enum UnicodeForm: String, SettingChoice {
  case nfc, nfkc, keep

  enum Result {
    case same
    case changed([UInt8])
    /// It would grow too much, or there is no memory.
    case refused
  }

  /// A text in this form.
  /// - Parameter bytes: Well-formed UTF-8.
  /// - Complexity: O(n); most texts that cannot change are known by their bytes.
  func normal(_ bytes: [UInt8]) -> Result {
    guard self != .keep, bytes.contains(where: { $0 >= leastChanging }) else { return .same }
    var normal: [UInt8] = []
    normal.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      let end = UnicodeForm.boundary(in: bytes.span, after: start)
      guard end - start <= UnicodeForm.longestPiece, append(bytes[start..<end], to: &normal),
        normal.count <= bytes.count * UnicodeForm.growth
      else { return .refused }
      start = end
    }
    return normal.span.equals(bytes.span) ? .same : .changed(normal)
  }

  /// Whether there was memory.
  private func append(_ piece: ArraySlice<UInt8>, to normal: inout [UInt8]) -> Bool {
    var options = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue
    if self == .nfkc { options |= UTF8PROC_COMPAT.rawValue }
    var result: UnsafeMutablePointer<UInt8>?
    let count = unsafe piece.withUnsafeBufferPointer {
      unsafe utf8proc_map($0.baseAddress, $0.count, &result, utf8proc_option_t(rawValue: options))
    }
    // Of text that is well-formed the library complains only when there is no memory.
    guard count >= 0, let result = unsafe result else { return false }
    // The library gives memory of its own, with as many bytes as it says; it is freed once.
    unsafe normal += UnsafeBufferPointer(start: result, count: count)
    unsafe free(result)
    return true
  }

  /// Where the piece that begins at `start` ends: before a scalar that joins with none before it, as those of
  /// ASCII and Chinese characters do not. The library takes many times a piece's bytes.
  private static func boundary(in bytes: Span<UInt8>, after start: Int) -> Int {
    var end = min(start + usualPiece, bytes.count)
    while end < bytes.count, !isBoundary(bytes[end]) { end += 1 }
    return end
  }

  private static func isBoundary(_ byte: UInt8) -> Bool { byte < 0x80 || 0xE4...0xE9 ~= byte }

  private static let usualPiece = 1 << 16
  /// In every language there are spaces or line ends before that.
  private static let longestPiece = 1 << 20
  /// What one character stands for can be eleven times as long; a text that grows so much is an attack. (Each
  /// scalar grows to at most three times its bytes in NFC: UAX #15, section 13.)
  private static let growth = 3

  /// Text without such a byte does not change: scalars before U+0300 compose with nothing before them, and only those
  /// from U+00A0 on have compatible ones.
  private var leastChanging: UInt8 {
    switch self {
    case .nfc: 0xCC
    case .nfkc: 0xC2
    case .keep: 0xFF
    }
  }
}
