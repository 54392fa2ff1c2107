import Bytes

/// What a page says of itself as linked data: JSON-LD scripts with schema.org's vocabulary.
///
/// Publishers write these by hand and by template, so that nothing is complained about: what cannot be
/// read counts as not there.
struct LinkedData {
  private(set) var headline: String?
  private(set) var author: String?
  private(set) var published: String?
  private(set) var modified: String?
  /// When a film on the page was put there, which is often another day than the page's own.
  private(set) var uploaded: String?
  private(set) var description: String?
  private(set) var site: String?
  private(set) var type: PageType?
  /// The longest text that an object gives as its own.
  private(set) var body: String?

  /// Names by `@id`, for authors that are given by reference.
  private var names: [String: String] = [:]
  private var authorReference: String?
  /// How well the best object so far fits a page's main thing.
  private var rank = 0
  /// The same of the one that `type` is of.
  private var typeRank = 0

  /// Nesting of objects that is looked into: a graph, its main entity, that one's author.
  private static let maximumDepth = 6
  /// Objects of a page that are looked at; shops list hundreds of products.
  private static let maximumObjects = 256
  /// Texts of a script that are read; some templates write one behind the other.
  private static let maximumTexts = 16
  /// Most bytes of a script that is read.
  private static let maximumScript = 1 << 20

  private var objects = 0

  /// Reads one script.
  /// - Parameter buffer: Scratch memory.
  mutating func read(
    _ script: UnsafeBufferPointer<UInt8>, parser: JSONRecordParser, buffer: inout [UInt8]
  ) {
    guard script.count <= LinkedData.maximumScript else { return }
    var reader = LenientJSON(script)
    for _ in 0..<LinkedData.maximumTexts {
      guard reader.next(into: &buffer) else { return }
      let count = buffer.count
      buffer.append(contentsOf: repeatElement(0x20, count: JSONRecordParser.padding))
      let facts: LinkedData? = buffer.withUnsafeBufferPointer { bytes in
        try? parser.parse(UnsafeBufferPointer(rebasing: bytes[..<count])) { root in
          var facts = self
          facts.note(root, depth: 0)
          return facts
        }
      }
      if let facts { self = facts }
    }
  }

  /// Replaces an author given by reference by the name, when all scripts are read.
  mutating func resolve() {
    if author == nil, let authorReference { author = names[authorReference] }
  }

  private mutating func note(_ value: JSONRecordParser.Value, depth: Int) {
    guard depth < LinkedData.maximumDepth, objects < LinkedData.maximumObjects else { return }
    guard value.isObject else {
      // Elements of a list; a string or number has none.
      value.forEachChild { _, element in note(element, depth: depth + 1) }
      return
    }
    objects += 1
    let object = Thing(value)
    if let id = object.id, let name = object.name { names[id] = name }
    take(object)
    for nested in object.nested { note(nested, depth: depth + 1) }
  }

  /// Takes over what an object says, if it fits the page better than those before.
  private mutating func take(_ object: Thing) {
    if object.isSite, site == nil { site = object.name }
    if let body = object.body, body.utf8.count > (self.body?.utf8.count ?? 0) { self.body = body }
    uploaded = uploaded ?? object.uploaded
    if let type = object.type, object.rank > typeRank {
      (self.type, typeRank) = (type, object.rank)
    }
    guard object.rank > 0 else { return }
    if object.rank > rank {
      rank = object.rank
      headline = object.headline ?? (object.rank > 1 ? object.name : nil) ?? headline
      author = object.author ?? author
      authorReference = object.authorReference ?? authorReference
      published = object.published ?? published
      modified = object.modified ?? modified
      description = object.description ?? description
    } else {
      headline = headline ?? object.headline
      author = author ?? object.author
      authorReference = authorReference ?? object.authorReference
      published = published ?? object.published
      modified = modified ?? object.modified
      description = description ?? object.description
    }
    site = object.publisher ?? site
  }
}

/// The members of one object that are looked at.
private struct Thing {
  var id: String?
  var name: String?
  var headline: String?
  var author: String?
  var authorReference: String?
  var published: String?
  var modified: String?
  var uploaded: String?
  var description: String?
  var publisher: String?
  var body: String?
  var type: PageType?
  var nested: [JSONRecordParser.Value] = []
  var isSite = false
  /// 3 for articles and posts, 2 for other things that a page is about, 1 for the page itself, else 0.
  var rank = 0

  init(_ value: JSONRecordParser.Value) {
    var thing = Thing()
    value.forEachChild { key, member in thing.note(String(decoding: key, as: UTF8.self), member) }
    self = thing
  }

  private init() {}

  private mutating func note(_ key: String, _ member: JSONRecordParser.Value) {
    switch key {
    case "@type": noteType(member)
    case "@id": id = member.text
    case "name": name = member.text
    case "headline": headline = member.text
    case "datePublished": published = member.text
    case "dateCreated": published = published ?? member.text
    case "uploadDate": uploaded = member.text
    case "dateModified": modified = member.text
    case "description": description = member.text
    case "author", "creator": noteAuthor(member)
    case "articleBody": body = member.longText
    case "publisher": publisher = Thing.names(member).first
    case "@graph", "mainEntity", "mainEntityOfPage": if member.isContainer { nested.append(member) }
    default: break
    }
  }

  private mutating func noteType(_ member: JSONRecordParser.Value) {
    if let type = member.text { note(type: type) }
    member.forEachChild { _, element in if let type = element.text { note(type: type) } }
  }

  private mutating func note(type text: String) {
    let name = String(
      text[(text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex)...])
    let fit =
      if name.hasSuffix("Article") || name.hasSuffix("Posting") || name == "Report" {
        3
      } else if Thing.mainThings.contains(name) {
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

  private mutating func noteAuthor(_ member: JSONRecordParser.Value) {
    let names = Thing.names(member)
    if !names.isEmpty { author = names.joined(separator: ", ") }
    member.forEachChild { key, child in
      if key.elementsEqual("@id".utf8) { authorReference = child.text }
      guard child.isObject else { return }
      child.forEachChild { key, member in
        if key.elementsEqual("@id".utf8), authorReference == nil { authorReference = member.text }
      }
    }
  }

  /// Most names of one member: books of many hands.
  private static let maximumNames = 16

  /// The names in a string, an object with a name, or a list of those.
  private static func names(_ value: JSONRecordParser.Value) -> [String] {
    if let text = value.text { return [text] }
    var names: [String] = []
    value.forEachChild { key, child in
      guard names.count < maximumNames else { return }
      if value.isObject {
        if key.elementsEqual("name".utf8) {
          if let text = child.text { names.append(text) }
          child.forEachChild { _, element in if let text = element.text { names.append(text) } }
        }
      } else if let text = child.text {
        names.append(text)
      } else if child.isObject {
        child.forEachChild { key, member in
          if key.elementsEqual("name".utf8), let text = member.text { names.append(text) }
        }
      }
    }
    return names
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
  fileprivate var longText: String? {
    guard let bytes = stringBytes, let first = bytes.firstIndex(where: { $0 > 0x20 }),
      let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return nil }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  fileprivate var isContainer: Bool { stringBytes == nil }
}
