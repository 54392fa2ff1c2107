import Bytes
import Testing

struct ScalarClassTests {
  @Test(
    "scalars are classed by what they are in words",
    arguments: [
      (ScalarClass.letter, "aZßéİωЖאعहǅⅣʰ한ᄀ"),
      (.unspacedLetter, "東ひカｶ々〇กລខမ\u{20000}\u{2A6D6}"),
      (.digit, "07٣９½²"),
      (.mark, "\u{301}\u{64B}\u{93F}\u{E31}\u{20DD}\u{FE0F}\u{E0100}"),
      (.invisible, "\u{AD}\u{200B}\u{200D}\u{200E}\u{2060}\u{FEFF}"),
      (.space, " \t\n\r\u{B}\u{C}\u{85}\u{A0}\u{1680}\u{2028}\u{2029}\u{202F}\u{3000}"),
      (.other, "_-'.,!€©→☂😀。、\u{0}\u{1B}\u{FFFD}\u{E000}\u{10FFFF}\u{378}"),
    ])
  func classes(expected: ScalarClass, scalars: String) {
    for scalar in scalars.unicodeScalars {
      #expect(ScalarClass.table[scalar.value] == expected, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("the table for ASCII is the beginning of the table")
  func ascii() {
    #expect(ScalarClass.ascii == (0..<128).map { ScalarClass.table[$0] })
  }

  @Test("letters, digits and marks stand in words, nothing else does")
  func words() {
    let kinds: [ScalarClass] = [
      .other, .space, .letter, .unspacedLetter, .digit, .mark, .invisible,
    ]
    #expect(kinds.map(\.isWord) == [false, false, true, true, true, true, false])
  }

  @Test("white space is what the property White_Space says")
  func whiteSpace() {
    for value in UInt32(0)..<0x20000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isSpace = ScalarClass.table[value] == .space
      #expect(isSpace == scalar.properties.isWhitespace, "U+\(String(value, radix: 16))")
    }
  }
}
