/// Cuts text into the units that people see: paragraphs and lines.
///
/// Only the line feed ends a line; what stands before it at the end of a line, a carriage return too, is
/// white space like any other byte up to 0x20.
public enum TextBlocks {
  /// Calls `body` with the byte range of each paragraph, in order, without white space around it.
  /// Paragraphs are separated by lines with nothing but white space in them.
  /// - Complexity: O(`text.count`); allocates nothing.
  public static func forEachParagraph(
    in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var paragraph = 0..<0
    forEachTrimmedLine(in: text) { line in
      if line.isEmpty {
        if !paragraph.isEmpty { body(paragraph) }
        paragraph = 0..<0
      } else {
        paragraph = (paragraph.isEmpty ? line : paragraph).lowerBound..<line.upperBound
      }
    }
    if !paragraph.isEmpty { body(paragraph) }
  }

  /// Calls `body` with the byte range of each line that has more than white space in it, in order,
  /// without white space around it.
  /// - Complexity: O(`text.count`); allocates nothing.
  public static func forEachLine(
    in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    forEachTrimmedLine(in: text) { if !$0.isEmpty { body($0) } }
  }

  /// How many lines have more than white space in them.
  public static func countLines(in text: Span<UInt8>) -> Int {
    var count = 0
    forEachLine(in: text) { _ in count += 1 }
    return count
  }

  /// All lines, empty ones too. Only their ends are looked at byte by byte.
  @inline(__always)
  private static func forEachTrimmedLine(
    in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = 0
    while start < text.count {
      let lineEnd = text.index(of: UInt8(ascii: "\n"), from: start) ?? text.count
      var (first, end) = (start, lineEnd)
      while first < end, text[first] <= 0x20 { first &+= 1 }
      while end > first, text[end &- 1] <= 0x20 { end &-= 1 }
      body(first..<end)
      start = lineEnd &+ 1
    }
  }
}
