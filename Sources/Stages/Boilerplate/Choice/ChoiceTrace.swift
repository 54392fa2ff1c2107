/// How the choice among a document's blocks came about, step by step. Kept only where it is to be explained:
/// the choice itself never reads it.
struct ChoiceTrace {
  /// For each block of a page what decided on it last.
  private(set) var causes: [Cause] = []
  /// The least score of a block that is kept; nil when none is to be kept.
  private(set) var threshold: Float?
  /// Whether the page has nothing around its text.
  private(set) var isBare = false
  private var wasChosen: [Bool] = []
  /// Of a text without markup: the paragraphs that are not the site's own, and those of them that are
  /// kept.
  var main: [Range<Int>] = []
  var kept: Set<Range<Int>> = []

  /// The reason to keep or drop a block.
  enum Cause {
    case score, tableRow, definition, list, hidden, comment, repetition
  }

  /// Begins with the choice by scores.
  mutating func begin(_ blocks: [ScoredBlock], threshold: Float?, isBare: Bool) {
    self.threshold = threshold
    self.isBare = isBare
    causes = [Cause](repeating: .score, count: blocks.count)
    wasChosen = blocks.map { block in threshold.map { block.score >= $0 } ?? false }
  }

  /// Notes which blocks are chosen now: those of which that is new were decided on for this cause.
  mutating func note(_ isChosen: [Bool], _ cause: Cause) {
    for index in causes.indices where isChosen[index] != wasChosen[index] { causes[index] = cause }
    wasChosen = isChosen
  }

  /// The same, by the indices of those that are chosen.
  mutating func note(_ chosen: [Int], _ cause: Cause) {
    var isChosen = [Bool](repeating: false, count: causes.count)
    for index in chosen { isChosen[index] = true }
    note(isChosen, cause)
  }

  func isKept(_ block: Int) -> Bool { wasChosen[block] }
}
