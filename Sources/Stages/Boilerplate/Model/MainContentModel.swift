import Bytes
import CMainContentModel

/// A trained model of main content: two linear models over tokens, whose answers are features; a small forest
/// over these and all others; and a second one that also knows what the first says of the blocks around.
/// Immutable, shared by all threads.
struct MainContentModel: Sendable, Equatable {
  let nameWeights: TokenWeights
  let wordWeights: TokenWeights
  /// Asks for no feature from `Feature.firstOpinion` on.
  let first: Forest
  /// Its answer counts.
  let second: Forest
  /// Probability, in 1/`certain`, by a forest's sum: entry 0 is for sums below `firstSum` + `sumStep`.
  let probabilities: [UInt16]
  let firstSum: Int32
  let sumStep: Int32
  /// The expected F measure below which a page has no main content.
  let leastMeasure: Double

  /// The probability for a forest's sum, 0...1.
  @inline(__always)
  func probability(_ sum: Int32) -> Float { entryProbability(entry(sum)) }

  @inline(__always)
  func entryProbability(_ entry: Int) -> Float {
    Float(probabilities[entry]) / Float(MainContentModel.certain)
  }

  /// Where the probability for a forest's sum stands in the table.
  @inline(__always)
  func entry(_ sum: Int32) -> Int {
    max(0, min((Int(sum) - Int(firstSum)) / Int(sumStep), probabilities.count - 1))
  }

  /// A probability of one in the table.
  static let certain = Int(UInt16.max)

  /// The forests' sums are in this part of a unit of log odds (`UNIT` in Tools/main-content/forest.py).
  static let unitsOfLogOdds = 4096.0

  /// The model that the program was built with.
  static let builtIn: Result<MainContentModel, ModelProblem> = {
    var count = 0
    // The C face names constants of the program, and how many there are.
    let start = unsafe winnow_main_content_model(&count)
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    return Result { () throws(ModelProblem) in try MainContentModel(bytes) }
  }()
}
