extension Span<UInt8> {
  /// The eight bytes from `index` on, the first in the lowest bits.
  @inlinable @inline(__always)
  public func eightBytes(at index: Int) -> UInt64 {
    // Any eight bytes are a number, and `unsafeLoadUnaligned` checks that they are there.
    UInt64(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The sixteen bytes from `index` on.
  @inlinable @inline(__always)
  public func sixteenBytes(at index: Int) -> SIMD16<UInt8> {
    // Any sixteen bytes are a vector, and `unsafeLoadUnaligned` checks that they are there.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
  }

  /// The scalar that starts at `index` of well-formed UTF-8, and how many bytes it takes.
  ///
  /// Inlined into the loops over text; the standard library's decoder checks again what was checked at
  /// the door.
  @inlinable @inline(__always)
  public func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(self[index])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 {
      return ((first & 0x1F) << 6 | UInt32(self[index &+ 1]) & 0x3F, 2)
    }
    if first < 0xF0 {
      let second = UInt32(self[index &+ 1]) & 0x3F
      return ((first & 0x0F) << 12 | second << 6 | UInt32(self[index &+ 2]) & 0x3F, 3)
    }
    let second = UInt32(self[index &+ 1]) & 0x3F
    let third = UInt32(self[index &+ 2]) & 0x3F
    return (
      (first & 0x07) << 18 | second << 12 | third << 6 | UInt32(self[index &+ 3]) & 0x3F, 4
    )
  }
}

extension MutableSpan<UInt8> {
  /// Writes eight bytes from `index` on, the first from the lowest bits.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  public mutating func store(eightBytes value: UInt64, at index: Int) {
    // `storeBytes` checks that eight bytes are there, and any are good for bytes.
    var all = unsafe mutableBytes
    all.storeBytes(of: value.littleEndian, toByteOffset: index, as: UInt64.self)
  }

  /// Copies bytes to where `index` is.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  public mutating func store(_ bytes: Span<UInt8>, at index: Int) {
    precondition(index >= 0 && bytes.count <= count &- index)
    // The place is checked, and two spans of which one is written never overlap.
    unsafe withUnsafeMutableBytes { target in
      unsafe bytes.withUnsafeBytes { source in
        guard let start = target.baseAddress, let from = source.baseAddress else { return }
        unsafe (start + index).copyMemory(from: from, byteCount: source.count)
      }
    }
  }

  /// Writes sixteen bytes from `index` on.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  public mutating func store(sixteenBytes value: SIMD16<UInt8>, at index: Int) {
    var all = unsafe mutableBytes
    all.storeBytes(of: value, toByteOffset: index, as: SIMD16<UInt8>.self)
  }

  /// Writes the UTF-8 form of a scalar value and returns its length. Four bytes from `index` on must
  /// be there, whatever the length.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  public mutating func store(scalar value: UInt32, at index: Int) -> Int {
    let last = value & 0x3F | 0x80
    let bytes: UInt32
    let length: Int
    if value < 0x80 {
      (bytes, length) = (value, 1)
    } else if value < 0x800 {
      (bytes, length) = (value >> 6 | 0xC0 | last << 8, 2)
    } else if value < 0x10000 {
      (bytes, length) = (value >> 12 | 0xE0 | (value >> 6 & 0x3F | 0x80) << 8 | last << 16, 3)
    } else {
      let second = value >> 12 & 0x3F | 0x80
      let third = value >> 6 & 0x3F | 0x80
      (bytes, length) = (value >> 18 | 0xF0 | second << 8 | third << 16 | last << 24, 4)
    }
    // `storeBytes` checks that four bytes are there, and any are good for bytes.
    var all = unsafe mutableBytes
    all.storeBytes(of: bytes.littleEndian, toByteOffset: index, as: UInt32.self)
    return length
  }
}

extension OutputSpan<UInt8> {
  /// Appends the first of eight bytes, which are in the lowest bits. There must be room for all eight.
  @inlinable @inline(__always)
  @_lifetime(self: copy self)
  public mutating func append(eightBytes value: UInt64, count: Int) {
    precondition(freeCapacity >= 8 && count <= 8)
    // The room is checked, and what is counted has been written.
    unsafe withUnsafeMutableBufferPointer { bytes, initialized in
      unsafe UnsafeMutableRawBufferPointer(bytes).storeBytes(
        of: value.littleEndian, toByteOffset: initialized, as: UInt64.self)
      initialized &+= count
    }
  }
}

extension [UInt8] {
  /// Appends the UTF-8 form of a scalar value; U+FFFD for a number that is none.
  @inlinable
  public mutating func append(scalar value: UInt32) {
    switch value {
    case 0..<0x80:
      append(UInt8(truncatingIfNeeded: value))
    case 0x80..<0x800:
      append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    case 0x800..<0xD800, 0xE000..<0x10000:
      append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    case 0x10000..<0x110000:
      append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
      append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    default:
      append(scalar: 0xFFFD)
    }
  }
}
