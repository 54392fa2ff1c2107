import Pipeline

/// The features that the first trees give: what they say of a block, and what of those around it.
extension FeatureReader {
  /// Reads the features that models give, of the page read last.
  /// - Parameters:
  ///   - sums: Is replaced by the first trees' sum of each block.
  ///   - answers: Scratch memory.
  mutating func readModel(
    _ page: Page, _ model: MainContentModel, _ nameWeights: inout NameWeights,
    sums: inout [Int32], answers: inout [UInt8]
  ) {
    readScores(page, model, &nameWeights)
    model.first.sum(matrix, into: &sums, answers: &answers)
    readOpinions(page, model, answers: sums)
  }

  private mutating func readOpinions(_ page: Page, _ model: MainContentModel, answers: [Int32]) {
    content.survey(page, texts, tree, slots, units, model, answers: answers)
    readOwnOpinions(page, model, answers)
    readOpinionsAround(page)
    readContent(page)
    let (threshold, measure) = content.best
    matrix.fill(.pageMeasure, UInt8(measure * 255))
    matrix.fill(.pageContentWords, ByteScale.count(content.all.content / MainContentModel.certain))
    let kept = content.scores.reduce(0) { $1.score >= threshold ? $0 + Int($1.words) : $0 }
    matrix.fill(.pageKeptShare, ByteScale.share(kept, of: content.all.words))
  }

  /// A sum of trees in sixteenths of log odds, 128 for even odds.
  private static func opinion(_ answer: Int) -> UInt8 {
    UInt8(max(0, min(128 + answer / opinionStep, 255)))
  }

  private static let opinionStep = Int(MainContentModel.unitsOfLogOdds) / 16

  private mutating func readOwnOpinions(
    _ page: Page, _ model: MainContentModel, _ answers: [Int32]
  ) {
    let threshold = content.threshold
    for index in page.blocks.indices {
      let entry = model.entry(answers[index])
      let own = FeatureReader.opinion(Int(answers[index]))
      matrix[.firstScore, index] = own
      if index > 0 { matrix[.nextFirstScore, index - 1] = own }
      let slot = Int(slots.slots[index])
      matrix[.slotFirstScore, index] = FeatureReader.opinion(
        content.slotAnswers[slot] / Int(slots.sums[slot].blocks))
      let margin = Int(model.probabilities[entry]) - threshold
      matrix[.scoreMargin, index] = UInt8(128 + margin * 127 / MainContentModel.certain)
      matrix[.scoreRank, index] = ByteScale.share(
        content.wordsFrom[entry], of: content.all.words)
    }
  }

  private mutating func readOpinionsAround(_ page: Page) {
    let count = page.blocks.count
    let all = content.all.content
    for index in 0..<count {
      matrix[.contentBefore, index] = ByteScale.share(content.before[index].content, of: all)
      let around = Int32(max(index - 1, 0))..<Int32(min(index + 2, count))
      matrix[.purityAround, index] = content.sums(around).purity
    }
  }

  private mutating func readContent(_ page: Page) {
    let all = content.all.content
    purities.removeAll(keepingCapacity: true)
    for element in page.elements { purities.append(content.sums(element.blocks).purity) }
    for (index, block) in page.blocks.enumerated() {
      var element = Int(block.element)
      writeDistances(from: element, to: content.candidates, .contentHalfUp, index)
      let slot = content.slots[Int(slots.slots[index])]
      matrix[.slotPurity, index] = slot.purity
      matrix[.slotContentShare, index] = ByteScale.share(slot.content, of: all)
      for place in 0..<2 {
        let unit = Int(place == 0 ? units.nearest[element] : units.widest[element])
        guard unit >= 0 else { continue }
        let group = content.groups[Int(units.groups[unit])]
        matrix[.unitPurity, place * 3, index] = group.purity
        matrix[.unitContentShare, place * 3, index] = ByteScale.share(group.content, of: all)
        matrix[.unitOwnPurity, place * 3, index] = purities[unit]
      }
      let own = content.sums(page.elements[element].blocks)
      matrix[.contentShare, index] = ByteScale.share(own.content, of: all)
      for level in 0..<Feature.purityLevels {
        matrix[.purity0, level, index] = purities[element]
        element = max(Int(page.elements[element].parent), 0)
      }
    }
  }
}
