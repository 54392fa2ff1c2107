import Bytes
import Pipeline

/// The facts that a page states beside its text, exactly as they stand there: the raw material of metadata.
struct PageFacts {
  /// Content of the `title` element, and a byte more where it is too long.
  private var titleBytes: [UInt8] = []
  /// First content of each `meta` name that is looked at, by the name in lower case; of authors' names
  /// the contents of all such elements, separated by commas.
  private(set) var meta: [String: String] = [:]
  private(set) var canonical: String?
  private(set) var language: String?
  /// The kinds of page that the page's first elements with an `itemtype` name.
  private var types: [PageType] = []
  /// Places of a date, in order.
  private(set) var dates: [DatePlace] = []
  /// Places that name an author, in order.
  private(set) var bylines: [Byline] = []

  /// A date in the text.
  struct DatePlace {
    enum Role { case published, modified, unknown }
    let role: Role
    /// Offset in the page's text.
    let start: Int
    /// The date in the form for programs, if the page gives it.
    let value: String?
    /// The element's text.
    var text: String?
  }

  /// A text that is said to name the author.
  struct Byline {
    /// How the page says so.
    enum Mark: Int { case rel, itemprop, className, address }
    let mark: Mark
    let start: Int
    var text: String?
  }

  /// An element that has begun and whose text one of the places is.
  enum OpenPlace {
    case none
    case date(Int)
    case byline(Int)
  }

  /// Longest title that is read, in bytes.
  private static let maximumTitle = 1024
  /// Most places of each kind that are noted. The first ones are those of the page's own text.
  private static let maximumPlaces = 24
  /// Longest text that can be an author's name or a line with a date, in bytes: some pages mark whole
  /// biographies.
  private static let maximumPlace = 200
  /// Most elements with an `itemtype` that are looked at.
  private static let maximumTypes = 8
  /// Longest list of authors that several `meta` elements give, in bytes.
  private static let maximumAuthors = 1024

  var hasTitle: Bool { !titleBytes.isEmpty }

  /// Content of the `title` element.
  var title: String {
    String(decoding: titleBytes.span.beginning(ofAtMost: PageFacts.maximumTitle))
  }

  /// Appends to the title, with one space for all white space of a row: what counts against its limit is the
  /// same however the page is laid out.
  mutating func appendTitle(_ bytes: Span<UInt8>) {
    for index in bytes.indices where titleBytes.count <= PageFacts.maximumTitle {
      let byte = bytes[index]
      if byte > 0x20 {
        titleBytes.append(byte)
      } else if byte.isHTMLSpace, titleBytes.last != 0x20 {
        titleBytes.append(0x20)
      }
    }
  }

  /// Takes a `meta`, `link` or `html` element.
  mutating func note(_ tag: Tag, _ attributes: Attributes) {
    switch tag {
    case .html:
      if language == nil { language = attributes.lang?.string }
      noteType(attributes)
    case .link:
      guard canonical == nil, let rel = attributes.rel, rel.hasWord("canonical") else { return }
      canonical = attributes.href?.string
    default:
      guard let content = attributes.content, !content.bytes.isEmpty,
        let key = attributes.key
      else { return }
      let name = key.string.lowercased()
      guard MetadataKeys.all.contains(name) else { return }
      guard let known = meta[name] else {
        meta[name] = content.string
        return
      }
      let isList = MetadataKeys.author.contains(name)
      if isList, known.utf8.count + content.bytes.count <= PageFacts.maximumAuthors {
        meta[name] = known + ", " + content.string
      }
    }
  }

  /// Notes what an element is by its microdata.
  mutating func noteType(_ attributes: Attributes) {
    guard types.count < PageFacts.maximumTypes, let item = attributes.itemtype,
      let type = PageType(schema: item.string)
    else { return }
    types.append(type)
  }

  /// The type of the page in its microdata; nil if several things in it have one, as in a list of
  /// products.
  var type: PageType? {
    guard let first = types.first, !types.dropFirst().contains(first) else { return nil }
    return first
  }

  // MARK: Places

  /// The kind of place that an element is; nil for most.
  @inline(__always)
  static func place(
    _ attributes: Attributes, _ tag: Tag, _ cache: inout PlaceMarkCache
  ) -> PlaceKind? {
    if tag == .body || tag == .main || tag == .article || tag.headingLevel > 0 { return nil }
    let own = cache.marks(attributes.itemprop)
    let marks = own.union(cache.marks(attributes.classes))
    if marks.contains(.foreign) { return nil }
    if tag == .time || attributes.datetime != nil
      || !marks.isDisjoint(with: [.date, .published, .modified])
    {
      let isPublished = marks.contains(.published) || attributes.isPublicationTime
      return .date(marks.contains(.modified) ? .modified : isPublished ? .published : .unknown)
    }
    if tag == .a, attributes.rel?.hasWord("author") ?? false { return .byline(.rel) }
    if own.contains(.author) { return .byline(.itemprop) }
    if marks.contains(.author) { return .byline(.className) }
    return attributes.leadsToAuthor ? .byline(.address) : nil
  }

  /// The kinds of places.
  enum PlaceKind {
    case date(DatePlace.Role)
    case byline(Byline.Mark)
  }

  /// Begins to note the text of a place.
  mutating func open(
    _ kind: PlaceKind, _ attributes: Attributes, at offset: Int
  ) -> OpenPlace {
    switch kind {
    case .date(let role):
      guard dates.count < PageFacts.maximumPlaces else { return .none }
      dates.append(DatePlace(role: role, start: offset, value: attributes.time?.string))
      return .date(dates.count - 1)
    case .byline(let mark):
      guard bylines.count < PageFacts.maximumPlaces else { return .none }
      bylines.append(Byline(mark: mark, start: offset))
      return .byline(bylines.count - 1)
    }
  }

  /// Ends the element of a place, when the page's text has grown to `text`.
  mutating func close(_ place: OpenPlace, at text: [UInt8]) {
    func ended(_ start: Int) -> String? {
      guard text.count > start, text.count - start <= PageFacts.maximumPlace else { return nil }
      return String(decoding: text[start...], as: UTF8.self)
    }
    switch place {
    case .none: break
    case .date(let number): dates[number].text = ended(dates[number].start)
    case .byline(let number): bylines[number].text = ended(bylines[number].start)
    }
  }
}
