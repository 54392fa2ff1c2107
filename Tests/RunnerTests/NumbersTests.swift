import Testing

@testable import Runner

@Suite struct NumbersTests {
  @Test("numbers are rounded to the places asked for")
  func decimals() {
    #expect(fixed(3.14159, 2) == "3.14")
    #expect(fixed(0.996, 2) == "1.00")
    #expect(fixed(0.05, 1) == "0.1")
    #expect(fixed(12345.6, 0) == "12,346")
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

  @Test("sizes and durations are short")
  func units() {
    #expect(sizeText(999) == "999 B")
    #expect(sizeText(1500) == "1.5 kB")
    #expect(sizeText(184_000_000) == "184 MB")
    #expect(durationText(7) == "0:07")
    #expect(durationText(750) == "12:30")
    #expect(durationText(11_100) == "3:05:00")
  }
}
