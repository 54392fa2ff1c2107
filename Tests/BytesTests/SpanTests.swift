import Bytes
import Testing

/// What everything that reads text from spans stands on.
@Suite("bytes: spans") struct SpanTests {
  private let text = Array("grain and chaff".utf8)

  @Test("bytes stand at a place, or do not")
  func places() {
    let span = text.span
    #expect(span.holds("and", at: 6) && span.holds("chaff", at: 10) && span.holds("", at: 15))
    #expect(!span.holds("and", at: 5) && !span.holds("chaff!", at: 10))
    #expect(!span.holds("g", at: -1) && !span.holds("", at: 16))
    #expect(span.starts(with: "grain") && !span.starts(with: "grains"))
    #expect(span.ends(with: Array("chaff".utf8).span) && !span.ends(with: (text + [0]).span))
    #expect(span.byte(at: 14) == UInt8(ascii: "f"))
    #expect(span.byte(at: 15) == 0 && span.byte(at: -1) == 0)
  }

  @Test("the same bytes are equal wherever they stand; a beginning comes first")
  func comparisons() {
    let compared = { (first: [UInt8], second: [UInt8]) in
      (isSame: first.span.equals(second.span), precedes: first.span.precedes(second.span))
    }
    let grain = Array("grain".utf8)
    #expect(compared(Array(text[..<5]), grain) == (true, false))
    #expect(compared([], []) == (true, false))
    #expect(compared(text, grain) == (false, false))
    #expect(compared(grain, text) == (false, true))
    #expect(compared([1, 2], [1, 0xFF]) == (false, true))
  }

  @Test("a search finds the first and the last byte of a part")
  func searches() {
    let span = text.span
    let isA = { (byte: UInt8) in byte == UInt8(ascii: "a") }
    #expect(span.firstIndex(in: 0..<15, where: isA) == 2)
    #expect(span.firstIndex(in: 3..<6, where: isA) == nil)
    #expect(span.lastIndex(in: 0..<15, where: isA) == 12)
    #expect(span.lastIndex(in: 0..<2, where: isA) == nil)
    #expect(span.index(of: UInt8(ascii: "a"), from: 3) == 6)
    #expect(span.index(of: UInt8(ascii: "a"), from: 15) == nil)
    #expect(span.contains(where: isA) && !span.allSatisfy(isA))
  }

  @Test("what is written at a place stands there")
  func stores() {
    var bytes = [UInt8](repeating: 0x2E, count: 20)
    var span = bytes.mutableSpan
    span.store(eightBytes: 0x6867_6665_6463_6261, at: 1)
    span.store(Array("xyz".utf8).span, at: 17)
    let length = span.store(scalar: 0x20AC, at: 12)
    #expect(length == 3)
    #expect(bytes[..<15] == Array(".abcdefgh...€".utf8)[...])
    #expect(bytes[17...] == Array("xyz".utf8)[...])
  }

  @Test("of eight bytes that are appended the first ones count")
  func appends() {
    var bytes = Array("<".utf8)
    bytes.append(addingCapacity: 16) { free in
      free.append(eightBytes: 0x6867_6665_6463_6261, count: 3)
      free.append(eightBytes: 0x6867_6665_6463_6261, count: 8)
    }
    #expect(bytes == Array("<abcabcdefgh".utf8))
  }

  @Test("numbers are written and read in both orders of bytes")
  func numbers() {
    #expect(UInt32(0x0102_0304).littleEndianBytes == [4, 3, 2, 1])
    #expect(UInt32(0x0102_0304).bigEndianBytes == [1, 2, 3, 4])
    for number: Int64 in [0, -1, .min, .max, 0x0102_0304_0506_0708] {
      #expect(([9] + number.littleEndianBytes).number(at: 1) == number)
    }
  }

  @Test("cells hold what was written, and parts of others")
  func cells() {
    let cells = ByteCells(count: 8)
    cells[2] = 7
    cells.fill(4..<6, with: 9)
    let other = ByteCells(count: 3)
    other.copy(2..<5, of: cells, to: 0)
    #expect([UInt8](cells.bytes) == [0, 0, 7, 0, 9, 9, 0, 0])
    #expect([UInt8](other.bytes) == [7, 0, 9])
  }
}
