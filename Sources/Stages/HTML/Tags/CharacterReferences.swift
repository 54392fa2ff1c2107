import Bytes

/// Decodes character references, `&eacute;` and `&#233;` (HTML Living Standard, sections 13.2.5.72
/// to 13.2.5.80).
struct CharacterReferences: Sendable {
  /// A reference in the markup.
  struct Reference {
    /// Bytes from the `&` on.
    let length: Int
    let first: UInt32
    /// Few names stand for two scalars; 0 for all others.
    let second: UInt32
  }

  private struct Entry {
    var key: UInt64 = 0
    var first: UInt32 = 0
    var second: UInt32 = 0
    var needsSemicolon = true
  }

  /// A power of two, twice the number of names. A name is known by its hash in 64 bits.
  private static let slotCount = 8192
  private var slots = [Entry](repeating: Entry(), count: slotCount)

  /// The longest name has 31 letters, those without semicolon at most 6.
  private static let longestName = 31
  private static let longestOpenName = 6

  static let shared = CharacterReferences()

  private init() {
    for entry in [UInt8](CharacterReferences.names.bytes).split(separator: 0x20) { enter(entry) }
  }

  /// Enters `name=C6`, `name!=C6` or `name=C6+338`.
  private mutating func enter(_ text: ArraySlice<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: "="))
    guard let name = parts.first, let code = parts.last else { return }
    let scalars = code.split(separator: UInt8(ascii: "+")).map { digits in
      digits.reduce(UInt32(0)) { $0 << 4 | UInt32($1.hexadecimalValue ?? 0) }
    }
    let isOpen = name.last == UInt8(ascii: "!")
    let letters = isOpen ? name.dropLast() : name
    var entry = Entry()
    entry.key = Hash64.hash(letters.span)
    entry.first = scalars.first ?? 0
    entry.second = scalars.dropFirst().first ?? 0
    entry.needsSemicolon = !isOpen
    var slot = Int(truncatingIfNeeded: entry.key) & (CharacterReferences.slotCount - 1)
    while slots[slot].first != 0 { slot = (slot + 1) & (CharacterReferences.slotCount - 1) }
    slots[slot] = entry
  }

  private func entry(_ name: Span<UInt8>) -> Entry? {
    let key = Hash64.hash(name)
    var slot = Int(truncatingIfNeeded: key) & (CharacterReferences.slotCount - 1)
    while slots[slot].first != 0 {
      if slots[slot].key == key { return slots[slot] }
      slot = (slot + 1) & (CharacterReferences.slotCount - 1)
    }
    return nil
  }

  /// The reference that begins with the `&` at `start`; nil when that is just an ampersand.
  /// - Parameter isInAttribute: There a name without semicolon that a letter, digit or `=` follows is
  ///   part of an address.
  /// - Complexity: O(1) for names, O(digits) for numbers.
  func reference(
    in text: Span<UInt8>, at start: Int, isInAttribute: Bool
  ) -> Reference? {
    guard start + 1 < text.count else { return nil }
    if text[start + 1] == UInt8(ascii: "#") { return number(in: text, at: start) }
    var end = start + 1
    let limit = min(text.count, end + CharacterReferences.longestName)
    while end < limit, text[end].isASCIILetter || text[end].isASCIIDigit { end += 1 }
    guard end > start + 1 else { return nil }
    if end < text.count, text[end] == UInt8(ascii: ";"),
      let entry = entry(text.extracting(start + 1..<end))
    {
      return Reference(length: end + 1 - start, first: entry.first, second: entry.second)
    }
    if isInAttribute, end < text.count, text[end] == UInt8(ascii: "=") { return nil }
    return openReference(in: text, at: start, nameEnd: end, isInAttribute: isInAttribute)
  }

  /// A name without semicolon: the longest that fits.
  private func openReference(
    in text: Span<UInt8>, at start: Int, nameEnd: Int, isInAttribute: Bool
  ) -> Reference? {
    var end = min(nameEnd, start + 1 + CharacterReferences.longestOpenName)
    while end > start + 2 {
      if let entry = entry(text.extracting(start + 1..<end)), !entry.needsSemicolon {
        if isInAttribute, end < nameEnd { return nil }
        return Reference(length: end - start, first: entry.first, second: entry.second)
      }
      end -= 1
    }
    return nil
  }

  private func number(in text: Span<UInt8>, at start: Int) -> Reference? {
    var index = start + 2
    let isHexadecimal = index < text.count && text[index] | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { index += 1 }
    let digits = index
    var value: UInt32 = 0
    while index < text.count, let digit = text[index].hexadecimalValue,
      isHexadecimal || digit < 10
    {
      // Beyond all scalars it stays there.
      if value < 0x110000 { value = value * (isHexadecimal ? 16 : 10) + UInt32(digit) }
      index += 1
    }
    guard index > digits else { return nil }
    if index < text.count, text[index] == UInt8(ascii: ";") { index += 1 }
    return Reference(length: index - start, first: CharacterReferences.scalar(value), second: 0)
  }

  /// The scalar for a number: controls beyond ASCII mean windows-1252; a number that is no scalar gives U+FFFD.
  private static func scalar(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x80..<0xA0:
      let mapped = TextClass.windows1252[Int(value - 0x80)]
      return mapped == 0 ? value : mapped
    case 0, 0xD800..<0xE000, 0x110000...: return 0xFFFD
    default: return value
    }
  }

  /// The parts of a text.
  enum Part: ~Escapable {
    /// Text without an ampersand; not empty.
    case text(Span<UInt8>)
    case reference(Reference)
    /// An ampersand that begins no reference.
    case ampersand
  }

  /// Calls `body` with the parts of a text, in order.
  @inline(__always)
  func forEachPart(
    of text: Span<UInt8>, isInAttribute: Bool, _ body: (Part) -> Void
  ) {
    var index = 0
    while let ampersand = text.index(of: UInt8(ascii: "&"), from: index) {
      if ampersand > index { body(.text(text.extracting(index..<ampersand))) }
      if let reference = reference(in: text, at: ampersand, isInAttribute: isInAttribute) {
        body(.reference(reference))
        index = ampersand + reference.length
      } else {
        body(.ampersand)
        index = ampersand + 1
      }
    }
    if index < text.count { body(.text(text.extracting(index...))) }
  }

  /// The text with its references decoded.
  func decoded(_ text: Span<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    forEachPart(of: text, isInAttribute: true) { part in
      switch part {
      case .text(let text): decoded.append(contentsOf: text)
      case .ampersand: decoded.append(UInt8(ascii: "&"))
      case .reference(let reference):
        decoded.append(scalar: reference.first)
        if reference.second != 0 { decoded.append(scalar: reference.second) }
      }
    }
    return decoded
  }
}
