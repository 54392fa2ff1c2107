/// The class of a scalar for the word scanners: a coarse grouping of the Unicode general categories.
public enum ScalarClass: UInt8, Sendable {
  /// Punctuation, symbols, controls, unassigned.
  case other
  /// White space, as the property White_Space says.
  case space
  /// A letter of a script that puts spaces between words.
  case letter
  /// A letter of a script that does not: Han, Hiragana, Katakana, Thai, Lao, Khmer, Burmese and kin.
  /// Each counts as a word of its own.
  case unspacedLetter
  /// A decimal digit or another number.
  case digit
  /// A combining mark: it belongs to the letter before it.
  case mark
  /// A format control that shapes text but splits no word: soft hyphen, joiners, direction marks.
  case invisible

  /// Whether the scalar can stand inside a word.
  @inlinable public var isWord: Bool {
    self == .letter || self == .unspacedLetter || self == .digit || self == .mark
  }

  /// The class of a scalar, from the Unicode data of the Swift standard library.
  /// Built once, at first use, in about 7 ms; any thread may read it.
  public static let table = ScalarTable<ScalarClass>(rest: .other) { scalar in
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .space
    case .control: return scalar.properties.isWhitespace ? .space : .other
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return unspaced.contains { $0.contains(scalar.value) } ? .unspacedLetter : .letter
    case .decimalNumber, .otherNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    case .format: return .invisible
    default: return .other
    }
  }

  /// The same classes for ASCII, which most bytes are.
  public static let ascii: [ScalarClass] = (0..<128).map { table[UInt32($0)] }

  /// Blocks of the scripts without spaces (Unicode 16, Blocks.txt). The standard library knows no
  /// scripts.
  private static let unspaced: [ClosedRange<UInt32>] = [
    0x0E00...0x0EFF,  // Thai, Lao
    0x1000...0x109F,  // Myanmar
    0x1780...0x17FF,  // Khmer
    0x1950...0x19DF,  // Tai Le, New Tai Lue
    0x1A20...0x1AAF,  // Tai Tham
    0x2E80...0x2FDF,  // CJK and Kangxi radicals
    0x3005...0x3007, 0x3021...0x3029, 0x3031...0x303C,  // ideographic marks and numerals
    0x3040...0x30FF,  // Hiragana, Katakana
    0x3100...0x312F, 0x31A0...0x31FF,  // Bopomofo, Katakana extensions
    0x3400...0x4DBF, 0x4E00...0x9FFF,  // unified ideographs
    0xA9E0...0xA9FF, 0xAA60...0xAA7F,  // Myanmar extended
    0xF900...0xFAFF,  // compatibility ideographs
    0xFF66...0xFF9F,  // half-width Katakana
    0x1B000...0x1B16F,  // Kana supplements
    0x20000...0x3FFFF,  // ideographic planes
  ]
}
