import Bytes
import Pipeline

/// Reads a page: cuts its bytes into tags and text, nests the elements, and hands both to the builder.
///
/// Tags are recognised as the tokenizer of the HTML Living Standard does it (section 13.2.5), and
/// nested by the rules in `OpenElements`. Script, style, comments and drawings, more than half of a
/// page's bytes, are stepped over without being looked into.
///
/// One pass. Every search that runs to the end of the page in vain is made once, and an end tag looks
/// through at most `maximumDepth` elements: hostile pages take the same time per byte as others.
struct PageParser {
  /// What became of a page.
  struct Result {
    let page: Page
    let facts: PageFacts
    /// Characters of the text that stand for lost ones.
    let damaged: Int
    /// Limits that were met, in that order.
    let limits: [String]
  }

  private var builder = PageBuilder()
  /// Where in the input the scripts of linked data (JSON-LD) stand.
  private(set) var linkedData: [Range<Int>] = []

  private var open = OpenElements()
  private var attributes = AttributeReader()
  /// How many elements of each formatting tag are open that say something by an attribute. All others
  /// are passed over.
  private var formatting = [UInt16](repeating: 0, count: Tag.allCases.count)
  /// Elements beyond the greatest depth that are open.
  private var beyondDepth = 0
  private var unclosed = Set<Tag>()
  private var keepsFallback = false
  private let style: Page.Style
  private let tags = NameTable.tags
  private let references = CharacterReferences.shared

  /// Open elements at one time. Browsers bound them too, by 512; the deepest of 1,349 pages of people's
  /// making has 47. What stands deeper belongs to the last element that fits.
  static let maximumDepth = 256

  /// - Parameter style: What to collect beside the blocks.
  init(style: Page.Style = Page.Style()) { self.style = style }

  /// Parses one page; forgets the one before.
  /// - Parameters:
  ///   - input: Well-formed UTF-8.
  ///   - address: Where the page was fetched; empty if that is not known.
  ///   - keepsHidden: Whether text counts that the page hides.
  ///   - keepsFallback: Whether the content of `noscript` counts.
  mutating func parse(
    _ input: UnsafeBufferPointer<UInt8>, address: String = "", keepsHidden: Bool,
    keepsFallback: Bool = false
  ) -> Result {
    self.keepsFallback = keepsFallback
    builder.begin(keepsHidden: keepsHidden, style: style, address: address)
    open.start()
    attributes.start()
    linkedData.removeAll(keepingCapacity: true)
    for index in formatting.indices { formatting[index] = 0 }
    beyondDepth = 0
    unclosed.removeAll(keepingCapacity: true)
    var index = 0
    while index < input.count, !builder.isFull {
      let tag = input.index(of: UInt8(ascii: "<"), from: index) ?? input.count
      if tag > index { readText(UnsafeBufferPointer(rebasing: input[index..<tag])) }
      guard tag < input.count else { break }
      index = readMarkup(input, at: tag)
    }
    let page = builder.end()
    return Result(
      page: page, facts: builder.facts, damaged: builder.damaged, limits: builder.limits)
  }

  /// Reads what begins with the `<` at `start`. Returns where it ends.
  @inline(__always)
  private mutating func readMarkup(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let next = input.byte(at: start + 1)
    if next.isASCIILetter { return readStartTag(input, at: start) }
    if next == UInt8(ascii: "/") {
      if input.byte(at: start + 2).isASCIILetter { return readEndTag(input, at: start) }
      return input.behind(UInt8(ascii: ">"), from: start)
    }
    if next == UInt8(ascii: "!") { return input.endOfDeclaration(at: start) }
    if next == UInt8(ascii: "?") { return input.behind(UInt8(ascii: ">"), from: start) }
    readText(UnsafeBufferPointer(rebasing: input[start...start]))
    return start + 1
  }

  // MARK: Text

  private mutating func readText(_ text: UnsafeBufferPointer<UInt8>) {
    if open.isInHead, !builder.isInTitle {
      guard text.contains(where: { !$0.isHTMLSpace }) else { return }
      close(to: 1)
    }
    readCharacters(text)
  }

  /// Hands on characters, their references decoded.
  private mutating func readCharacters(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while let ampersand = text.index(of: UInt8(ascii: "&"), from: index) {
      let reference = references.reference(in: text, at: ampersand, isInAttribute: false)
      // One that is none is text.
      let end = reference == nil ? ampersand + 1 : ampersand
      if end > index { builder.characters(UnsafeBufferPointer(rebasing: text[index..<end])) }
      if let reference { builder.character(reference.first, reference.second) }
      index = ampersand + (reference?.length ?? 1)
    }
    if index < text.count { builder.characters(UnsafeBufferPointer(rebasing: text[index...])) }
  }

  // MARK: Tags

