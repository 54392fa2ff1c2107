import Bytes

/// What one pass over a block's text finds.
struct TextMeasures {
  /// Words; two letters of a script without spaces count as one.
  var words = 0
  var letters = 0
  var capitals = 0
  var digits = 0
  /// Marks that are neither letters, digits nor spaces.
  var symbols = 0
  /// Full stops, exclamation and question marks behind which a sentence ends.
  var sentences = 0
  var commas = 0
  /// Bars, bullets, arrows and slashes, which stand between the items of a row.
  var separators = 0
  var currencies = 0
  var lineBreaks = 0
  /// What the first and last visible characters are.
  var first = Mark.none
  var last = Mark.none
  /// The words' hashes in `WordHashes.hashes`.
  var hashes = 0..<0

  enum Mark: UInt8 {
    case none, symbol, separator, currency, digit, lowercase, letter, capital, comma, colon,
      sentenceEnd
  }
}

/// What an ASCII character is to the measures.
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
  /// What a character beyond ASCII that is no letter is.
  private static func mark(of scalar: UInt32) -> Mark {
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
    _ text: UnsafeBufferPointer<UInt8>, hashes: inout [UInt32], limit: Int
  ) -> TextMeasures {
    var measures = TextMeasures()
    let firstHash = hashes.count
    let end = firstHash + limit
    var unspaced = 0
    var hash: UInt64 = 0
    var length = 0
    var digitsInWord = 0
    var wasSentenceEnd = false
    var index = 0
    asciiMarks.withUnsafeBufferPointer { marks in
      func endWord() {
        guard length > 0 else { return }
        measures.words &+= 1
        if hashes.count < end {
          hashes.append(length == digitsInWord ? WordHash.number : WordHash.finish(hash))
        }
        (hash, length, digitsInWord) = (0, 0, 0)
      }
      while index < text.count {
        let byte = text[index]
        var mark: Mark
        if byte < 0x80 {
          index &+= 1
          mark = marks[Int(byte)]
          switch mark {
          case .lowercase, .capital:
            hash = WordHash.add(UInt32(byte | 0x20), to: hash)
            length &+= 1
            measures.letters &+= 1
            if mark == .capital { measures.capitals &+= 1 }
          case .digit:
            hash = WordHash.add(UInt32(byte), to: hash)
            length &+= 1
            digitsInWord &+= 1
            measures.digits &+= 1
          default:
            endWord()
            if byte == 0x0A { measures.lineBreaks &+= 1 }
          }
        } else {
          let scalar = text.scalar(at: index)
          index &+= scalar.length
          switch ScalarClass.table[scalar.value] {
          case .letter:
            let folded = Folding.table[scalar.value]
            mark = folded == Folding.unchanged ? .letter : .capital
            if folded < 0x80 || scalar.value < 0x250 { mark = .lowercase }
            hash = WordHash.add(folded == Folding.unchanged ? scalar.value : folded, to: hash)
            length &+= 1
            measures.letters &+= 1
          case .unspacedLetter:
            endWord()
            mark = .letter
            unspaced &+= 1
            if hashes.count < end {
              hashes.append(WordHash.finish(WordHash.add(scalar.value, to: 0)))
            }
          case .digit:
            mark = .digit
            hash = WordHash.add(0x30, to: hash)
            length &+= 1
            digitsInWord &+= 1
            measures.digits &+= 1
          case .mark, .invisible: continue
          case .space:
            endWord()
            continue
          case .other:
            endWord()
            mark = TextMeasures.mark(of: scalar.value)
          }
        }
        switch mark {
        case .none:
          if wasSentenceEnd { measures.sentences &+= 1 }
          wasSentenceEnd = false
          continue
        case .sentenceEnd:
          // Scripts without spaces have none behind a sentence.
          if byte >= 0x80 { measures.sentences &+= 1 } else { wasSentenceEnd = true }
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
      endWord()
    }
    if wasSentenceEnd { measures.sentences &+= 1 }
    measures.words &+= (unspaced &+ 1) / 2
    measures.letters &+= unspaced
    measures.hashes = firstHash..<hashes.count
    return measures
  }
}

/// The hash of a word, letter by letter.
enum WordHash {
  /// What every number counts as.
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
