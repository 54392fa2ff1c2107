extension FixedWidthInteger {
  /// The bytes of the number, the lowest first.
  public var littleEndianBytes: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }

  /// The bytes of the number, the highest first.
  public var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }
}

extension [UInt8] {
  /// The number whose bytes stand from `index` on, the lowest first.
  public func number<Number: FixedWidthInteger>(at index: Int) -> Number {
    self[index..<index + Number.bitWidth / 8].reversed().reduce(0) {
      $0 << 8 | Number(truncatingIfNeeded: $1)
    }
  }
}
