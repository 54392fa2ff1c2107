import Bytes

/// E-mail addresses as people publish them: the dot-atom of RFC 5322 without its rarer signs, at a
/// domain name in ASCII (RFC 5321).
enum EmailPattern {
  /// The bounds of RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.2.
  private static let maximumLocalPart = 64
  private static let maximumDomain = 255
  /// The bound of RFC 1035, section 2.3.4.
  private static let maximumLabel = 63

  /// The address around the `@` at `index`.
  /// - Parameter floor: The address must not begin before.
  static func match(
    in text: Span<UInt8>, at index: Int, from floor: Int
  ) -> Range<Int>? {
    guard let start = localPartStart(in: text, endingAt: index, from: floor),
      let end = domainEnd(in: text, from: index + 1)
    else { return nil }
    return start..<end
  }

  private static func localPartStart(
    in text: Span<UInt8>, endingAt end: Int, from floor: Int
  ) -> Int? {
    var start = end
    while start > floor, isLocalPart(text[start - 1]) {
      // Dots stand singly and not at the ends: those before are an ellipsis.
      if text[start - 1] == dot, start == end || text[start] == dot { break }
      start -= 1
      guard end - start <= maximumLocalPart else { return nil }
    }
    while start < end, !text[start].isASCIILetter, !text[start].isASCIIDigit, text[start] != 0x5F {
      start += 1
    }
    let isInside = text.isWord(before: start) || text.byte(at: start - 1) == UInt8(ascii: "@")
    return start == end || isInside ? nil : start
  }

  private static func isLocalPart(_ byte: UInt8) -> Bool {
    switch byte {
    case dot, UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
    default: byte.isASCIILetter || byte.isASCIIDigit
    }
  }

  /// Where the longest domain name of two labels or more ends whose last is of letters.
  private static func domainEnd(in text: Span<UInt8>, from start: Int) -> Int? {
    var end: Int?
    var label = start
    while true {
      var index = label
      while index < text.count, isDomain(text[index]), index - start <= maximumDomain { index += 1 }
      let labelEnd = index
      guard labelEnd > label, text[label] != hyphen, text[labelEnd - 1] != hyphen,
        labelEnd - label <= maximumLabel, labelEnd - start <= maximumDomain
      else { break }
      if label > start, isTopLevel(text.extracting(label..<labelEnd)) {
        end = labelEnd
      }
      guard text.byte(at: labelEnd) == dot else { break }
      label = labelEnd + 1
    }
    // An address that goes on in other letters, or with another @, is no address.
    guard let end, !text.isWord(at: end), text.byte(at: end) != UInt8(ascii: "@"),
      text.byte(at: end) != UInt8(ascii: "_")
    else { return nil }
    return end
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte == hyphen
  }

  /// Letters alone, or the form of an international name (RFC 5890).
  private static func isTopLevel(_ label: Span<UInt8>) -> Bool {
    label.count >= 2 && (label.allSatisfy(\.isASCIILetter) || label.holds("xn--", at: 0))
  }

  private static let dot = UInt8(ascii: ".")
  private static let hyphen = UInt8(ascii: "-")
}
