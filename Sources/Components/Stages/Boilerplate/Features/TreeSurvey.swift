import Pipeline

/// What the parts of a page hold: sums over blocks as differences, and the elements in which the prose is.
struct TreeSurvey {
  /// Before each block, and at the end of all: words, words of prose, bytes, bytes of links, balance.
  private(set) var before: [Sums] = []
  /// Number of ancestors of each element among the elements kept.
  private(set) var levels: [Int32] = []
  /// Where the prose is, by three measures.
  private(set) var candidates: [Candidate] = []

  struct Sums {
    var words: Int32 = 0
    var prose: Int32 = 0
    var bytes: Int32 = 0
    var linkBytes: Int32 = 0
    /// Words of prose less those of everything else.
    var balance: Int32 = 0
  }

  /// An element, and how far each element is from it.
  struct Candidate {
    var element = 0
    /// For each element, how many levels up an element stands that holds both.
    var up: [UInt8] = []
    /// And how many levels down from there to the candidate.
    var down: [UInt8] = []
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
    if candidates.isEmpty { candidates = [Candidate](repeating: Candidate(), count: 3) }
    let total = before[before.count - 1].prose
    candidates[0].element = deepest(page, holding: 50, of: total)
    candidates[1].element = deepest(page, holding: 80, of: total)
    candidates[2].element = bestBalanced(page)
    for index in candidates.indices { measureDistances(page, from: index) }
  }

  func sums(_ blocks: Range<Int32>) -> Sums {
    let (first, last) = (before[Int(blocks.lowerBound)], before[Int(blocks.upperBound)])
    return Sums(
      words: last.words - first.words, prose: last.prose - first.prose,
      bytes: last.bytes - first.bytes, linkBytes: last.linkBytes - first.linkBytes,
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
      if TreeSurvey.isProse(block, words: Int(words)) {
        sums.prose += words
        sums.balance += words
      } else {
        sums.balance -= words
      }
    }
    before.append(sums)
  }

  /// The deepest element with a share of the prose, in percent.
  private func deepest(_ page: Page, holding share: Int, of total: Int32) -> Int {
    var found = 0
    guard total > 0 else { return 0 }
    for (index, element) in page.elements.enumerated()
    where Int(sums(element.blocks).prose) * 100 >= Int(total) * share {
      if levels[index] > levels[found] { found = index }
    }
    return found
  }

  /// The deepest element with the largest balance of prose against everything else.
  private func bestBalanced(_ page: Page) -> Int {
    var found = 0
    var best = Int32.min
    for (index, element) in page.elements.enumerated() where !element.blocks.isEmpty {
      let balance = sums(element.blocks).balance
      if balance > best || balance == best && levels[index] > levels[found] {
        (best, found) = (balance, index)
      }
    }
    return found
  }

  private mutating func measureDistances(_ page: Page, from candidate: Int) {
    let target = candidates[candidate].element
    var up = candidates[candidate].up
    var down = candidates[candidate].down
    candidates[candidate].up = []
    candidates[candidate].down = []
    up.removeAll(keepingCapacity: true)
    down.removeAll(keepingCapacity: true)
    for (index, element) in page.elements.enumerated() {
      if index <= target, target < Int(element.end) {
        up.append(0)
        down.append(ByteScale.distance(Int(levels[target] - levels[index])))
      } else {
        let parent = Int(max(element.parent, 0))
        up.append(up[parent] < 254 ? up[parent] + 1 : 254)
        down.append(down[parent])
      }
    }
    candidates[candidate].up = up
    candidates[candidate].down = down
  }
}
