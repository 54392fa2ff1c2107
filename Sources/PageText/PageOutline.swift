package import Pipeline

/// What the writing of a page's text asks of its elements: which lists, quotations, tables and pieces of
/// code each stands in. Two passes over the elements; its arrays are reused for the next page.
package struct PageOutline {
  /// For each element the nearest container, itself included; -1 for none.
  private var containers: [Int32] = []
  /// In document order.
  private var tables: [TableOutline] = []
  /// For each element the table that it stands in, as an index in `tables`; -1 for none.
  private var tableNumbers: [Int32] = []
  package private(set) var hasDataTables = false

  /// - Complexity: O(elements of the page).
  package mutating func read(_ page: Page) {
    containers.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
    tableNumbers.removeAll(keepingCapacity: true)
    for (index, element) in page.elements.enumerated() {
      let parent = Int(element.parent)
      let outer = parent >= 0 ? containers[parent] : -1
      containers.append(element.tag.isContainer ? Int32(index) : outer)
      noteTable(page, element, index, parent: parent)
    }
    for index in tables.indices { tables[index].finish(page) }
    hasDataTables = tables.contains(where: \.isData)
  }

  private mutating func noteTable(
    _ page: Page, _ element: Page.Element, _ index: Int, parent: Int
  ) {
    let outer = parent >= 0 ? tableNumbers[parent] : -1
    if outer >= 0 { tables[Int(outer)].note(page, element, index) }
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

  /// The cell of a data table that a block stands in, and the table; nil for other blocks. A row that is
  /// one block stands in its first cell that is not empty.
  package func cell(of block: Page.Block, in page: Page) -> (cell: Int32, table: TableOutline)? {
    guard hasDataTables, tableNumbers[Int(block.element)] >= 0 else { return nil }
    let table = tables[Int(tableNumbers[Int(block.element)])]
    guard table.isData else { return nil }
    let cell = container(around: block.element, in: page) { $0 == .td || $0 == .th }
    return cell > table.element ? (cell, table) : nil
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
