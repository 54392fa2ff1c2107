/// A fast 64-bit hash whose values are part of file formats: they never change, and the tests hold
/// vectors of them.
///
/// The construction is the multiply-and-fold of wyhash (Wang Yi, 2019): eight bytes are mixed with a
/// constant, multiplied to 128 bits, and the halves are combined. It is not cryptographic: a hostile
/// page can provoke collisions, and whoever relies on equality must compare.
public enum Hash64 {
  /// The hash of `bytes` under `seed`.
  @inlinable
  public static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    hash(0..<bytes.count, of: bytes, seed: seed)
  }

  /// The hash of a part of `bytes`. This is faster than hashing the same bytes on their own, since the bytes
  /// after the part may be read with it.
  @inlinable @inline(__always)
  public static func hash(
    _ range: Range<Int>, of bytes: Span<UInt8>, seed: UInt64 = 0
  ) -> UInt64 {
    var state = seed ^ 0x9E37_79B9_7F4A_7C15
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      let word = bytes.eightBytes(at: index)
      state = mix(word ^ 0xA076_1D64_78BD_642F, state)
      index &+= 8
    }
    var tail: UInt64 = 0
    if index &+ 8 <= bytes.count {
      let word = bytes.eightBytes(at: index)
      tail = word & (1 &<< UInt64(truncatingIfNeeded: (range.upperBound &- index) &* 8) &- 1)
    } else {
      var shift: UInt64 = 0
      while index < range.upperBound {
        tail |= UInt64(bytes[index]) &<< shift
        shift &+= 8
        index &+= 1
      }
    }
    state = mix(tail ^ 0xE703_7ED1_A0B4_28DB, state)
    return mix(UInt64(truncatingIfNeeded: range.count) ^ 0x8EBC_6AF0_9C88_C6E3, state)
  }

  /// Combines two values into one that depends on both and on their order.
  @inlinable @inline(__always)
  public static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = (first ^ 0x589C_27CB_5D1F_1F6D).multipliedFullWidth(
      by: second ^ 0x1D8E_4E27_C47D_124F)
    return product.high ^ product.low ^ second.rotatedLeft(29)
  }
}

extension UInt64 {
  /// The bits moved up by `count`, those that fall out coming in below.
  /// - Precondition: `count` is within 1...63.
  @inlinable @inline(__always)
  public func rotatedLeft(_ count: UInt64) -> UInt64 { self &<< count | self &>> (64 &- count) }
}
