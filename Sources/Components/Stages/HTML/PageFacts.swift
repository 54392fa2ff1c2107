import Pipeline

/// What a page says of itself beside its text, as it stands there: the raw material of metadata.
struct PageFacts {
  /// Content of the `title` element.
  private(set) var title: [UInt8] = []
  /// First content of each `meta` name that is looked at, by the name in lower case.
  private(set) var meta: [String: String] = [:]
  private(set) var canonical: String?
  private(set) var language: String?
  /// `time` elements and other places of a date, in order.
  private(set) var times: [Time] = []
  /// Places that name an author, in order.
  private(set) var bylines: [Byline] = []

  /// A date in the text.
  struct Time {
    enum Role { case published, modified, unknown }
    let value: String
    let role: Role
    /// Offset in the page's text.
    let offset: Int
  }

  /// A text that is said to name the author.
  struct Byline {
    /// How plainly the page says so.
    enum Mark: Int { case rel, itemprop, className }
    let mark: Mark
    let start: Int
    var text: String?
  }

  /// Longest title that is read, in bytes.
  private static let maximumTitle = 1024
  /// Most places of each kind that are noted. The first ones are those of the page's own text.
  private static let maximumPlaces = 16
  /// Longest text that can be an author's name, in bytes: some pages mark whole biographies.
  private static let maximumByline = 200

  var hasTitle: Bool { !title.isEmpty }

  mutating func appendTitle(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard title.count < PageFacts.maximumTitle else { return }
    title.append(contentsOf: bytes)
  }

  /// Takes a `meta`, `link` or `html` element.
  mutating func note(_ tag: Tag, _ attributes: Attributes) {
    switch tag {
    case .html:
      if language == nil { language = attributes.lang?.string }
    case .link:
      guard canonical == nil, let rel = attributes.rel, rel.hasWord("canonical") else { return }
      canonical = attributes.href?.string
    default:
      guard let content = attributes.content, !content.bytes.isEmpty,
        let key = attributes.property ?? attributes.name ?? attributes.itemprop
      else { return }
      let name = key.string.lowercased()
      if PageFacts.names.contains(name), meta[name] == nil { meta[name] = content.string }
    }
  }

  private static let names: Set<String> = Set(
    MetadataKeys.title + MetadataKeys.author + MetadataKeys.date + MetadataKeys.modified
      + MetadataKeys.description + MetadataKeys.site + MetadataKeys.url + MetadataKeys.language
      + MetadataKeys.kind)

  /// Takes a `time` element, or one that says by `itemprop` that it holds a date.
  mutating func noteTime(_ attributes: Attributes, at offset: Int) {
    guard times.count < PageFacts.maximumPlaces, let value = attributes.datetime else { return }
    let names = [attributes.itemprop, attributes.classes]
    let role: Time.Role =
      if names.contains(where: {
        $0?.bytes.holds("modified") ?? false || $0?.bytes.holds("updated") ?? false
      }) {
        .modified
      } else if names.contains(where: {
        $0?.bytes.holds("publi") ?? false || $0?.bytes.holds("posted") ?? false
          || $0?.bytes.holds("entry-date") ?? false
      }) {
        .published
      } else {
        .unknown
      }
    times.append(Time(value: value.string, role: role, offset: offset))
  }

  /// Begins to note the text of an element that says it names the author.
  /// - Returns: Its number; -1 for all other elements.
  mutating func openByline(_ attributes: Attributes, _ tag: Tag, at offset: Int) -> Int {
    guard bylines.count < PageFacts.maximumPlaces, let mark = mark(attributes, tag) else {
      return -1
    }
    bylines.append(Byline(mark: mark, start: offset))
    return bylines.count - 1
  }

  private func mark(_ attributes: Attributes, _ tag: Tag) -> Byline.Mark? {
    if tag == .body || tag == .main || tag == .article || tag.headingLevel > 0 { return nil }
    if tag == .a, let rel = attributes.rel, rel.hasWord("author") { return .rel }
    if let itemprop = attributes.itemprop, itemprop.hasWord("author") { return .itemprop }
    guard let classes = attributes.classes, !classes.bytes.holds("comment") else { return nil }
    return classes.bytes.holds("author") || classes.bytes.holds("byline") ? .className : nil
  }

  /// Ends it, when the page's text has grown to `text`.
  mutating func closeByline(_ number: Int, at text: [UInt8]) {
    let start = bylines[number].start
    guard text.count > start, text.count - start <= PageFacts.maximumByline else { return }
    bylines[number].text = String(decoding: text[start...], as: UTF8.self)
  }
}

/// Names of `meta` elements that say one thing, the most reliable first: Open Graph, Dublin Core and
/// the habits of publishers.
enum MetadataKeys {
  static let title = [
    "og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "citation_title",
  ]
  static let author = [
    "author", "article:author", "article:author_name", "citation_author", "dc.creator",
    "dcterms.creator", "byl", "byline", "parsely-author", "sailthru.author", "og:article:author",
    "book:author",
  ]
  static let date = [
    "article:published_time", "datepublished", "og:article:published_time",
    "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
    "publish_date", "publication_date", "article.published", "date", "published_time",
  ]
  static let modified = [
    "article:modified_time", "datemodified", "og:updated_time", "dcterms.modified",
    "dc.date.modified", "last-modified",
  ]
  static let description = [
    "og:description", "description", "twitter:description", "dc.description", "dcterms.description",
  ]
  static let site = ["og:site_name", "application-name", "dc.publisher"]
  static let url = ["og:url"]
  static let kind = ["og:type"]
  static let language = ["og:locale", "dc.language", "language"]
}
