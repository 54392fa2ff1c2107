import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

/// Features that sum up what the first trees say.
@Suite("boilerplate: features of the first trees' answers")
struct ContentFeaturesTests {
  /// A model whose first trees give blocks of more than five words a probability of four fifths, all others
  /// one of a fifth.
  private static func model() throws -> MainContentModel {
    let builtIn = try MainContentModel.builtIn.get()
    return MainContentModel(
      nameWeights: builtIn.nameWeights, wordWeights: builtIn.wordWeights,
      first: Forest(
        depth: 1, features: [UInt8(Feature.words.rawValue)], limits: [5], leaves: [-8192, 8192],
        bias: 0),
      second: builtIn.second, probabilities: [13_107, 52_428], firstSum: -8192, sumStep: 16_384,
      leastMeasure: 0.25)
  }

  private static func reader(_ page: Page, _ model: MainContentModel) -> FeatureReader {
    var reader = FeatureReader()
    var (sums, answers): ([Int32], [UInt8]) = ([], [])
    var nameWeights = NameWeights(model.nameWeights)
    reader.read(page, of: PageOrigin())
    reader.readModel(page, model, &nameWeights, sums: &sums, answers: &answers)
    return reader
  }

  @Test("what the first trees say is summed up over a block's surroundings and the page")
  func example() throws {
    let page = try BlockFeaturesTests.page(BlockFeaturesTests.small)
    let matrix = Self.reader(page, try Self.model()).matrix
    // Words 3, 8, 1, 2, 1; expected content 0.6, 6.4, 0.2, 0.4, 0.2, together 7.8. To keep the long block alone
    // promises 2 · 6.4 / (8 + 7.8) = 0.81.
    let expected: [(Feature, [UInt8])] = [
      (.firstScore, [96, 160, 96, 96, 96]),
      (.nextFirstScore, [160, 96, 96, 96, 0]),
      (.slotFirstScore, [96, 160, 96, 96, 96]),
      (.scoreMargin, [102, 178, 102, 102, 102]),
      (.scoreRank, [255, 136, 255, 255, 255]),
      (.contentBefore, [0, 19, 228, 235, 248]),
      (.contentHalfUp, [1, 0, 2, 2, 2]),
      (.contentHalfDown, [1, 0, 2, 2, 2]),
      (.slotContentShare, [19, 209, 26, 26, 26]),
      (.contentShare, [19, 209, 6, 13, 6]),
      (.pageMeasure, [206, 206, 206, 206, 206]),
      (.pageContentWords, [7, 7, 7, 7, 7]),
      (.pageKeptShare, [136, 136, 136, 136, 136]),
    ]
    for (feature, values) in expected {
      #expect(BlockFeaturesTests.row(matrix, feature) == values, "\(feature)")
    }
  }

  @Test("of random pages, every part holds what its blocks hold")
  func parts() throws {
    var random = Seed(31)
    let model = try Self.model()
    for _ in 0..<60 {
      let page = try BlockFeaturesTests.page(Self.randomPage(&random))
      guard !page.blocks.isEmpty else { continue }
      let reader = Self.reader(page, model)
      let naive = NaiveContent(page, reader)
      for block in page.blocks.indices {
        var element = Int(page.blocks[block].element)
        for level in 0..<Feature.purityLevels {
          #expect(reader.matrix[.purity0, level, block] == naive.purity(of: naive.inside(element)))
          element = max(Int(page.elements[element].parent), 0)
        }
        let slot = page.blocks.indices.filter {
          reader.slots.slots[$0] == reader.slots.slots[block]
        }
        #expect(reader.matrix[.slotPurity, block] == naive.purity(of: slot))
        #expect(reader.matrix[.slotContentShare, block] == naive.share(of: slot))
        let around = page.blocks.indices.filter { abs($0 - block) <= 1 }
        #expect(reader.matrix[.purityAround, block] == naive.purity(of: around))
        #expect(reader.matrix[.contentBefore, block] == naive.share(of: Array(0..<block)))
        let unit = Int(reader.units.nearest[Int(page.blocks[block].element)])
        guard unit >= 0 else { continue }
        let group = page.elements.indices.filter {
          reader.units.groups[$0] == reader.units.groups[unit]
        }.flatMap(naive.inside)
        #expect(reader.matrix[.unitPurity, block] == naive.purity(of: group))
        #expect(reader.matrix[.unitContentShare, block] == naive.share(of: group))
        #expect(reader.matrix[.unitOwnPurity, block] == naive.purity(of: naive.inside(unit)))
      }
    }
  }

  private static func randomPage(_ random: inout Seed) -> String {
    var html = "<p>Pier</p>"
    for _ in 0..<1 + random.below(30) {
      switch random.below(6) {
      case 0: html += "<div class=\(["card", "side"][random.below(2)])>"
      case 1: html += "</div>"
      case 2: html += "<ul><li>Oak<li>Ash wood<li>Elm</ul>"
      case 3: html += "<h2>Planks</h2>"
      default: html += "<p>" + String(repeating: "word ", count: 1 + random.below(12)) + "</p>"
      }
    }
    return html
  }

  @Test("features in families stand in the order in which they are written")
  func families() {
    #expect(Feature.purity4.rawValue - Feature.purity0.rawValue == Feature.purityLevels - 1)
    #expect(Feature.contentBestDown.rawValue - Feature.contentHalfUp.rawValue == 3)
    #expect(Feature.widePurity.rawValue - Feature.unitPurity.rawValue == 3)
    #expect(Feature.wideOwnPurity.rawValue - Feature.unitPurity.rawValue == 5)
  }

  @Test("the scale of purity keeps the order and is finest at both ends")
  func purities() {
    #expect(
      [0, 1, 10, 2047, 2048, 4085, 4094, 4095].map { ByteScale.purity($0, of: 4095) }
        == [0, 1, 10, 127, 128, 245, 254, 255])
    #expect(ByteScale.purity(3, of: 0) == 0)
    let values = (0...4095).map { ByteScale.purity($0, of: 4095) }
    #expect(values == values.sorted())
    #expect(ByteScale.purePercent(0) == 0)
    #expect(ByteScale.purePercent(255) == 100)
  }
}

/// The content of parts of a page, each block looked at for itself.
private struct NaiveContent {
  let page: Page
  let words: [Int]
  let content: [Int]

  init(_ page: Page, _ reader: FeatureReader) {
    self.page = page
    words = reader.texts.map(\.words)
    content = words.map { $0 * ($0 > 5 ? 52_428 : 13_107) }
  }

  /// The blocks below an element.
  func inside(_ element: Int) -> [Int] {
    page.blocks.indices.filter { block in
      var above = Int(page.blocks[block].element)
      while above >= 0, above != element { above = Int(page.elements[above].parent) }
      return above == element
    }
  }

  func purity(of blocks: [Int]) -> UInt8 {
    ByteScale.purity(
      blocks.reduce(0) { $0 + content[$1] }, of: blocks.reduce(0) { $0 + words[$1] } * 65_535)
  }

  func share(of blocks: [Int]) -> UInt8 {
    ByteScale.share(blocks.reduce(0) { $0 + content[$1] }, of: content.reduce(0, +))
  }
}
