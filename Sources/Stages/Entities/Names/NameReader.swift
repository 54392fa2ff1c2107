import Bytes

/// Reads a text from some place on as names are compared, and stops wherever a name could end.
///
/// Aliases and texts go through the same reader, so that a spelling that an alias is stored under
/// is found however it is written:
/// - Letters are folded (`Folding`): case, accents, full-width forms.
/// - A run of spaces, or one hyphen between letters, is a space.
/// - An apostrophe counts for nothing, so that Sha'abi is Shaabi. It stays where it begins the end
///   of an English contraction or possessive, so that she'll is not Shell.
/// - Soft hyphens and joiners count for nothing.
struct NameReader: ~Escapable {
  /// How many bytes of text a name may extend over: four times the longest name, for accents,
  /// spaces and the scripts whose folded form is shorter. Bounds the work at each place of a
  /// hostile text.
  static let maximumSpan = 4 * AliasTable.maximumKey

  /// How many apostrophes of one word count for nothing. No name has more, and a text of letters
  /// and apostrophes in turn, one long word, would otherwise be read to the end of the span at each
  /// letter.
  static let maximumApostrophes = 3

  enum Stop {
    /// A name could end here, or a further word of it begin.
    case boundary
    /// A name could end here, but if it goes on, the same word goes on.
    case apostrophe
    /// The text, the line or the span ends here.
    case end
  }

  private let text: Span<UInt8>
  private let table = NameScalar.table
  private let asciiWord = NameScalar.asciiWord
  private var index = 0
  private var limit = 0
  private var next = NameScalar.Kind.lineEnd
  private var hasStopped = false
  private var apostrophes = 0

  /// The text read since the start, folded.
  private(set) var key: [UInt8] = []
  /// `AliasTable.hash` of `key`.
  private(set) var hash = AliasTable.emptyHash
  /// Kind of the last scalar of the key.
  private(set) var last = NameScalar.Kind.lineEnd
  /// The offset after the last scalar of the key and its accents.
  private(set) var end = 0

  /// - Parameter text: Well-formed UTF-8.
  @_lifetime(copy text)
  init(_ text: Span<UInt8>) { self.text = text }

  /// Begins anew at a byte offset.
  mutating func start(at offset: Int) {
    index = offset
    end = offset
    limit = min(text.count, offset + NameReader.maximumSpan)
    hasStopped = false
    apostrophes = 0
    key.removeAll(keepingCapacity: true)
    hash = AliasTable.emptyHash
    last = .lineEnd
    next = .lineEnd
  }

  /// Whether a name can end where the reader has stopped: not within a word, and not after punctuation that
  /// a word is joined to.
  var canEnd: Bool {
    switch next {
    case .word: last == .unspaced || last == .hangul
    case .mark, .accent: false
    default: true
    }
  }

  /// Whether the whole text was read.
  var isAtTextEnd: Bool { index >= text.count }

  /// Reads on to the next place where a name could end.
  mutating func advance() -> Stop {
    while index < limit {
      let (value, length) = text.composedScalar(at: index)
      let scalar = table[value]
      switch scalar.kind {
      case .accent:
        if last.isWord, end == index { end += length }
        index += length
      case .invisible:
        index += length
      case .mark:
        append(value, scalar, length)
      case .lineEnd:
        next = .lineEnd
        return .end
      case .space:
        if last == .space || last == .lineEnd {
          index += length
        } else if stops(before: .space) {
          return .boundary
        } else {
          appendSpace(length)
        }
      case .hyphen where last.isWord && isWord(at: index + length):
        if stops(before: .space) { return .boundary }
        appendSpace(length)
      case .apostrophe where countsForNothing(behind: index + length):
        if last != .space, last != .lineEnd, stops(before: .other) { return .apostrophe }
        hasStopped = false
        apostrophes += 1
        index += length
      case .word, .hangul, .unspaced, .other, .hyphen, .apostrophe:
        let kind = scalar.kind.isWord ? scalar.kind : .other
        let isInside = kind == .word && last == .word || last == .space || last == .lineEnd
        if !isInside, stops(before: kind) { return .boundary }
        if !isInside { apostrophes = 0 }
        append(value, scalar, length)
        last = kind
        if kind == .word { appendASCIIWord() }
      }
    }
    // A span that ends before the text does may end within a word.
    next = index < text.count ? .mark : .lineEnd
    return .end
  }

  /// Whether to stop before a scalar: the first time that the reader comes to it.
  private mutating func stops(before kind: NameScalar.Kind) -> Bool {
    if hasStopped { return false }
    hasStopped = true
    next = kind
    return true
  }

  private mutating func append(_ value: UInt32, _ scalar: NameScalar, _ length: Int) {
    Folding.forEachScalar(of: value, scalar.folded) { folded in
      if folded < 0x80 {
        let byte = UInt8(truncatingIfNeeded: folded)
        key.append(byte)
        hash = AliasTable.hash(hash, byte)
      } else {
        let count = key.count
        key.append(scalar: folded)
        for byte in key[count...] { hash = AliasTable.hash(hash, byte) }
      }
    }
    index += length
    end = index
    hasStopped = false
  }

  /// Reads the letters and digits of ASCII that come next, which most are.
  private mutating func appendASCIIWord() {
    while index < limit {
      let folded = asciiWord[Int(text[index])]
      if folded == 0 { break }
      key.append(folded)
      hash = AliasTable.hash(hash, folded)
      index += 1
    }
    end = index
  }

  private mutating func appendSpace(_ length: Int) {
    key.append(0x20)
    hash = AliasTable.hash(hash, 0x20)
    index += length
    last = .space
    apostrophes = 0
    hasStopped = false
  }

  private func isWord(at index: Int) -> Bool {
    index < text.count && table[text.scalar(at: index).value].kind.isWord
  }

  /// Whether the apostrophe that ends at `index` is left out.
  private func countsForNothing(behind index: Int) -> Bool {
    apostrophes < NameReader.maximumApostrophes && !(last == .word && isContraction(at: index))
  }

  /// Whether one of `s`, `t`, `d`, `m`, `ll`, `re`, `ve` begins here and ends a word.
  private func isContraction(at index: Int) -> Bool {
    guard index < text.count else { return false }
    let first = text[index] | 0x20
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "m"):
      return !isWord(at: index + 1)
    case UInt8(ascii: "l"), UInt8(ascii: "r"), UInt8(ascii: "v"):
      guard index + 1 < text.count else { return false }
      let wanted = first == UInt8(ascii: "l") ? first : UInt8(ascii: "e")
      return text[index + 1] | 0x20 == wanted && !isWord(at: index + 2)
    default:
      return false
    }
  }
}
