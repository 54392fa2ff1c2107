import Bytes

/// The members of one object of linked data that are looked at.
///
/// A value, a list of one value and an object around the value say the same (JSON-LD 1.1, section 4.1 and
/// 4.3). Of several values the first counts that can be read.
struct LinkedThing {
  /// Who wrote something: the name, or the `@id` of an object that has one.
  enum Author {
    case name(String)
    case reference(String)
  }

  private(set) var id: String?
  private(set) var name: String?
  private(set) var headline: String?
  private(set) var authors: [Author] = []
  private(set) var published: String?
  private(set) var modified: String?
  private(set) var uploaded: String?
  private(set) var description: String?
  private(set) var publisher: String?
  private(set) var body: String?
  private(set) var type: PageType?
  private(set) var nested: [JSONRecordParser.Value] = []
  private(set) var isSite = false
  /// 3 for articles and posts, 2 for other things that a page is about, 1 for the page itself, else 0.
  private(set) var rank = 0

  private var given: String?
  private var family: String?
  private var created: String?

  init(_ value: JSONRecordParser.Value) {
    var thing = LinkedThing()
    value.forEachChild { key, member in thing.note(LinkedThing.term(key), member) }
    thing.finish()
    self = thing
  }

  private init() {}

  /// The name of a member without the vocabulary's address or prefix.
  private static func term(_ key: Span<UInt8>) -> String {
    if key.hasPrefix("schema:", at: 0) {
      return String(decoding: key.extracting(7...))
    }
    guard key.hasPrefix("http", at: 0), key.holds("schema.org"),
      let last = key.lastIndex(
        in: key.indices, where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") })
    else { return String(decoding: key) }
    return String(decoding: key.extracting((last + 1)...))
  }

  private mutating func note(_ key: String, _ member: JSONRecordParser.Value) {
    switch key {
    case "@type", "type": noteType(member)
    case "@id", "id": id = id ?? member.text
    case "name": name = name ?? member.firstText
    case "givenName": given = given ?? member.firstText
    case "familyName": family = family ?? member.firstText
    case "headline": headline = headline ?? member.firstText
    case "datePublished": published = published ?? member.date
    case "dateCreated": created = created ?? member.date
    case "uploadDate": uploaded = uploaded ?? member.date
    case "dateModified": modified = modified ?? member.date
    case "description": description = description ?? member.firstText
    case "author", "creator": if authors.isEmpty { noteAuthors(member, depth: 0) }
    case "articleBody": body = body ?? member.firstLongText
    case "publisher": publisher = publisher ?? LinkedThing.names(member)
    case "@graph", "@included", "mainEntity", "mainEntityOfPage":
      if member.isContainer { nested.append(member) }
    default: break
    }
  }

  private mutating func finish() {
    published = published ?? created
    let parts = [given, family].compactMap(\.self)
    if name == nil, !parts.isEmpty { name = parts.joined(separator: " ") }
  }

  // MARK: Types

  private mutating func noteType(_ member: JSONRecordParser.Value) {
    if let type = member.text { note(type: type) }
    member.forEachChild { _, element in if let type = element.text { note(type: type) } }
  }

  private mutating func note(type text: String) {
    let last = text.lastIndex { $0 == "/" || $0 == "#" }
    let name = String(text[(last.map { text.index(after: $0) } ?? text.startIndex)...])
    let fit =
      if name.hasSuffix("Article") || name.hasSuffix("Posting") || name == "Report" {
        3
      } else if LinkedThing.mainThings.contains(name) {
        2
      } else if name.hasSuffix("Page") {
        1
      } else {
        0
      }
    rank = max(rank, fit)
    if type == nil { type = PageType(schema: name) }
    if name == "WebSite" { isSite = true }
  }

  private static let mainThings: Set<String> = [
    "Product", "ProductGroup", "Recipe", "Event", "Course", "Question", "HowTo", "Book", "Movie",
    "JobPosting", "Review", "VideoObject", "PodcastEpisode", "SoftwareApplication", "Dataset",
    "CreativeWork", "Service",
  ]

  // MARK: Names

  /// Most names of one member: books of many hands.
  private static let maximumNames = 16
  /// Lists in lists of authors that are looked into.
  private static let maximumDepth = 4

  /// Takes the names in a string, an object with a name, a reference, or a list of those.
  private mutating func noteAuthors(_ value: JSONRecordParser.Value, depth: Int) {
    guard authors.count < LinkedThing.maximumNames, depth < LinkedThing.maximumDepth else { return }
    if let text = value.text {
      // An address or a placeholder is no name, and does not make the others none.
      if Byline.name(in: text) != nil { authors.append(.name(text)) }
      return
    }
    if value.isObject {
      let names = value.names
      guard names.isEmpty else {
        for name in names.prefix(LinkedThing.maximumNames) where Byline.name(in: name) != nil {
          authors.append(.name(name))
        }
        return
      }
      if let id = value.member("@id")?.text { return authors.append(.reference(id)) }
    }
    var children: [JSONRecordParser.Value] = []
    let isObject = value.isObject
    // Of an object without a name only numbered members, and the lists of the format, are such.
    value.forEachChild { key, child in
      let isElement = !isObject || key.hasPrefix("@", at: 0) || key.allSatisfy(\.isASCIIDigit)
      if isElement, !isObject || child.isContainer { children.append(child) }
    }
    for child in children { noteAuthors(child, depth: depth + 1) }
  }

  /// The first name in a string, an object with a name, or a list of those.
  private static func names(_ value: JSONRecordParser.Value) -> String? {
    if let text = value.text { return text }
    if value.isObject { return value.names.first }
    var first: String?
    value.forEachChild { _, child in
      if first == nil { first = child.text ?? (child.isObject ? child.names.first : nil) }
    }
    return first
  }
}

/// Longest string that is taken for more than the page's text, in bytes.
private let maximumText = 4096

extension JSONRecordParser.Value {
  /// The string without white space around it; nil when nothing is left, or more than any title or
  /// description has, and for other kinds.
  fileprivate var text: String? {
    guard let bytes = stringBytes, bytes.count <= maximumText else { return nil }
    return longText
  }

