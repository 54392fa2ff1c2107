/// Cuts text into words: runs of letters, digits and marks; in scripts without spaces, each letter with
/// the marks that follow it.
///
/// A deliberate simplification of UAX #29: apostrophes and hyphens split words, which costs nothing for
/// counting and shingling and keeps the loop free of look-ahead.
public enum Words {
  /// Calls `body` with the byte range of each word, in order.
  /// - Parameter text: Well-formed UTF-8.
  /// - Complexity: O(`text.count`); allocates nothing.
  @inlinable @inline(__always)
  public static func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    let ascii = ScalarClass.ascii
    let table = ScalarClass.table
    var start = -1
    var startsUnspaced = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      let kind: ScalarClass
      let length: Int
      if byte < 0x80 {
        kind = ascii[Int(byte)]
        length = 1
      } else {
        let scalar = text.scalar(at: index)
        kind = table[scalar.value]
        length = scalar.length
      }
      switch kind {
      case .letter, .digit:
        if start >= 0, startsUnspaced {
          body(start..<index)
          start = -1
        }
        if start < 0 {
          start = index
          startsUnspaced = false
        }
      case .unspacedLetter:
        if start >= 0 { body(start..<index) }
        start = index
        startsUnspaced = true
      case .mark, .invisible:
        break
      case .space, .other:
        if start >= 0 { body(start..<index) }
        start = -1
      }
      index &+= length
    }
    if start >= 0 { body(start..<text.count) }
  }

  /// How many words there are.
  public static func count(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    forEach(in: text) { _ in count &+= 1 }
    return count
  }
}
