import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage
@testable import HTMLStage

@Suite("boilerplate: explanations")
struct BoilerplateExplanationTests {
  // MARK: Agreement with runs

  /// All pages and texts of the fixtures.
  private static func fixtures() throws -> [String] {
    var found: [String] = []
    for folder in try FileSystem.names(in: Fixture.path("pages")) {
      for name in try FileSystem.names(in: Fixture.path("pages/\(folder)")) {
        found.append("pages/\(folder)/\(name)")
      }
    }
    return found + (try FileSystem.names(in: Fixture.path("types"))).map { "types/\($0)" }
  }

  private static func document(_ fixture: String) throws -> Document {
    let bytes = try Fixture.bytes(fixture)
    let origin = Origin(file: fixture)
    if fixture.hasSuffix(".txt") {
      return Document(id: fixture, text: UTF8Text(repairing: bytes), origin: origin)
    }
    let context = Context(label: "html", standardInput: .standardInput)
    var document = Document(id: fixture, html: RawHTML(bytes: bytes), origin: origin)
    _ = try HTML(settings: HTML.Settings(), context: context).makeWorker().process(&document)
    return document
  }

  private static func stage(
    _ classifier: Boilerplate.Classifier, comments: Boilerplate.Comments = .drop,
    favor: Boilerplate.Favor = .balanced
  ) throws -> Boilerplate {
    var settings = Boilerplate.Settings()
    settings.classifier = classifier
    settings.comments = comments
    settings.favor = favor
    return try Boilerplate(
      settings: settings, context: Context(label: "boilerplate", standardInput: .standardInput))
  }

  private static func isKept(_ verdict: Verdict) -> Bool {
    if case .keep = verdict { true } else { false }
  }

  /// What stands in a text, whatever separates its parts.
  private static func content(_ text: UTF8Text) -> [UInt8] {
    text.bytes.filter { $0 > 0x20 && $0 != UInt8(ascii: "|") }
  }

  @Test(
    "on every page of the fixtures the blocks that are explained as kept are those that a run keeps",
    arguments: [Judge.fewTrees, .rules], [Boilerplate.Comments.drop, .keep])
  func agreement(judge: Judge, comments: Boilerplate.Comments) throws {
    try expectAgreement(judge, comments, on: try Self.fixtures())
  }

  @Test("the built-in model's choices are explained as they are on a page of each type")
  func builtIn() throws {
    try expectAgreement(.builtIn, .drop, on: try Self.fixtures().filter { $0.hasPrefix("types/") })
  }

  /// What judges the blocks. Hundreds of trees take their time in a debug build, and a few tell as well
  /// whether explanation and choice agree.
  enum Judge { case builtIn, fewTrees, rules }

  private static func worker(
    _ judge: Judge, _ comments: Boilerplate.Comments
  ) throws -> Boilerplate.Chooser {
    guard judge == .fewTrees else {
      return try stage(judge == .rules ? .rules : .model, comments: comments).makeWorker()
    }
    let model = try MainContentModel.builtIn.get()
    let small = MainContentModel(
      nameWeights: model.nameWeights, wordWeights: model.wordWeights,
      first: prefix(of: model.first),
      second: prefix(of: model.second),
      probabilities: model.probabilities, firstSum: model.firstSum, sumStep: model.sumStep,
      leastMeasure: model.leastMeasure)
    var settings = Boilerplate.Settings()
    settings.comments = comments
    return Boilerplate.Chooser(settings: settings, classifier: ModelClassifier(small))
  }

  /// A forest's first thirty trees.
  private static func prefix(of forest: Forest) -> Forest {
    let (depth, trees) = (forest.depth, 30)
    return Forest(
      depth: depth, features: Array(forest.features.prefix(trees * depth)),
      limits: Array(forest.limits.prefix(trees * depth)),
      leaves: Array(forest.leaves.prefix(trees << depth)), bias: forest.bias)
  }

  private func expectAgreement(
    _ judge: Judge, _ comments: Boilerplate.Comments, on fixtures: [String]
  ) throws {
    var (kept, dropped) = (0, 0)
    var running = try Self.worker(judge, comments)
    var explaining = try Self.worker(judge, comments)
    for fixture in fixtures {
      let before = try Self.document(fixture)
      // The stage before drops what shows no text.
      if before.page == nil, before.text.isEmpty { continue }
      var (run, explained) = (before, before)
      let verdict = running.process(&run)
      let (outcome, explanation) = explaining.explain(&explained)
      #expect(Self.isKept(verdict) == Self.isKept(outcome), "\(fixture)")
      #expect(run.text == explained.text, "\(fixture)")
      #expect(explanation.blocks.count == before.page?.blocks.count ?? explanation.blocks.count)
      let chosen = explanation.blocks.filter(\.isKept).flatMap { Self.content($0.text) }
      let written = Self.content(run.text)
      if comments == .drop {
        #expect(chosen == written, "\(fixture)")
      } else {
        #expect(chosen.sorted() == written.sorted(), "\(fixture)")
      }
      kept += explanation.blocks.count(where: \.isKept)
      dropped += explanation.blocks.count { !$0.isKept }
    }
    #expect(kept > fixtures.count && dropped > fixtures.count)
  }

