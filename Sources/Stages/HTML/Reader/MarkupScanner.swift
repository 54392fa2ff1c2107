import Bytes
import Pipeline

/// Receives the parts of a page that a scanner finds, in the page's order.
protocol MarkupReceiver {
  /// Whether the page has as much as is taken of one: the scanner stops.
  var isFull: Bool { get }

  /// Takes text as it is written: character references are not decoded.
  mutating func text(_ bytes: Span<UInt8>)

  /// Takes the beginning of a start tag. A tag that the end of the page cuts off has no end, and is none.
  mutating func startTagBegins(_ tag: Tag, _ name: MarkupName)

  /// Takes an attribute of that tag, and where its value stands in the page, as it is written.
  mutating func attribute(
    _ name: AttributeName, _ value: Range<Int>, in page: Span<UInt8>, of tag: Tag)

  /// Takes the end of that tag.
  mutating func startTagEnds(_ tag: Tag, _ name: MarkupName)

  /// Takes an end tag.
  mutating func endTag(_ tag: Tag, _ name: MarkupName)
}

/// Cuts the bytes of a page into tags and text, and steps over what holds no text.
///
/// Tags are recognised as the tokenizer of the HTML Living Standard does it (section 13.2.5). Script,
/// style, comments and drawings, more than half of a page's bytes, are stepped over without being looked
/// into. Both readers of pages begin with it: one nests what it finds, the other copies that for libxml2.
///
/// One pass. Every search that runs to the end of the page in vain is made once.
struct MarkupScanner {
  /// Where in the input the scripts of linked data (JSON-LD) stand.
  private(set) var linkedData: [Range<Int>] = []

  private var attributes = AttributeReader()
  /// Raw elements for whose end tags a search was in vain.
  private var unclosed = Set<Tag>()
  private var keepsFallback = false
  private let tags = NameTable.tags

  /// Scans one page; forgets the one before.
  /// - Parameters:
  ///   - input: Well-formed UTF-8.
  ///   - keepsFallback: Whether the content of `noscript` counts.
  mutating func scan(
    _ input: Span<UInt8>, keepsFallback: Bool,
    into receiver: inout some MarkupReceiver
  ) {
    self.keepsFallback = keepsFallback
    attributes.start()
    linkedData.removeAll(keepingCapacity: true)
    unclosed.removeAll(keepingCapacity: true)
    var index = 0
    while index < input.count, !receiver.isFull {
      let tag = input.index(of: UInt8(ascii: "<"), from: index) ?? input.count
      if tag > index { receiver.text(input.extracting(index..<tag)) }
      guard tag < input.count else { break }
      index = readMarkup(input, at: tag, into: &receiver)
    }
  }

  /// Reads what begins with the `<` at `start`. Returns where it ends.
  @inline(__always)
  private mutating func readMarkup(
    _ input: Span<UInt8>, at start: Int, into receiver: inout some MarkupReceiver
  ) -> Int {
    let next = input.byte(at: start + 1)
    if next.isASCIILetter { return readStartTag(input, at: start, into: &receiver) }
    if next == UInt8(ascii: "/") {
      if input.byte(at: start + 2).isASCIILetter {
        var index = start + 2
        let name = input.name(at: &index)
        receiver.endTag(tags.tag(name), name)
        return input.behind(UInt8(ascii: ">"), from: index)
      }
      return input.behind(UInt8(ascii: ">"), from: start)
    }
    if next == UInt8(ascii: "!") { return input.endOfDeclaration(at: start) }
    if next == UInt8(ascii: "?") { return input.behind(UInt8(ascii: ">"), from: start) }
    receiver.text(input.extracting(start..<start + 1))
    return start + 1
  }

