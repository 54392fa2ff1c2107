import Bytes
import Testing

@Suite struct ScalarTableTests {
  static let table = ScalarTable<UInt32>(rest: 7) { $0.value }

  @Test("every scalar of the lower planes has the value that was given for it")
  func lowerPlanes() {
    let wrong = (0..<0x40000 as Range<UInt32>).first { value in
      Self.table[value] != (Unicode.Scalar(value)?.value ?? 7)
    }
    #expect(wrong == nil)
  }

  @Test("surrogates and the planes above have the rest's value")
  func rest() {
    for value: UInt32 in [0xD800, 0xDFFF, 0x40000, 0xE0001, 0x10FFFF] {
      #expect(Self.table[value] == 7)
    }
  }

  @Test("tables of few values work alike")
  func fewValues() {
    let table = ScalarTable<Bool>(rest: false) { $0.value % 1000 == 999 }
    let expected = (0..<0x40000 as Range<UInt32>).filter {
      $0 % 1000 == 999 && Unicode.Scalar($0) != nil
    }
    #expect((0..<0x40000 as Range<UInt32>).filter { table[$0] } == expected)
  }
}
