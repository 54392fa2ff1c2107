import Pipeline

/// The contents of the parts of a page: sums over blocks as differences, and the elements that hold the prose.
struct TreeSurvey {
  /// Before each block, and at the end of all: words, words of prose, bytes, bytes of links, balance.
  private(set) var before: [Sums] = []
  /// Number of ancestors of each element among the elements kept.
  private(set) var levels: [Int32] = []
  /// Where the prose is, by three measures.
  private(set) var candidates = [Candidate](repeating: Candidate(), count: 3)

  struct Sums {
    var words: Int32 = 0
    var prose: Int32 = 0
    var bytes: Int32 = 0
    var linkBytes: Int32 = 0
    var links: Int32 = 0
    /// Blocks with links to what is called like an article.
    var articleLinks: Int32 = 0
    /// Words of prose less those of everything else.
    var balance: Int32 = 0
  }

  /// Fewest words of a block that is prose, and the largest share of its text that is links, in percent.
  static let proseWords = 8
  static let proseLinks = 33

  mutating func survey(_ page: Page, _ texts: [TextMeasures]) {
    addUp(page, texts)
    levels.removeAll(keepingCapacity: true)
    for element in page.elements {
      levels.append(element.parent >= 0 ? levels[Int(element.parent)] + 1 : 0)
    }
    let total = Int(before[before.count - 1].prose)
    for (index, share) in [50, 80].enumerated() {
      let element = Candidate.deepest(page, levels: levels) {
        total > 0 && Int(sums($0.blocks).prose) * 100 >= total * share
      }
      candidates[index].move(to: element, page, levels: levels)
    }
    let best = Candidate.best(page, levels: levels) { Int(sums($0.blocks).balance) }
    candidates[2].move(to: best, page, levels: levels)
  }

  func sums(_ blocks: Range<Int32>) -> Sums {
    let (first, last) = (before[Int(blocks.lowerBound)], before[Int(blocks.upperBound)])
    return Sums(
      words: last.words - first.words, prose: last.prose - first.prose,
      bytes: last.bytes - first.bytes, linkBytes: last.linkBytes - first.linkBytes,
      links: last.links - first.links, articleLinks: last.articleLinks - first.articleLinks,
      balance: last.balance - first.balance)
  }

  static func isProse(_ block: Page.Block, words: Int) -> Bool {
    words >= proseWords && block.kind != .heading
      && Int(block.linkBytes) * 100 <= block.text.count * proseLinks
  }

  private mutating func addUp(_ page: Page, _ texts: [TextMeasures]) {
    before.removeAll(keepingCapacity: true)
    var sums = Sums()
    for (index, block) in page.blocks.enumerated() {
      before.append(sums)
      let words = Int32(texts[index].words)
      sums.words += words
      sums.bytes += Int32(block.text.count)
      sums.linkBytes += Int32(block.linkBytes)
      sums.links += Int32(block.links)
      if block.linkKinds.contains(.article) { sums.articleLinks += 1 }
      if TreeSurvey.isProse(block, words: Int(words)) {
        sums.prose += words
        sums.balance += words
      } else {
        sums.balance -= words
      }
    }
    before.append(sums)
  }
}
