import Pipeline

/// Writes data tables as pipe tables.
extension MarkdownWriter {
  /// Writes a part of a block in a cell. Several blocks of one cell have line breaks between them.
  mutating func writePart(_ part: PageOutline.DataPart, of block: Page.Block, _ index: Int) {
    if row?.table != part.table || row?.number != part.cell.row { beginRow(part, block) }
    if row?.cell == part.cell.element {
      output += "<br>".utf8
    } else {
      // Past empty cells, and those into which another one reaches.
      while let columns = row?.columns, columns <= part.cell.column {
        output += columns == 0 ? "|".utf8 : " |".utf8
        row?.columns += 1
      }
      output.append(0x20)
      row?.cell = part.cell.element
    }
    inline.write(
      Int(part.text.lowerBound)..<Int(part.text.upperBound), of: index, in: .cell, linePrefix: [],
      hasImages: part.text.lowerBound == block.text.lowerBound, to: &output)
  }

  private mutating func beginRow(_ part: PageOutline.DataPart, _ block: Page.Block) {
    let table = outline.table(part.table)
    let isHeader = table.isHeader(row: part.cell.row)
    let isFirst = row?.table != part.table
    if isFirst {
      begin(block)
      // Every table of Markdown has a header; of a table that has none it is empty.
      if !isHeader {
        output.append(UInt8(ascii: "|"))
        for _ in 0..<table.columns { output += " |".utf8 }
        writeRule(table)
        output.append(0x0A)
        output += prefix()
      }
    } else {
      endRow()
      output.append(0x0A)
      output += prefix()
    }
    row = Row(table: part.table, number: part.cell.row, isFirst: isFirst && isHeader)
  }

  mutating func endRow() {
    guard let row else { return }
    output += " |".utf8
    // Further cells of the header would not count, but every column needs one.
    guard row.isFirst else { return }
    let table = outline.table(row.table)
    for _ in Int(row.columns)..<max(table.columns, Int(row.columns)) { output += " |".utf8 }
    writeRule(table)
  }

  private mutating func writeRule(_ table: TableOutline) {
    output.append(0x0A)
    output += prefix()
    output.append(UInt8(ascii: "|"))
    for _ in 0..<table.columns { output += " --- |".utf8 }
  }
}
