import Pipeline

/// The page's `article` elements that stand in no other one: of several with much text the first is the page's own, and
/// others follow it.
struct ArticleSurvey {
  /// For each block, how many such elements begin before it or with it, and the share of the page's prose in the one
  /// that it stands in.
  private(set) var begun: [UInt8] = []
  private(set) var shares: [UInt8] = []
  /// The share in the largest.
  private(set) var largest: UInt8 = 0

  mutating func survey(_ page: Page, _ tree: TreeSurvey) {
    begun.removeAll(keepingCapacity: true)
    shares.removeAll(keepingCapacity: true)
    begun.append(contentsOf: repeatElement(0, count: page.blocks.count))
    shares.append(contentsOf: repeatElement(0, count: page.blocks.count))
    largest = 0
    let all = Int(tree.before[page.blocks.count].prose)
    var (count, next, filled) = (0, 0, 0)
    while next < page.elements.count {
      let element = page.elements[next]
      guard element.tag == .article, !element.blocks.isEmpty else {
        next += 1
        continue
      }
      next = Int(element.end)
      let first = Int(element.blocks.lowerBound)
      for block in filled..<max(first, filled) { begun[block] = ByteScale.count(count) }
      filled = max(first, filled)
      count += 1
      let share = ByteScale.share(Int(tree.sums(element.blocks).prose), of: all)
      largest = max(largest, share)
      for block in element.blocks { shares[Int(block)] = share }
    }
    for block in filled..<page.blocks.count { begun[block] = ByteScale.count(count) }
  }
}
