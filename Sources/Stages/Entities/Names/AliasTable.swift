import Bytes

/// Finds the longest of many names at a place of a text.
///
/// A trie over folded names whose edges are words, kept as one open-addressing hash table of all
/// prefixes that end where a word ends: "islamic" and "islamic state" for "Islamic State". A word
/// of the text that begins no name costs one probe, at any number of names; a node costs 16 bytes,
/// and there are no objects but four arrays. Keys are compared in full, so that no collision of
/// hashes is ever seen.
struct AliasTable: Sendable {
  /// The longest folded name in bytes: twice the longest official name of an organisation, and a
  /// bound on the words that are read again when a long name breaks off at its end.
  static let maximumKey = 256

  /// A prefix of a name.
  private struct Node {
    /// Its hash, which says where it is stored.
    var tag: UInt32 = 0
    /// Its bytes in `keys`. No prefix is empty, so that zero marks a free place.
    var count: UInt16 = 0
    var offset: UInt32 = 0
    /// Index in `names`; `none` where no name ends.
    var name = AliasTable.none
  }

  /// The entry of a whole name.
  private struct Name {
    /// The value for any case of letters.
    var value = AliasTable.none
    /// The value for text in capitals.
    var capitalsValue = AliasTable.none
  }

  private static let none: UInt32 = .max

  /// A power of two.
  private var nodes = [Node](repeating: Node(), count: 512)
  private var nodeCount = 0
  private var names: [Name] = []
  private var keys: [UInt8] = []
  private var firstBytes = [Bool](repeating: false, count: 256)

  private let table = NameScalar.table
  private let asciiWord = NameScalar.asciiWord

  // MARK: Hashing

