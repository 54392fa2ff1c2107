import Pipeline

/// The surroundings of a page's title, where the date and the author stand.
struct PageHead {
  /// Offsets in the text near the title.
  let reach: Range<Int>
  /// The two parts that no other heading separates from the title: first the one after it, which is closer to
  /// the content of the page, then the one before it.
  let parts: [Part]

  struct Part {
    /// Offsets in the text.
    let range: Range<Int>
    /// The blocks that are the lines next to the title.
    let blocks: Range<Int>
  }

  /// How far from the title a date may stand, in bytes of text, and still be the page's own.
  private static let distance = 600
  /// The number of blocks before and after the title that may hold the line with the date or the author.
  private static let lines = (before: 4, behind: 10)

  /// Nil where no block is the title.
  /// - Parameters:
  ///   - heading: The block that is the title.
  ///   - isList: Whether the page leads to others. Then a heading right below the title is the first
  ///     one's title; else it is a subtitle.
  init?(_ page: Page, heading: Int?, isList: Bool) {
    guard let heading, page.blocks.indices.contains(heading) else { return nil }
    let title = page.blocks[heading]
    let (start, end) = (Int(title.text.lowerBound), Int(title.text.upperBound))
    var first = heading
    while first > 0, heading - first < PageHead.lines.before, page.isLine(first - 1) {
      first -= 1
    }
    var last = heading + 1
    if !isList, last < page.blocks.count, page.blocks[last].level > title.level { last += 1 }
    // Some pages have their title twice, once for each size of the screen.
    while last < page.blocks.count, last - heading <= PageHead.lines.behind,
      page.isLine(last) || page.bytes(of: page.blocks[last]) == page.bytes(of: title)
    {
      last += 1
    }
    reach = max(start - PageHead.distance, 0)..<end + PageHead.distance
    let near = first < heading ? Int(page.blocks[first].text.lowerBound) : start
    let far = last < page.blocks.count ? Int(page.blocks[last].text.lowerBound) : reach.upperBound
    parts = [
      Part(range: start..<max(min(far, reach.upperBound), start), blocks: heading + 1..<last),
      Part(range: max(near, reach.lowerBound)..<start, blocks: first..<heading),
    ]
  }
}

extension Page {
  /// Longest heading that may be no more than a date, in bytes.
  private static let maximumDate = 32

  /// Whether a block is no heading, or one only by its looks: a date.
  fileprivate func isLine(_ block: Int) -> Bool {
    let block = blocks[block]
    return block.level == 0
      || block.text.count <= Page.maximumDate
        && CalendarDate.first(in: bytes(of: block)) != nil
  }
}
