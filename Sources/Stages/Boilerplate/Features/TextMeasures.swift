import Bytes

/// The measures of a block's text, taken in one pass.
struct TextMeasures {
  /// Words; two letters of a script without spaces count as one.
  var words = 0
  var letters = 0
  /// Letters of scripts without spaces among them.
  var unspaced = 0
  /// Letters that can be a capital or a small one, and the capitals among them.
  var cased = 0
  var capitals = 0
  var digits = 0
  /// Marks that are neither letters, digits nor spaces.
  var symbols = 0
  /// Full stops, exclamation and question marks that end a sentence.
  var sentences = 0
  var commas = 0
  /// Bars, bullets, arrows and slashes, which stand between the items of a row.
  var separators = 0
  var currencies = 0
  var lineBreaks = 0
  /// The kinds of the first and last visible characters.
  var first = Mark.none
  var last = Mark.none
  /// The words' hashes in `WordHashes.hashes`.
  var hashes = 0..<0

  enum Mark: UInt8 {
    case none, symbol, separator, currency, digit, lowercase, capital, comma, colon, sentenceEnd
    /// A letter of a script without capitals.
    case letter
  }

  /// Letters for the length of a word: where there are no words to be counted, they are of the usual length.
  var lettersOfWords: Int { letters &+ unspaced &* 3 / 2 }

  /// The share of capitals among the letters that can be one. Where none can, it is that of prose: a
  /// text says nothing by what its script does not have.
  var capitalShare: UInt8 {
    cased == 0 && letters > 0
      ? TextMeasures.usualCapitalShare : ByteScale.share(capitals, of: cased)
  }

  private static let usualCapitalShare = ByteScale.share(1, of: 25)
}

/// Which letters have capitals; the scripts that do stand in the first pages of Unicode but for rare ones.
private enum Casing: UInt8 {
  case none, small, capital

  @inline(__always)
  static func of(_ scalar: UInt32) -> Casing {
    scalar < end ? table[Int(scalar)] : .none
  }

  private static let end: UInt32 = 0x2000

  private static let table: [Casing] = (0..<end).map { value in
    guard let properties = Unicode.Scalar(value)?.properties else { return .none }
    if properties.isUppercase { return .capital }
    return properties.changesWhenTitlecased ? .small : .none
  }
}

/// The kind of each ASCII character.
private let asciiMarks: [TextMeasures.Mark] = (0..<128).map { (byte: UInt8) in
  switch byte {
  case 0x61...0x7A: .lowercase
  case 0x41...0x5A: .capital
  case 0x30...0x39: .digit
  case 0x21, 0x2E, 0x3F: .sentenceEnd
  case 0x2C, 0x3B: .comma
  case 0x3A: .colon
  case 0x7C, 0x2F, 0x3E: .separator
  case 0x24: .currency
  case 0...0x20, 0x7F: .none
  default: .symbol
  }
}

extension TextMeasures {
  /// The kind of a character beyond ASCII that is not a letter.
  fileprivate static func mark(of scalar: UInt32) -> Mark {
    switch scalar {
    case 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0x2026, 0x0964, 0x061F, 0x06D4, 0x203D: .sentenceEnd
    case 0xFF0C, 0x3001, 0x060C, 0xFF1B: .comma
    case 0xFF1A: .colon
    case 0xB7, 0x2022, 0x203A, 0xBB, 0x2192, 0xFF5C, 0x25B8, 0x25BA: .separator
    case 0xA2...0xA5, 0x20A0...0x20BF, 0xFFE5: .currency
    default: .symbol
    }
  }

  /// Measures a block's text, and adds its words' hashes to `hashes`, at most `limit` of them.
  ///
  /// A word's hash is that of its folded form: case and accents are gone, all numbers are one word, and
  /// each letter of a script without spaces is a word.
  /// - Complexity: O(`text.count`).
  static func measure(
    _ text: Span<UInt8>, hashes: inout [UInt32], limit: Int
  ) -> TextMeasures {
    var scanner = TextScanner(firstHash: hashes.count, limit: limit)
    let marks = asciiMarks.span
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte.isASCIISmallLetter {
        scanner.takeSmallLetters(text, from: &index, hashes.count)
      } else if byte < 0x80 {
        index &+= 1
        scanner.take(byte, marks[Int(byte)], &hashes)
      } else {
        let scalar = text.scalar(at: index)
        index &+= scalar.length
        scanner.take(scalar: scalar.value, &hashes)
      }
    }
    return scanner.end(&hashes)
  }
}

/// The state in the middle of a block's text.
private struct TextScanner {
  private var measures = TextMeasures()
  /// Of the word that is being read: hash, characters, digits among them.
  private var hash: UInt64 = 0
  private var length = 0
  private var digits = 0
  /// Whether a full stop or the like has just been read: a space after it ends a sentence.
  private var wasSentenceEnd = false
  private let firstHash: Int
  private let lastHash: Int

  init(firstHash: Int, limit: Int) {
    self.firstHash = firstHash
    lastHash = firstHash + limit
  }

