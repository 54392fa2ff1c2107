import Bytes

/// The role of a byte in the normalising of text.
enum TextClass: UInt8 {
  /// It is taken over.
  case plain
  /// ASCII white space.
  case space
  /// A control character: vanishes.
  case control
  /// The first byte of a character that may be one to look at.
  case special

  static let table: [TextClass] = (0...255).map { byte in
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D: .space
    case 0x00..<0x20, 0x7F: .control
    case 0xC2, 0xE1, 0xE2, 0xE3, 0xEF: .special
    default: .plain
    }
  }

  /// The meaning of a character that begins with a special byte.
  enum Meaning: Equatable {
    case text
    /// White space of any width.
    case space
    /// Invisible, and no part of a word's spelling: soft hyphen, zero-width space, word joiner, byte
    /// order mark. The zero-width joiners are part of the spelling in Persian, Indic scripts and emoji.
    case nothing
    /// U+FFFD: a character was lost before the page came here.
    case damage
    /// A C1 control, which no page means: a reference such as `&#150;` counts in windows-1252 (HTML
    /// Living Standard, section 13.2.5.80).
    case windows1252(UInt32)
  }

  /// The characters of windows-1252 from 0x80 on; 0 where it has none.
  static let windows1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}

extension Span<UInt8> {
  /// The meaning of the character at `index` of well-formed UTF-8, and the number of bytes it takes.
  @inline(__always)
  func special(at index: Int) -> (meaning: TextClass.Meaning, length: Int) {
    let length = self[index] < 0xE0 ? 2 : 3
    // Text comes from the parser in whole characters; a cut one would be the parser's fault.
    guard index &+ length <= count else { return (.nothing, count &- index) }
    let second = self[index &+ 1]
    let third = self[index &+ length &- 1]
    switch self[index] {
    case 0xC2:
      if second == 0xA0 { return (.space, 2) }
      if second == 0xAD { return (.nothing, 2) }
      if second < 0xA0 {
        let scalar = TextClass.windows1252[Int(second &- 0x80)]
        return (scalar == 0 ? .nothing : .windows1252(scalar), 2)
      }
    case 0xE1:
      if second == 0x9A, third == 0x80 { return (.space, 3) }
    case 0xE2:
      if second == 0x80 {
        if third == 0x8B { return (.nothing, 3) }
        if third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF { return (.space, 3) }
      } else if second == 0x81 {
        if third == 0x9F { return (.space, 3) }
        if third == 0xA0 { return (.nothing, 3) }
      }
    case 0xE3:
      if second == 0x80, third == 0x80 { return (.space, 3) }
    default:
      if second == 0xBB, third == 0xBF { return (.nothing, 3) }
      if second == 0xBF, third == 0xBD { return (.damage, 3) }
    }
    return (.text, length)
  }

  /// Whether the text begins with a character between which and another one a line feed is no space.
  var beginsWithWideText: Bool { !isEmpty && scalar(at: 0).value.isWide }

  /// Whether the text begins with a word of a script that puts spaces between words.
  var beginsWithSpacedWord: Bool {
    !isEmpty && ScalarClass.table[scalar(at: 0).value].isSpacedWord
  }
}

extension Span<UInt8> {
  /// Skips ASCII words with single spaces between them, eight bytes at a time, up to the first byte of any other
  /// kind. Call it after a character that is copied unchanged.
  /// - Parameter end: The offset after the last byte that is not a space.
  @inline(__always)
  func stepOverWords(from index: inout Int, end: inout Int) {
    while index &+ 8 <= count, self[index] != 0x20 {
      let eight = eightBytes(at: index)
      guard EightBytes.areWords(eight) else { return }
      index &+= 8
      end = EightBytes.endInSpace(eight) ? index &- 1 : index
    }
  }
}

extension [UInt8] {
  /// Whether the text ends in a word of a script that puts spaces between words.
  var endsInSpacedWord: Bool {
    guard let (value, _) = span.scalar(before: count) else { return false }
    return ScalarClass.table[value].isSpacedWord
  }
}

extension [UInt8] {
  /// Whether a space belongs between the text and a word that a picture separates from it. None does after an
  /// opening mark or a hyphen, nor where words are written without spaces.
  var endsBeforeReplaced: Bool {
    guard let last else { return false }
    switch last {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ")"), UInt8(ascii: "]"):
      return true
    default: return endsInSpacedWord
    }
  }

  /// Whether the text ends in a character between which and another one a line feed is no space.
  var endsInWideText: Bool {
    guard let last, last >= 0x80 else { return false }
    return span.scalar(before: count)?.value.isWide ?? false
  }
}

extension UInt32 {
  /// Whether the scalar is a wide or fullwidth one of East Asia other than Hangul (UAX #11), between
  /// which CSS takes line feeds out (CSS Text Module Level 3, section 4.1.3).
  fileprivate var isWide: Bool {
    switch self {
    case 0x2E80...0x312F, 0x3190...0xA4CF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60,
      0x1B000...0x1B16F, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension ScalarClass {
  fileprivate var isSpacedWord: Bool { self == .letter || self == .digit || self == .mark }
}
