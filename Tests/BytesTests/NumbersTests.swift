import Bytes
import Testing

@Suite struct NumbersTests {
  @Test("numbers are rounded to the places asked for")
  func decimals() {
    #expect(fixed(3.14159, 2) == "3.14")
    #expect(fixed(0.996, 2) == "1.00")
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(12345.6, 0) == "12,346")
    #expect(fixed(-0.25, 1) == "-0.3")
    #expect(fixed(-1.5, 2) == "-1.50")
    #expect(fixed(.infinity, 1) == "–")
  }

  @Test("thousands are set apart")
  func thousands() {
    #expect(grouped(0) == "0")
    #expect(grouped(999) == "999")
    #expect(grouped(1000) == "1,000")
    #expect(grouped(-123_456) == "-123,456")
    #expect(grouped(1_234_567) == "1,234,567")
  }
}
