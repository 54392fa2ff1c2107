import Pipeline

/// Scores blocks by a trained model.
struct ModelClassifier: BlockClassifier {
  let model: MainContentModel
  private(set) var reader = FeatureReader()
  private var sums: [Int32] = []
  private var answers: [UInt8] = []
  private var nameWeights: NameWeights

  init(_ model: MainContentModel) {
    self.model = model
    nameWeights = NameWeights(model.nameWeights)
  }

  var selection: BlockSelection { .byExpectedMeasure(least: model.leastMeasure) }

  mutating func score(
    _ page: Page, at address: String?, into blocks: inout [ScoredBlock]
  ) {
    blocks.removeAll(keepingCapacity: true)
    guard !page.blocks.isEmpty else { return }
    reader.read(page, at: address)
    reader.readScores(page, model, &nameWeights)
    model.first.sum(reader.matrix, into: &sums, answers: &answers)
    reader.readOpinions(page, model, answers: sums)
    model.second.sum(reader.matrix, into: &sums, answers: &answers)
    for index in page.blocks.indices {
      blocks.append(
        ScoredBlock(
          score: model.probability(sums[index]), words: Int32(reader.texts[index].words)))
    }
  }
}
