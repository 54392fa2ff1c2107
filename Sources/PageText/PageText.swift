import Bytes
package import Pipeline

/// Writes blocks of a page in the page's style: one way for the stage that takes pages apart and for
/// those that choose among the blocks. Belongs to one thread, whose scratch memory it keeps.
package struct PageText {
  /// Of the page that was read last.
  package private(set) var outline = PageOutline()

  package init() {}

  /// Reads a page, of which blocks are to be written.
  package mutating func read(_ page: Page) { outline.read(page) }

  /// All blocks of a page that it does not hide. In the plain style that is the page's own text, a line
  /// for each block; then nothing is read, nor copied if nothing is hidden.
  package mutating func whole(_ page: Page) -> [UInt8] {
    let isWhole = !page.blocks.contains(where: \.isHidden)
    let isPlain = page.markup.style.isPlain && isWhole
    // Rows are written with their empty cells, those of tables that hold data.
    if isPlain, page.markup.cells.isEmpty { return page.text }
    read(page)
    if isPlain, !outline.hasDataTables, !outline.hasLayoutTables { return page.text }
    return write(page, page.shownBlocks, spacing: .lines)
  }

  /// Blocks of the page that was read last.
  /// - Parameter blocks: Their indices in the order in which they are to stand.
  /// - Complexity: O(elements of the page + bytes of text and addresses).
  package func write(
    _ page: Page, _ blocks: [Int], spacing: PlainTextWriter.Spacing = .paragraphs
  ) -> [UInt8] {
    switch page.markup.style.format {
    case .text:
      var writer = PlainTextWriter(page, outline, spacing)
      return writer.write(blocks)
    case .markdown:
      var writer = MarkdownWriter(page, outline)
      return writer.write(blocks)
    }
  }
}

extension Page {
  /// The blocks's spans, as a range of `markup.spans`.
  func spans(in block: Block) -> Range<Int> {
    let spans = markup.spans
    let start = spans.partitioningIndex { $0.text.lowerBound >= block.text.lowerBound }
    var end = start
    while end < spans.count, spans[end].text.lowerBound < block.text.upperBound { end += 1 }
    return start..<end
  }

  /// The pictures in and right before the block with the index `block`, as a range of `markup.images`.
  func images(of block: Int) -> Range<Int> {
    let images = markup.images
    let start = images.partitioningIndex { $0.block >= Int32(block) }
    var end = start
    while end < images.count, images[end].block == Int32(block) { end += 1 }
    return start..<end
  }

  /// A part of the markup's strings.
  func string(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
    markup.strings[Int(range.lowerBound)..<Int(range.upperBound)]
  }
}
