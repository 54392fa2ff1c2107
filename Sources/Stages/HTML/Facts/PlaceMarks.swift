import Bytes

/// The content of an element, as the words of its `class` or `itemprop` describe it.
struct PlaceMarks: OptionSet {
  let rawValue: UInt8

  static let author = PlaceMarks(rawValue: 1)
  static let date = PlaceMarks(rawValue: 2)
  static let published = PlaceMarks(rawValue: 4)
  static let modified = PlaceMarks(rawValue: 8)
  /// It is about something beside the page's own content: a comment, a review, another page.
  static let foreign = PlaceMarks(rawValue: 16)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reads the words, eight bytes at a time, because nearly every element of a page has classes: only
  /// places where one of the words that are looked for may begin are looked at.
  init(_ bytes: Span<UInt8>) {
    self = []
    var scan = LetterScan()
    var start = 0
    while start < bytes.count {
      var places = scan.places(in: bytes.upToEightBytes(at: start))
      while places != 0 {
        let index = start &+ places.trailingZeroBitCount &>> 3
        if bytes[index].beginsPlaceMark { formUnion(PlaceMarks.marks(at: index, in: bytes)) }
        places &= places &- 1
      }
      start &+= 8
    }
  }

  private static func marks(at index: Int, in bytes: Span<UInt8>) -> PlaceMarks {
    switch bytes[index] | 0x20 {
    // Names of authors are written together with other words, as in "postauthor".
    case UInt8(ascii: "a"): bytes.isAuthor(at: index) ? .author : []
    case UInt8(ascii: "b"): bytes.hasPrefix("byline", at: index) ? .author : []
    default: word(at: index, in: bytes)
    }
  }

  /// The mark that a word means, from its beginning.
  private static func word(at index: Int, in bytes: Span<UInt8>) -> PlaceMarks {
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

  /// The mark of a word that begins with "date"; "dates" and "datenschutz" are not about a date.
  private static func dateWord(
    at index: Int, in bytes: Span<UInt8>
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

/// Finds where words begin, and the letters that "author" and "byline" may begin with.
private struct LetterScan {
  /// The highest bit if the byte before is a letter, and if it is a capital.
  private var letterBefore: UInt64 = 0
  private var capitalBefore: UInt64 = 0

  /// The highest bit of each byte at such a place, of the next eight bytes.
  @inline(__always)
  mutating func places(in bytes: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let ascii = ~bytes & (each &* 0x80)
    let small = bytes & (each &* 0x7F) | (each &* 0x20)
    let letters = (small &+ each &* 0x1F) & ~(small &+ each &* 0x05) & ascii
    // A capital lacks the bit 0x20.
    let capitals = letters & ~(bytes &<< 2)
    let starts =
      letters & ~(letters &<< 8 | letterBefore) | capitals & ~(capitals &<< 8 | capitalBefore)
    (letterBefore, capitalBefore) = (letters &>> 56, capitals &>> 56)
    // The byte after the last one is not known yet, so the last one counts as a possible start.
    let authors =
      EightBytes.places(of: 0x61, in: small)
      & (EightBytes.places(of: 0x75, in: small) &>> 8 | 1 &<< 63)
    let bylines =
      EightBytes.places(of: 0x62, in: small)
      & (EightBytes.places(of: 0x79, in: small) &>> 8 | 1 &<< 63)
    return starts | (authors | bylines) & letters
  }
}

extension UInt8 {
  /// Whether one of the words above begins with the letter, in any case.
  @inline(__always)
  fileprivate var beginsPlaceMark: Bool {
    isASCIILetter && UInt8.placeMarkLetters &>> UInt32((self | 0x20) &- 0x61) & 1 == 1
  }

  /// A bit for each of a, b, c, d, e, m, p, r, t, u.
  private static var placeMarkLetters: UInt32 { 0b00_00011010_10010000_00011111 }
}

extension Span<UInt8> {
  /// Whether "author" stands at `index`, rather than a part of "authority".
  fileprivate func isAuthor(at index: Int) -> Bool {
    hasPrefix("author", at: index) && !hasPrefix("authorit", at: index)
      && !hasPrefix("authoriz", at: index)
  }
}
