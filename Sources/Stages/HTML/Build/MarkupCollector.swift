import Bytes
import Pipeline

/// Collects what a page's text looks like beyond its blocks, as far as the style asks for it: links,
/// emphasis, pictures, cells. Told by the builder what opens and closes, it cuts spans at the ends of
/// blocks.
struct MarkupCollector {
  private(set) var markup = Page.Markup()
  /// Whether anything is collected at all. Nothing need be told otherwise.
  private(set) var isCollecting = false
  /// Whether something has opened that starts with the next text.
  private(set) var isWaiting = false
  /// Whether something was left out for its number or size.
  private(set) var isFull = false

  private var runs = [Run](repeating: Run(), count: Page.Span.Kind.allCases.count)
  /// Open cells, as indices in `markup.cells`.
  private var openCells: [Int] = []
  /// For each cell the links of its block up to its end.
  private(set) var cellLinks: [(bytes: Int, count: UInt16)] = []
  private var base = BaseAddress()
  private var hasBaseElement = false

  /// Spans and pictures of a page. The largest of 1,349 pages of people's making has 13,000 links.
  static let maximumSpans = 1 << 18
  /// Bytes of addresses and alternative texts of a page. A relative reference of one letter stands for
  /// an address a thousand times as long.
  static let maximumStrings = 16 << 20

  /// The open elements of one kind. Of nested elements of the same kind only the outermost counts.
  private struct Run {
    var depth = 0
    /// Open elements of the page when it opened: with the last of them it closes, closed or not.
    var frames = 0
    /// Index of the span in the current block; -1 while there is none.
    var span = -1
    /// Index of the span before it; -1 if there is none.
    var previous = -1
    var target: Range<UInt32> = 0..<0
  }

  /// Forgets the page before.
  /// - Parameter address: Where the page was fetched; empty if that is not known.
  mutating func begin(_ style: Page.Style, address: String) {
    markup = Page.Markup()
    markup.style = style
    isCollecting = !style.isPlain
    (isWaiting, isFull, hasBaseElement) = (false, false, false)
    openCells.removeAll(keepingCapacity: true)
    cellLinks.removeAll(keepingCapacity: true)
    guard isCollecting else { return }
    for index in runs.indices { runs[index] = Run() }
    base = BaseAddress(address.utf8.span)
  }

  /// Takes a `base` element; the first with an address counts (HTML Living Standard, section 4.2.3).
  mutating func noteBase(_ attributes: Attributes) {
    guard isCollecting, !hasBaseElement, let href = attributes.href else { return }
    var address: [UInt8] = []
    guard base.append(href, to: &address) else { return }
    hasBaseElement = true
    base = BaseAddress(address.span)
  }

  // MARK: Spans

  /// Takes the start of a link.
  mutating func openLink(_ attributes: Attributes, frames: Int) {
    guard markup.style.writesLinks else { return }
    var target: Range<UInt32> = 0..<0
    if runs[Int(Page.Span.Kind.link.rawValue)].depth == 0, let href = attributes.href {
      let base = base
      target = string { base.append(href, to: &$0) }
    }
    open(.link, frames: frames, target: target)
  }

  /// Takes the start of something that looks different.
  mutating func open(_ kind: Page.Span.Kind, frames: Int, target: Range<UInt32> = 0..<0) {
    // Plain text knows links only.
    guard kind == .link || markup.style.format == .markdown else { return }
    let index = Int(kind.rawValue)
    runs[index].depth += 1
    guard runs[index].depth == 1 else { return }
    runs[index].frames = frames
    runs[index].target = target
    isWaiting = true
  }

  /// Takes its end, where the page's text has grown to `offset` bytes.
  mutating func close(_ kind: Page.Span.Kind, at offset: Int) {
    let index = Int(kind.rawValue)
    guard runs[index].depth > 0 else { return }
    runs[index].depth -= 1
    if runs[index].depth == 0 { end(index, at: offset) }
  }

  /// Closes what was opened inside an element that ends and leaves `frames` open ones.
  mutating func closeAll(above frames: Int, at offset: Int) {
    for index in runs.indices where runs[index].depth > 0 && runs[index].frames > frames {
      runs[index].depth = 0
      end(index, at: offset)
    }
  }

  private mutating func end(_ index: Int, at offset: Int) {
    guard runs[index].span >= 0 else { return }
    let start = markup.spans[runs[index].span].text.lowerBound
    markup.spans[runs[index].span].text = start..<max(start, UInt32(offset))
    runs[index].previous = runs[index].span
    runs[index].span = -1
  }

  /// Notes that text begins at `offset`, after everything between it and the text before.
  mutating func textBegins(at offset: Int) {
    isWaiting = false
    codeBegins(at: offset)
    for kind in Page.Span.Kind.allCases {
      let index = Int(kind.rawValue)
      guard runs[index].depth > 0, runs[index].span < 0 else { continue }
      // Emphasis that goes on at once is one.
      let previous = runs[index].previous
      if kind != .link, previous >= 0, markup.spans[previous].text.upperBound == UInt32(offset) {
        runs[index].span = previous
        continue
      }
      guard markup.spans.count < MarkupCollector.maximumSpans else {
        isFull = true
        continue
      }
      runs[index].span = markup.spans.count
      markup.spans.append(
        Page.Span(
          kind: kind, text: UInt32(offset)..<UInt32(offset), target: runs[index].target))
    }
  }

  /// Takes that preformatted text begins at `offset`, in which there are no spans.
  mutating func codeBegins(at offset: Int) {
    for cell in openCells.reversed() {
      guard markup.cells[cell].text.lowerBound == .max else { break }
      markup.cells[cell].text = UInt32(offset)..<UInt32.max
    }
  }

