import Bytes
import Pipeline

extension ModelClassifier {
  func explain(_ page: Page) -> ScoreExplanation {
    var explanation = ScoreExplanation()
    guard !page.blocks.isEmpty else { return explanation }
    let attribution = ForestAttribution(model.second, reader.matrix)
    let firstAttribution = ForestAttribution(model.first, reader.matrix)
    let base = fixed(attribution.base / MainContentModel.unitsOfLogOdds, 2)
      .replacing("-", with: "−")
    explanation.facts = [
      .init(
        "judged by",
        "a model of \(model.first.treeCount) + \(model.second.treeCount) trees over "
          + "\(Feature.allCases.count) features"),
      .init(
        "evidence",
        "in log odds, against the page's average block (\(base)); what all have in common is no evidence"
      ),
    ]
    let labels = nameLabels(page)
    let count = min(page.blocks.count, ModelClassifier.explainedBlocks)
    for start in stride(from: 0, to: count, by: ModelClassifier.explainedAtOnce) {
      let blocks = start..<min(start + ModelClassifier.explainedAtOnce, count)
      let contributions = attribution.contributions(to: blocks)
      let firstContributions = firstAttribution.contributions(to: blocks)
      for block in blocks {
        let offset = (block - start) * Feature.allCases.count
        let row = offset..<offset + Feature.allCases.count
        explanation.evidence.append(
          evidence(
            page, block, Array(contributions[row]), first: Array(firstContributions[row]), labels))
      }
    }
    return explanation
  }

  /// Blocks of a page whose evidence is told: nobody reads that of more.
  static let explainedBlocks = 10_000
  /// Blocks whose contributions are in memory together.
  private static let explainedAtOnce = 1024
  /// Features of a block that are told; the others are added up.
  private static let toldFeatures = 12

  private func evidence(
    _ page: Page, _ block: Int, _ contributions: [Double], first: [Double], _ labels: [[String]]
  ) -> [Explanation.Evidence] {
    let order = contributions.indices.filter { contributions[$0] != 0 }.sorted {
      abs(contributions[$0]) > abs(contributions[$1])
    }
    var evidence = order.prefix(ModelClassifier.toldFeatures).map { index in
      let feature = Feature.allCases[index]
      var value = feature.words(for: reader.matrix[feature, block])
      let reasons =
        feature == .firstScore
        ? ModelClassifier.strongest(first) : tokens(page, block, feature, labels)
      if let reasons { value += ": \(reasons)" }
      return Explanation.Evidence(
        feature.phrase, value, weight: Float(contributions[index] / MainContentModel.unitsOfLogOdds)
      )
    }
    let others = order.dropFirst(ModelClassifier.toldFeatures)
    if others.isEmpty { return evidence }
    let rest = others.reduce(0) { $0 + contributions[$1] }
    evidence.append(
      Explanation.Evidence(
        "other features", "\(others.count)",
        weight: Float(rest / MainContentModel.unitsOfLogOdds)))
    return evidence
  }

  /// The features that weigh most with the first trees.
  private static func strongest(_ contributions: [Double]) -> String? {
    TokenLabels.summary(
      of: zip(Feature.allCases, contributions).map {
        .init(label: "“\($0.phrase)”", weight: Int32($1))
      })
  }

  // MARK: Tokens

  /// The strongest tokens behind a feature that a linear model gives.
  private func tokens(
    _ page: Page, _ block: Int, _ feature: Feature, _ labels: [[String]]
  ) -> String? {
    switch feature {
    case .wordScore: TokenLabels.summary(of: words(page, block))
    case .previousWordScore where block > 0: TokenLabels.summary(of: words(page, block - 1))
    case .nextWordScore where block + 1 < page.blocks.count:
      TokenLabels.summary(of: words(page, block + 1))
    case .nameScore: TokenLabels.summary(of: names(page, block, labels, levels: 0..<Int.max))
    case .nearNameScore:
      TokenLabels.summary(of: names(page, block, labels, levels: 0..<FeatureReader.nearLevels))
    case .farNameScore:
      TokenLabels.summary(
        of: names(page, block, labels, levels: FeatureReader.nearLevels..<Int.max))
    default: nil
    }
  }

  /// A block's words, and each two in turn.
  private func words(_ page: Page, _ block: Int) -> [TokenLabels.Weighted] {
    let range = page.blocks[block].text
    let words = page.text.withUnsafeBufferPointer { text in
      TokenLabels.words(
        of: UnsafeBufferPointer(rebasing: text[Int(range.lowerBound)..<Int(range.upperBound)]),
        limit: FeatureReader.maximumHashes)
    }
    var tokens: [TokenLabels.Weighted] = []
    for (index, word) in words.enumerated() {
      tokens.append(.init(label: word.label, weight: model.wordWeights.weight(of: word.hash)))
      guard index > 0 else { continue }
      let pair = WordHash.pair(words[index - 1].hash, word.hash)
      tokens.append(
        .init(
          label: "“\(words[index - 1].label) \(word.label)”",
          weight: model.wordWeights.weight(of: pair)))
    }
    return tokens
  }

  /// Elements around a block whose names can be told; pages may nest deeper.
  private static let namedLevels = 50

  /// The tokens of the elements around a block, so many levels up.
  private func names(
    _ page: Page, _ block: Int, _ labels: [[String]], levels: Range<Int>
  ) -> [TokenLabels.Weighted] {
    var tokens: [TokenLabels.Weighted] = []
    var element = Int(page.blocks[block].element)
    var level = 0
    while element >= 0, level < ModelClassifier.namedLevels {
      let signature = Int(reader.names.signatures[element])
      let bucket = FeatureReader.nameBucket(level: level)
      if levels.contains(level) {
        for (label, index) in zip(labels[signature], reader.names.tokenRanges[signature]) {
          let token = FeatureReader.nameToken(reader.names.tokens[index], bucket: bucket)
          tokens.append(.init(label: label, weight: model.nameWeights.weight(of: token)))
        }
      }
      element = Int(page.elements[element].parent)
      level += 1
    }
    return tokens
  }

  /// For each signature the names of its tokens.
  private func nameLabels(_ page: Page) -> [[String]] {
    var labels: [[String]] = []
    page.names.withUnsafeBufferPointer { names in
      for (number, element) in page.elements.enumerated()
      where Int(reader.names.signatures[number]) == labels.count {
        let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
        labels.append(
          TokenLabels.names(of: element.tag, UnsafeBufferPointer(rebasing: names[range])))
      }
    }
    return labels
  }
}
