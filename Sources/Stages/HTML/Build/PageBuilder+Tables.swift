import PageText
import Pipeline

/// Tables that lay out the page.
extension PageBuilder {
  /// Makes a block of each cell where a table only lays out the page: a menu and the text beside it are
  /// not one row. What a table is for, only its end tells.
  /// - Complexity: O(elements + blocks of the page).
  mutating func splitLayoutRows() {
    outline.read(page)
    guard outline.hasLayoutTables else { return }
    var blocks: [Page.Block] = []
    /// For each block, and the end of them, where it begins among the new ones.
    var starts: [Int32] = []
    for block in page.blocks {
      starts.append(Int32(blocks.count))
      if block.kind == .tableRow, outline.isInLayout(block) {
        split(block, into: &blocks)
      } else {
        blocks.append(block)
      }
    }
    starts.append(Int32(blocks.count))
    guard blocks.count > page.blocks.count else { return }
    move(to: blocks, starts)
  }

  /// The cells' parts of a row that is one block.
  private func split(_ block: Page.Block, into blocks: inout [Page.Block]) {
    let pieces = outline.pieces(of: block, in: page)
    guard pieces.count > 1 else { return blocks.append(block) }
    var before = (bytes: 0, count: UInt16(0))
    for (number, piece) in pieces.enumerated() {
      let isLast = number == pieces.count - 1
      let links =
        isLast ? (bytes: Int(block.linkBytes), count: block.links) : markup.cellLinks[piece.cell]
      blocks.append(
        Page.Block(
          text: piece.text, element: page.markup.cells[piece.cell].element, kind: .paragraph,
          linkBytes: UInt32(clamping: links.bytes - before.bytes),
          links: UInt16(clamping: Int(links.count) - Int(before.count)),
          linkKinds: links.count > before.count ? block.linkKinds : [], isHidden: block.isHidden))
      before = links
    }
  }

  /// Puts new blocks in the place of the old ones, whose numbers are found in many places.
  private mutating func move(to blocks: [Page.Block], _ starts: [Int32]) {
    for index in page.elements.indices {
      let old = page.elements[index].blocks
      page.elements[index].blocks = starts[Int(old.lowerBound)]..<starts[Int(old.upperBound)]
    }
    for old in page.blocks.indices where starts[old + 1] - starts[old] > 1 {
      for new in starts[old]..<starts[old + 1] {
        let element = Int(blocks[Int(new)].element)
        page.elements[element].blocks = new..<max(new + 1, page.elements[element].blocks.upperBound)
      }
    }
    // An element in a cell begins no earlier than the cell.
    for index in page.elements.indices.dropFirst() {
      let parent = page.elements[Int(page.elements[index].parent)].blocks
      let own = page.elements[index].blocks
      let start = max(own.lowerBound, parent.lowerBound)
      page.elements[index].blocks = start..<max(start, own.upperBound)
    }
    for (index, image) in page.markup.images.enumerated() {
      var block = starts[Int(image.block)]
      let end = starts[min(Int(image.block) + 1, starts.count - 1)]
      // One at the beginning of a cell was noted at the end of the text before it.
      while let offset = image.offset, block + 1 < end,
        offset > blocks[Int(block)].text.upperBound
          || offset == blocks[Int(block)].text.upperBound
            && image.element >= blocks[Int(block) + 1].element
      {
        block += 1
      }
      page.markup.images[index].block = block
    }
    for index in page.markup.languages.indices {
      page.markup.languages[index].block = starts[Int(page.markup.languages[index].block)]
    }
    page.blocks = blocks
  }
}
