import Bytes
import Pipeline

/// The name of an element or attribute in ASCII lower case, packed into two words: compared at once,
/// without a string. Names of HTML have at most ten letters; of longer ones than sixteen the length and
/// the last letters are lost, so that they equal no name written here.
struct MarkupName: Hashable, Sendable {
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0
  private(set) var count = 0
  private(set) var hasHyphen = false

  init() {}

  /// A name of at most eight small letters, the first one lowest.
  @inline(__always)
  init(letters: UInt64, count: Int) {
    low = letters
    self.count = count
  }

  init(_ name: StaticString) {
    self.init(name.bytes)
  }

  init(_ name: Span<UInt8>) {
    for index in name.indices { append(name[index]) }
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

  /// The first sixteen letters in one word.
  @inline(__always)
  fileprivate var letters: UInt64 { low ^ high &* 0x9E37_79B9_7F4A_7C15 }

  /// Tells names apart by their first sixteen letters and their length. Never 0.
  var identity: UInt64 { letters &+ UInt64(truncatingIfNeeded: count) | 1 << 63 }

  /// The identity with all its bits mixed.
  var hash: UInt64 { identity &* 0xFF51_AFD7_ED55_8CCD }
}

/// Finds what a name means: a table with open addressing, one probe for nearly every name.
struct NameTable<Value: Sendable>: Sendable {
  private var names: [MarkupName]
  private var values: [Value?]
  private let mask: Int

  init(_ entries: [(name: String, value: Value)]) {
    // A power of two, at least four times the number of entries, so that probes end early.
    var count = 4
    while count < entries.count * 4 { count *= 2 }
    mask = count - 1
    names = Array(repeating: MarkupName(), count: count)
    values = Array(repeating: nil, count: count)
    for entry in entries {
      var name = MarkupName()
      for byte in entry.name.utf8 { name.append(byte) }
      var slot = slot(of: name)
      while names[slot].count > 0 { slot = (slot + 1) & mask }
      names[slot] = name
      values[slot] = entry.value
    }
  }

  @inline(__always)
  private func slot(of name: MarkupName) -> Int {
    let mixed = name.letters &* 0xFF51_AFD7_ED55_8CCD
    return Int(truncatingIfNeeded: mixed &>> 48) & mask
  }

  @inline(__always)
  subscript(name: MarkupName) -> Value? {
    var slot = slot(of: name)
    while names[slot].count > 0 {
      if names[slot] == name { return values[slot] }
      slot = (slot &+ 1) & mask
    }
    return nil
  }
}

extension NameTable<Tag> {
  /// The tags that have a name of their own.
  static let tags = NameTable(
    Tag.allCases.filter { $0 != .other && $0 != .custom }.map { ($0.name, $0) })

  /// The tag of any name.
  @inline(__always)
  func tag(_ name: MarkupName) -> Tag { self[name] ?? (name.hasHyphen ? .custom : .other) }
}

extension NameTable<AttributeName> {
  static let attributes = NameTable(AttributeName.allCases.map { ($0.name, $0) })
}
