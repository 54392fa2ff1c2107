import Bytes
import Pipeline

/// libxml2's work on a page: hands on what it tells, from one parser after the other.
///
/// Of the ends of elements only those count that stand in the page. libxml2 closes more by rules of HTML 4
/// (a link where a table begins), and less: an end tag may not pass an open `div`. It tells of those that it
/// does not follow as errors, so that none is lost and the elements nest as they do in browsers.
struct LibXML2Pass {
  /// What is told becomes a tree here.
  var construction = TreeConstruction()
  private var page = MarkupText([])
  private var sideAttributes = SideAttributes()
  private let tags = FilteredNames.tags
  private let root = FilteredNames.root
  private let attributeNames = NameTable.attributes
  /// Start tags of the page so far.
  private(set) var count = 0
  private var parser: LibXML2Parser?
  /// What the parser reads: the bytes from `start` on.
  private var markup: [UInt8] = []
  private var start = 0
  /// An end tag that libxml2 may not follow, and where it ends.
  private var doubtful: (name: MarkupName, end: Int)?
  /// Whether nothing more counts.
  private(set) var hasStopped = false
  /// Whether the last that came was text.
  private var isInText = false
  /// Where the parser became too deep.
  private(set) var depthEnd: Int?

  /// Begins a page.
  mutating func begin(_ page: MarkupText, _ sideAttributes: SideAttributes) {
    self.page = page
    self.sideAttributes = sideAttributes
    (count, isInText) = (0, false)
  }

  /// Ends the page: lets it go.
  mutating func end() {
    page = MarkupText([])
    sideAttributes = SideAttributes()
  }

  /// Before a parser's first piece of `markup`.
  mutating func parserBegins(_ parser: LibXML2Parser, _ markup: [UInt8], from start: Int) {
    self.parser = parser
    self.markup = markup
    self.start = start
    (doubtful, hasStopped, depthEnd) = (nil, false, nil)
  }

  /// After its last piece: lets both go.
  mutating func parserEnds() {
    parser = nil
    markup = []
  }

  /// The place after everything that the parser has read.
  private var place: Int { parser?.place ?? 0 }

  // MARK: What libxml2 tells

  /// Takes the name of an element that begins.
  /// - Returns: Its tag; nil if it does not count.
  mutating func elementBegins(_ name: MarkupName) -> Tag? {
    guard !hasStopped else { return nil }
    settle()
    guard name != root, goesOn() else { return nil }
    isInText = false
    let tag = tags.tag(name)
    construction.attributesBegin()
    sideAttributes.forEach(of: count, tag, in: page) { name, value in
      construction.attribute(name, value, of: tag)
    }
    count += 1
    return tag
  }

  /// Takes an attribute of that element.
  mutating func attribute(_ name: MarkupName, _ value: Span<UInt8>, of tag: Tag) {
    if let name = attributeNames[name] { construction.attribute(name, value, of: tag) }
  }

  /// After its attributes.
  mutating func elementBegan(_ tag: Tag, _ name: MarkupName) {
    construction.startTag(tag, name)
    if let parser, parser.openCount > LibXML2.maximumOpen {
      depthEnd = place
      stop()
    }
  }

  mutating func endElement(_ name: MarkupName) {
    guard !hasStopped else { return }
    let place = place
    if let doubtful, doubtful.end != place { settle() }
    guard name != root, endTagStands(name, before: place) else { return }
    doubtful = nil
    endTag(name)
  }

  mutating func characters(_ text: Span<UInt8>) {
    guard !hasStopped else { return }
    settle()
    // A text comes in pieces; the other reader takes it whole.
    guard isInText || goesOn() else { return }
    isInText = true
    construction.characters(text)
  }

  /// Takes the error that an end tag is not that of the innermost element.
  /// - Parameter isOpen: Whether such an element is open in the parser's eyes.
  mutating func mismatch(_ tag: MarkupName, isOpen: Bool) {
    guard !hasStopped else { return }
    // Of one end tag it may tell several times.
    let place = place
    if let doubtful, doubtful.end != place { settle() }
    if isOpen { doubtful = (tag, place) } else { endTag(tag) }
  }

  // MARK: The end

  /// Whether the page takes more: asked before each tag and each text, as the other reader does.
  private mutating func goesOn() -> Bool {
    if construction.isFull { stop() }
    return !hasStopped
  }

  private mutating func stop() {
    hasStopped = true
    parser?.stop()
  }

  // MARK: End tags

  /// Hands on the end tag that libxml2 did not follow, if there is one.
  mutating func settle() {
    guard let tag = doubtful else { return }
    doubtful = nil
    endTag(tag.name)
  }

  private mutating func endTag(_ name: MarkupName) {
    guard goesOn() else { return }
    isInText = false
    construction.endTag(tags.tag(name), name)
  }

  /// Whether the end of an element is one that stands in the page, right before `place`.
  private func endTagStands(_ name: MarkupName, before place: Int) -> Bool {
    let markup = markup.span.extracting(start...)
    let tag = place - name.count - 3
    guard tag >= 0, place <= markup.count, markup[place - 1] == UInt8(ascii: ">"),
      markup[tag] == UInt8(ascii: "<"), markup[tag + 1] == UInt8(ascii: "/")
    else { return false }
    var index = tag + 2
    return markup.name(at: &index) == name
  }
}
