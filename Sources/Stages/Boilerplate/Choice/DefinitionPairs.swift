import Pipeline

/// Keeps the terms of a list and what is said of them together: either alone is worth nothing.
struct DefinitionPairs {
  /// Blocks of the terms that are being read, and of what is said of them.
  private var terms: [Int] = []
  private var definitions: [Int] = []
  /// For each block the term or definition that it stands in, as an element's index; -1 for none.
  private var owners: [Int] = []

  /// Longer definitions are texts of their own, which are judged by themselves.
  private static let maximumBytes = 1000

  /// Chooses all blocks of a pair of which the term or more than half of the bytes are chosen, and none of
  /// the others.
  /// - Complexity: O(elements + blocks × depth of lists).
  mutating func complete(_ page: Page, _ isChosen: inout [Bool]) {
    guard page.elements.contains(where: { $0.tag == .dt }) else { return }
    owners.removeAll(keepingCapacity: true)
    owners.append(contentsOf: repeatElement(-1, count: page.blocks.count))
    // Inner pairs come after the pairs around them.
    for (index, element) in page.elements.enumerated() where element.tag.isOfPair {
      for block in element.blocks { owners[Int(block)] = index }
    }
    var parent: Int32 = -1
    for (index, owner) in owners.enumerated() where !page.blocks[index].isHidden {
      guard owner >= 0 else {
        settle(page, &isChosen)
        continue
      }
      let element = page.elements[owner]
      let beginsPair = element.tag == .dt && !definitions.isEmpty
      if beginsPair || element.parent != parent { settle(page, &isChosen) }
      parent = element.parent
      if element.tag == .dt { terms.append(index) } else { definitions.append(index) }
    }
    settle(page, &isChosen)
  }

  private mutating func settle(_ page: Page, _ isChosen: inout [Bool]) {
    defer {
      terms.removeAll(keepingCapacity: true)
      definitions.removeAll(keepingCapacity: true)
    }
    guard !terms.isEmpty, !definitions.isEmpty else { return }
    let pair = terms + definitions
    let share = Share(of: pair, page, isChosen)
    guard share.bytes <= DefinitionPairs.maximumBytes else { return }
    let isPairChosen = share.isMost || terms.allSatisfy { isChosen[$0] }
    for index in pair { isChosen[index] = isPairChosen }
  }
}

extension Tag {
  fileprivate var isOfPair: Bool { self == .dt || self == .dd }
}