  /// Takes a run of small letters; most texts consist of these, so their kind is noted once per run. After the
  /// words that count, no hashes are needed.
  @inline(__always)
  mutating func takeSmallLetters(
    _ text: Span<UInt8>, from index: inout Int, _ hashCount: Int
  ) {
    let start = index
    if hashCount < lastHash {
      var hash = hash
      repeat {
        hash = WordHash.add(UInt32(text[index]), to: hash)
        index &+= 1
      } while index < text.count && text[index].isASCIISmallLetter
      self.hash = hash
    } else {
      repeat { index &+= 1 } while index < text.count && text[index].isASCIISmallLetter
    }
    let count = index &- start
    length &+= count
    measures.letters &+= count
    measures.cased &+= count
    note(.lowercase)
  }

  @inline(__always)
  mutating func take(_ byte: UInt8, _ mark: TextMeasures.Mark, _ hashes: inout [UInt32]) {
    switch mark {
    case .lowercase, .capital:
      addLetter(UInt32(byte | 0x20))
      measures.cased &+= 1
      if mark == .capital { measures.capitals &+= 1 }
    case .digit: addDigit(UInt32(byte))
    default:
      endWord(&hashes)
      if byte == 0x0A { measures.lineBreaks &+= 1 }
    }
    note(mark)
  }

  mutating func take(scalar: UInt32, _ hashes: inout [UInt32]) {
    switch ScalarClass.table[scalar] {
    case .letter:
      addLetter(Folding.letter(scalar))
      noteCase(of: scalar)
    case .unspacedLetter:
      endWord(&hashes)
      measures.unspaced &+= 1
      add(WordHash.finish(WordHash.add(scalar, to: 0)), &hashes)
      note(.letter)
    case .digit:
      addDigit(0x30)
      note(.digit)
    case .mark, .invisible: break
    case .space:
      endWord(&hashes)
      note(.none)
    case .other:
      endWord(&hashes)
      let mark = TextMeasures.mark(of: scalar)
      note(mark)
      // In scripts without spaces, no space follows the mark.
      if mark == .sentenceEnd { endSentence() }
    }
  }

  mutating func end(_ hashes: inout [UInt32]) -> TextMeasures {
    endWord(&hashes)
    endSentence()
    measures.words &+= (measures.unspaced &+ 1) / 2
    measures.letters &+= measures.unspaced
    // Scripts without capitals count as beginning with a capital and ending with a small letter, as most blocks do.
    if measures.first == .letter { measures.first = .capital }
    if measures.last == .letter { measures.last = .lowercase }
    measures.hashes = firstHash..<hashes.count
    return measures
  }

  @inline(__always)
  private mutating func addLetter(_ scalar: UInt32) {
    hash = WordHash.add(scalar, to: hash)
    length &+= 1
    measures.letters &+= 1
  }

  @inline(__always)
  private mutating func addDigit(_ scalar: UInt32) {
    hash = WordHash.add(scalar, to: hash)
    length &+= 1
    digits &+= 1
    measures.digits &+= 1
  }

  @inline(__always)
  private mutating func endWord(_ hashes: inout [UInt32]) {
    guard length > 0 else { return }
    measures.words &+= 1
    add(length == digits ? WordHash.number : WordHash.finish(hash), &hashes)
    (hash, length, digits) = (0, 0, 0)
  }

  @inline(__always)
  private func add(_ hash: UInt32, _ hashes: inout [UInt32]) {
    if hashes.count < lastHash { hashes.append(hash) }
  }

  private mutating func noteCase(of scalar: UInt32) {
    switch Casing.of(scalar) {
    case .none: note(.letter)
    case .small:
      measures.cased &+= 1
      note(.lowercase)
    case .capital:
      measures.cased &+= 1
      measures.capitals &+= 1
      note(.capital)
    }
  }

  @inline(__always)
  private mutating func endSentence() {
    if wasSentenceEnd { measures.sentences &+= 1 }
    wasSentenceEnd = false
  }

  @inline(__always)
  private mutating func note(_ mark: TextMeasures.Mark) {
    switch mark {
    case .none:
      endSentence()
      return
    case .sentenceEnd: wasSentenceEnd = true
    case .comma:
      measures.commas &+= 1
      wasSentenceEnd = false
    case .separator: measures.separators &+= 1
    case .currency: measures.currencies &+= 1
    case .symbol, .colon: measures.symbols &+= 1
    default: wasSentenceEnd = false
    }
    if measures.first == .none { measures.first = mark }
    measures.last = mark
  }
}

/// The hash of a word, letter by letter.
enum WordHash {
  /// The hash that stands for every number.
  static let number: UInt32 = 0x6E75_6D23

  @inline(__always)
  static func add(_ scalar: UInt32, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15 ^ hash &>> 29
  }

  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (hash ^ hash &>> 32) &* 0xFF51_AFD7_ED55_8CCD &>> 32)
  }

  /// The hash of two words that follow each other, or of a word in a role.
  @inline(__always)
  static func pair(_ first: UInt32, _ second: UInt32) -> UInt32 {
    finish(add(second, to: UInt64(first) &* 0xC2B2_AE3D_27D4_EB4F &+ 1))
  }
}
