import Bytes

/// What the words of a `class` or `itemprop` say an element holds.
struct PlaceMarks: OptionSet {
  let rawValue: UInt8

  static let author = PlaceMarks(rawValue: 1)
  static let date = PlaceMarks(rawValue: 2)
  static let published = PlaceMarks(rawValue: 4)
  static let modified = PlaceMarks(rawValue: 8)
  /// It is about something beside the page's own content: a comment, a review, another page.
  static let foreign = PlaceMarks(rawValue: 16)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reads the words. One pass, because nearly every element of a page has classes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self = []
    for index in bytes.indices {
      switch bytes[index] | 0x20 {
      case UInt8(ascii: "a"):
        if bytes.hasPrefix("author", at: index), !bytes.hasPrefix("authorit", at: index),
          !bytes.hasPrefix("authoriz", at: index)
        {
          insert(.author)
        }
      case UInt8(ascii: "b"): if bytes.hasPrefix("byline", at: index) { insert(.author) }
      case UInt8(ascii: "c"):
        if bytes.hasPrefix("comment", at: index) { insert(.foreign) }
        if bytes.hasPrefix("contributor", at: index) { insert(.author) }
      case UInt8(ascii: "d"): if bytes.hasDate(at: index) { insert(.date) }
      case UInt8(ascii: "e"): if bytes.hasPrefix("entry-date", at: index) { insert(.published) }
      case UInt8(ascii: "m"): if bytes.hasPrefix("modif", at: index) { insert(.modified) }
      case UInt8(ascii: "p"):
        if bytes.hasPrefix("publish", at: index) && !bytes.hasPrefix("publisher", at: index)
          || bytes.hasPrefix("publicationtime", at: index)
          || bytes.hasPrefix("publicationdate", at: index) || bytes.hasPrefix("posted", at: index)
          || bytes.hasPrefix("pubdate", at: index)
        {
          insert(.published)
        }
      case UInt8(ascii: "r"):
        if bytes.hasPrefix("related", at: index) || bytes.hasPrefix("recommend", at: index)
          || bytes.hasPrefix("review", at: index)
        {
          insert(.foreign)
        }
      case UInt8(ascii: "t"):
        if bytes.hasPrefix("timestamp", at: index) { insert(.date) }
        if bytes.hasPrefix("testimonial", at: index) || bytes.hasPrefix("teaser", at: index) {
          insert(.foreign)
        }
      case UInt8(ascii: "u"): if bytes.hasPrefix("update", at: index) { insert(.modified) }
      default: break
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the word "date" stands at `index`, rather than a part of "update" or "candidates".
  fileprivate func hasDate(at index: Int) -> Bool {
    guard hasPrefix("date", at: index) else { return false }
    let before = byte(at: index - 1)
    let isStart =
      !before.isASCIILetter || !before.isASCIICapital && self[index].isASCIICapital
    let after = byte(at: index + 4)
    let isEnd =
      !after.isASCIILetter || after.isASCIICapital
      || (["line", "time", "pub", "crea", "mod", "post"] as [StaticString]).contains {
        hasPrefix($0, at: index + 4)
      }
    return isStart && isEnd
  }
}
