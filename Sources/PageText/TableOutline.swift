import Bytes
import Pipeline

/// The shape of a table, and whether it holds data or only lays out the page.
package struct TableOutline {
  package let element: Int
  private(set) var columns = 0
  private(set) var isData = false

  private var rows = 0
  private var row = -1
  private var cellsInRow = 0
  private var fewestCells = Int.max
  private var cells = 0
  private var hasHeaders = false
  private var isLayout: Bool

  /// More columns than people read.
  static let maximumColumns = 64
  /// Mean bytes of a cell beyond which a table with headers lays out its text, and one without.
  private static let longCell = 400
  private static let longPlainCell = 80

  init(_ page: Page, _ index: Int) {
    element = index
    isLayout = page.hasName("presentation", index) || page.hasName("none", index)
  }

  /// Takes an element inside, in document order, but for those in tables inside.
  mutating func note(_ page: Page, _ element: Page.Element, _ index: Int) {
    switch element.tag {
    case .tr:
      endRow()
      row = index
      rows += 1
    case .td where Int(element.parent) == row, .th where Int(element.parent) == row:
      cellsInRow += 1
      cells += 1
      if element.tag == .th { hasHeaders = true }
    case .thead, .caption: hasHeaders = true
    // A table around tables lays them out; headings begin parts of a page, not of a row.
    case .table, .h1, .h2, .h3, .h4, .h5, .h6, .form: isLayout = true
    default: break
    }
  }

  private mutating func endRow() {
    guard row >= 0 else { return }
    columns = max(columns, cellsInRow)
    fewestCells = min(fewestCells, cellsInRow)
    cellsInRow = 0
  }

  mutating func finish(_ page: Page) {
    endRow()
    let blocks = page.elements[element].blocks
    guard !isLayout, (2...TableOutline.maximumColumns).contains(columns), !blocks.isEmpty else {
      return
    }
    let first = page.blocks[Int(blocks.lowerBound)].text.lowerBound
    let last = page.blocks[Int(blocks.upperBound) - 1].text.upperBound
    let meanCell = Int(last - first) / max(cells, 1)
    isData =
      if hasHeaders { meanCell <= TableOutline.longCell } else {
        rows >= 2 && fewestCells == columns && meanCell <= TableOutline.longPlainCell
      }
  }
}

extension Page {
  /// Whether one of the element's names is `word`.
  fileprivate func hasName(_ word: StaticString, _ element: Int) -> Bool {
    let range = elements[element].names
    return names.withUnsafeBufferPointer { names in
      let own = names[Int(range.lowerBound)..<Int(range.upperBound)]
      return UnsafeBufferPointer(rebasing: own).containsWord {
        $0.count == word.utf8CodeUnitCount && $0.hasPrefix(word, at: 0)
      }
    }
  }
}
