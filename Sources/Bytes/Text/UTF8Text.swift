import CSimdjson

/// Bytes that are known to be well-formed UTF-8: the only way text enters the program.
///
/// Text is validated once, at the door, and trusted afterwards. `String` gives the same guarantee, but
/// invites iteration by `Character`, which is a hundred times slower than by byte; it serves at the
/// edges only (identifiers, messages, settings). Copies share their storage until one is changed.
public struct UTF8Text: Sendable, Hashable {
  /// The text. Invariant: well-formed UTF-8.
  public private(set) var bytes: [UInt8]

  /// Empty text.
  public init() { bytes = [] }

  /// The text of a string.
  public init(_ string: String) { bytes = Array(string.utf8) }

  /// Nil when `bytes` are not well-formed UTF-8.
  public init?(validating bytes: [UInt8]) {
    guard UTF8Text.firstIllFormed(in: bytes.span) == nil else { return nil }
    self.bytes = bytes
  }

  /// Replaces each maximal ill-formed part by U+FFFD, as the Unicode Standard recommends (chapter 3,
  /// "U+FFFD Substitution of Maximal Subparts") and the WHATWG Encoding Standard demands.
  public init(repairing bytes: [UInt8]) {
    if let text = UTF8Text(validating: bytes) {
      self = text
    } else {
      self.bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
  }

  /// Trusts the caller, who made `bytes` out of well-formed text at scalar boundaries.
  public init(wellFormed bytes: [UInt8]) {
    assert(UTF8Text.firstIllFormed(in: bytes.span) == nil)
    self.bytes = bytes
  }

  public var isEmpty: Bool { bytes.isEmpty }

  public static func == (first: UTF8Text, second: UTF8Text) -> Bool {
    first.bytes.span.equals(second.bytes.span)
  }

  /// The same text as a string; copies.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// How many Unicode scalars the text holds, which is what Python calls its length.
  /// - Complexity: O(`bytes.count`).
  public var scalarCount: Int { UTF8Text.scalarCount(bytes.span) }

  /// How many scalars begin in `bytes`.
  public static func scalarCount(_ bytes: Span<UInt8>) -> Int {
    var count = 0
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { count &+= 1 }
    return count
  }

  /// Offset of the first byte that is not part of well-formed UTF-8; nil when there is none.
  /// - Complexity: O(`bytes.count`), more than 10 GB/s for what is well-formed.
  public static func firstIllFormed(in bytes: Span<UInt8>) -> Int? {
    // simdjson reads the bytes and no others.
    let isWellFormed = unsafe bytes.withUnsafeBufferPointer {
      unsafe $0.isEmpty || csimdjson_is_utf8($0.baseAddress, $0.count)
    }
    if isWellFormed { return nil }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
