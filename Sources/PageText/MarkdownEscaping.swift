import Bytes

/// The context of a text in Markdown.
enum MarkdownPlace {
  case paragraph, heading, cell
  /// Between the brackets of a link or picture.
  case label
}

/// Text as Markdown that shows it: a backslash before what would mean something else (CommonMark 0.31;
/// GitHub Flavored Markdown for tables and strikethrough). Only what would is escaped, since a corpus is
/// read by programs that do not take backslashes off.
enum MarkdownEscaping {
  /// Appends the part of `text` at `range`.
  /// - Parameter isLineStart: Whether the part begins a line.
  static func append(
    _ text: Span<UInt8>, _ range: Range<Int>, in place: MarkdownPlace,
    isLineStart: Bool, to output: inout [UInt8]
  ) {
    var start = range.lowerBound
    if isLineStart, let index = lineMarker(text, range) {
      output.append(contentsOf: text.extracting(start..<index))
      output.append(UInt8(ascii: "\\"))
      output.append(text[index])
      start = index + 1
    }
    for index in start..<max(start, range.upperBound)
    where isSpecial[Int(text[index])] && needsEscape(text, index, in: place) {
      output.append(contentsOf: text.extracting(start..<index))
      output.append(UInt8(ascii: "\\"))
      start = index
    }
    guard start < range.upperBound else { return }
    output.append(contentsOf: text.extracting(start..<range.upperBound))
  }

  private static let isSpecial: [Bool] = (0...255).map {
    "\\`*_[]<&~|!#".utf8.contains($0)
  }

  private static func needsEscape(
    _ text: Span<UInt8>, _ index: Int, in place: MarkdownPlace
  ) -> Bool {
    let next = text.byte(at: index + 1)
    switch text[index] {
    case UInt8(ascii: "`"), UInt8(ascii: "*"): return true
    // Escapes punctuation only; before a line feed it would break the line.
    case UInt8(ascii: "\\"): return next.isASCIIPunctuation || next <= 0x20
    // Inside a word an underscore is one.
    case UInt8(ascii: "_"): return !(text.byte(at: index - 1).isWordByte && next.isWordByte)
    case UInt8(ascii: "["): return place == .label
    case UInt8(ascii: "]"):
      return place == .label || next == UInt8(ascii: "(") || next == UInt8(ascii: ":")
    case UInt8(ascii: "<"):
      return next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
        || next == UInt8(ascii: "?")
    case UInt8(ascii: "&"): return next.isASCIILetter || next == UInt8(ascii: "#")
    case UInt8(ascii: "~"):
      return next == UInt8(ascii: "~") || text.byte(at: index - 1) == UInt8(ascii: "~")
    case UInt8(ascii: "|"): return place == .cell
    case UInt8(ascii: "!"): return next == UInt8(ascii: "[")
    // A heading may end in marks, which are not shown.
    case UInt8(ascii: "#"): return place == .heading && (next <= 0x20 || next == UInt8(ascii: "#"))
    default: return false
    }
  }

  /// The byte to escape in a line that would begin a heading, item, quotation, rule or fence.
  private static func lineMarker(
    _ text: Span<UInt8>, _ range: Range<Int>
  ) -> Int? {
    guard let first = range.first else { return nil }
    let next = first + 1 < range.upperBound ? text[first + 1] : 0x0A
    switch text[first] {
    case UInt8(ascii: ">"), UInt8(ascii: "|"): return first
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
      return next <= 0x20 || next == text[first] ? first : nil
    case UInt8(ascii: "~"): return nil
    case UInt8(ascii: "#"):
      let end = range.first { text[$0] != UInt8(ascii: "#") } ?? range.upperBound
      let isHeading = end - first <= 6 && (end == range.upperBound || text[end] <= 0x20)
      return isHeading ? first : nil
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let end = range.prefix(10).first { !text[$0].isASCIIDigit } ?? range.upperBound
      guard end < range.upperBound, text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ")")
      else { return nil }
      return end + 1 == range.upperBound || text[end + 1] <= 0x20 ? end : nil
    default: return nil
    }
  }
}

extension UInt8 {
  fileprivate var isASCIIPunctuation: Bool {
    (0x21..<0x7F).contains(self) && !isASCIILetter && !isASCIIDigit
  }

  /// Whether it belongs to a word, as far as a byte can tell.
  fileprivate var isWordByte: Bool { isASCIILetter || isASCIIDigit || self >= 0x80 }
}
