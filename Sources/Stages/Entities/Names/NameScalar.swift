import Bytes

/// The properties of a scalar for the comparison of names: its folded form, and its role at their ends.
struct NameScalar: Hashable, Sendable {
  /// The folded form of the scalar, from `Folding.table`.
  let folded: UInt32
  let kind: Kind

  enum Kind: UInt8 {
    /// A letter of a script that puts spaces between words, or a digit.
    case word
    /// A Hangul syllable: Korean puts spaces between words, but joins particles to the end of
    /// names.
    case hangul
    /// A letter of a script without spaces: a name may begin and end beside it.
    case unspaced
    /// A combining mark that counts as a letter.
    case mark
    /// A combining mark that print leaves out at will: dropped, but it belongs to the letter
    /// before.
    case accent
    /// A soft hyphen, joiner or the like: dropped.
    case invisible
    /// White space within a paragraph.
    case space
    /// White space that no name extends over: ends of lines and paragraphs, and tabs, which
    /// separate cells.
    case lineEnd
    case hyphen
    case apostrophe
    case other
  }

  init(folded: UInt32 = Folding.unchanged, kind: Kind) {
    self.folded = folded
    self.kind = kind
  }

  /// Built once, at first use, in about 2 ms; any thread may read it.
  static let table: ScalarTable<NameScalar> = {
    let folding = Folding.table
    let classes = ScalarClass.table
    return ScalarTable(rest: NameScalar(kind: .other)) { scalar in
      let folded = folding[scalar.value]
      return NameScalar(folded: folded, kind: kind(of: scalar.value, folded: folded, classes))
    }
  }()

  private static func kind(
    of value: UInt32, folded: UInt32, _ classes: ScalarTable<ScalarClass>
  ) -> Kind {
    var first: UInt32?
    Folding.forEachScalar(of: value, folded) { if first == nil { first = $0 } }
    switch first {
    case nil: return classes[value] == .mark ? .accent : .invisible
    case 0x27 where value != 0x149: return .apostrophe
    case 0x2D: return .hyphen
    case let first?:
      // A half-width sound mark is the mark that it folds to.
      if classes[first] == .mark { return .mark }
    }
    switch classes[value] {
    case .letter: return (0xAC00...0xD7A3).contains(value) ? .hangul : .word
    case .digit: return .word
    case .unspacedLetter: return .unspaced
    case .mark: return .mark
    case .space: return lineEnds.contains(value) ? .lineEnd : .space
    case .invisible: return .invisible
    case .other: return .other
    }
  }

  /// By byte, the folded form of a letter or digit of ASCII, which most bytes are; 0 for the
  /// others.
  static let asciiWord: [UInt8] = (0..<256 as Range<UInt32>).map { value in
    guard value < 0x80, table[value].kind == .word else { return 0 }
    let folded = table[value].folded
    return UInt8(truncatingIfNeeded: folded == Folding.unchanged ? value : folded)
  }

  /// Tab, line feed, vertical tab, form feed, carriage return, next line, and the two separators.
  private static let lineEnds: [UInt32] = [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029]
}

extension NameScalar.Kind {
  /// Whether the scalar is part of a word, at least as a letter's mark.
  var isWord: Bool {
    switch self {
    case .word, .hangul, .unspaced, .mark, .accent: true
    default: false
    }
  }

  /// Whether a name may begin with a scalar of this kind after one of kind `previous`.
  func canStart(behind previous: Self) -> Bool {
    switch self {
    case .word, .other: previous != .word
    case .hangul: previous != .hangul
    case .unspaced: true
    default: false
    }
  }
}