  /// The same of any length.
  private var longText: String? {
    guard let bytes = stringBytes,
      let first = bytes.firstIndex(in: bytes.indices, where: { $0 > 0x20 }),
      let last = bytes.lastIndex(in: bytes.indices, where: { $0 > 0x20 })
    else { return nil }
    return String(decoding: bytes.extracting(first...last))
  }

  fileprivate var isContainer: Bool {
    stringBytes == nil && !isNull
  }

  /// The first string that `read` takes, here, in an object around a value, or in a list.
  private func first<Read>(_ read: (Self) -> Read?, depth: Int = 0) -> Read? {
    if let read = read(self) { return read }
    guard depth < 3 else { return nil }
    var found: Read?
    let isObject = isObject
    forEachChild { key, child in
      guard found == nil else { return }
      if isObject {
        guard key.equals("@value") || key.equals("@list") || key.equals("@set") else { return }
      }
      found = child.first(read, depth: depth + 1)
    }
    return found
  }

  fileprivate var firstText: String? { first { $0.text } }

  fileprivate var firstLongText: String? { first { $0.longText } }

  /// The first text or number that is a day.
  fileprivate var date: String? {
    first { value in
      var text = value.text
      if case .int(let number) = value.value { text = String(number) }
      // Which number is the month, the page's language may say.
      return text.flatMap { text in
        let isDate = [CalendarDate.Order.dayFirst, .monthFirst].contains {
          CalendarDate(metadata: text, order: $0) != nil
        }
        return isDate ? text : nil
      }
    }
  }

  /// The names of an object.
  fileprivate var names: [String] {
    var names: [String] = []
    if let name = member("name") {
      if let text = name.firstText, !name.isList { names.append(text) }
      if name.isList {
        name.forEachChild { _, child in if let text = child.firstText { names.append(text) } }
      }
    }
    if names.isEmpty, isObject {
      let parts = ["givenName", "familyName"].compactMap { member($0)?.firstText }
      if !parts.isEmpty { names.append(parts.joined(separator: " ")) }
    }
    if names.isEmpty, let text = member("@value")?.text { names.append(text) }
    return names
  }

  private var isList: Bool { stringBytes == nil && !isNull && !isObject }

  /// The member of an object that is called so, with or without the vocabulary's prefix.
  fileprivate func member(_ name: String) -> Self? {
    guard isObject else { return nil }
    var found: Self?
    forEachChild { key, child in
      if found == nil, LinkedThing.isTerm(key, name) { found = child }
    }
    return found
  }
}

extension LinkedThing {
  fileprivate static func isTerm(_ key: Span<UInt8>, _ name: String) -> Bool {
    key.equals(name.utf8.span)
      || key.count > name.utf8.count && term(key).utf8.elementsEqual(name.utf8)
  }
}
