import Bytes
import Pipeline

/// The name of an element or attribute in ASCII lower case, packed into two words: compared at once,
/// without a string. Names of HTML have at most ten letters; of longer ones than sixteen the length and
/// the last letters are lost, so that they equal no name written here.
struct MarkupName: Hashable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0
  private(set) var count = 0
  private(set) var hasHyphen = false

  init() {}

  init(_ name: StaticString) {
    for index in 0..<name.utf8CodeUnitCount { append(name.utf8Start[index]) }
  }

  /// The name that ends with a zero byte at `start`.
  init(cString start: UnsafePointer<UInt8>) {
    var index = 0
    while start[index] != 0 {
      append(start[index])
      index &+= 1
    }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    let lower = UInt64(byte.asciiLowercased)
    if count < 8 {
      low |= lower &<< UInt64(truncatingIfNeeded: count &* 8)
    } else if count < 16 {
      high |= lower &<< UInt64(truncatingIfNeeded: (count &- 8) &* 8)
    }
    if byte == UInt8(ascii: "-") { hasHyphen = true }
    count &+= 1
  }

  @inline(__always)
  static func == (first: MarkupName, second: MarkupName) -> Bool {
    first.low == second.low && first.high == second.high && first.count == second.count
  }
}

/// Finds the tag of a name: a table with open addressing, one probe for nearly every name.
struct TagTable {
  /// A power of two, four times the number of tags, so that probes end early.
  private static let slotCount = 512
  private var names = [MarkupName](repeating: MarkupName(), count: slotCount)
  private var tags = [Tag](repeating: .other, count: slotCount)

  static let shared = TagTable()

  private init() {
    for tag in Tag.allCases where tag != .other && tag != .custom {
      var name = MarkupName()
      for byte in tag.name.utf8 { name.append(byte) }
      var slot = TagTable.slot(of: name)
      while names[slot].count > 0 { slot = (slot + 1) & (TagTable.slotCount - 1) }
      names[slot] = name
      tags[slot] = tag
    }
  }

  @inline(__always)
  private static func slot(of name: MarkupName) -> Int {
    let mixed = (name.low ^ name.high &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
    return Int(truncatingIfNeeded: mixed &>> 55)
  }

  @inline(__always)
  subscript(name: MarkupName) -> Tag {
    var slot = TagTable.slot(of: name)
    while names[slot].count > 0 {
      if names[slot] == name { return tags[slot] }
      slot = (slot &+ 1) & (TagTable.slotCount &- 1)
    }
    return name.hasHyphen ? .custom : .other
  }
}
