import Bytes
import TestSupport
import Testing

@Suite struct UTF8TextTests {
  // MARK: Validation

  @Test(
    "the first ill-formed byte is found",
    arguments: [
      ([], nil), ([0x61], nil), (Array("é東🌊".utf8), nil), ([0x00, 0x7F], nil),
      ([0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80], nil), ([0xF4, 0x8F, 0xBF, 0xBF], nil),
      ([0x61, 0x80], 1), ([0x61, 0x62, 0xFF, 0x63], 2), ([0xC3], 0), ([0xC3, 0x61], 0),
      ([0xC0, 0x80], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 0), ([0xED, 0xA0, 0x80], 0),
      ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      (Array("東".utf8) + [0xE6, 0x9D], 3), (Array("🌊".utf8) + [0xF0, 0x9F, 0x8C, 0x41], 4),
    ] as [([UInt8], Int?)])
  func firstIllFormed(bytes: [UInt8], offset: Int?) {
    #expect(UTF8Text.firstIllFormed(in: bytes.span) == offset)
    #expect((UTF8Text(validating: bytes) == nil) == (offset != nil))
  }

  // MARK: Repair

  @Test(
    "each maximal part that is ill-formed becomes one U+FFFD",
    arguments: [
      // The examples of the Unicode Standard, version 16, tables 3-8 to 3-11.
      ([0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41], "��������A"),
      ([0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF, 0xED, 0xAF, 0x41], "��������A"),
      ([0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42], "�����A��B"),
      ([0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41], "����A"),
      ([0x63, 0x61, 0x66, 0xE9, 0x20, 0xC3, 0xA9], "caf� é"),
      (Array("whole".utf8), "whole"), ([], ""),
    ] as [([UInt8], String)])
  func repair(bytes: [UInt8], expected: String) {
    #expect(UTF8Text(repairing: bytes).string == expected)
  }

  @Test(
    "repaired text is well-formed, and well-formed text stays", arguments: 0..<20 as Range<UInt64>)
  func repairOfAnything(seed: UInt64) {
    var random = Seed(seed)
    let lead: [UInt8] = [0x41, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
    for _ in 0..<200 {
      let bytes = (0..<random.below(12)).map { _ in
        random.oneIn(2) ? lead[random.below(lead.count)] : UInt8(0x80 + random.below(0x40))
      }
      let text = UTF8Text(repairing: bytes)
      #expect(UTF8Text.firstIllFormed(in: text.bytes.span) == nil)
      #expect(UTF8Text(repairing: text.bytes) == text)
    }
  }

  // MARK: Counting

  @Test(
    "scalars are counted as Python counts them",
    arguments: [("", 0), ("abc", 3), ("é東🌊", 3), ("e\u{301}", 2), ("👩‍👩‍👧", 5)])
  func scalarCount(text: String, count: Int) {
    #expect(UTF8Text(text).scalarCount == count)
  }
}
