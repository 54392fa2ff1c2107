import TestSupport
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: attribution")
struct ForestAttributionTests {
  private static func randomMatrix(_ random: inout Seed, blocks: Int) -> FeatureMatrix {
    var matrix = FeatureMatrix()
    matrix.reset(blocks: blocks)
    for feature in Feature.allCases {
      for block in 0..<blocks { matrix[feature, block] = UInt8(random.below(256)) }
    }
    return matrix
  }

  /// Trees that ask for few features, so that some ask for one of them more than once.
  private static func randomForest(_ random: inout Seed, depth: Int, trees: Int) -> Forest {
    Forest(
      depth: depth, features: (0..<trees * depth).map { _ in UInt8(random.below(6)) },
      limits: (0..<trees * depth).map { _ in UInt8(random.below(256)) },
      leaves: (0..<trees << depth).map { _ in Int16(random.below(60_000) - 30_000) },
      bias: Int32(random.below(100)))
  }

  @Test("with the page's average the contributions make a block's sum, exactly")
  func sum() {
    var random = Seed(31)
    for _ in 0..<30 {
      let matrix = Self.randomMatrix(&random, blocks: 1 + random.below(20))
      let forest = Self.randomForest(
        &random, depth: 1 + random.below(Forest.maximumDepth), trees: 1 + random.below(4))
      var sums: [Int32] = []
      var answers: [UInt8] = []
      forest.sum(matrix, into: &sums, answers: &answers)
      let attribution = ForestAttribution(forest, matrix)
      let start = random.below(matrix.blockCount)
      let contributions = attribution.contributions(to: start..<matrix.blockCount)
      let width = Feature.allCases.count
      for block in start..<matrix.blockCount {
        let row = contributions[(block - start) * width..<(block - start + 1) * width]
        #expect(abs(row.reduce(attribution.base, +) - Double(sums[block])) < 1e-6)
      }
    }
  }

  @Test("a contribution is the mean over all orders in which the features become known")
  func orders() {
    var random = Seed(32)
    for _ in 0..<20 {
      let matrix = Self.randomMatrix(&random, blocks: 1 + random.below(6))
      let forest = Self.randomForest(&random, depth: 1 + random.below(4), trees: 2)
      let block = random.below(matrix.blockCount)
      let found = ForestAttribution(forest, matrix).contributions(to: block..<block + 1)
      let means = (0..<1 << 6).map { Self.mean(forest, matrix, block, $0) }
      for feature in 0..<6 {
        #expect(abs(found[feature] - Self.naive(means, feature)) < 1e-6)
      }
    }
  }

  /// From the definition: over all orders of the six features what the forest gives with those before the
  /// feature and itself known, less what it gives without itself.
  private static func naive(_ means: [Double], _ feature: Int) -> Double {
    let total = orders.reduce(0.0) { total, order in
      let before = order.prefix { $0 != feature }.reduce(0) { $0 | 1 << $1 }
      return total + means[before | 1 << feature] - means[before]
    }
    return total / Double(orders.count)
  }

  private static let orders = permutations(of: Array(0..<6))

  /// Copies of a matrix share its memory.
  private static func copy(of matrix: FeatureMatrix) -> FeatureMatrix {
    var copy = FeatureMatrix()
    copy.reset(blocks: matrix.blockCount)
    for feature in Feature.allCases {
      for block in 0..<matrix.blockCount { copy[feature, block] = matrix[feature, block] }
    }
    return copy
  }

  /// What the forest gives on average over the page, with a set of features, a bit for each, taken from the
  /// block.
  private static func mean(
    _ forest: Forest, _ matrix: FeatureMatrix, _ block: Int, _ known: Int
  ) -> Double {
    let mixed = copy(of: matrix)
    for other in 0..<matrix.blockCount {
      for feature in Feature.allCases.prefix(6) where known >> feature.rawValue & 1 == 1 {
        mixed[feature, other] = matrix[feature, block]
      }
    }
    var sums: [Int32] = []
    var answers: [UInt8] = []
    forest.sum(mixed, into: &sums, answers: &answers)
    return sums.reduce(0.0) { $0 + Double($1) } / Double(matrix.blockCount)
  }

  private static func permutations(of elements: [Int]) -> [[Int]] {
    if elements.isEmpty { return [[]] }
    return elements.flatMap { first in
      permutations(of: elements.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test("what all blocks have in common is no evidence")
  func common() {
    var random = Seed(33)
    let matrix = Self.randomMatrix(&random, blocks: 9)
    for block in 0..<9 { matrix[.words, block] = 200 }
    let forest = Self.randomForest(&random, depth: 3, trees: 8)
    #expect(forest.features.contains(UInt8(Feature.words.rawValue)))
    let contributions = ForestAttribution(forest, matrix).contributions(to: 4..<5)
    #expect(contributions[Feature.words.rawValue] == 0)
    #expect(contributions.contains { $0 != 0 })
  }
}
