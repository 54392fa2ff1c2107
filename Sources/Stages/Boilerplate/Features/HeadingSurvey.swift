import Pipeline

/// The headings that each block stands under.
struct HeadingSurvey {
  /// For each block the heading before it, and the one of a higher level above that: a product's name, and
  /// what the row of products is called; -1 for none.
  private(set) var nearest: [Int32] = []
  private(set) var section: [Int32] = []

  mutating func survey(_ page: Page) {
    nearest.removeAll(keepingCapacity: true)
    section.removeAll(keepingCapacity: true)
    // The last heading of each level that no later one of a higher level has ended.
    var open = SIMD8<Int32>(repeating: -1)
    var last: Int32 = -1
    for (index, block) in page.blocks.enumerated() {
      let isHeading = block.kind == .heading
      let level = isHeading ? block.level : last >= 0 ? page.blocks[Int(last)].level : 0
      let place = min(Int(level), open.scalarCount - 1)
      var above = place - 1
      while above > 0, open[above] < 0 { above -= 1 }
      nearest.append(last)
      section.append(above > 0 ? open[above] : -1)
      guard isHeading else { continue }
      for lower in place..<open.scalarCount { open[lower] = -1 }
      last = Int32(index)
      open[place] = last
    }
  }
}
