import Bytes
import Pipeline

extension ModelClassifier {
  func explain(_ page: Page) -> ScoreExplanation {
    var explanation = ScoreExplanation()
    guard !page.blocks.isEmpty else { return explanation }
    let attribution = ForestAttribution(model.second, open)
    let firstAttribution = ForestAttribution(model.first, reader.matrix)
    let base = fixed(attribution.base / MainContentModel.unitsOfLogOdds, 2)
      .replacing("-", with: "−")
    let settled = page.blocks.count - open.blockCount
    explanation.facts = [
      .init(
        "judged by",
        "a model of \(model.first.treeCount) + \(model.second.treeCount) trees over "
          + "\(Feature.allCases.count) features; the first settle \(settled) of \(page.blocks.count) blocks"
      ),
      .init(
        "evidence",
        "in log odds, against the page's average block (\(base)); what all have in common is no evidence"
      ),
    ]
    let labels = nameLabels(page)
    let count = min(page.blocks.count, ModelClassifier.explainedBlocks)
    for start in stride(from: 0, to: count, by: ModelClassifier.explainedAtOnce) {
      let blocks = start..<min(start + ModelClassifier.explainedAtOnce, count)
      let first = firstAttribution.contributions(to: blocks)
      let places = openPlaces(in: blocks)
      let second = attribution.contributions(to: places)
      for block in blocks {
        let own = ModelClassifier.row(block - start, of: first)
        if let place = openPlace(of: block) {
          let row = ModelClassifier.row(place - places.lowerBound, of: second)
          let shares = ModelClassifier.propagated(row, first: own)
          explanation.evidence.append(evidence(page, block, shares, labels))
        } else {
          let settled = Explanation.Evidence(
            "settled by the first look", "its average block",
            weight: Float(
              (firstAttribution.base - attribution.base) / MainContentModel.unitsOfLogOdds))
          explanation.evidence.append(evidence(page, block, own, labels) + [settled])
        }
      }
    }
    return explanation
  }

  /// Where a block stands among those that the second trees judge; nil for a settled one.
  private func openPlace(of block: Int) -> Int? {
    openVectors.firstIndex(of: block / FeatureMatrix.lanes).map {
      $0 * FeatureMatrix.lanes + block % FeatureMatrix.lanes
    }
  }

  /// The places of some blocks that begin and, but for the page's last, end with a vector.
  private func openPlaces(in blocks: Range<Int>) -> Range<Int> {
    let lanes = FeatureMatrix.lanes
    let before = openVectors.count { $0 * lanes < blocks.lowerBound }
    let inside = openVectors.count { blocks.contains($0 * lanes) }
    return before * lanes..<min((before + inside) * lanes, max(open.blockCount, before * lanes))
  }

  private static func row(_ number: Int, of contributions: [Double]) -> [Double] {
    let width = Feature.allCases.count
    return Array(contributions[number * width..<(number + 1) * width])
  }

  /// Blocks of a page whose evidence is told: nobody reads that of more.
  static let explainedBlocks = 10_000
  /// Blocks whose contributions are in memory together.
  private static let explainedAtOnce = 1024
  /// Features of a block that are told; the others are added up.
  private static let toldFeatures = 12

  private func evidence(
    _ page: Page, _ block: Int, _ contributions: [Double], _ labels: [[String]]
  ) -> [Explanation.Evidence] {
    let order = contributions.indices.filter { contributions[$0] != 0 }.sorted {
      abs(contributions[$0]) > abs(contributions[$1])
    }
    var evidence = order.prefix(ModelClassifier.toldFeatures).map { index in
      let feature = Feature.allCases[index]
      var value = feature.words(for: reader.matrix[feature, block])
      if let tokens = tokens(page, block, feature, labels) { value += ": \(tokens)" }
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

  /// Features that are what the first trees say of the block itself.
  private static let ownOpinions: [Feature] = [.firstScore, .scoreMargin, .scoreRank]
  /// How many times as much as their sum the shares of the first trees' features may be in all: more would only
  /// tell how they cancel out.
  private static let largestSpread = 4.0

  /// Puts what the first trees say of a block down to what made them say so, in proportion (Chen, Lundberg, Lee,
  /// "Explaining a series of models by propagating Shapley values", 2022). The sum stays.
  private static func propagated(_ contributions: [Double], first: [Double]) -> [Double] {
    let own = ownOpinions.reduce(0) { $0 + contributions[$1.rawValue] }
    let difference = first.reduce(0, +)
    let size = first.reduce(0) { $0 + abs($1) }
    guard size > 0, size <= abs(difference) * largestSpread else { return contributions }
    var propagated = contributions
    for feature in ownOpinions { propagated[feature.rawValue] = 0 }
    for (index, share) in first.enumerated() { propagated[index] += own * share / difference }
    return propagated
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
    let words = TokenLabels.words(
      of: page.text.span.extracting(Int(range.lowerBound)..<Int(range.upperBound)),
      limit: FeatureReader.maximumHashes)
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
    let names = page.names.span
    for (number, element) in page.elements.enumerated()
    where Int(reader.names.signatures[number]) == labels.count {
      let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
      labels.append(
        TokenLabels.names(of: element.tag, names.extracting(range)))
    }
    return labels
  }
}
