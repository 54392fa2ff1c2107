import Bytes
import Pipeline

/// Writes blocks as plain text: an empty line between paragraphs, one line for each item of a list and
/// each row of a table.
package struct PlainTextWriter {
  /// The space between two paragraphs.
  package enum Spacing { case lines, paragraphs }

  private let page: Page
  private let outline: PageOutline
  private let spacing: Spacing
  private let hasMarkup: Bool
  private var output: [UInt8] = []
  /// Of the link that was written last: one that encloses several blocks is written once.
  private var lastTarget: Range<UInt32> = 0..<0
  /// The cell that was written last, if nothing else was since.
  private var place: PageOutline.DataPart?

  init(_ page: Page, _ outline: PageOutline, _ spacing: Spacing) {
    self.page = page
    self.outline = outline
    self.spacing = spacing
    hasMarkup = !page.markup.spans.isEmpty || !page.markup.images.isEmpty
  }

  mutating func write(_ blocks: [Int]) -> [UInt8] {
    var last: Page.Block?
    for index in blocks {
      let block = page.blocks[index]
      if hasMarkup, writeImages(before: index) { (last, place) = (nil, nil) }
      let parts = outline.dataParts(of: block, in: page)
      for part in parts { writePart(part, of: block, index, behind: last) }
      if parts.isEmpty {
        place = nil
        if !output.isEmpty { output += last.map { separator($0, block) } ?? paragraphEnd }
        write(block, index, Int(block.text.lowerBound)..<Int(block.text.upperBound))
      }
      last = block
    }
    return output
  }

  private mutating func write(_ block: Page.Block, _ index: Int, _ text: Range<Int>) {
    if hasMarkup, block.kind != .code {
      writeMarkedUp(block, index, text)
    } else {
      output += page.text[text]
    }
  }

  // MARK: Tables

  /// Writes a part of a block in a cell, after the marks of the cells that were skipped: an empty cell has one, too.
  private mutating func writePart(
    _ part: PageOutline.DataPart, of block: Page.Block, _ index: Int, behind last: Page.Block?
  ) {
    var column: Int32 = 0
    if let place, place.table == part.table, place.cell.row == part.cell.row {
      column = place.cell.column
      if place.cell.element == part.cell.element { output.append(0x20) }
    } else if let place, place.table == part.table {
      output.append(0x0A)
    } else if !output.isEmpty {
      output += last.map { separator($0, block) } ?? paragraphEnd
    }
    while column < part.cell.column {
      output += " | ".utf8
      column += 1
    }
    let start = output.count
    write(block, index, Int(part.text.lowerBound)..<Int(part.text.upperBound))
    // A row is one line.
    for offset in start..<output.count where output[offset] == 0x0A { output[offset] = 0x20 }
    place = part
  }

  private var paragraphEnd: String.UTF8View { spacing == .lines ? "\n".utf8 : "\n\n".utf8 }

  private func separator(_ last: Page.Block, _ next: Page.Block) -> String.UTF8View {
    return isJoined(last, next) ? "\n".utf8 : paragraphEnd
  }

  /// Whether two blocks are lines of the same thing.
  private func isJoined(_ last: Page.Block, _ next: Page.Block) -> Bool {
    guard last.kind == next.kind else { return false }
    switch last.kind {
    case .tableRow: return outline.areInOneTable(last, next)
    case .listItem:
      return outline.outermostList(around: last.element, in: page)
        == outline.outermostList(around: next.element, in: page)
    case .code:
      let element = outline.container(around: last.element, in: page) { $0 == .pre }
      return element >= 0
        && element == outline.container(around: next.element, in: page) { $0 == .pre }
    default: return false
    }
  }

  // MARK: Links and pictures

  /// Writes the pictures that stand right before a block, each as a paragraph. Returns whether there are
  /// any.
  private mutating func writeImages(before index: Int) -> Bool {
    var isAny = false
    for image in page.markup.images[page.images(of: index)] where image.offset == nil {
      if !output.isEmpty { output += paragraphEnd }
      writeImage(image)
      isAny = true
    }
    return isAny
  }

  private mutating func writeImage(_ image: Page.Image) {
    output.append(UInt8(ascii: "["))
    output += page.string(image.text)
    output.append(UInt8(ascii: "]"))
  }

  /// Writes a block's text with the target of each link after it, and with pictures at their places.
  private mutating func writeMarkedUp(_ block: Page.Block, _ index: Int, _ text: Range<Int>) {
    var position = text.lowerBound
    var images = page.images(of: index)
    while text.lowerBound > Int(block.text.lowerBound), let next = images.first,
      let offset = page.markup.images[next].offset,
      Int(offset) < text.lowerBound
    {
      images.removeFirst()
    }
    for span in page.markup.spans[page.spans(in: block)] where span.kind == .link {
      guard Int(span.text.lowerBound) >= text.lowerBound,
        Int(span.text.upperBound) <= text.upperBound
      else { continue }
      writeText(&position, to: Int(span.text.upperBound), &images)
      writeTarget(of: span)
    }
    writeText(&position, to: text.upperBound, &images)
  }

  /// Writes text and pictures up to `end`.
  private mutating func writeText(_ position: inout Int, to end: Int, _ images: inout Range<Int>) {
    while let next = images.first {
      let image = page.markup.images[next]
      if let offset = image.offset {
        guard Int(offset) <= end else { break }
        copy(&position, to: Int(offset))
        if let last = output.last, !last.isHTMLSpace { output.append(0x20) }
        writeImage(image)
        if position < end, !page.text[position].isHTMLSpace { output.append(0x20) }
      }
      images.removeFirst()
    }
    copy(&position, to: end)
  }

  private mutating func copy(_ position: inout Int, to end: Int) {
    guard position < end else { return }
    output += page.text[position..<end]
    position = end
  }

  private mutating func writeTarget(of span: Page.Span) {
    let target = page.string(span.target)
    let text = page.text[Int(span.text.lowerBound)..<Int(span.text.upperBound)]
    guard !target.isEmpty, span.target != lastTarget, !text.elementsEqual(target) else { return }
    lastTarget = span.target
    output += " (".utf8
    output += target
    output.append(UInt8(ascii: ")"))
  }
}
