import Pipeline

/// Keeps the items of a list together, and the rows of a table of data: three items of five are worth less than
/// all or none.
enum WholeLists {
  /// Longer lists are texts of their own, whose items are judged by themselves.
  private static let maximumBytes = 4000

  /// Chooses all blocks of a list or table if more than half of its bytes are chosen, and none of the others.
  ///
  /// Lists and tables with links in them are left alone: items that lead elsewhere differ in what they are.
  /// - Complexity: O(elements + blocks × depth of lists).
  static func complete(_ page: Page, _ isChosen: inout [Bool]) {
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
  private static func settle(
    _ blocks: Range<Int>, _ page: Page, _ isChosen: inout [Bool]
  ) -> Bool {
    guard page.blocks[blocks].allSatisfy({ $0.links == 0 && !$0.isHidden }) else { return false }
    let share = Share(of: blocks, page, isChosen)
    guard share.bytes <= maximumBytes else { return false }
    let areChosen = share.isMost
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
