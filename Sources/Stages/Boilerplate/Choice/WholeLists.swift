import Pipeline

/// Keeps the items of a list together, and the rows of a table of data: three items of five are worth less than
/// all or none.
struct WholeLists {
  /// For each block the outermost part that it belongs to, as an element's index; -1 for none.
  private var owners: [Int32] = []

  /// Longer lists are texts of their own, whose items are judged by themselves.
  private static let maximumBytes = 4000

  /// Chooses all blocks of a list or table if more than half of its bytes are chosen, and none of the others.
  ///
  /// Lists and tables with links in them are left alone: items that lead elsewhere differ in what they are.
  /// - Complexity: O(elements + blocks × depth of lists).
  mutating func complete(_ page: Page, _ isChosen: inout [Bool]) {
    var end = 0
    for element in page.elements where element.tag.holdsItems {
      let blocks = element.blocks
      // Those inside of one that is settled come right behind it.
      guard Int(blocks.lowerBound) >= end, blocks.count > 1 else { continue }
      if settle(Int(blocks.lowerBound)..<Int(blocks.upperBound), page, &isChosen) {
        end = Int(blocks.upperBound)
      }
    }
  }

  /// Returns whether the blocks belong together.
  private func settle(_ blocks: Range<Int>, _ page: Page, _ isChosen: inout [Bool]) -> Bool {
    var bytes = (chosen: 0, all: 0)
    for index in blocks {
      let block = page.blocks[index]
      guard block.links == 0, !block.isHidden else { return false }
      bytes.all += block.text.count
      if isChosen[index] { bytes.chosen += block.text.count }
    }
    guard bytes.all <= WholeLists.maximumBytes else { return false }
    let areChosen = bytes.chosen * 2 > bytes.all
    for index in blocks { isChosen[index] = areChosen }
    return true
  }
}

extension Tag {
  fileprivate var holdsItems: Bool {
    switch self {
    case .ul, .ol, .dl, .table: true
    default: false
    }
  }
}