  @Test("blocks that the first trees settle are explained by these, and the evidence adds up")
  func settledBlocks() throws {
    var worker = try Self.stage(.model).makeWorker()
    var document = try Self.document("types/article.html")
    let explanation = worker.explain(&document).explanation
    let facts = explanation.facts.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    let base = try #require(facts.split(separator: "block (").last?.prefix { $0 != ")" })
    let start = try #require(Double(base.replacing("−", with: "-")))
    let settled = explanation.blocks.filter {
      $0.evidence.last?.name == "settled by the first look"
    }
    // How many, each model has its own opinion of.
    #expect(!settled.isEmpty)
    #expect(facts.contains("; the first settle \(settled.count) of 50 blocks"))
    for block in settled {
      let sum = block.evidence.reduce(start) { $0 + Double($1.weight ?? 0) }
      let score = Double(try #require(block.score))
      #expect(score < Double(ModelClassifier.openScores.lowerBound) && !block.isKept)
      // Scores come from a table with 64 steps to a unit of log odds: half a step, and two digits of the base.
      #expect(abs(1 / (1 + exponential(-sum)) - score) < 0.0015)
    }
  }

  @Test(
    "blocks are not asked again when the first trees are sure of all of them, either way",
    arguments: [(Int16(12_288), 0.047, 0.953), (4096, 0.5, 0.5)])
  func certainty(leaf: Int16, short: Double, long: Double) throws {
    let model = try MainContentModel.builtIn.get()
    func forest(_ leaf: Int16) -> Forest {
      Forest(
        depth: 1, features: [UInt8(Feature.words.rawValue)], limits: [5], leaves: [-leaf, leaf],
        bias: 0)
    }
    var classifier = ModelClassifier(
      MainContentModel(
        nameWeights: model.nameWeights, wordWeights: model.wordWeights, first: forest(leaf),
        second: forest(0), probabilities: model.probabilities, firstSum: model.firstSum,
        sumStep: model.sumStep, leastMeasure: model.leastMeasure))
    var blocks: [ScoredBlock] = []
    let page = try BlockFeaturesTests.page(BlockFeaturesTests.small)
    classifier.score(page, of: PageOrigin(), into: &blocks)
    // Of these five blocks the second one is long.
    for (index, block) in blocks.enumerated() {
      #expect(abs(Double(block.score) - (index == 1 ? long : short)) < 0.002)
      let sum = classifier.explain(page).evidence[index].reduce(0) { $0 + ($1.weight ?? 0) }
      #expect(sum.isFinite)
    }
    #expect(classifier.openVectors == (leaf == 4096 ? [0] : []))
  }

  @Test("the evidence of a model adds up to the log odds of the score")
  func evidence() throws {
    var worker = try Self.stage(.model).makeWorker()
    var document = try Self.document("types/forum.html")
    let explanation = worker.explain(&document).explanation
    let evidence = explanation.facts.first { $0.name == "evidence" }?.value ?? ""
    let base = Double(
      (evidence.split(whereSeparator: { "()".contains($0) }).dropFirst().first ?? "")
        .replacing("−", with: "-"))
    let start = try #require(base)
    let scored = explanation.blocks.filter { (0.02...0.98).contains($0.score ?? 0) }
    #expect(scored.count > 3)
    for block in scored {
      let sum = block.evidence.reduce(start) { $0 + Double($1.weight ?? 0) }
      let probability = 1 / (1 + exponential(-sum))
      #expect(abs(probability - Double(block.score ?? 0)) < 0.01)
      // Behind those that are told by themselves stand the sum of the others and what a settled block adds.
      let weights = block.evidence.prefix { $0.name != "other features" }.map {
        abs($0.weight ?? 0)
      }
      #expect(weights == weights.sorted(by: >))
    }
  }

  /// Without Foundation: eˣ = (eˣᐟ²⁵⁶)²⁵⁶.
  private func exponential(_ x: Double) -> Double {
    let small = x / 256
    var value = 1 + small + small * small / 2 + small * small * small / 6
    for _ in 0..<8 { value *= value }
    return value
  }

  // MARK: Reasons

  private static func explain(
    _ html: String, comments: Boilerplate.Comments = .drop
  ) throws -> Explanation {
    var document = Document(id: "page", origin: Origin(file: "page"))
    document.page = try BlockFeaturesTests.page(html)
    var worker = try stage(.rules, comments: comments).makeWorker()
    return worker.explain(&document).explanation
  }

  private static let sentence = BoilerplateTests.first

  private static let page = """
    <body><nav class=menu><a href=a>Home</a></nav><main><h1>Dredger leaves</h1>
    <p>\(sentence)</p><h2>The work</h2><p>\(BoilerplateTests.second)</p><p>\(sentence)</p>
    <div hidden><p>\(BoilerplateTests.third)</p></div>
    <div id=comments><p>I saw it leave from my kitchen window, and it was a fine sight to see.</p></div>
    </main>
    """

  /// A block as one line.
  private static func line(_ block: Explanation.Block) -> String {
    let score = block.score.map { " " + fixed(Double($0), 2) } ?? ""
    let evidence = block.evidence.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    return "\(block.isKept ? "+" : "-")\(score) \(block.form) [\(block.place)] "
      + "(\(block.reason ?? "score")) \(evidence)"
  }

  @Test("rules say which term decided, and where the block stands")
  func rules() throws {
    let explanation = try Self.explain(Self.page)
    #expect(
      explanation.facts == [
        .init("judged by", "rules"),
        .init("read as", "an article in main, the smallest element with most of the prose"),
        .init("favor", "balanced"), .init("cut", "a score of 0.50"),
      ])
    #expect(explanation.cut == 0.5)
    let inside = "stands in main: yes"
    #expect(
      explanation.blocks.map(Self.line) == [
        "- 0.00 paragraph [nav.menu] (score) stands in boilerplate: nav.menu, which speaks of navigation",
        "- 0.20 heading(level: 1) [main > h1] (score) \(inside); heading of level 1: the page's title, "
          + "which is metadata",
        "+ 0.95 paragraph [main > p] (score) \(inside); words: 17; share of the text in links: 0 %; "
          + "score by itself: 0.95; the blocks before and behind by themselves: 0.45, 0.45",
        "+ 0.86 heading(level: 2) [main > h2] (score) \(inside); heading: nearly as good as what it "
          + "stands above",
        "+ 0.95 paragraph [main > p] (score) \(inside); words: 17; share of the text in links: 0 %; "
          + "score by itself: 0.95; the blocks before and behind by themselves: 0.45, 0.95",
        "- 0.95 paragraph [main > p] (says again what an earlier block said) \(inside); words: 17; "
          + "share of the text in links: 0 %; score by itself: 0.95; the blocks before and behind by "
          + "themselves: 0.95, 0.35",
        "- 0.00 paragraph [main > div > p] (score) hidden by the page: 0",
        "- 0.00 paragraph [main > div.comments > p] (score) stands in boilerplate: div.comments, which "
          + "speaks of comments",
      ])
    #expect(
      explanation.blocks.map(\.isHidden) == [false, false, false, false, false, false, true, false])
  }

  @Test("comments that are kept say where they went")
  func comments() throws {
    let explanation = try Self.explain(Self.page, comments: .keep)
    #expect(explanation.blocks.last?.isKept == true)
    #expect(explanation.blocks.last?.reason == "a reader's comment, put behind the article")
  }

  @Test("of several causes the last one that made a difference counts")
  func causes() {
    var trace = ChoiceTrace()
    let blocks = [0.9, 0.1, 0.6, 0.7, 0.2].map { ScoredBlock(score: $0, words: 1) }
    trace.begin(blocks, threshold: 0.5, isBare: false)
    trace.note([true, true, false, true, false], .tableRow)
    trace.note([0, 1], .comment)
    trace.note([0], .repetition)
    #expect(trace.causes == [.score, .repetition, .tableRow, .comment, .score])
    #expect(blocks.indices.map(trace.isKept) == [true, false, false, false, false])
  }

  @Test("a page of which nothing is promising keeps nothing, and says so")
  func nothing() throws {
    var document = Document(id: "page", origin: Origin(file: "page"))
    document.page = try BlockFeaturesTests.page("<nav><a href=a>Home</a> <a href=b>News</a></nav>")
    var worker = try Self.stage(.model, favor: .precision).makeWorker()
    let (outcome, explanation) = worker.explain(&document)
    #expect(!Self.isKept(outcome))
    #expect(explanation.cut == nil)
    #expect(explanation.facts.contains(.init("cut", "none: nothing is kept")))
    #expect(explanation.blocks.map(\.reason) == ["too little of the page is promising"])
  }

  @Test("a page without blocks is explained as one")
  func empty() throws {
    for classifier in [Boilerplate.Classifier.model, .rules] {
      var document = Document(id: "page", origin: Origin(file: "page"))
      document.page = Page()
      var worker = try Self.stage(classifier).makeWorker()
      let (outcome, explanation) = worker.explain(&document)
      #expect(!Self.isKept(outcome))
      #expect(explanation.blocks.isEmpty)
    }
  }

  @Test("paragraphs of a text without markup are explained, too")
  func text() throws {
    let text =
      "\(Self.sentence)\n\n\(BoilerplateTests.second)\n\n\(Self.sentence)\n\n© 2026 All rights reserved."
    var document = Document(id: "text", text: UTF8Text(text), origin: Origin(file: "text"))
    var worker = try Self.stage(.model).makeWorker()
    let explanation = worker.explain(&document).explanation
    #expect(
      explanation.facts == [
        .init("judged", "as text without markup, by repetition and the site's own lines at its end")
      ])
    #expect(
      explanation.blocks.map { $0.reason ?? "" } == [
        "a paragraph of the text", "a paragraph of the text",
        "says again what an earlier paragraph said", "speaks of the site, at the end",
      ])
    #expect(explanation.blocks.map(\.isKept) == [true, true, false, false])
  }

  // MARK: Words for features

  @Test("every byte of the scale of counts is told as the least number that becomes it")
  func counts() {
    for byte in UInt8.min...UInt8.max {
      #expect(ByteScale.count(ByteScale.leastCount(byte)) == byte)
    }
    #expect(Feature.words.words(for: 31) == "31")
    #expect(Feature.words.words(for: ByteScale.count(1200)) == "about 1,152")
    #expect(Feature.words.words(for: 255) == "at least 507,904")
  }

  @Test("values are told in the units of the features' meanings")
  func units() {
    #expect(Feature.linkShare.words(for: 51) == "20 %")
    #expect(Feature.wordLength.words(for: ByteScale.ratio(45, to: 10)) == "4.5")
    #expect(Feature.navAbove.words(for: ByteScale.none) == "none")
    #expect(Feature.navAbove.words(for: 2) == "2")
    #expect(Feature.blocksSinceHeading.words(for: ByteScale.none) == "none")
    #expect(Feature.hidden.words(for: 1) == "yes")
    #expect(Feature.pageHasMain.words(for: 0) == "no")
    #expect(Feature.wordScore.words(for: 150) == "content (+22)")
    #expect(Feature.previousWordScore.words(for: 100) == "boilerplate (−28)")
    #expect(Feature.nameScore.words(for: 128) == "nothing")
    #expect(Feature.kind.words(for: Page.Block.Kind.quote.rawValue) == "quotation")
    #expect(Feature.lastMark.words(for: TextMeasures.Mark.sentenceEnd.rawValue) == "sentenceEnd")
    for feature in Feature.allCases {
      #expect(!feature.phrase.isEmpty && !feature.words(for: 200).isEmpty)
      if "\(feature)".hasSuffix("Share") { #expect(feature.unit == .share, "\(feature)") }
      if "\(feature)".hasSuffix("Above") { #expect(feature.unit == .levels, "\(feature)") }
      if "\(feature)".hasSuffix("Score") { #expect(feature.unit == .opinion, "\(feature)") }
    }
  }

  @Test("the words of a text have the hashes that the features have")
  func wordLabels() throws {
    for fixture in ["types/article.html", "pages/ja/todai.html", "pages/zh/chaguan.html"] {
      let page = try #require(try Self.document(fixture).page)
      for block in page.blocks {
        let range = Int(block.text.lowerBound)..<Int(block.text.upperBound)
        let text = page.text.span.extracting(range)
        var hashes: [UInt32] = []
        _ = TextMeasures.measure(text, hashes: &hashes, limit: FeatureReader.maximumHashes)
        let words = TokenLabels.words(of: text, limit: FeatureReader.maximumHashes)
        #expect(words.map(\.hash) == hashes)
      }
    }
    let words = TokenLabels.words(of: "The “old pier”, 1912".utf8.span, limit: 32)
    #expect(words.map(\.label) == ["The", "old", "pier", "1912"])
  }

  @Test("the names of elements are as many as their tokens")
  func nameLabels() throws {
    for fixture in try Self.fixtures() {
      guard let page = try Self.document(fixture).page else { continue }
      var survey = NameSurvey()
      survey.survey(page)
      for (number, element) in page.elements.enumerated() {
        let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
        let labels = TokenLabels.names(of: element.tag, page.names.span.extracting(range))
        let tokens = survey.tokenRanges[Int(survey.signatures[number])].count
        #expect(labels.count >= tokens && (tokens == 24 || labels.count == tokens))
      }
    }
    let names = TokenLabels.names(of: .div, "post-body story".utf8.span)
    #expect(names == ["<div>", "post", "body", "post-body", "story"])
  }
}
