/// How numbers become bytes: every feature is one.
///
/// Trees only compare, so any scale will do that keeps the order. Bytes make the arithmetic exact, the
/// same on every machine, and let a processor compare sixteen blocks at once.
enum ByteScale {
  /// Numbers below 32 as they are, then sixteen steps to each doubling: a step is at most 6 %. Numbers
  /// from 507,904 on are all 255.
  @inline(__always)
  static func count(_ number: Int) -> UInt8 {
    if number < 32 { return UInt8(truncatingIfNeeded: max(number, 0)) }
    let exponent = Int.bitWidth &- 1 &- number.leadingZeroBitCount
    let step = number &>> (exponent &- 4) & 15
    return UInt8(truncatingIfNeeded: min((exponent &- 3) &* 16 &+ step, 255))
  }

  /// The share of a part, in steps of 1/255; 0 of nothing.
  @inline(__always)
  static func share(_ part: Int, of whole: Int) -> UInt8 {
    guard whole > 0 else { return 0 }
    return UInt8(truncatingIfNeeded: max(0, min(part, whole)) &* 255 / whole)
  }

  /// The share of a part, in steps that are finest near nothing and near all: below a half on the scale of
  /// counts in 1/4,095, above it likewise from the other end. 0 of nothing.
  @inline(__always)
  static func purity(_ part: Int, of whole: Int) -> UInt8 {
    guard whole > 0 else { return 0 }
    let share = max(0, min(part, whole)) &* 4095 / whole
    return share < 2048 ? count(share) : 255 &- count(4095 &- share)
  }

  /// Eighths of `part` for one of `whole`, on the scale of counts; 0 for none.
  @inline(__always)
  static func ratio(_ part: Int, to whole: Int) -> UInt8 {
    whole > 0 ? count(part &* 8 / whole) : 0
  }

  /// A distance, or `none` where there is nothing to be distant from.
  @inline(__always)
  static func distance(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: min(number, 254)) }

  static let none: UInt8 = 255
}
