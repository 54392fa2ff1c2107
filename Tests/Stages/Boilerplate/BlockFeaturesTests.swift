import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage
@testable import HTMLStage

@Suite("boilerplate: features")
struct BlockFeaturesTests {
  /// A page that the `html` stage has taken apart.
  static func page(_ html: String) throws -> Page {
    var document = Document(
      id: "page", html: RawHTML(bytes: Array(html.utf8)), origin: Origin(file: "page"))
    let context = Context(label: "html", standardInput: .standardInput)
    _ = try HTML(settings: HTML.Settings(), context: context).makeWorker().process(&document)
    return try #require(document.page)
  }

  /// The features of all blocks.
  private static func matrix(_ html: String, address: String? = nil) throws -> FeatureMatrix {
    var reader = FeatureReader()
    reader.read(try page(html), of: PageOrigin(address: address))
    return reader.matrix
  }

  static func row(_ matrix: FeatureMatrix, _ feature: Feature) -> [UInt8] {
    (0..<matrix.blockCount).map { matrix[feature, $0] }
  }

  /// Eight words and a link of one, a heading, a list of three links.
  static let small = """
    <body><main><h1>The old pier</h1><p>It was long and old, it had <a href=a>planks</a>.</p></main>
    <ul class=menu><li><a href=b>Home</a><li><a href=c>News 7</a><li><a href=d>Home</a></ul></body>
    """

  @Test("a block's own features are those of its text")
  func text() throws {
    let matrix = try Self.matrix(Self.small)
    let expected: [(Feature, [UInt8])] = [
      (.words, [3, 8, 1, 2, 1]),
      (.wordLength, [26, 26, 32, 16, 32]),
      (.linkShare, [0, 43, 255, 255, 255]),
      (.links, [0, 1, 1, 1, 1]),
      (.kind, [1, 0, 2, 2, 2]),
      (.headingLevel, [1, 0, 0, 0, 0]),
      (.sentences, [0, 1, 0, 0, 0]),
      (.commas, [0, 1, 0, 0, 0]),
      (.digitShare, [0, 0, 0, 51, 0]),
      (.capitalShare, [25, 9, 63, 63, 63]),
      (.copies, [0, 0, 1, 0, 1]),
      (.copiesBefore, [0, 0, 0, 0, 1]),
    ]
    for (feature, values) in expected { #expect(Self.row(matrix, feature) == values, "\(feature)") }
  }

  @Test("where a block stands is told by what is before, behind and around it")
  func places() throws {
    let matrix = try Self.matrix(Self.small)
    let expected: [(Feature, [UInt8])] = [
      (.blocksBefore, [0, 1, 2, 3, 4]),
      (.blocksAfter, [4, 3, 2, 1, 0]),
      (.wordsBefore, [0, 3, 11, 12, 14]),
      (.wordPosition, [0, 51, 187, 204, 238]),
      (.blocksSinceTitle, [255, 1, 2, 3, 4]),
      (.previousWords, [0, 3, 8, 1, 2]),
      (.nextWords, [8, 1, 2, 1, 0]),
      (.mainAbove, [1, 1, 255, 255, 255]),
      (.itemAbove, [255, 255, 0, 0, 0]),
      (.navigationNameAbove, [255, 255, 1, 1, 1]),
      (.unitCount, [0, 0, 3, 3, 3]),
      (.halfUp, [1, 0, 2, 2, 2]),
      (.proseShare0, [0, 255, 0, 0, 0]),
      (.pageBlocks, [5, 5, 5, 5, 5]),
      (.pageProse, [8, 8, 8, 8, 8]),
    ]
    for (feature, values) in expected { #expect(Self.row(matrix, feature) == values, "\(feature)") }
  }

  @Test("an address is told by the parts of its path")
  func address() throws {
    let matrix = try Self.matrix("<p>Text.", address: "https://a.example/shop/oak-planks-12?id=3")
    let features: [Feature] = [
      .addressDepth, .addressLength, .addressDigits, .addressHyphens, .addressHasQuery,
    ]
    #expect(features.map { matrix[$0, 0] } == [2, 17, 2, 2, 1])
    let unknown = try Self.matrix("<p>Text.", address: nil)
    #expect(features.map { unknown[$0, 0] } == [0, 0, 0, 0, 0])
  }

  @Test("two letters of a script without spaces count as one word")
  func unspaced() throws {
    let matrix = try Self.matrix("<p>港の浚渫船は月曜日に出た。</p><p>三月、四月")
    #expect(Self.row(matrix, .words) == [6, 2])
    #expect(Self.row(matrix, .sentences) == [1, 0])
    #expect(Self.row(matrix, .commas) == [0, 1])
    #expect(Self.row(matrix, .wordLength) == [36, 36], "five letters, as elsewhere")
  }

  @Test("capitals are known in every alphabet, and an alphabet without them says nothing by that")
  func capitals() throws {
    let matrix = try Self.matrix(
      "<p>Мост Старый</p><p>Ένα παλιό</p><p>Übersee</p><p>港の船</p><p>جسر قديم</p><p>old pier</p>")
    #expect(Self.row(matrix, .capitalShare) == [51, 31, 36, 10, 10, 0])
    let (small, capital) = (
      TextMeasures.Mark.lowercase.rawValue, TextMeasures.Mark.capital.rawValue
    )
    #expect(Self.row(matrix, .firstMark) == [capital, capital, capital, capital, capital, small])
    #expect(Self.row(matrix, .lastMark) == [small, small, small, small, small, small])
  }

  @Test("elements whose names differ in digits alone are units of one kind")
  func numberedUnits() throws {
    let posts = (1...4).map { "<div id=post-\($0)><p>Text.</p></div>" }.joined()
    let matrix = try Self.matrix("<section>\(posts)</section>")
    #expect(Self.row(matrix, .unitCount) == [4, 4, 4, 4])
  }

  @Test("blocks in places of the same kind are counted together, wherever they stand")
  func slots() throws {
    let matrix = try Self.matrix(
      """
      <div><div id=p1><h3>Oak plank</h3><p>Five crowns a piece</p></div></div>
      <div><div id=p2><h3>Ash</h3><p>Seven crowns</p></div></div>
      """)
    let expected: [(Feature, [UInt8])] = [
      (.slotCount, [2, 2, 2, 2]),
      (.slotBefore, [0, 0, 2, 2]),
      (.slotSpread, [127, 127, 127, 127]),
      (.slotWordShare, [85, 170, 85, 170]),
      (.slotWords, [1, 3, 1, 3]),
      (.slotLinkShare, [0, 0, 0, 0]),
    ]
    for (feature, values) in expected { #expect(Self.row(matrix, feature) == values, "\(feature)") }
  }

  @Test("a block stands under a heading, and that under one of a higher level")
  func headings() throws {
    let page = try Self.page(
      """
      <h1>Shop</h1><p>Text</p><h2>Related</h2><h3>Oak</h3><p>Text</p><h3>Ash</h3><p>Text</p>
      <h2>Post</h2><p>Text</p>
      """)
    var headings = HeadingSurvey()
    headings.survey(page)
    #expect(headings.nearest == [-1, 0, 0, 2, 3, 3, 5, 5, 7])
    #expect(headings.section == [-1, -1, 0, 2, 2, 2, 2, 0, 0])
  }

  @Test("hidden blocks are known as such")
  func hidden() throws {
    let matrix = try Self.matrix("<p>Shown.</p><div style='display:none'><p>Hidden.</p></div>")
    #expect(Self.row(matrix, .hidden) == [0, 1])
  }

  @Test("what a page says that it is, in linked data and Open Graph, is a feature of all blocks")
  func kinds() throws {
    let matrix = try Self.matrix(
      """
      <meta property=og:type content=website>
      <script type=application/ld+json>{"@type": ["WebPage", "ItemList"], "item": {"@type":"Product"}}</script>
      <p>One.<p>Two.
      """)
    let said = (0..<Feature.kindCount).filter { matrix[.saysIsArticle, $0, 1] == 1 }
    let first = Feature.saysIsArticle.rawValue
    #expect(
      said.map { Feature.allCases[first + $0] } == [
        .saysIsProduct, .saysIsList, .saysIsOpenGraphSite,
      ])
  }

  @Test("features in families stand in the order in which they are written")
  func families() {
    #expect(Feature.proseShare0.rawValue - Feature.wordShare0.rawValue == Feature.elementLevels)
    #expect(Feature.linkDensity0.rawValue - Feature.proseShare0.rawValue == Feature.elementLevels)
    #expect(Feature.mostUp.rawValue - Feature.halfUp.rawValue == 2)
    #expect(Feature.bestDown.rawValue - Feature.halfUp.rawValue == 5)
    #expect(Feature.wideLevel.rawValue - Feature.unitLevel.rawValue == 5)
    #expect(
      Feature.navigationNameAbove.rawValue - Feature.mainAbove.rawValue
        == Feature.landmarkTags.count)
    #expect(
      Feature.saysIsOpenGraphSite.rawValue - Feature.saysIsArticle.rawValue
        == Feature.kindCount - 1)
    #expect(Feature.allCases.count <= 256)
  }

