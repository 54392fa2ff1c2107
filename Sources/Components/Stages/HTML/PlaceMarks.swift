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
    var before: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      defer { before = byte }
      guard byte.beginsPlaceMark else { continue }
      // Names of authors are written together with other words, as in "postauthor".
      if byte | 0x20 == UInt8(ascii: "a") {
        if bytes.byte(at: index + 1) | 0x20 == UInt8(ascii: "u"), bytes.isAuthor(at: index) {
          insert(.author)
        }
      } else if byte | 0x20 == UInt8(ascii: "b") {
        if bytes.byte(at: index + 1) | 0x20 == UInt8(ascii: "y"),
          bytes.hasPrefix("byline", at: index)
        {
          insert(.author)
        }
      } else if !before.isASCIILetter || byte.isASCIICapital && !before.isASCIICapital {
        formUnion(PlaceMarks.word(at: index, in: bytes))
      }
    }
  }

  /// What a word at its beginning says.
  private static func word(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> PlaceMarks {
    var marks: PlaceMarks = []
    switch bytes[index] | 0x20 {
    case UInt8(ascii: "c"):
      if bytes.hasPrefix("comment", at: index) { marks.insert(.foreign) }
      if bytes.hasPrefix("contributor", at: index) { marks.insert(.author) }
    case UInt8(ascii: "d"): return dateWord(at: index, in: bytes)
    case UInt8(ascii: "e"): if bytes.hasPrefix("entry-date", at: index) { marks.insert(.published) }
    case UInt8(ascii: "m"): if bytes.hasPrefix("modif", at: index) { marks.insert(.modified) }
    case UInt8(ascii: "p"):
      if bytes.hasPrefix("publish", at: index) && !bytes.hasPrefix("publisher", at: index)
        || bytes.hasPrefix("publicationtime", at: index)
        || bytes.hasPrefix("publicationdate", at: index) || bytes.hasPrefix("posted", at: index)
        || bytes.hasPrefix("pubdate", at: index)
      {
        marks.insert(.published)
      }
    case UInt8(ascii: "r"):
      if bytes.hasPrefix("related", at: index) || bytes.hasPrefix("recommend", at: index)
        || bytes.hasPrefix("review", at: index)
      {
        marks.insert(.foreign)
      }
    case UInt8(ascii: "t"):
      if bytes.hasPrefix("timestamp", at: index) { marks.insert(.date) }
      if bytes.hasPrefix("testimonial", at: index) || bytes.hasPrefix("teaser", at: index) {
        marks.insert(.foreign)
      }
    case UInt8(ascii: "u"): if bytes.hasPrefix("update", at: index) { marks.insert(.modified) }
    default: break
    }
    return marks
  }

  /// What a word says that begins with "date", which is none in "dates" and "datenschutz".
  private static func dateWord(
    at index: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> PlaceMarks {
    guard bytes.hasPrefix("date", at: index) else { return [] }
    let end = index + 4
    let after = bytes.byte(at: end)
    if bytes.hasPrefix("pub", at: end) || bytes.hasPrefix("post", at: end) {
      return [.date, .published]
    }
    if bytes.hasPrefix("mod", at: end) || bytes.hasPrefix("upd", at: end) {
      return [.date, .modified]
    }
    let isWhole =
      !after.isASCIILetter || after.isASCIICapital || bytes.hasPrefix("line", at: end)
      || bytes.hasPrefix("time", at: end) || bytes.hasPrefix("crea", at: end)
    return isWhole ? .date : []
  }
}

extension UInt8 {
  /// Whether one of the words above begins with the letter, in any case.
  @inline(__always)
  fileprivate var beginsPlaceMark: Bool {
    let letter = self | 0x20
    guard letter &- 0x61 < 26 else { return false }
    return UInt8.placeMarkLetters &>> UInt32(letter &- 0x61) & 1 == 1
  }

  /// A bit for each of a, b, c, d, e, m, p, r, t, u.
  private static var placeMarkLetters: UInt32 { 0b00_00011010_10010000_00011111 }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether "author" stands at `index`, rather than a part of "authority".
  fileprivate func isAuthor(at index: Int) -> Bool {
    hasPrefix("author", at: index) && !hasPrefix("authorit", at: index)
      && !hasPrefix("authoriz", at: index)
  }
}
