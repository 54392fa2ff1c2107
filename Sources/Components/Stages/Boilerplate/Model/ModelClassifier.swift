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
    _ page: Page, of subject: PageSubject, into blocks: inout [ScoredBlock]
  ) {
    blocks.removeAll(keepingCapacity: true)
    guard !page.blocks.isEmpty else { return }
    reader.read(page, of: subject)
    reader.readScores(page, model, &nameWeights)
    model.forest.sum(reader.matrix, into: &sums, answers: &answers)
    for index in page.blocks.indices {
      blocks.append(
        ScoredBlock(
          score: model.probability(sums[index]), words: Int32(reader.texts[index].words)))
    }
  }
}
