/// How the blocks to keep are chosen by their scores.
enum BlockSelection: Equatable {
  /// Those whose score is at least a limit that depends on what to favor.
  case byThreshold
  /// As many, from the best down, as promise the highest F measure of their words; none if it stays below
  /// a limit.
  case byExpectedMeasure(least: Double)

  /// The least score of a block that is kept; nil when none is to be kept.
  func threshold(_ blocks: [ScoredBlock], favoring favor: Boilerplate.Favor) -> Float? {
    switch self {
    case .byThreshold:
      return favor.threshold
    case .byExpectedMeasure(let least):
      let best = BlockSelection.bestMeasure(blocks, beta: favor.beta)
      return best.measure < least ? nil : best.threshold
    }
  }

  /// The threshold with the highest expected F measure, and that measure.
  ///
  /// With probabilities p and lengths n the measure of a set is about (1 + β²) Σ pn / (Σ n + β² T), where
  /// the first two sums are over the set and T is the sum of pn over all blocks (Nan, Chai, Lee, Chieu,
  /// "Optimizing F-measure: A Tale of Two Approaches", 2012). The best set has all blocks whose
  /// probability is at least the measure divided by 1 + β²; Dinkelbach's iteration for ratios
  /// (1967) finds it in a few rounds, each of which raises the measure.
  static func bestMeasure(
    _ blocks: [ScoredBlock], beta: Double
  ) -> (threshold: Float, measure: Double) {
    let square = beta * beta
    var total = 0.0
    var highest: Float = 0
    for block in blocks {
      total += Double(block.score) * Double(block.words)
      if block.words > 0 { highest = max(highest, block.score) }
    }
    guard total > 0 else { return (.infinity, 0) }
    var threshold = highest
    var measure = 0.0
    for _ in 0..<maximumRounds {
      var (hits, words) = (0.0, 0.0)
      for block in blocks where block.score >= threshold {
        hits += Double(block.score) * Double(block.words)
        words += Double(block.words)
      }
      let found = (1 + square) * hits / (words + square * total)
      guard found > measure else { break }
      measure = found
      threshold = Float(measure / (1 + square))
    }
    return (threshold, measure)
  }

  /// Rounds converge faster than quadratically; seven were the most over 1,349 pages.
  private static let maximumRounds = 100
}
