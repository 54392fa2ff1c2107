import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

/// The bytes of a model file with small tables, as the training writes it.
private struct ModelFile {
  var version = MainContentModel.version
  var digest = MainContentModel.featureDigest
  var depth: UInt32 = 2
  var first: [UInt8] = [0, 2, 0, 2]
  var second: [UInt8] = [0, 2, 0, UInt8(Feature.firstScore.rawValue)]
  var damage = 0

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    number.littleEndianBytes
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    for weight in [UInt8(3), 5] {
      body += Self.bytes(UInt32(1)) + Self.bytes(Float(0.5).bitPattern)
      body += [7, 9, weight, weight &+ 1]
    }
    for (features, bias) in [(first, Int32(-10)), (second, 10)] {
      body += Self.bytes(UInt32(2)) + Self.bytes(depth) + Self.bytes(bias)
      body += features + [4, 100, 8, 255]
      for leaf in [1, 2, 3, 4, 10, 20, 30, 40] as [Int16] { body += Self.bytes(leaf) }
    }
    body += Self.bytes(UInt32(3)) + Self.bytes(Int32(-5)) + Self.bytes(Int32(5))
    for entry in [0, 32_768, 65_535] as [UInt16] { body += Self.bytes(entry) }
    body += Self.bytes(UInt32(230))
    let checksum = Hash64.hash(body.span)
    if damage > 0 { body[damage] ^= 1 }
    return MainContentModel.magic + Self.bytes(version) + Self.bytes(digest)
      + Self.bytes(checksum) + body
  }
}

@Suite("boilerplate: models")
struct MainContentModelTests {
  @Test("a model file is read as it was written")
  func reading() throws {
    let model = try MainContentModel(ModelFile().bytes)
    #expect(
      model
        == MainContentModel(
          nameWeights: TokenWeights(fingerprints: [7, 9], weights: [3, 4], step: 0.5),
          wordWeights: TokenWeights(fingerprints: [7, 9], weights: [5, 6], step: 0.5),
          first: Forest(
            depth: 2, features: [0, 2, 0, 2], limits: [4, 100, 8, 255],
            leaves: [1, 2, 3, 4, 10, 20, 30, 40], bias: -10),
          second: Forest(
            depth: 2, features: ModelFile().second, limits: [4, 100, 8, 255],
            leaves: [1, 2, 3, 4, 10, 20, 30, 40], bias: 10),
          probabilities: [0, 32_768, 65_535], firstSum: -5, sumStep: 5, leastMeasure: 0.23))
    #expect(
      [-100, -1, 0, 4, 5, 100].map(model.probability) == [
        0, 0, 32_768.0 / 65_535, 32_768.0 / 65_535, 1, 1,
      ])
  }

  @Test("the built-in model is one that this program can use")
  func builtIn() throws {
    let model = try MainContentModel.builtIn.get()
    #expect(model.first.treeCount > 0 && model.second.treeCount > 0)
    #expect(model.probabilities == model.probabilities.sorted())
  }

  @Test("what is no model of this program is told in plain words")
  func problems() throws {
    func problem(_ bytes: [UInt8]) -> String? {
      do throws(ModelProblem) {
        _ = try MainContentModel(bytes)
        return nil
      } catch { return error.description }
    }
    let whole = ModelFile().bytes
    let cases: [([UInt8], String)] = [
      ([], "is not a model of main content: train one with Tools/main-content/train.py"),
      (
        Array("<html>".utf8),
        "is not a model of main content: train one with Tools/main-content/train.py"
      ),
      (ModelFile(version: 9).bytes, "is a model of format 9; this winnow reads format 2"),
      (
        ModelFile(digest: 1).bytes,
        "was trained with other features than this winnow has: train it again"
      ),
      (Array(whole.dropLast()), "ends too early: it was not copied whole"),
      (Array(whole.prefix(10)), "ends too early: it was not copied whole"),
      (ModelFile(damage: 9).bytes, "is damaged: its checksum is wrong"),
      (ModelFile(depth: 60).bytes, "is damaged: its checksum is wrong"),
      (ModelFile(second: [0, 255, 0, 1]).bytes, "is damaged: its checksum is wrong"),
      (ModelFile(first: ModelFile().second).bytes, "is damaged: its checksum is wrong"),
      (whole + [0], "is damaged: its checksum is wrong"),
    ]
    for (bytes, message) in cases { #expect(problem(bytes) == message) }
  }

  @Test("no cut or change of a file is read beyond its end")
  func damage() {
    var random = Seed(11)
    let whole = ModelFile().bytes
    for _ in 0..<2000 {
      var bytes = Array(whole.prefix(random.below(whole.count + 1)))
      if !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      if bytes != whole { #expect(throws: ModelProblem.self) { try MainContentModel(bytes) } }
    }
  }

  // MARK: Trees

  @Test("the forest adds up what each tree answers")
  func forest() {
    var random = Seed(7)
    for _ in 0..<40 {
      var matrix = FeatureMatrix()
      matrix.reset(blocks: 1 + random.below(70))
      for feature in Feature.allCases {
        for block in 0..<matrix.blockCount { matrix[feature, block] = UInt8(random.below(256)) }
      }
      let depth = 1 + random.below(Forest.maximumDepth)
      let trees = 1 + random.below(9)
      let forest = Forest(
        depth: depth,
        features: (0..<trees * depth).map { _ in UInt8(random.below(Feature.allCases.count)) },
        limits: (0..<trees * depth).map { _ in UInt8(random.below(256)) },
        leaves: (0..<trees << depth).map { _ in Int16(random.below(60_000) - 30_000) },
        bias: Int32(random.below(100)))
      var sums: [Int32] = []
      var answers: [UInt8] = []
      forest.sum(matrix, into: &sums, answers: &answers)
      #expect(sums == (0..<matrix.blockCount).map { naiveSum(forest, matrix, $0) })
    }
  }

  @Test("some vectors of a matrix are taken over as they are", arguments: [1, 16, 17, 95, 96])
  func vectors(blocks: Int) {
    var random = Seed(UInt64(blocks))
    var (whole, part) = (FeatureMatrix(), FeatureMatrix())
    whole.reset(blocks: blocks)
    for feature in Feature.allCases {
      for block in 0..<blocks { whole[feature, block] = UInt8(random.below(256)) }
    }
    for _ in 0..<20 {
      let vectors = (0..<(blocks + 15) / 16).filter { _ in random.below(2) == 0 }
      part.take(vectors, of: whole)
      let taken = (0..<blocks).filter { vectors.contains($0 / 16) }
      #expect(part.blockCount == taken.count)
      for feature in Feature.allCases {
        #expect(
          (0..<part.blockCount).map { part[feature, $0] } == taken.map { whole[feature, $0] })
      }
    }
  }

  private func naiveSum(_ forest: Forest, _ matrix: FeatureMatrix, _ block: Int) -> Int32 {
    (0..<forest.treeCount).reduce(forest.bias) { sum, tree in
      let leaf = (0..<forest.depth).reduce(0) { leaf, level in
        let question = tree * forest.depth + level
        let feature = Feature.allCases[Int(forest.features[question])]
        return matrix[feature, block] > forest.limits[question] ? leaf + (1 << level) : leaf
      }
      return sum + Int32(forest.leaves[tree * (1 << forest.depth) + leaf])
    }
  }

  @Test("tokens that were not met in training weigh nothing")
  func tokens() {
    let weights = TokenWeights(fingerprints: [7, 9], weights: [3, -4], step: 2)
    #expect(weights.weight(of: 0x0700_0000) == 3)
    #expect(weights.weight(of: 0x0800_0000) == 0)
    #expect(weights.weight(of: 0x09AB_CDEF) == -4)
    #expect(weights.score(3, count: 0) == 128)
    #expect(weights.score(3, count: 1) == 134)
    #expect(weights.score(-4, count: 4) == 124)
    #expect(weights.score(1000, count: 1) == 255)
    #expect(weights.score(-1000, count: 1) == 0)
  }

  @Test("a page's scores are the same whatever was scored before")
  func independence() throws {
    let model = try MainContentModel.builtIn.get()
    let pages = try [
      "<p>One page with a sentence that is long enough to be prose.</p><p>Menu</p>",
      String(repeating: "<li><a href=a>Item of a list</a>", count: 70),
      "<main><h1>Title</h1><p>Another page, whose only sentence is somewhat longer than that.</main>",
    ].map(BlockFeaturesTests.page)
    var used = ModelClassifier(model)
    for page in pages + pages.reversed() {
      var (first, second): ([ScoredBlock], [ScoredBlock]) = ([], [])
      used.score(page, of: PageOrigin(), into: &first)
      var fresh = ModelClassifier(model)
      fresh.score(page, of: PageOrigin(), into: &second)
      #expect(first == second)
      #expect(first.count == page.blocks.count)
    }
  }
}

