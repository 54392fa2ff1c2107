import Bytes
package import Pipeline

/// Finds, for each element of a page, the lists, quotations, tables and code it lies in; the writers of text need
/// this. Takes two passes over the elements. Its arrays are reused for the next page.
package struct PageOutline {
  /// For each element the nearest container, itself included; -1 for none.
  private var containers: [Int32] = []
  /// In document order.
  private var tables: [TableOutline] = []
  /// For each element the table that it stands in, as an index in `tables`; -1 for none.
  private var tableNumbers: [Int32] = []
  /// For each table the outermost one of data that it is part of, itself if it is none; -1 for others.
  private var owners: [Int32] = []
  package private(set) var hasDataTables = false
  package private(set) var hasLayoutTables = false

  package init() {}

  /// - Complexity: O(elements of the page).
  package mutating func read(_ page: Page) {
    containers.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
    tableNumbers.removeAll(keepingCapacity: true)
    var cells = page.markup.cells[...]
    for (index, element) in page.elements.enumerated() {
      let parent = Int(element.parent)
      let outer = parent >= 0 ? containers[parent] : -1
      containers.append(element.tag.isContainer ? Int32(index) : outer)
      let isCell = cells.first.map { $0.element == Int32(index) } ?? false
      noteTable(page, element, index, parent: parent, isCell ? cells.removeFirst() : nil)
    }
    finishTables(page)
  }

  private mutating func finishTables(_ page: Page) {
    owners.removeAll(keepingCapacity: true)
    for index in tables.indices {
      tables[index].finish(page)
      let parent = page.elements[tables[index].element].parent
      let outer = parent >= 0 ? tableNumbers[Int(parent)] : -1
      // Everything in a cell of a data table is part of that table, and so is a table in it.
      if outer >= 0, owners[Int(outer)] >= 0 {
        owners.append(owners[Int(outer)])
      } else {
        owners.append(tables[index].isData ? Int32(index) : -1)
      }
    }
    hasDataTables = tables.contains(where: \.isData)
    hasLayoutTables = tables.contains(where: \.isLayout)
  }

  private mutating func noteTable(
    _ page: Page, _ element: Page.Element, _ index: Int, parent: Int, _ cell: Page.Cell?
  ) {
    let outer = parent >= 0 ? tableNumbers[parent] : -1
    if outer >= 0 { tables[Int(outer)].note(page, element, index, cell) }
    if element.tag == .table {
      tableNumbers.append(Int32(tables.count))
      tables.append(TableOutline(page, index))
    } else {
      tableNumbers.append(outer)
    }
  }

  /// The nearest container around an element, itself included; -1 for none.
  @inline(__always)
  func container(around element: Int32) -> Int32 { containers[Int(element)] }

  /// The next container around a container; -1 for none.
  @inline(__always)
  func container(outside container: Int32, in page: Page) -> Int32 {
    let parent = page.elements[Int(container)].parent
    return parent >= 0 ? containers[Int(parent)] : -1
  }

  /// The nearest container around an element, itself included, that `isWanted`; -1 for none.
  @inline(__always)
  func container(
    around element: Int32, in page: Page, where isWanted: (Tag) -> Bool
  ) -> Int32 {
    var index = containers[Int(element)]
    while index >= 0, !isWanted(page.elements[Int(index)].tag) {
      index = container(outside: index, in: page)
    }
    return index
  }

  /// The outermost list around an element; -1 for none.
  package func outermostList(around element: Int32, in page: Page) -> Int32 {
    var found: Int32 = -1
    var index = containers[Int(element)]
    while index >= 0 {
      if page.elements[Int(index)].tag.isList { found = index }
      index = container(outside: index, in: page)
    }
    return found
  }

  /// Whether two blocks stand in the same table, whatever it is for, or in none.
  package func areInOneTable(_ first: Page.Block, _ second: Page.Block) -> Bool {
    tableNumbers[Int(first.element)] == tableNumbers[Int(second.element)]
  }

  /// Whether a block stands in a table that only lays out the page.
  package func isInLayout(_ block: Page.Block) -> Bool {
    let table = tableNumbers[Int(block.element)]
    return table >= 0 && tables[Int(table)].isLayout
  }

  /// The table with that number.
  func table(_ number: Int) -> TableOutline { tables[number] }

  /// A part of a block that stands in a cell of a table of data.
  struct DataPart {
    /// The table's number.
    let table: Int
    let cell: TableOutline.Cell
    let text: Range<UInt32>
  }

  /// The parts of a block in the cells of a table of data; empty for other blocks.
  func dataParts(of block: Page.Block, in page: Page) -> [DataPart] {
    guard let (table, around) = place(of: block, in: page) else { return [] }
    // A row that is one block holds several cells; the text of a caption is in none.
    let pieces = pieces(of: block, in: page)
    if pieces.isEmpty { return [DataPart(table: table, cell: around, text: block.text)] }
    return pieces.map { piece in
      let own = tables[table].cell(of: page.markup.cells[piece.cell].element)
      return DataPart(table: table, cell: own ?? around, text: piece.text)
    }
  }

  /// The cell of a table of data that a block stands in, and the table's number; nil for other blocks. A
  /// row that is one block stands in its first cell that is not empty.
  package func place(of block: Page.Block, in page: Page) -> (table: Int, cell: TableOutline.Cell)?
  {
    guard hasDataTables else { return nil }
    let inner = tableNumbers[Int(block.element)]
    guard inner >= 0, owners[Int(inner)] >= 0 else { return nil }
    let owner = owners[Int(inner)]
    return cell(around: block.element, of: owner, in: page).map { (Int(owner), $0) }
  }

  /// The cell of a table around an element, whatever tables are inside of it.
  private func cell(around element: Int32, of table: Int32, in page: Page) -> TableOutline.Cell? {
    var index = containers[Int(element)]
    while index >= 0 {
      if tableNumbers[Int(index)] == table, let cell = tables[Int(table)].cell(of: index) {
        return cell
      }
      index = container(outside: index, in: page)
    }
    return nil
  }

  /// The cells, as indices in the page's, that a block that begins in a cell has text of, and the text.
  package func pieces(of block: Page.Block, in page: Page) -> [(cell: Int, text: Range<UInt32>)] {
    let first = container(around: block.element, in: page) { $0 == .td || $0 == .th }
    guard first >= 0 else { return [] }
    let cells = page.markup.cells
    var pieces: [(cell: Int, text: Range<UInt32>)] = []
    var next = cells.partitioningIndex { $0.element >= first }
    while next < cells.count, cells[next].text.lowerBound < block.text.upperBound {
      let text = cells[next].text.clamped(to: block.text)
      if !text.isEmpty { pieces.append((next, text)) }
      guard block.kind == .tableRow else { break }
      // The next one of the row: what stands inside of the cell is no part of the block.
      let end = page.elements[Int(cells[next].element)].end
      next = cells.partitioningIndex { $0.element >= end }
    }
    return pieces
  }
}

extension Tag {
  var isList: Bool { self == .ul || self == .ol || self == .menu || self == .dl }

  /// Whether the text inside is written otherwise for it.
  fileprivate var isContainer: Bool {
    switch self {
    case .li, .dt, .dd, .ol, .ul, .menu, .dl, .blockquote, .td, .th, .pre: true
    default: false
    }
  }
}
