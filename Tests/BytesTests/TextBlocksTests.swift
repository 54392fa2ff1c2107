import Bytes
import TestSupport
import Testing

@Suite struct TextBlocksTests {
  private func paragraphs(_ text: String) -> [String] {
    var found: [String] = []
    let bytes = text.utf8.span
    TextBlocks.forEachParagraph(in: bytes) {
      found.append(String(decoding: bytes.extracting($0)))
    }
    return found
  }

  private func lines(_ text: String) -> [String] {
    var found: [String] = []
    let bytes = text.utf8.span
    TextBlocks.forEachLine(in: bytes) { found.append(String(decoding: bytes.extracting($0))) }
    return found
  }

  @Test("paragraphs are separated by lines with nothing but white space in them")
  func paragraphExamples() {
    #expect(paragraphs("") == [])
    #expect(paragraphs(" \n\t\n") == [])
    #expect(paragraphs("one") == ["one"])
    #expect(paragraphs("one\ntwo\n\nthree") == ["one\ntwo", "three"])
    #expect(paragraphs("\n\n  one \r\n \t\r\n  two\n\n\n") == ["one", "two"])
  }

  @Test("lines with nothing but white space are none")
  func lineExamples() {
    #expect(lines("") == [])
    #expect(lines("\n \n") == [])
    #expect(lines("one") == ["one"])
    #expect(lines("  one two\r\n\n\tthree \nfour\n") == ["one two", "three", "four"])
  }

  @Test("cutting agrees with splitting strings", arguments: 0..<200 as Range<UInt64>)
  func property(seed: UInt64) {
    var random = Seed(seed)
    let alphabet = ["a", "é", " ", "\n", "\n\n", "\t", "字"]
    let text = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }.joined()
    let trimmed = { (line: Substring.UTF8View) -> [UInt8] in
      Array(line.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
    }
    let all = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    let naiveLines = all.map { trimmed($0) }.filter { !$0.isEmpty }
    #expect(lines(text).map { Array($0.utf8) } == naiveLines)
    // A line with white space alone ends a paragraph; inside of one lines stay as they are.
    let naiveParagraphs = all.split { trimmed($0).isEmpty }.map { lines in
      trimmed(Substring(lines.map { String($0) ?? "" }.joined(separator: "\n")).utf8)
    }
    #expect(paragraphs(text).map { Array($0.utf8) } == naiveParagraphs)
  }
}