  /// The offset basis of FNV-1a (Fowler, Noll, Vo), which hashes byte by byte as names are read.
  static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  /// Folds the better upper bits into the lower, which choose the place.
  @inline(__always)
  private static func tag(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: ((hash ^ hash &>> 29) &* 0x9E37_79B9_7F4A_7C15) &>> 32)
  }

  // MARK: Adding

  /// Adds a name. Of values for the same name the first counts; one for text in capitals stands
  /// beside one for any text.
  mutating func add(_ name: Key, value: UInt32, capitalsOnly: Bool) {
    // At most three places in four are taken, or runs of taken places would grow long.
    if nodeCount + name.prefixes.count > nodes.count / 4 * 3 { grow() }
    let offset = UInt32(truncatingIfNeeded: keys.count)
    keys += name.bytes
    firstBytes[Int(name.bytes[0])] = true
    var hash = AliasTable.emptyHash
    var hashed = 0
    var isNew = false
    for count in name.prefixes {
      for byte in name.bytes[hashed..<count] { hash = AliasTable.hash(hash, byte) }
      hashed = count
      let node = place(of: hash, name.bytes[..<count])
      if nodes[node].count == 0 {
        nodes[node] = Node(tag: AliasTable.tag(hash), count: UInt16(count), offset: offset)
        nodeCount += 1
        isNew = true
      }
      if count == name.bytes.count { setValue(value, at: node, capitalsOnly: capitalsOnly) }
    }
    if !isNew { keys.removeLast(name.bytes.count) }
  }

  private mutating func setValue(_ value: UInt32, at node: Int, capitalsOnly: Bool) {
    if nodes[node].name == AliasTable.none {
      nodes[node].name = UInt32(truncatingIfNeeded: names.count)
      names.append(Name())
    }
    let name = Int(nodes[node].name)
    if capitalsOnly {
      if names[name].capitalsValue == AliasTable.none { names[name].capitalsValue = value }
    } else if names[name].value == AliasTable.none {
      names[name].value = value
    }
  }

  private mutating func grow() {
    let old = nodes
    nodes = [Node](repeating: Node(), count: old.count * 2)
    let mask = nodes.count - 1
    for node in old where node.count > 0 {
      var index = Int(node.tag) & mask
      while nodes[index].count > 0 { index = (index + 1) & mask }
      nodes[index] = node
    }
  }

  // MARK: Finding

  /// Where a prefix is stored, or the free place where it would be.
  private func place(of hash: UInt64, _ key: ArraySlice<UInt8>) -> Int {
    let tag = AliasTable.tag(hash)
    let mask = nodes.count - 1
    var index = Int(tag) & mask
    while nodes[index].count > 0 {
      let node = nodes[index]
      if node.tag == tag, Int(node.count) == key.count,
        keys[Int(node.offset)...].starts(with: key)
      {
        return index
      }
      index = (index + 1) & mask
    }
    return index
  }

  /// False if no name begins with the word at a place of a text. True is nearly always right.
  /// - Parameter index: The start of the word; moved past its ASCII letters and digits.
  @inline(__always)
  func mayBegin(in text: Span<UInt8>, wordAt index: inout Int) -> Bool {
    let start = index
    var hash = AliasTable.emptyHash
    while index < text.count {
      let folded = asciiWord[Int(text[index])]
      if folded == 0 { break }
      hash = AliasTable.hash(hash, folded)
      index &+= 1
    }
    if index == start { return mayBegin(in: text, scalarAt: start) }
    return !endsWord(in: text, at: index) || holds(hash)
  }

  /// Whether a word of ASCII letters and digits surely ends here. Other letters and accents may continue
  /// it, and so may an apostrophe or joiner.
  @inline(__always)
  private func endsWord(in text: Span<UInt8>, at index: Int) -> Bool {
    if index == text.count { return true }
    if text[index] < 0x80 { return text[index] != UInt8(ascii: "'") && text[index] != 0x60 }
    switch table[text.scalar(at: index).value].kind {
    case .other, .space, .lineEnd, .hyphen, .unspaced: return true
    default: return false
    }
  }

  /// False when no name begins with the scalar at a place of a text.
  @inline(__always)
  func mayBegin(in text: Span<UInt8>, scalarAt index: Int) -> Bool {
    guard index < text.count else { return false }
    let (value, _) = text.composedScalar(at: index)
    var mayBegin: Bool?
    Folding.forEachScalar(of: value, table[value].folded) { first in
      if mayBegin == nil { mayBegin = firstBytes[Int(UTF8Text.firstByte(of: first))] }
    }
    return mayBegin ?? false
  }

  /// False when no name begins with the words that hash to `hash`.
  @inline(__always)
  private func holds(_ hash: UInt64) -> Bool {
    let tag = AliasTable.tag(hash)
    let mask = nodes.count &- 1
    var index = Int(tag) & mask
    while nodes[index].count > 0 {
      if nodes[index].tag == tag { return true }
      index = (index &+ 1) & mask
    }
    return false
  }

  struct Match {
    let end: Int
    let value: UInt32
    /// Kind of the match's last scalar.
    let last: NameScalar.Kind
  }

  /// The longest name at a place of a text. The caller sees to it that a name can start there.
  /// - Parameter reader: A reader of `text`.
  /// - Complexity: O(`NameReader.maximumSpan`), and for most words O(1).
  func longestMatch(
    in text: Span<UInt8>, at start: Int, _ reader: inout NameReader
  ) -> Match? {
    var best: Match?
    reader.start(at: start)
    while true {
      let stop = reader.advance()
      let node = nodes[place(of: reader.hash, reader.key[...])]
      if node.count > 0, node.name != AliasTable.none, reader.canEnd,
        let value = value(of: names[Int(node.name)], in: text.extracting(start..<reader.end))
      {
        best = Match(end: reader.end, value: value, last: reader.last)
      }
      if stop == .end || stop == .boundary && node.count == 0 { return best }
    }
  }

  private func value(of name: Name, in text: Span<UInt8>) -> UInt32? {
    if name.capitalsValue != AliasTable.none,
      LetterCase(String(decoding: text).unicodeScalars).isCapitals
    {
      return name.capitalsValue
    }
    return name.value == AliasTable.none ? nil : name.value
  }
}
