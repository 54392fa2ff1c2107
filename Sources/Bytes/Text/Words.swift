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
    in text: Span<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    let table = ScalarClass.table
    var index = 0
    while true {
      // Where the next word starts.
      var kind = ScalarClass.other
      while index < text.count {
        let byte = text[index]
        if byte < 0x80 {
          if byte.isASCIILetter || byte.isASCIIDigit {
            kind = .letter
            break
          }
          index &+= 1
        } else {
          let scalar = text.scalar(at: index)
          kind = table[scalar.value]
          if kind == .letter || kind == .digit || kind == .unspacedLetter { break }
          index &+= scalar.length
        }
      }
      if index >= text.count { return }
      let start = index
      // Where it ends.
      if kind == .unspacedLetter { index &+= text.scalar(at: index).length }
      while index < text.count {
        if kind != .unspacedLetter, index &+ 8 <= text.count {
          index &+= EightBytes.lettersAndDigits(text.eightBytes(at: index))
          if index == text.count { break }
        }
        let scalar = text.scalar(at: index)
        let next = table[scalar.value]
        let isPart =
          next == .mark || next == .invisible
          || kind != .unspacedLetter && (next == .letter || next == .digit)
        if !isPart { break }
        index &+= scalar.length
      }
      body(start..<index)
    }
  }

  /// How many words there are.
  public static func count(in text: Span<UInt8>) -> Int {
    var count = 0
    forEach(in: text) { _ in count &+= 1 }
    return count
  }
}
