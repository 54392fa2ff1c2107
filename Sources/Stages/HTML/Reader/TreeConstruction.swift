import Bytes
import Pipeline

/// Nests the elements of a page by its tags, and hands them and the text to the builder. All readers of pages
/// come together here.
///
/// Elements are nested by the rules in `OpenElements`, whatever structure the reader gives them. An end tag looks
/// through at most `maximumDepth` elements, so hostile pages take the same time per byte as others.
struct TreeConstruction {
  private(set) var builder = PageBuilder()

  private var open = OpenElements()
  /// How many elements of each formatting tag are open that say something by an attribute. All others
  /// are passed over.
  private var formatting = FormattingCounts()
  /// Elements beyond the greatest depth that are open.
  private var beyondDepth = 0

  /// Open elements at one time. Browsers bound them too, by 512; the deepest of 1,349 pages of people's
  /// making has 47. What stands deeper belongs to the last element that fits.
  static let maximumDepth = 256

  /// Begins a page; forgets the one before.
  /// - Parameters:
  ///   - keepsHidden: Whether text counts that the page hides.
  ///   - style: What to collect beside the blocks.
  ///   - address: Where the page was fetched; empty if that is not known.
  mutating func begin(keepsHidden: Bool, style: Page.Style, address: String) {
    builder.begin(keepsHidden: keepsHidden, style: style, address: address)
    open.start()
    formatting.reset()
    beyondDepth = 0
  }

  /// Ends the page and hands it over.
  mutating func end() -> Page { builder.end() }

  var isFull: Bool { builder.isFull }

  // MARK: Text

  /// Takes characters; references are decoded already.
  mutating func characters(_ text: Span<UInt8>) {
    guard entersBody(with: text) else { return }
    builder.characters(text)
  }

  /// Whether the text counts: white space in `head` does not, and any other text ends it.
  private mutating func entersBody(with text: Span<UInt8>) -> Bool {
    guard open.isInHead, !builder.isInTitle else { return true }
    guard text.contains(where: { !$0.isHTMLSpace }) else { return false }
    close(to: 1)
    return true
  }

  // MARK: Tags

  /// Before the attributes of a start tag.
  mutating func attributesBegin() { builder.attributes.start() }

  /// Takes an attribute of the start tag that comes next.
  /// - Parameter value: As it is written.
  @inline(__always)
  mutating func attribute(
    _ name: AttributeName, _ value: Span<UInt8>, of tag: Tag
  ) {
    builder.attributes.note(name, value, of: tag)
  }

  /// Takes a start tag, whose attributes have come before it.
  mutating func startTag(_ tag: Tag, _ name: MarkupName) {
    // An element made by an end tag has no attributes.
    defer { builder.attributes.start() }
    if tag.isFormatting { builder.noteFormatting(tag, starts: true) }
    switch tag {
    case .html, .meta, .link, .img, .base, .input, .embed:
      builder.note(tag)
      return
    case _ where tag.isEmpty || tag.isFormatting && builder.attributes.isEmpty: return
    default: break
    }
    guard let opening = open.opening(tag) else { return }
    close(to: opening.keep)
    if let link = opening.endedLink { builder.endLink(link) }
    if tag == .br || tag == .hr {
      openAndClose(tag)
    } else if open.count >= TreeConstruction.maximumDepth {
      beyondDepth += 1
      builder.meet("depth")
      if tag.isBlockLevel { builder.separate() }
    } else {
      if tag.isFormatting { formatting.starts(tag) }
      open.push(tag, name)
      builder.startElement(tag)
    }
  }

  /// Takes an end tag.
  mutating func endTag(_ tag: Tag, _ name: MarkupName) {
    if tag.isEmpty || tag.isRaw { return }
    if tag.isFormatting {
      builder.noteFormatting(tag, starts: false)
      guard formatting.ends(tag) else { return }
    }
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
}

/// How many elements of each tag that only changes how text looks are open and count.
struct FormattingCounts {
  private var counts = [UInt32](repeating: 0, count: Tag.allCases.count)

  mutating func reset() {
    for index in counts.indices { counts[index] = 0 }
  }

  mutating func starts(_ tag: Tag) { counts[Int(tag.rawValue)] &+= 1 }

  /// Whether the end tag ends one of them.
  mutating func ends(_ tag: Tag) -> Bool {
    guard counts[Int(tag.rawValue)] > 0 else { return false }
    counts[Int(tag.rawValue)] &-= 1
    return true
  }
}

/// The fast reader: what the scanner finds is nested as it comes.
extension TreeConstruction: MarkupReceiver {
  mutating func text(_ bytes: Span<UInt8>) {
    guard entersBody(with: bytes) else { return }
    CharacterReferences.shared.forEachPart(of: bytes, isInAttribute: false) { part in
      switch part {
      case .text(let text): builder.characters(text)
      case .ampersand: builder.character(0x26, 0)
      case .reference(let reference): builder.character(reference.first, reference.second)
      }
    }
  }

  mutating func startTagBegins(_ tag: Tag, _ name: MarkupName) { attributesBegin() }

  @inline(__always)
  mutating func attribute(
    _ name: AttributeName, _ value: Range<Int>, in page: Span<UInt8>, of tag: Tag
  ) {
    attribute(name, page.extracting(value), of: tag)
  }

  mutating func startTagEnds(_ tag: Tag, _ name: MarkupName) { startTag(tag, name) }
}
