import Pipeline

/// Keeps rows of tables whole: of a row of data every cell is needed to understand the others, however
/// little it looks like text.
struct TableRows {
  /// Blocks of the row that is being read.
  private var row: [Int] = []

  /// Chooses all blocks of a row of which more than half of the bytes are chosen, and none of the others.
  /// - Complexity: O(elements + blocks).
  mutating func complete(_ page: Page, _ outline: PageOutline, _ isChosen: inout [Bool]) {
    guard outline.hasDataTables else { return }
    row.removeAll(keepingCapacity: true)
    var current: Int32 = -1
    for (index, block) in page.blocks.enumerated() {
      let cell = outline.cell(of: block, in: page)?.cell
      let element = cell.map { page.elements[Int($0)].parent } ?? -1
      if element != current { settle(page, &isChosen) }
      current = element
      if element >= 0 { row.append(index) }
    }
    settle(page, &isChosen)
  }

  private mutating func settle(_ page: Page, _ isChosen: inout [Bool]) {
    if row.count > 1 {
      var bytes = (chosen: 0, all: 0)
      for index in row {
        bytes.all += page.blocks[index].text.count
        if isChosen[index] { bytes.chosen += page.blocks[index].text.count }
      }
      for index in row { isChosen[index] = bytes.chosen * 2 > bytes.all }
    }
    row.removeAll(keepingCapacity: true)
  }
}
