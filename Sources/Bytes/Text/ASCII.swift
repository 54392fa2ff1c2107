extension UInt8 {
  /// Whether it is one of `0` to `9`.
  @inlinable @inline(__always)
  public var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Whether it is one of `a` to `z` and `A` to `Z`.
  @inlinable @inline(__always)
  public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// Whether it is a capital letter of ASCII.
  @inlinable @inline(__always)
  public var isASCIICapital: Bool { self &- 0x41 < 26 }

  /// Whether it is a small letter of ASCII.
  @inlinable @inline(__always)
  public var isASCIISmallLetter: Bool { self &- 0x61 < 26 }

  /// The small letter for a capital of ASCII; any other byte itself.
  @inlinable @inline(__always)
  public var asciiLowercased: UInt8 { isASCIICapital ? self | 0x20 : self }

  /// The value of a hexadecimal digit, 0...15; nil for any other byte.
  @inlinable
  public var hexadecimalValue: UInt8? {
    if isASCIIDigit { return self - 0x30 }
    let letter = (self | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }
}

extension [UInt8] {
  /// Appends `%` and the two digits of a byte, in capitals (RFC 3986, section 2.1).
  public mutating func append(percentEncoding byte: UInt8) {
    append(UInt8(ascii: "%"))
    for digit in [byte >> 4, byte & 0xF] {
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }
}

/// Eight bytes at once, the first in the lowest bits.
public enum EightBytes {
  /// How many of the bytes, from the first on, are letters and digits of ASCII: 0...8.
  @inlinable @inline(__always)
  public static func lettersAndDigits(_ bytes: UInt64) -> Int {
    // The first sum passes 0x7F from the first letter on, the second from the byte after the last letter on.
    let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
    let small = low | 0x2020_2020_2020_2020
    let letters = (small &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(small &+ 0x0505_0505_0505_0505)
    let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
    let others = ~(letters | digits) | bytes
    return (others & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
  }

  /// How many of the bytes, from the first on, are of ASCII: 0...8.
  @inlinable @inline(__always)
  public static func ascii(_ bytes: UInt64) -> Int {
    (bytes & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
  }

  /// The bytes in lower case, up to the first that is not of ASCII.
  @inlinable @inline(__always)
  public static func lowercased(_ bytes: UInt64) -> UInt64 {
    let fromA = bytes &+ 0x3F3F_3F3F_3F3F_3F3F
    let behindZ = bytes &+ 0x2525_2525_2525_2525
    return bytes | (fromA & ~behindZ & 0x8080_8080_8080_8080) &>> 2
  }

  /// The highest bit of each byte that is `byte`. All of them must be of ASCII.
  @inlinable @inline(__always)
  public static func places(of byte: UInt8, in bytes: UInt64) -> UInt64 {
    let others = bytes ^ UInt64(byte) &* 0x0101_0101_0101_0101
    return ~(others &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080
  }

  /// Whether the bytes are visible ones of ASCII with single spaces between them.
  @inlinable @inline(__always)
  public static func areWords(_ bytes: UInt64) -> Bool {
    // From 0x80 on, 0x7F, below 0x20.
    let others =
      bytes | (bytes &+ 0x0101_0101_0101_0101) | (bytes &- 0x2020_2020_2020_2020) & ~bytes
    // Wrong where a byte is not of ASCII, which `others` tells.
    let spaces = places(of: 0x20, in: bytes)
    return others & 0x8080_8080_8080_8080 | spaces & spaces &>> 8 == 0
  }

  /// Whether the last of the bytes is a space.
  @inlinable @inline(__always)
  public static func endInSpace(_ bytes: UInt64) -> Bool { bytes &>> 56 == 0x20 }
}

extension Span<UInt8> {
  /// The byte at an offset; 0 outside, so that scanners need not ask where a text ends.
  @inlinable @inline(__always)
  public func byte(at offset: Int) -> UInt8 {
    offset >= 0 && offset < count ? self[offset] : 0
  }

  /// The scalar that ends before `offset` of well-formed UTF-8, and where it starts; nil at the
  /// start.
  @inlinable
  public func scalar(before offset: Int) -> (value: UInt32, start: Int)? {
    guard offset > 0 else { return nil }
    var start = offset - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    return (scalar(at: start).value, start)
  }

  /// Whether the bytes at `offset` are those of `other`.
  @inlinable
  public func holds(_ other: StaticString, at offset: Int) -> Bool {
    holds(other.bytes, at: offset)
  }
}

extension UTF8Text {
  /// The first byte of a scalar's UTF-8 form.
  @inlinable @inline(__always)
  public static func firstByte(of scalar: UInt32) -> UInt8 {
    switch scalar {
    case 0..<0x80: UInt8(truncatingIfNeeded: scalar)
    case 0x80..<0x800: UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
    case 0x800..<0x10000: UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
    default: UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18 & 0x07)
    }
  }
}
