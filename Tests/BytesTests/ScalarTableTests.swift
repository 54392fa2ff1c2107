import Bytes
import Testing

@Suite struct ScalarTableTests {
  /// A value that changes from scalar to scalar, but not among ideographs, syllables and private use.
  static func value(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.properties.generalCategory {
    case .otherLetter, .privateUse, .unassigned: 1
    default: scalar.value
    }
  }

  static let table = ScalarTable<UInt32>(rest: 7, value: value)

  @Test("every scalar of planes 0 and 1 has the value that was given for it")
  func lowerPlanes() {
    let wrong = (0..<0x20000 as Range<UInt32>).first { value in
      Self.table[value] != (Unicode.Scalar(value).map(Self.value) ?? 7)
    }
    #expect(wrong == nil)
  }

  @Test("ideographs of the planes above have one value, assigned or not")
  func ideographs() {
    #expect((0x20000...0x3FFFF as ClosedRange<UInt32>).allSatisfy { Self.table[$0] == 1 })
  }

  @Test("variation selectors have their values, surrogates and all else the rest's")
  func rest() {
    #expect(Self.table[0xE0100] == 0xE0100)
    for value: UInt32 in [0xD800, 0xDFFF, 0x40000, 0xF0000, 0x10FFFF] {
      #expect(Self.table[value] == 7)
    }
  }
}
