import Pipeline

/// Drops what a page hides in the midst of what it shows: no reader ever sees a lone hidden paragraph, but
/// the hidden tab of several is a click away.
struct HiddenParts {
  /// For each block how many of those before it the page shows.
  private var shownBefore: [Int32] = []

  /// Chooses no hidden block beside which, in the element around its own, something is shown.
  /// - Complexity: O(blocks).
  mutating func drop(_ page: Page, _ isChosen: inout [Bool]) {
    guard page.blocks.contains(where: \.isHidden) else { return }
    shownBefore.removeAll(keepingCapacity: true)
    shownBefore.append(0)
    for block in page.blocks {
      shownBefore.append(shownBefore[shownBefore.count - 1] + (block.isHidden ? 0 : 1))
    }
    for (index, block) in page.blocks.enumerated() where block.isHidden && isChosen[index] {
      let parent = page.elements[Int(block.element)].parent
      guard parent >= 0 else { continue }
      let around = page.elements[Int(parent)].blocks
      let shown = shownBefore[Int(around.upperBound)] - shownBefore[Int(around.lowerBound)]
      if shown > 0 { isChosen[index] = false }
    }
  }
}
