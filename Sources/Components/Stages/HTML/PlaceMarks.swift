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

  /// Reads the words. One pass, because nearly every element of a page has classes, and no branch by what
  /// a letter is but where a word may be one of those that are looked for: a third of the time.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var marks: PlaceMarks = []
    var byte = bytes.byte(at: 0)
    LetterTraits.table.withUnsafeBufferPointer { traits in
      var before: UInt8 = 0
      var own = traits[Int(byte)]
      for index in bytes.indices {
        let nextByte = bytes.byte(at: index &+ 1)
        let next = traits[Int(nextByte)]
        // The first two of "author" or "byline", or the first of another word at its beginning.
        let pair = own &>> 4 & next & 3
        let start = (~before &>> 2 | own &>> 3 & ~before &>> 3) & own &>> 6 & 1
        if pair | start != 0 { marks.formUnion(PlaceMarks.marks(at: index, in: bytes, byte)) }
        (before, own, byte) = (own, next, nextByte)
      }
    }
    self = marks
  }

  private static func marks(
    at index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ byte: UInt8
  ) -> PlaceMarks {
    switch byte | 0x20 {
    // Names of authors are written together with other words, as in "postauthor".
    case UInt8(ascii: "a"): bytes.isAuthor(at: index) ? .author : []
    case UInt8(ascii: "b"): bytes.hasPrefix("byline", at: index) ? .author : []
    default: word(at: index, in: bytes)
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

/// What a byte may be in a word that is looked for, a bit for each.
private enum LetterTraits {
  /// It follows the "a" of "author", or the "b" of "byline".
  static let secondOfAuthor: UInt8 = 1
  static let secondOfByline: UInt8 = 2
  static let letter: UInt8 = 4
  static let capital: UInt8 = 8
  static let firstOfAuthor: UInt8 = 16
  static let firstOfByline: UInt8 = 32
  /// It begins one of the other words.
  static let first: UInt8 = 64

  static let table = (0...255).map { (byte: UInt8) -> UInt8 in
    var traits: UInt8 = byte.isASCIILetter ? letter : 0
    if byte.isASCIICapital { traits |= capital }
    switch byte | 0x20 {
    case UInt8(ascii: "a"): traits |= firstOfAuthor
    case UInt8(ascii: "b"): traits |= firstOfByline
    case UInt8(ascii: "u"): traits |= secondOfAuthor | first
    case UInt8(ascii: "y"): traits |= secondOfByline
    case _ where "cdemprt".utf8.contains(byte | 0x20): traits |= first
    default: break
    }
    return byte.isASCIILetter ? traits : 0
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether "author" stands at `index`, rather than a part of "authority".
  fileprivate func isAuthor(at index: Int) -> Bool {
    hasPrefix("author", at: index) && !hasPrefix("authorit", at: index)
      && !hasPrefix("authoriz", at: index)
  }
}
