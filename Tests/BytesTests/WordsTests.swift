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
    #expect(Array(text.utf8).withUnsafeBufferPointer { Words.count(in: $0) } == 0)
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
      bytes.withUnsafeBufferPointer { bytes in
        Words.forEach(in: bytes) { range in
          #expect(range.lowerBound >= end && !range.isEmpty)
          end = range.upperBound
          for index in range { covered[index] = true }
        }
        var index = 0
        while index < bytes.count {
          let (value, length) = bytes.scalar(at: index)
          switch ScalarClass.table[value] {
          case .letter, .unspacedLetter, .digit: #expect(covered[index])
          case .space, .other: #expect(!covered[index])
          case .mark, .invisible: break
          }
          index += length
        }
      }
    }
  }

  private static func words(in text: String) -> [String] {
    var words: [String] = []
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      Words.forEach(in: bytes) { words.append(String(decoding: bytes[$0], as: UTF8.self)) }
    }
    return words
  }
}
