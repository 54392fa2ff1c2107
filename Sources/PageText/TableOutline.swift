import Bytes
import Pipeline

/// The shape of a table, and whether it holds data or only lays out the page.
package struct TableOutline {
  package let element: Int
  private(set) var columns = 0
  private(set) var isData = false
  /// Whether it only lays out the page. Of many tables neither is known.
  private(set) var isLayout = false
  /// In document order.
  private(set) var cells: [Cell] = []

  private var rows = 0
  /// The current row; -1 for none, -2 for one whose start tag is missing.
  private var row = -1
  private var column = 0
  private var fewestColumns = Int.max
  private var hasHeaders = false
  /// Whether it holds what begins parts of a page, not of a row.
  private var hasParts = false
  private let isPresentation: Bool
  /// For each column how many rows, with the current one, a cell takes that reaches into it.
  private var reserved: [UInt16] = []

  /// A cell and where it stands; rows and columns are counted from 0.
  package struct Cell {
    package let element: Int32
    package let row: Int32
    package let column: Int32
    package let isHeader: Bool
  }

  /// More columns than people read.
  static let maximumColumns = 64
  /// Mean bytes of a cell beyond which a table with headers lays out its text, and one without.
  private static let longCell = 400
  private static let longPlainCell = 80

  init(_ page: Page, _ index: Int) {
    element = index
    isPresentation = page.hasName("presentation", index) || page.hasName("none", index)
  }

  /// Takes an element inside, in document order, but for those in tables inside.
  /// - Parameter cell: What a cell takes of the table.
  mutating func note(
    _ page: Page, _ element: Page.Element, _ index: Int, _ cell: Page.Cell?
  ) {
    switch element.tag {
    case .tr: begin(row: index)
    case .td, .th:
      if row == -1 || row >= 0 && Int(page.elements[row].end) <= index { begin(row: -2) }
      note(cell, isHeader: element.tag == .th, index)
    case .thead, .tbody, .tfoot:
      endRow()
      row = -1
      reserved.removeAll(keepingCapacity: true)
      if element.tag == .thead { hasHeaders = true }
    case .caption: hasHeaders = true
    case .table, .h1, .h2, .h3, .h4, .h5, .h6, .form: hasParts = true
    default: break
    }
  }

  private mutating func begin(row index: Int) {
    endRow()
    row = index
    rows += 1
  }

  private mutating func note(_ cell: Page.Cell?, isHeader: Bool, _ index: Int) {
    while column < reserved.count, reserved[column] > 0 { column += 1 }
    cells.append(
      Cell(
        element: Int32(index), row: Int32(rows - 1), column: Int32(column), isHeader: isHeader))
    if isHeader { hasHeaders = true }
    // Of those beyond all measure no more is noted than that they are.
    let end = min(column + Int(cell?.columns ?? 1), TableOutline.maximumColumns + 1)
    while reserved.count < end { reserved.append(0) }
    if column < end { for taken in column..<end { reserved[taken] = cell?.rows ?? 1 } }
    column = max(end, column)
  }

  private mutating func endRow() {
    guard row != -1 else { return }
    var width = column
    for index in reserved.indices where reserved[index] > 0 {
      width = max(width, index + 1)
      reserved[index] -= 1
    }
    columns = max(columns, width)
    fewestColumns = min(fewestColumns, width)
    column = 0
  }

  mutating func finish(_ page: Page) {
    endRow()
    let blocks = page.elements[element].blocks
    guard !blocks.isEmpty else { return }
    let first = page.blocks[Int(blocks.lowerBound)].text.lowerBound
    let last = page.blocks[Int(blocks.upperBound) - 1].text.upperBound
    let meanCell = Int(last - first) / max(cells.count, 1)
    if isPresentation {
      isLayout = true
    } else if hasHeaders {
      isData = isReadable && meanCell <= TableOutline.longCell
    } else if hasParts {
      isLayout = true
    } else {
      let isShort = meanCell <= TableOutline.longPlainCell
      isData = isReadable && rows >= 2 && fewestColumns == columns && isShort
      isLayout = !isShort && (rows == 1 || blocks.count > rows)
    }
  }

  private var isReadable: Bool { (2...TableOutline.maximumColumns).contains(columns) }

  /// Whether a row holds the names of the columns: all its cells are headers.
  func isHeader(row: Int32) -> Bool {
    let first = cells.partitioningIndex { $0.row >= row }
    return cells[first...].prefix { $0.row == row }.allSatisfy(\.isHeader)
  }

  /// The cell of an element; nil for one of another table.
  func cell(of element: Int32) -> Cell? {
    let index = cells.partitioningIndex { $0.element >= element }
    guard index < cells.count, cells[index].element == element else { return nil }
    return cells[index]
  }
}

extension Page {
  /// Whether one of the element's names is `word`.
  fileprivate func hasName(_ word: StaticString, _ element: Int) -> Bool {
    let range = elements[element].names
    let names = names.span
    return names.extracting(Int(range.lowerBound)..<Int(range.upperBound)).containsWord {
      $0.count == word.utf8CodeUnitCount && $0.hasPrefix(word, at: 0)
    }
  }
}
