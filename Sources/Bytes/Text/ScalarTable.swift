/// A value for every Unicode scalar, in two stages: pages of 256 scalars with one value throughout
/// are stored once for each value.
///
/// A lookup is two loads, against some 50 ns for a property of `Unicode.Scalar`.
public struct ScalarTable<Value: Hashable & Sendable>: Sendable {
  @usableFromInline let pages: [UInt16]
  @usableFromInline let values: [Value]

  /// Calls `value` once for each scalar of planes 0 and 1 and of the variation selectors, and once
  /// for each of the large blocks whose scalars are all alike: ideographs, Hangul syllables and
  /// private use. All other scalars get `rest`.
  public init(rest: Value, value: (Unicode.Scalar) -> Value) {
    var pages = [UInt16](repeating: 0, count: 0x1100)
    var values = [Value](repeating: rest, count: 256)
    var uniformPages = [rest: UInt16(0)]
    for page in [0..<0x400, 0xE00..<0xE02].joined() {
      let index = UInt16(values.count / 256)
      let first = UInt32(page) << 8
      let block = uniformBlocks.first { $0.contains(first) }
      let asked = block.map { $0.lowerBound...$0.lowerBound } ?? first...first + 255
      for scalar in asked { values.append(Unicode.Scalar(scalar).map(value) ?? rest) }
      let entry = values[Int(index) * 256]
      guard values[(Int(index) * 256)...].allSatisfy({ $0 == entry }) else {
        pages[page] = index
        continue
      }
      values.removeLast(asked.count)
      if let known = uniformPages[entry] {
        pages[page] = known
      } else {
        values.append(contentsOf: repeatElement(entry, count: 256))
        uniformPages[entry] = index
        pages[page] = index
      }
    }
    self.pages = pages
    self.values = values
  }

  /// - Precondition: `scalar` is at most U+10FFFF.
  @inlinable @inline(__always)
  public subscript(scalar: UInt32) -> Value {
    let page = Int(pages[Int(scalar &>> 8)])
    return values[page &<< 8 | Int(scalar & 0xFF)]
  }
}

/// Whole pages of scalars with equal properties, by far the most of all; asking once for each block
/// makes a table in a tenth of the time. The places of planes 2 and 3 that are still free will be
/// ideographs like the others (Unicode, section 2.8).
private let uniformBlocks: [ClosedRange<UInt32>] = [
  0x3400...0x4CFF, 0x4E00...0x9EFF,  // unified ideographs
  0xAC00...0xD6FF,  // Hangul syllables
  0xE000...0xF8FF,  // private use
  0x17000...0x186FF,  // Tangut
  0x20000...0x3FFFF,  // ideographic planes
]