  // MARK: Scales

  @Test("the scale of counts keeps the order and loses at most a sixteenth")
  func counts() {
    #expect(
      [0, 1, 31, 32, 33, 34, 64, 1000, 507_904, 9_999_999].map(ByteScale.count)
        == [0, 1, 31, 32, 32, 33, 48, 111, 255, 255])
    #expect(ByteScale.count(-1) == 0)
    var last: UInt8 = 0
    for number in 0..<100_000 {
      let value = ByteScale.count(number)
      #expect(value >= last)
      last = value
    }
  }

  @Test("shares and distances stay within a byte")
  func shares() {
    #expect(ByteScale.share(1, of: 0) == 0)
    #expect(ByteScale.share(1, of: 2) == 127)
    #expect(ByteScale.share(5, of: 5) == 255)
    #expect(ByteScale.share(6, of: 5) == 255)
    #expect(ByteScale.distance(3) == 3)
    #expect(ByteScale.distance(1000) == 254)
  }

  @Test("keys are numbered in the order in which they first occur")
  func keys() {
    var index = KeyIndex()
    var random = Seed(4)
    for _ in 0..<50 {
      let keys = (0..<200).map { _ in Hash64.mix(UInt64(random.below(60)), 1) }
      index.reset(capacity: keys.count)
      var known: [UInt64] = []
      for key in keys {
        if !known.contains(key) { known.append(key) }
        #expect(index.number(of: key) == known.firstIndex(of: key))
      }
      #expect(index.count == known.count)
    }
  }

  // MARK: Hostile pages

  @Test("deep nesting, many blocks and long names are read")
  func hostile() throws {
    let pages = [
      String(repeating: "<div class='a b'>", count: 100_000) + "text",
      String(repeating: "<p>a", count: 200_000),
      "<div class='\(String(repeating: "x-y ", count: 100_000))'>text</div>",
      String(repeating: "<a href=a>", count: 70_000) + "text",
    ]
    for page in pages {
      let matrix = try Self.matrix(page)
      #expect(matrix.blockCount >= 1)
    }
  }
}
