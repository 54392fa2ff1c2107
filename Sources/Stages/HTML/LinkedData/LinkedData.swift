import Bytes

/// The facts that a page states as linked data: JSON-LD scripts with schema.org's vocabulary.
///
/// Publishers write these by hand and by template, so errors are not reported: data that cannot be read are
/// treated as missing.
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
  /// The authors that objects name; the best object comes first.
  private var authors: [[LinkedThing.Author]] = []
  /// How well the best object so far fits a page's main thing.
  private var rank = 0
  /// The same of the one that `type` is of.
  private var typeRank = 0

  /// Nesting of objects that is looked into: a graph, its main entity, that one's author.
  private static let maximumDepth = 6
  /// Objects of a page that are looked at; shops list hundreds of products.
  private static let maximumObjects = 256
  /// The number of texts in a script that are read; some templates write one after the other.
  private static let maximumTexts = 16
  /// Most bytes of a script that is read.
  private static let maximumScript = 1 << 20

  private var objects = 0

  /// Reads one script.
  /// - Parameter buffer: Scratch memory.
  mutating func read(
    _ script: Span<UInt8>, parser: JSONRecordParser, buffer: inout [UInt8]
  ) {
    guard script.count <= LinkedData.maximumScript else { return }
    var reader = LenientJSON(script)
    for _ in 0..<LinkedData.maximumTexts {
      guard reader.next(into: &buffer) else { return }
      if note(&buffer, parser) { continue }
      // One mistake does not cost what else the text says.
      let text = buffer.dropLast(JSONRecordParser.padding)
      var repaired = RepairedJSON()
      buffer = repaired.repair(Array(text))
      _ = note(&buffer, parser)
    }
  }

  /// Takes over what a text says. Returns whether it could be read.
  private mutating func note(_ buffer: inout [UInt8], _ parser: JSONRecordParser) -> Bool {
    let count = buffer.count
    buffer.append(contentsOf: repeatElement(0x20, count: JSONRecordParser.padding))
    let facts = try? parser.parse(0..<count, of: buffer.span) { root in
      var facts = self
      facts.note(root, depth: 0)
      return facts
    }
    if let facts { self = facts }
    return facts != nil
  }

  /// Finds the author, when all scripts are read: many are given by reference.
  mutating func resolve() {
    for list in authors {
      let known = list.compactMap { author in
        switch author {
        case .name(let name): name
        case .reference(let id): names[id]
        }
      }
      guard !known.isEmpty else { continue }
      author = known.joined(separator: ", ")
      return
    }
  }

  private mutating func note(_ value: JSONRecordParser.Value, depth: Int) {
    guard depth < LinkedData.maximumDepth, objects < LinkedData.maximumObjects else { return }
    guard value.isObject else {
      // Elements of a list; a string or number has none.
      value.forEachChild { _, element in note(element, depth: depth + 1) }
      return
    }
    objects += 1
    let object = LinkedThing(value)
    if let id = object.id, let name = object.name { names[id] = name }
    take(object)
    for nested in object.nested { note(nested, depth: depth + 1) }
  }

  /// Takes over what an object says, if it fits the page better than those before.
  private mutating func take(_ object: LinkedThing) {
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
      if !object.authors.isEmpty { authors.insert(object.authors, at: 0) }
      published = object.published ?? published
      modified = object.modified ?? modified
      description = object.description ?? description
    } else {
      headline = headline ?? object.headline
      if !object.authors.isEmpty { authors.append(object.authors) }
      published = published ?? object.published
      modified = modified ?? object.modified
      description = description ?? object.description
    }
    site = object.publisher ?? site
  }
}
