import Pipeline

/// How much main content the parts of a page hold by the first trees: a word counts as much as it is probably
/// content.
struct ContentSurvey {
  /// The scores from the first trees alone, and the selection they lead to.
  private(set) var scores: [ScoredBlock] = []
  private(set) var best: (threshold: Float, measure: Double) = (0, 0)
  /// Words of the blocks of each entry in the model's table of probabilities, and of higher ones.
  private(set) var wordsFrom: [Int] = []
  /// Before each block, and at the end of all.
  private(set) var before: [Sums] = []
  /// Of each slot and of each group of units.
  private(set) var slots: [Sums] = []
  private(set) var groups: [Sums] = []
  /// The sum of the trees' answers in each slot.
  private(set) var slotAnswers: [Int] = []
  /// Where the content is, by two measures.
  private(set) var candidates = [Candidate](repeating: Candidate(), count: 2)

  struct Sums {
    var words = 0
    /// Words times their probability, in 1/`MainContentModel.certain`.
    var content = 0

    /// The share of the words that are content.
    @inline(__always)
    var purity: UInt8 { ByteScale.purity(content, of: words &* MainContentModel.certain) }

    @inline(__always)
    mutating func add(_ other: Sums) {
      words &+= other.words
      content &+= other.content
    }
  }

  /// - Parameter answers: The first trees' sum of each block.
  /// - Complexity: O(elements + blocks).
  mutating func survey(
    _ page: Page, _ texts: [TextMeasures], _ tree: TreeSurvey, _ slots: SlotSurvey,
    _ units: UnitSurvey, _ model: MainContentModel, answers: [Int32]
  ) {
    addUp(texts, model, answers)
    best = BlockSelection.bestMeasure(scores, beta: 1)
    addParts(page, slots, units, answers)
    place(page, levels: tree.levels)
  }

  /// The least probability that would be kept, in 1/`MainContentModel.certain`.
  var threshold: Int { Int(best.measure / 2 * Double(MainContentModel.certain)) }

  /// Of the page.
  var all: Sums { before[before.count - 1] }

  @inline(__always)
  func sums(_ blocks: Range<Int32>) -> Sums {
    let (first, last) = (before[Int(blocks.lowerBound)], before[Int(blocks.upperBound)])
    return Sums(words: last.words &- first.words, content: last.content &- first.content)
  }

  private mutating func addUp(
    _ texts: [TextMeasures], _ model: MainContentModel, _ answers: [Int32]
  ) {
    before.removeAll(keepingCapacity: true)
    scores.removeAll(keepingCapacity: true)
    wordsFrom.reset(to: 0, count: model.probabilities.count)
    var sums = Sums()
    for (text, answer) in zip(texts, answers) {
      let entry = model.entry(answer)
      before.append(sums)
      sums.words &+= text.words
      sums.content &+= text.words &* Int(model.probabilities[entry])
      scores.append(
        ScoredBlock(score: model.entryProbability(entry), words: Int32(text.words)))
      wordsFrom[entry] &+= text.words
    }
    before.append(sums)
    for entry in wordsFrom.indices.dropLast().reversed() {
      wordsFrom[entry] &+= wordsFrom[entry + 1]
    }
  }

  private mutating func addParts(
    _ page: Page, _ slotSurvey: SlotSurvey, _ units: UnitSurvey, _ answers: [Int32]
  ) {
    slots.reset(to: Sums(), count: slotSurvey.sums.count)
    slotAnswers.reset(to: 0, count: slotSurvey.sums.count)
    for (index, slot) in slotSurvey.slots.enumerated() {
      slots[Int(slot)].add(sums(Int32(index)..<Int32(index + 1)))
      slotAnswers[Int(slot)] &+= Int(answers[index])
    }
    groups.reset(to: Sums(), count: units.counts.count)
    for (index, element) in page.elements.enumerated() where !element.blocks.isEmpty {
      groups[Int(units.groups[index])].add(sums(element.blocks))
    }
  }

  private mutating func place(_ page: Page, levels: [Int32]) {
    let total = all.content
    let half = Candidate.deepest(page, levels: levels) {
      total > 0 && sums($0.blocks).content * 2 >= total
    }
    candidates[0].move(to: half, page, levels: levels)
    let threshold = threshold
    let purest = Candidate.best(page, levels: levels) {
      let sums = sums($0.blocks)
      return sums.content - sums.words * threshold
    }
    candidates[1].move(to: purest, page, levels: levels)
  }
}

extension Array {
  /// Makes all of it the same, without new memory where the old suffices.
  fileprivate mutating func reset(to element: Element, count: Int) {
    removeAll(keepingCapacity: true)
    append(contentsOf: repeatElement(element, count: count))
  }
}