  /// Takes the end of a block at `offset`. What is open goes on in the next one.
  mutating func blockEnds(at offset: Int) {
    for index in runs.indices where runs[index].depth > 0 {
      end(index, at: offset)
      isWaiting = true
    }
    // Removes spans whose text was cut off the end of the block.
    while let last = markup.spans.last, last.text.lowerBound >= UInt32(offset) {
      markup.spans.removeLast()
    }
    for index in runs.indices { runs[index].previous = -1 }
  }

  // MARK: Tables, lists, code

  /// Takes the start of a cell.
  mutating func openCell(_ attributes: Attributes, element: Int32) {
    openCells.append(markup.cells.count)
    let columns = attributes.colspan?.wholeNumber ?? 1
    // A cell of no rows goes on to the end of its part of the table (HTML, section 4.9.12).
    let rows = attributes.rowspan?.wholeNumber ?? 1
    markup.cells.append(
      Page.Cell(
        element: element, text: UInt32.max..<UInt32.max,
        columns: UInt16(clamping: max(columns, 1)), rows: rows == 0 ? .max : UInt16(clamping: rows))
    )
    cellLinks.append((0, 0))
    isWaiting = true
  }

  /// Takes its end.
  /// - Parameter links: The bytes in links and the number of links that the block has by now.
  mutating func closeCell(at offset: Int, links: (bytes: Int, count: UInt16)) {
    guard let cell = openCells.popLast() else { return }
    let start = min(markup.cells[cell].text.lowerBound, UInt32(offset))
    markup.cells[cell].text = start..<UInt32(offset)
    cellLinks[cell] = links
  }

  /// Takes the number that a list or an item gives itself.
  mutating func noteNumber(_ attributes: Attributes, element: Int32) {
    guard markup.style.format == .markdown, let value = attributes.number?.wholeNumber else {
      return
    }
    markup.numbers.append(Page.Number(element: element, value: value))
  }

  /// Takes the names of an element of code, of the block that has the index `block`.
  mutating func noteLanguage(in names: ArraySlice<UInt8>, block: Int) {
    guard markup.style.format == .markdown, !names.isEmpty,
      markup.languages.last?.block != Int32(block), let name = CodeLanguage.name(in: names)
    else { return }
    let range = string {
      $0 += name
      return true
    }
    if !range.isEmpty { markup.languages.append(Page.Language(block: Int32(block), name: range)) }
  }

  // MARK: Pictures

  /// Takes a picture.
  /// - Parameters:
  ///   - block: Index of the block that it stands in or before.
  ///   - offset: Where it stands in the block; nil outside of blocks.
  mutating func noteImage(_ attributes: Attributes, block: Int, offset: Int?, element: Int32) {
    guard markup.style.writesImages, let alternative = attributes.alt else { return }
    guard markup.images.count < MarkupCollector.maximumSpans else {
      isFull = true
      return
    }
    let text = string { output in
      guard let line = PlainText.line(alternative.string) else { return false }
      output += line.utf8
      return true
    }
    guard !text.isEmpty else { return }
    let base = base
    var source = string { output in
      base.append(attributes.lateSource, to: &output) || base.append(attributes.src, to: &output)
    }
    if source.isEmpty, let first = attributes.sources?.firstSource {
      source = string { output in
        base.append(first.span, to: &output)
      }
    }
    markup.images.append(
      Page.Image(
        block: Int32(block), offset: offset.map(UInt32.init), element: element, text: text,
        source: source))
  }

  /// Takes the picture that is shown in the place of the last one where no script runs.
  mutating func noteTwin(_ attributes: Attributes) {
    guard let image = markup.images.last, image.source.isEmpty else { return }
    if let own = attributes.alt {
      guard let line = PlainText.line(own.string), page(line, equals: image.text) else { return }
    }
    let base = base
    let source = string { output in
      base.append(attributes.src, to: &output)
    }
    guard !source.isEmpty else { return }
    markup.images[markup.images.count - 1] = Page.Image(
      block: image.block, offset: image.offset, element: image.element, text: image.text,
      source: source)
  }

  private func page(_ line: String, equals text: Range<UInt32>) -> Bool {
    markup.strings[Int(text.lowerBound)..<Int(text.upperBound)].elementsEqual(line.utf8)
  }

  /// Appends to the strings; an empty range if nothing was, or if there is no room.
  private mutating func string(_ append: (inout [UInt8]) -> Bool) -> Range<UInt32> {
    let start = markup.strings.count
    guard start < MarkupCollector.maximumStrings else {
      isFull = true
      return 0..<0
    }
    guard append(&markup.strings) else { return 0..<0 }
    return UInt32(start)..<UInt32(markup.strings.count)
  }
}

extension BaseAddress {
  /// Appends the address that an attribute means, if it is one.
  fileprivate func append(_ value: AttributeValue?, to output: inout [UInt8]) -> Bool {
    guard let value else { return false }
    return append(value.decoded.span, to: &output)
  }
}

extension AttributeValue {
  /// The first address of a list of pictures in several sizes.
  fileprivate var firstSource: [UInt8]? {
    let value = decoded
    let start = value.drop { $0.isHTMLSpace || $0 == UInt8(ascii: ",") }
    var address = start.prefix { !$0.isHTMLSpace }
    while address.last == UInt8(ascii: ",") { address.removeLast() }
    return address.isEmpty ? nil : Array(address)
  }

  /// The value as a number of at most nine digits, which is what Markdown allows; nil for others.
  fileprivate var wholeNumber: Int32? {
    guard (1...9).contains(bytes.count), bytes.allSatisfy(\.isASCIIDigit) else { return nil }
    return bytes.indices.reduce(0) { $0 * 10 + Int32(bytes[$1] - UInt8(ascii: "0")) }
  }
}