  private mutating func readStartTag(
    _ input: Span<UInt8>, at start: Int, into receiver: inout some MarkupReceiver
  ) -> Int {
    var index = start + 1
    let name = input.name(at: &index)
    let tag = tags.tag(name)
    if tag.isRaw { return readRaw(input, tag, at: start, from: index, into: &receiver) }
    receiver.startTagBegins(tag, name)
    let isWhole = attributes.read(input, from: &index) { name, value in
      receiver.attribute(name, value, in: input, of: tag)
    }
    guard isWhole else { return input.count }
    receiver.startTagEnds(tag, name)
    return tag == .title ? readTitle(input, name, from: index, into: &receiver) : index
  }

  /// A title's content is characters, in which references count and tags do not. Without an end tag it ends
  /// where the next tag begins: in a browser it would take the rest of the page.
  private mutating func readTitle(
    _ input: Span<UInt8>, _ name: MarkupName, from start: Int,
    into receiver: inout some MarkupReceiver
  ) -> Int {
    let end = endOfRaw(input, .title, from: start)
    let textEnd = end ?? input.index(of: UInt8(ascii: "<"), from: start) ?? input.count
    if textEnd > start { receiver.text(input.extracting(start..<textEnd)) }
    if end == nil { receiver.endTag(.title, name) }
    return textEnd
  }

  /// Steps over an element whose content is not text of the page. Its tag begins at `start` and its
  /// attributes at `index`.
  private mutating func readRaw(
    _ input: Span<UInt8>, _ tag: Tag, at start: Int, from index: Int,
    into receiver: inout some MarkupReceiver
  ) -> Int {
    var index = index
    var isLinkedData = false
    var isHidden = false
    let isWhole = attributes.read(input, from: &index) { name, value in
      if tag == .script, name == .type { isLinkedData = input.extracting(value).holds("ld+json") }
      if name == .hidden { isHidden = true }
      if name == .style {
        isHidden = isHidden || AttributeValue(input.extracting(value)).hidesElement
      }
    }
    guard isWhole else { return input.count }
    // An element that a browser replaces by something else counts as a picture.
    if tag.isReplaced, !isHidden {
      receiver.startTagBegins(.img, MarkupScanner.picture)
      receiver.startTagEnds(.img, MarkupScanner.picture)
    }
    if tag == .noscript, keepsFallback { return index }
    if tag == .svg, input[index - 2] == UInt8(ascii: "/") { return index }
    guard let end = endOfRaw(input, tag, from: index) else { return index }
    if tag == .noscript { readTwin(input, index..<end, into: &receiver) }
    if isLinkedData { linkedData.append(index..<end) }
    return input.behind(UInt8(ascii: ">"), from: end)
  }

  private static let picture = MarkupName("img")

  /// Reads the picture that a `noscript` begins with: often the twin of one that loads late.
  private mutating func readTwin(
    _ input: Span<UInt8>, _ content: Range<Int>,
    into receiver: inout some MarkupReceiver
  ) {
    guard let start = input.firstIndex(in: content, where: { !$0.isHTMLSpace }),
      input.hasPrefix("<img", at: start), input.byte(at: start + 4).isHTMLSpace
    else { return }
    var index = start + 4
    let part = input.extracting(..<content.upperBound)
    var reader = AttributeReader()
    receiver.startTagBegins(.img, MarkupScanner.picture)
    receiver.attribute(.twin, start..<start, in: input, of: .img)
    _ = reader.read(part, from: &index) { name, value in
      if name == .alt || name == .src { receiver.attribute(name, value, in: input, of: .img) }
    }
    receiver.startTagEnds(.img, MarkupScanner.picture)
  }

  /// Where the end tag of raw text stands that begins at `start`. Unclosed script and style run to the
  /// end of the page, as in a browser; of other elements only the tag is stepped over: nil.
  private mutating func endOfRaw(
    _ input: Span<UInt8>, _ tag: Tag, from start: Int
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

extension Span<UInt8> {
  /// The index after the next `byte`; the end if there is none.
  fileprivate func behind(_ byte: UInt8, from start: Int) -> Int {
    index(of: byte, from: start).map { $0 + 1 } ?? count
  }

  /// The index after the comment, document type or the like that begins at `start`.
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