@Suite("boilerplate: selection")
struct BlockSelectionTests {
  @Test("the threshold is that of the best expected measure", arguments: [0.5, 1, 2])
  func expectedMeasure(beta: Double) {
    var random = Seed(21)
    for _ in 0..<300 {
      let blocks = (0..<1 + random.below(12)).map { _ in
        ScoredBlock(score: Float(random.below(101)) / 100, words: Int32(1 + random.below(40)))
      }
      let found = BlockSelection.bestMeasure(blocks, beta: beta)
      let best = bestByTrial(blocks, beta)
      #expect(abs(found.measure - best) < 1e-9)
      let kept = blocks.filter { $0.score >= found.threshold }
      #expect(abs(measure(kept, of: blocks, beta) - best) < 1e-6)
    }
  }

  private func measure(_ kept: [ScoredBlock], of all: [ScoredBlock], _ beta: Double) -> Double {
    func hits(_ blocks: [ScoredBlock]) -> Double {
      blocks.reduce(0) { $0 + Double($1.score) * Double($1.words) }
    }
    let words = kept.reduce(0.0) { $0 + Double($1.words) }
    let all = beta * beta * hits(all)
    return words + all > 0 ? (1 + beta * beta) * hits(kept) / (words + all) : 0
  }

  /// Every set of blocks is tried.
  private func bestByTrial(_ blocks: [ScoredBlock], _ beta: Double) -> Double {
    (0..<1 << blocks.count).reduce(0.0) { best, set in
      let kept = blocks.indices.filter { set >> $0 & 1 == 1 }.map { blocks[$0] }
      return max(best, measure(kept, of: blocks, beta))
    }
  }

  @Test("nothing is kept where little is to be expected")
  func nothing() {
    let selection = BlockSelection.byExpectedMeasure(least: 0.5)
    let doubtful = [ScoredBlock(score: 0.2, words: 10), ScoredBlock(score: 0.1, words: 10)]
    #expect(selection.threshold(doubtful, favoring: .balanced) == nil)
    #expect(selection.threshold([], favoring: .balanced) == nil)
    #expect(selection.threshold([ScoredBlock(score: 0, words: 9)], favoring: .recall) == nil)
    #expect(
      BlockSelection.byThreshold.threshold(doubtful, favoring: .precision)
        == Boilerplate.Favor.precision.threshold)
  }
}
