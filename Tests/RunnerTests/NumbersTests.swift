import Testing

@testable import Runner

@Suite struct NumbersTests {
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
