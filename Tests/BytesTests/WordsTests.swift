import Bytes
import TestSupport
import Testing

struct WordsTests {
  // MARK: Worked examples

  @Test(
    "text is cut into words",
    arguments: [
      ("The quick, brown fox.", ["The", "quick", "brown", "fox"]),
      ("don't e-mail", ["don", "t", "e", "mail"]),
      ("café naïve Łódź", ["café", "naïve", "Łódź"]),
      ("cafe\u{301} x", ["cafe\u{301}", "x"]),
      ("co\u{AD}operate", ["co\u{AD}operate"]),
      ("iOS 17 G7", ["iOS", "17", "G7"]),
      ("東京 1964年", ["東", "京", "1964", "年"]),
      ("Tシャツ", ["T", "シ", "ャ", "ツ"]),
      ("ที่นี่", ["ที่", "นี่"]),
      ("서울에서 만나요", ["서울에서", "만나요"]),
      ("किताब", ["किताब"]),
    ])
  func words(text: String, expected: [String]) {
    #expect(Self.words(in: text) == expected)
  }

  // MARK: Edges

  @Test(
    "text without letters and digits has no words", arguments: ["", " ", "— … !", "\u{301}", "😀"])
  func none(text: String) {
    #expect(Self.words(in: text).isEmpty)
    #expect(Words.count(in: text.utf8.span) == 0)
  }

  @Test("a word may end with the text")
  func end() { #expect(Self.words(in: "so it ends") == ["so", "it", "ends"]) }

  // MARK: Properties

  @Test("words are in order, do not overlap, and leave out no letter and no digit")
  func complete() {
    var seed = Seed(4)
    let alphabet = Array("aB é東カ1-' \n\u{301}\u{AD}ก한.".unicodeScalars)
    for _ in 0..<500 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...24, using: &seed) {
        if let scalar = alphabet.randomElement(using: &seed) { text.append(scalar) }
      }
      let bytes = Array(String(text).utf8)
      var covered = [Bool](repeating: false, count: bytes.count)
      var end = 0
      Words.forEach(in: bytes.span) { range in
        #expect(range.lowerBound >= end && !range.isEmpty)
        end = range.upperBound
        for index in range { covered[index] = true }
      }
      var index = 0
      while index < bytes.count {
        let (value, length) = bytes.span.scalar(at: index)
        switch ScalarClass.table[value] {
        case .letter, .unspacedLetter, .digit: #expect(covered[index])
        case .space, .other: #expect(!covered[index])
        case .mark, .invisible: break
        }
        index += length
      }
    }
  }

  @Test("words are those that one finds scalar by scalar", arguments: 1...4)
  func naive(seed: Int) {
    var seed = Seed(UInt64(seed))
    let alphabet = Array("aZz09@[`{/:_ \n.é東カ\u{301}\u{AD}ก한".unicodeScalars)
    for _ in 0..<400 {
      var text = String.UnicodeScalarView()
      for _ in 0..<seed.below(12) {
        // Runs of one class, so that words of all lengths stand at all offsets.
        let scalar = alphabet[seed.below(alphabet.count)]
        for _ in 0...seed.below(20) { text.append(seed.oneIn(9) ? "b" : scalar) }
      }
      #expect(Self.words(in: String(text)) == Self.naiveWords(in: text))
    }
  }

  @Test("every byte of ASCII is part of a word or not as its class says")
  func ascii() {
    for byte in UInt8(0)..<0x80 {
      let text = String(
        decoding: Array("12345678".utf8) + [byte] + Array("12345678".utf8), as: UTF8.self)
      #expect((Self.words(in: text).count == 1) == ScalarClass.table[UInt32(byte)].isWord)
    }
  }

  /// With words broken as the classes say, one scalar after another.
  private static func naiveWords(in text: String.UnicodeScalarView) -> [String] {
    var words: [String.UnicodeScalarView] = []
    var (isOpen, isUnspaced) = (false, false)
    for scalar in text {
      switch ScalarClass.table[scalar.value] {
      case .space, .other: isOpen = false
      case .mark, .invisible: if isOpen { words[words.count - 1].append(scalar) }
      case .letter, .digit:
        if isOpen, !isUnspaced {
          words[words.count - 1].append(scalar)
        } else {
          words.append(.init([scalar]))
        }
        (isOpen, isUnspaced) = (true, false)
      case .unspacedLetter:
        words.append(.init([scalar]))
        (isOpen, isUnspaced) = (true, true)
      }
    }
    return words.map { String($0) }
  }

  private static func words(in text: String) -> [String] {
    var words: [String] = []
    let bytes = text.utf8.span
    Words.forEach(in: bytes) { words.append(String(decoding: bytes.extracting($0))) }
    return words
  }
}
