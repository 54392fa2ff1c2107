/// Cuts text into the units that people see: paragraphs and lines.
///
/// Only the line feed ends a line; what stands before it at the end of a line, a carriage return too, is
/// white space like any other byte up to 0x20.
public enum TextBlocks {
  /// Calls `body` with the byte range of each paragraph, in order, without white space around it.
  /// Paragraphs are separated by lines with nothing but white space in them.
  /// - Complexity: O(`text.count`); allocates nothing.
  public static func forEachParagraph(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = -1
    var end = 0
    var lineFeeds = 0
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "\n") {
        lineFeeds &+= 1
      } else if byte > 0x20 {
        if start >= 0, lineFeeds >= 2 {
          body(start..<end)
          start = index
        }
        if start < 0 { start = index }
        end = index &+ 1
        lineFeeds = 0
      }
    }
    if start >= 0 { body(start..<end) }
  }

  /// Calls `body` with the byte range of each line that has more than white space in it, in order,
  /// without white space around it.
  /// - Complexity: O(`text.count`); allocates nothing.
  public static func forEachLine(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = 0
    while start < text.count {
      let lineEnd = text.index(of: UInt8(ascii: "\n"), from: start) ?? text.count
      var (first, end) = (start, lineEnd)
      while first < end, text[first] <= 0x20 { first &+= 1 }
      while end > first, text[end &- 1] <= 0x20 { end &-= 1 }
      if first < end { body(first..<end) }
      start = lineEnd &+ 1
    }
  }
}
