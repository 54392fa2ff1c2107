import Bytes
import Testing

@Suite struct WildcardPatternTests {
  @Test(
    "an asterisk stands for any text, everything else for itself",
    arguments: [
      ("", "", true), ("", "a", false), ("*", "", true), ("*", "anything", true), ("a", "a", true),
      ("a", "ab", false), ("a*", "ab", true), ("*b", "ab", true), ("a*b", "ab", true),
      ("a*b", "aab", true), ("ab*ba", "aba", false), ("*a*b*", "xbxaxbx", true),
      ("*a*b*", "xbxax", false), ("**", "a", true), ("a.c", "abc", false), ("*ü*", "für", true),
      ("a*bc*c", "abcc", true), ("a*bc*cc", "abcc", false),
    ])
  func matches(pattern: String, text: String, expected: Bool) {
    #expect(WildcardPattern(pattern).matches(text) == expected)
  }

  @Test("a pattern of many asterisks takes no more than linear time")
  func hostile() {
    let text = String(repeating: "a", count: 1 << 16)
    let pattern = WildcardPattern(String(repeating: "a*", count: 1 << 10) + "b")
    #expect(!pattern.matches(text))
  }
}

@Suite struct BytePatternTests {
  @Test(
    "the first place, where there is one",
    arguments: [
      ("", "abc", 0), ("abc", "abc", 0), ("c", "abcc", 2), ("aab", "aaaab", 2),
      ("abab", "abacabab", 4),
      ("d", "abc", nil), ("abcd", "abc", nil), ("aabaaab", "aabaabaaab", 3),
    ] as [(String, String, Int?)])
  func place(piece: String, text: String, expected: Int?) {
    let pattern = BytePattern(Array(piece.utf8))
    let found = pattern.firstRange(in: 0..<text.utf8.count, of: text.utf8.span)
    #expect(found == expected.map { $0..<$0 + piece.utf8.count })
  }
}
