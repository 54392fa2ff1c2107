import Bytes
import Pipeline

/// By what one of several copies is preferred: the number of its words, or the value of a metadata
/// field. Null is below all numbers, and these are below all strings, which are compared by their bytes,
/// as dates in ISO 8601 can be.
struct Rank: Sendable, Hashable, Comparable {
  /// Their byte order is the order of ranks; empty where nothing is known.
  let bytes: [UInt8]

  /// Of a copy of which nothing is known.
  static let none = Rank(bytes: [])

  private static let numberTag: UInt8 = 1
  private static let stringTag: UInt8 = 2
  /// Of a string so much is compared; a date and a time take 32 bytes at most.
  private static let maximumLength = 32

  init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ number: Double) {
    // The order of the bits is that of the numbers once negative ones are turned round.
    let bits = number.bitPattern
    let ordered = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    bytes = [Rank.numberTag] + ordered.bigEndianBytes
  }

  init(_ value: JSONValue?) {
    switch value {
    case .int(let number): self.init(Double(number))
    case .digits(let digits): self.init(Double(digits) ?? 0)
    case .double(let number): self.init(number)
    case .string(let text) where !text.isEmpty:
      self.init(bytes: [Rank.stringTag] + text.utf8.prefix(Rank.maximumLength))
    default: self = .none
    }
  }

  static func < (first: Rank, second: Rank) -> Bool {
    first.bytes.lexicographicallyPrecedes(second.bytes)
  }
}
