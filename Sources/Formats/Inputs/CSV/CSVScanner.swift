import Bytes

/// Finds the ends of rows, in pieces of a file that come one after another.
///
/// A quote means something only at the start of a field, as for Python's `csv`: a length in inches does not
/// swallow the rows behind it.
struct CSVScanner {
  let delimiter: UInt8
  private var state = State.fieldStart

  private enum State {
    case fieldStart
    case plain
    case quoted
    /// Behind a quote in a quoted field: its end, or the first of two.
    case quoteInQuoted
  }

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Whether a quoted field was begun that has not ended.
  var isInQuotes: Bool { state == .quoted }

  /// The line feed that ends the row, from `start` on; nil when it is not among the bytes.
  /// - Complexity: O(bytes), most of them at the speed of a search for one byte.
  mutating func endOfRow(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      switch state {
      case .quoted:
        guard let quote = bytes.index(of: CSVScanner.quote, from: index) else { return nil }
        state = .quoteInQuoted
        index = quote + 1
      case .fieldStart, .plain, .quoteInQuoted:
        let byte = bytes[index]
        if byte == UInt8(ascii: "\n") {
          state = .fieldStart
          return index
        } else if byte == delimiter {
          state = .fieldStart
        } else if byte == CSVScanner.quote, state != .plain {
          state = .quoted
        } else {
          state = .plain
        }
        index += 1
      }
    }
    return nil
  }

  static let quote = UInt8(ascii: "\"")
}
