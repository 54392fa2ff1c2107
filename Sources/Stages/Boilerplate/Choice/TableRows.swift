import PageText
import Pipeline

/// Keeps rows of tables whole: of a row of data every cell is needed to understand the others, however
/// little it looks like text, and the row that names the columns to understand them all.
struct TableRows {
  /// Blocks of the row that is being read, and of the rows of names above it.
  private var row: [Int] = []
  private var header: [Int] = []
  private var isHeader = true

  /// Chooses all blocks of a row of which more than half of the bytes are chosen, and none of the others;
  /// and the header of a table if another row of it is chosen.
  /// - Complexity: O(elements + blocks).
  mutating func complete(_ page: Page, _ outline: PageOutline, _ isChosen: inout [Bool]) {
    guard outline.hasDataTables else { return }
    var current: Int32 = -1
    var table = -1
    for (index, block) in page.blocks.enumerated() {
      let place = outline.place(of: block, in: page)
      let number = place?.cell.row ?? -1
      if number != current || place.map({ $0.table != table }) ?? false {
        settle(page, &isChosen)
      }
      if let place, place.table != table {
        header.removeAll(keepingCapacity: true)
        table = place.table
      }
      current = number
      if number >= 0 { row.append(index) }
      if let place, !place.cell.isHeader { isHeader = false }
    }
    settle(page, &isChosen)
    header.removeAll(keepingCapacity: true)
  }

  private mutating func settle(_ page: Page, _ isChosen: inout [Bool]) {
    let isRowChosen = Share(of: row, page, isChosen).isMost
    for index in row { isChosen[index] = isRowChosen }
    if isHeader {
      header += row
    } else if isRowChosen {
      for index in header { isChosen[index] = true }
    }
    row.removeAll(keepingCapacity: true)
    isHeader = true
  }
}
