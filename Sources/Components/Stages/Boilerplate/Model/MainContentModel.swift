import Bytes
import CMainContentModel

/// A trained model of main content: two linear models over tokens, whose answers are features, and a forest
/// over all features. Immutable, shared by all threads.
struct MainContentModel: Sendable, Equatable {
  let nameWeights: TokenWeights
  let wordWeights: TokenWeights
  let forest: Forest
  /// Probability, in 1/65,535, by the forest's sum: entry 0 is for sums below `firstSum` + `sumStep`.
  let probabilities: [UInt16]
  let firstSum: Int32
  let sumStep: Int32
  /// The expected F measure below which a page has no main content.
  let leastMeasure: Double

  /// The probability for a forest's sum, 0...1.
  @inline(__always)
  func probability(_ sum: Int32) -> Float {
    let entry = max(0, min((Int(sum) - Int(firstSum)) / Int(sumStep), probabilities.count - 1))
    return Float(probabilities[entry]) / 65_535
  }

  /// The model that the program was built with.
  static let builtIn: Result<MainContentModel, ModelProblem> = {
    var count = 0
    let start = winnow_main_content_model(&count)
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    return Result { () throws(ModelProblem) in try MainContentModel(bytes) }
  }()
}
