import Pipeline

/// How tables of data become pipe tables.
extension MarkdownWriter {
  /// Writes a row that is one block, or a block of one cell.
  mutating func writeRow(
    _ block: Page.Block, _ index: Int, _ cell: Int32, _ table: TableOutline
  ) {
    let element = page.elements[Int(cell)].parent
    if row?.element != element { beginRow(element, table, block) }
    guard block.kind == .tableRow else {
      if row?.cell == cell { output += "<br>".utf8 } else { moveTo(cell) }
      writeCell(Int(block.text.lowerBound)..<Int(block.text.upperBound), of: index)
      return
    }
    let cells = page.markup.cells
    var next = cells.partitioningIndex { $0.element >= cell }
    while next < cells.count, page.elements[Int(cells[next].element)].parent == element {
      let text = cells[next].text.clamped(to: block.text)
      if !text.isEmpty {
        moveTo(cells[next].element)
        writeCell(Int(text.lowerBound)..<Int(text.upperBound), of: index)
      }
      next += 1
    }
  }

  private mutating func writeCell(_ range: Range<Int>, of index: Int) {
    let isFirst = range.lowerBound == Int(page.blocks[index].text.lowerBound)
    inline.write(
      range, of: index, in: .cell, linePrefix: [], hasImages: isFirst, to: &output)
  }

  private mutating func beginRow(_ element: Int32, _ table: TableOutline, _ block: Page.Block) {
    let isFirst = row?.table.element != table.element
    if isFirst {
      begin(block)
      // Every table of Markdown has a header; of a table that has none it is empty.
      if !isHeader(element) { writeHeaderlessHead(table) }
    } else {
      endRow()
      output.append(0x0A)
      output += prefix()
    }
    row = Row(table: table, element: element, cell: element, isFirst: isFirst && isHeader(element))
    output.append(UInt8(ascii: "|"))
  }

  /// Goes on to a cell of the row, past empty ones.
  private mutating func moveTo(_ cell: Int32) {
    guard var row else { return }
    if row.cell != row.element { output += " |".utf8 }
    var next = row.cell == row.element ? row.element + 1 : page.elements[Int(row.cell)].end
    while next < cell {
      output += " |".utf8
      next = page.elements[Int(next)].end
    }
    output.append(0x20)
    row.cell = cell
    self.row = row
  }

  mutating func endRow() {
    guard let row else { return }
    output += " |".utf8
    // Further cells of the header would not count, but every column needs one.
    guard row.isFirst else { return }
    var count = 0
    var next = row.element + 1
    var isBehind = false
    while next < page.elements[Int(row.element)].end {
      if isBehind { output += " |".utf8 }
      if next == row.cell { isBehind = true }
      count += 1
      next = page.elements[Int(next)].end
    }
    while count < row.table.columns {
      output += " |".utf8
      count += 1
    }
    writeRule(row.table)
  }

  private mutating func writeHeaderlessHead(_ table: TableOutline) {
    output.append(UInt8(ascii: "|"))
    for _ in 0..<table.columns { output += " |".utf8 }
    writeRule(table)
    output.append(0x0A)
    output += prefix()
  }

  private mutating func writeRule(_ table: TableOutline) {
    output.append(0x0A)
    output += prefix()
    output.append(UInt8(ascii: "|"))
    for _ in 0..<table.columns { output += " --- |".utf8 }
  }

  /// Whether a row holds the names of the columns: all its cells are headers.
  private func isHeader(_ row: Int32) -> Bool {
    var next = row + 1
    while next < page.elements[Int(row)].end {
      if page.elements[Int(next)].tag != .th { return false }
      next = page.elements[Int(next)].end
    }
    return true
  }
}