  private mutating func readEndTag(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var index = start + 2
    let name = input.name(at: &index)
    let end = input.behind(UInt8(ascii: ">"), from: index)
    let tag = tags.tag(name)
    if tag.isEmpty || tag.isRaw { return end }
    if tag.isFormatting {
      builder.noteFormatting(tag, starts: false)
      guard formatting[Int(tag.rawValue)] > 0 else { return end }
      formatting[Int(tag.rawValue)] -= 1
    }
    // What an end tag makes has no attributes: not those of the start tag before it, which may be the
    // last of another page.
    builder.attributes.start()
    if tag == .br {
      openAndClose(tag)
    } else if beyondDepth > 0 {
      beyondDepth -= 1
    } else {
      switch open.closing(tag, name) {
      case .keep(let count): close(to: count)
      case .link(let number): builder.endLink(number)
      case .paragraph: openAndClose(.p)
      case .nothing: break
      }
    }
    return end
  }

  private mutating func readStartTag(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var index = start + 1
    let name = input.name(at: &index)
    let tag = tags.tag(name)
    // A tag that the end of the page cuts off is none.
    guard attributes.read(input, from: &index, of: tag, into: &builder.attributes) else {
      return input.count
    }
    if tag.isRaw { return readRaw(input, tag, from: index) }
    if tag.isFormatting { builder.noteFormatting(tag, starts: true) }
    switch tag {
    case .html, .meta, .link, .img, .base:
      builder.note(tag)
      return index
    case _ where tag.isEmpty || tag.isFormatting && builder.attributes.isEmpty: return index
    default: break
    }
    guard let opening = open.opening(tag) else { return index }
    close(to: opening.keep)
    if let link = opening.endedLink { builder.endLink(link) }
    if tag == .br || tag == .hr {
      openAndClose(tag)
    } else if open.count >= PageParser.maximumDepth {
      beyondDepth += 1
      builder.meet("depth")
    } else {
      if tag.isFormatting { formatting[Int(tag.rawValue)] &+= 1 }
      open.push(tag, name)
      builder.startElement(tag)
      if tag == .title { return readTitle(input, from: index) }
    }
    return index
  }

  private mutating func close(to count: Int) {
    while open.count > count {
      open.removeLast()
      builder.endElement()
    }
  }

  /// An element without content.
  private mutating func openAndClose(_ tag: Tag) {
    builder.startElement(tag)
    builder.endElement()
  }

  /// A title's content is characters, in which references count and tags do not.
  private mutating func readTitle(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let end = endOfRaw(input, .title, from: start) ?? start
    readCharacters(UnsafeBufferPointer(rebasing: input[start..<end]))
    return end
  }

  // MARK: Raw text

  /// Steps over an element whose content is not text of the page.
  private mutating func readRaw(
    _ input: UnsafeBufferPointer<UInt8>, _ tag: Tag, from start: Int
  ) -> Int {
    if tag == .noscript, keepsFallback { return start }
    if tag == .svg, input[start - 2] == UInt8(ascii: "/") { return start }
    guard let end = endOfRaw(input, tag, from: start) else { return start }
    if tag == .script, builder.attributes.isLinkedData { linkedData.append(start..<end) }
    return input.behind(UInt8(ascii: ">"), from: end)
  }

  /// Where the end tag of raw text stands that begins at `start`. Unclosed script and style run to the
  /// end of the page, as in a browser; of other elements only the tag is stepped over: nil.
  private mutating func endOfRaw(
    _ input: UnsafeBufferPointer<UInt8>, _ tag: Tag, from start: Int
  ) -> Int? {
    if unclosed.contains(tag) { return nil }
    let end: Int? =
      switch tag {
      case .script: input.endOfScript(from: start)
      case .svg: input.endTag("svg", nesting: true, from: start)
      default: input.endTag(tag.staticName, nesting: false, from: start)
      }
    if let end { return end }
    if tag == .script || tag == .style { return input.count }
    unclosed.insert(tag)
    return nil
  }
}

extension Tag {
  /// Names of the elements whose end is searched for as text.
  fileprivate var staticName: StaticString {
    switch self {
    case .style: "style"
    case .noscript: "noscript"
    case .textarea: "textarea"
    case .iframe: "iframe"
    case .noembed: "noembed"
    case .noframes: "noframes"
    default: "title"
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the bytes behind the next `byte` begin; the end when there is none.
  fileprivate func behind(_ byte: UInt8, from start: Int) -> Int {
    index(of: byte, from: start).map { $0 + 1 } ?? count
  }

  /// Behind the comment, document type or the like that begins at `start`.
  fileprivate func endOfDeclaration(at start: Int) -> Int {
    guard byte(at: start + 2) == UInt8(ascii: "-"), byte(at: start + 3) == UInt8(ascii: "-") else {
      return behind(UInt8(ascii: ">"), from: start)
    }
    // `<!-->` is a whole comment, and `--!>` ends one too.
    var index = start + 4
    if byte(at: index) == UInt8(ascii: ">") { return index + 1 }
    while let end = self.index(of: UInt8(ascii: ">"), from: index) {
      if self[end - 1] == UInt8(ascii: "-"), self[end - 2] == UInt8(ascii: "-") { return end + 1 }
      if self[end - 1] == UInt8(ascii: "!"), self[end - 2] == UInt8(ascii: "-"),
        self[end - 3] == UInt8(ascii: "-")
      {
        return end + 1
      }
      index = end + 1
    }
    return count
  }
}
