import Bytes
import Pipeline
import TestSupport
import Testing

@testable import Components

@Suite("near_duplicates")
struct NearDuplicatesTests {
  // MARK: Settings

  @Test("without settings, shingles have five words and repeats from 0.8 on are dropped")
  func defaults() throws {
    let settings = try NearDuplicates.Settings.read(from: "{}")
    #expect(settings.shingleWords == 5)
    #expect(settings.threshold == 0.8)
    #expect(settings.action == .drop)
    #expect(settings.bands == nil)
    #expect(settings.rows == nil)
  }

  @Test(
    "each rule has its message",
    arguments: [
      (#"{"threshold": 7}"#, "threshold must be within 0.3...1, is 7"),
      (#"{"shingle_words": 0}"#, "shingle_words must be within 1...32, is 0"),
      (#"{"bands": 0}"#, "bands must be within 1...2048, is 0"),
      (#"{"rows": 33}"#, "rows must be within 1...32, is 33"),
      (
        #"{"action": "anotate"}"#,
        #"action must be one of "drop", "annotate", is "anotate"; did you mean annotate?"#
      ),
    ])
  func rules(json: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) {
      try NearDuplicates.Settings.read(from: json)
    }
  }

  @Test("bands and rows are given together and have a limit")
  func bandsAndRows() throws {
    #expect(throws: Complaint("bands", "must be given together with rows")) {
      try stage(#"{"bands": 20}"#)
    }
    #expect(throws: Complaint("rows", "must be given together with bands")) {
      try stage(#"{"rows": 5}"#)
    }
    #expect(throws: Complaint("bands", "times rows must be at most 2048, is 4096")) {
      try stage(#"{"bands": 128, "rows": 32}"#)
    }
    _ = try stage(#"{"bands": 64, "rows": 32}"#)
  }

  @Test(
    "bands follow from the threshold",
    arguments: [
      (0.3, Bands(count: 64, rows: 2)), (0.5, Bands(count: 42, rows: 3)),
      (0.7, Bands(count: 32, rows: 4)), (0.8, Bands(count: 21, rows: 6)),
      (0.9, Bands(count: 12, rows: 10)), (1.0, Bands(count: 4, rows: 32)),
    ] as [(Double, Bands)])
  func derivedBands(threshold: Double, bands: Bands) {
    #expect(Bands(threshold: threshold) == bands)
    #expect(bands.catchProbability(at: threshold) >= 0.99)
  }

  @Test("the catch curve is 1 - (1 - s^rows)^bands")
  func curve() {
    #expect(Bands(count: 2, rows: 2).catchProbability(at: 0.5) == 0.4375)
    #expect(Bands(count: 21, rows: 6).curve(at: [0.5, 0.8]) == "0.5: 28.2 %, 0.8: 99.8 %")
  }

  @Test("the manual states the numbers of the default, and its example is valid")
  func manual() throws {
    let manual = NearDuplicates.manual
    #expect(manual.discussion.contains("threshold 0.8 these are 21 bands of 6 rows"))
    #expect(manual.discussion.contains("0.7: 92.8 %, 0.75: 98.4 %, 0.8: 99.8 %"))
    #expect(manual.reasons.map(\.name) == ["exact_duplicate", "near_duplicate"])
    _ = try stage(manual.example)
  }

  // MARK: Worked examples

  @Test("a text that differs in case, accents and punctuation only is an exact duplicate")
  func exactDuplicate() throws {
    let results = try run([
      "a": "Café Zürich: open, all day!", "b": "Opening hours", "c": "cafe zurich  (open)  all-day",
    ])
    #expect(
      results == [
        .kept("a"), .kept("b"),
        .dropped("c", "exact_duplicate", details("a", 1, "exact")),
      ])
  }

  @Test("one word changed at the end of sixty leaves 55 of 57 shingles in common")
  func nearDuplicate() throws {
    let words = (0..<60).map { "word\($0)" }
    let changed = words.dropLast() + ["other"]
    let results = try run([
      "first": words.joined(separator: " "), "second": changed.joined(separator: " "),
    ])
    #expect(
      results == [
        .kept("first"), .dropped("second", "near_duplicate", details("first", 0.9649, "near")),
      ])
  }

  @Test("a text below the threshold stays")
  func belowThreshold() throws {
    let words = (0..<60).map { "word\($0)" }
    var changed = words
    // Each of the two takes five shingles with it: 46 of 66 remain in common.
    (changed[20], changed[40]) = ("other", "another")
    let texts = [("a", joined(words)), ("b", joined(changed))]
    #expect(try run(texts) == [.kept("a"), .kept("b")])
    #expect(
      try run(texts, #"{"threshold": 0.65}"#) == [
        .kept("a"), .dropped("b", "near_duplicate", details("a", 0.697, "near")),
      ])
  }

  @Test("the same words in another order are another text")
  func wordOrder() throws {
    let words = (0..<60).map { "word\($0)" }
    let texts = [("a", joined(words)), ("b", joined(words.reversed()))]
    #expect(try run(texts) == [.kept("a"), .kept("b")])
  }

  @Test("of several earlier texts the most similar one is named")
  func mostSimilar() throws {
    let words = (0..<100).map { "word\($0)" }
    let texts = [
      ("start", joined(words[..<88])), ("whole", joined(words + (1...8).map { "z\($0)" })),
      ("most", joined(words[..<96])),
    ]
    // start and whole have 84 of 104 shingles in common, most has 84 of 92 and 92 of 104.
    #expect(
      try run(texts, #"{"threshold": 0.85}"#) == [
        .kept("start"), .kept("whole"),
        .dropped("most", "near_duplicate", details("start", 0.913, "near")),
      ])
  }

  @Test("what was dropped is not compared with: a chain of changes is not followed")
  func chain() throws {
    let words = (0..<100).map { "word\($0)" }
    let texts = [
      ("a", joined(words)), ("b", joined(words[8...])), ("c", joined(words[16...])),
    ]
    #expect(
      try run(texts, #"{"threshold": 0.9}"#) == [
        .kept("a"), .dropped("b", "near_duplicate", details("a", 0.9167, "near")), .kept("c"),
      ])
  }

  @Test("annotate keeps the repeat and says what it repeats")
  func annotate() throws {
    let stage = try stage(#"{"action": "annotate"}"#)
    var worker = stage.makeWorker()
    var ledger = stage.openLedger(nil)
    var annotations: [JSONObject] = []
    for id in ["a", "b", "c"] {
      var document = Document(id: id, text: UTF8Text("One text."), origin: Origin(file: "-"))
      guard case .keep(let finding) = worker.process(&document),
        case .keep = try ledger.commit(&document, finding)
      else {
        Issue.record("\(id) was dropped")
        return
      }
      annotations.append(document.annotations)
    }
    let repeats: JSONObject = ["copies": .object(details("a", 1, "exact"))]
    #expect(annotations == [[:], repeats, repeats])
  }

  // MARK: Edges

  @Test("texts shorter than a shingle repeat only their equals")
  func shortTexts() throws {
    let results = try run([
      "a": "yes", "b": "no", "c": "yes no", "d": "no yes", "e": "Yes, no.", "f": "YES",
    ])
    #expect(
      results == [
        .kept("a"), .kept("b"), .kept("c"), .kept("d"),
        .dropped("e", "exact_duplicate", details("c", 1, "exact")),
        .dropped("f", "exact_duplicate", details("a", 1, "exact")),
      ])
  }

  @Test("without words the bytes are compared, and empty texts are left alone")
  func wordless() throws {
    let results = try run(["a": "* * *", "b": "***", "c": "", "d": "* * *", "e": ""])
    #expect(
      results == [
        .kept("a"), .kept("b"), .kept("c"),
        .dropped("d", "exact_duplicate", details("a", 1, "exact")), .kept("e"),
      ])
  }

  @Test("in scripts without spaces each letter counts as a word")
  func unspacedScripts() throws {
    let text = "秋分過後，白天漸短，農家忙著收割稻子。河邊的小學今天放假，孩子們跑到田裡幫忙，笑聲傳得很遠。"
    let results = try run([
      "a": text, "b": text.replacing("遠", with: "近"), "c": "秋分過後，白天漸短，孩子們在學校裡上課，河邊沒有人。",
    ])
    // 40 letters are 36 shingles, of which the last one differs.
    #expect(
      results == [
        .kept("a"), .dropped("b", "near_duplicate", details("a", 0.9459, "near")), .kept("c"),
      ])
  }

  @Test("a word of a megabyte and a text of one repeated word are served")
  func monotonousTexts() throws {
    let long = String(repeating: "x", count: 1 << 20)
    let results = try run([
      "a": long, "b": long + "y", "c": String(repeating: "na ", count: 100_000),
      "d": "na na na na na",
    ])
    #expect(
      results == [
        .kept("a"), .kept("b"), .kept("c"),
        .dropped("d", "near_duplicate", details("c", 1, "near")),
      ])
  }

  @Test("a document that shares its bands with very many others looks at a bounded number")
  func crowdedBands() {
    var table = BandTable(bandCount: 2)
    for _ in 0..<20_000 { _ = table.insert([7, 9]) }
    var candidates: [UInt32] = []
    table.appendCandidates(for: [7, 8], to: &candidates)
    #expect(candidates == (15_904..<20_000).reversed().map(UInt32.init))
  }

  @Test("the index says how much memory it holds")
  func memory() throws {
    let stage = try stage("{}")
    var worker = stage.makeWorker()
    var ledger = stage.openLedger(nil)
    let before = ledger.memoryBytes
    var document = Document(id: "a", text: UTF8Text("Some text."), origin: Origin(file: "-"))
    guard case .keep(let finding) = worker.process(&document) else { return }
    _ = try ledger.commit(&document, finding)
    // At least a block of sketches and one of identifiers.
    #expect(ledger.memoryBytes >= before + 1 << 20)
  }
}

// MARK: Support

/// What became of a document.
private enum Fate: Equatable {
  case kept(String)
  case dropped(String, String, JSONObject)
}

private func details(_ id: String, _ similarity: Double, _ match: JSONValue) -> JSONObject {
  ["duplicate_of": .string(id), "similarity": .double(similarity), "match": match]
}

private func stage(_ json: String) throws -> NearDuplicates {
  try NearDuplicates(
    settings: .read(from: json),
    context: Context(label: "copies", standardInput: .standardInput))
}

private func run(
  _ texts: KeyValuePairs<String, String>, _ json: String = "{}"
) throws -> [Fate] {
  try run(texts.map { ($0.key, $0.value) }, json)
}

private func run(_ texts: [(String, String)], _ json: String = "{}") throws -> [Fate] {
  let stage = try stage(json)
  var worker = stage.makeWorker()
  var ledger = stage.openLedger(nil)
  return try texts.map { id, text in
    var document = Document(id: id, text: UTF8Text(text), origin: Origin(file: "-"))
    switch worker.process(&document) {
    case .drop(let drop): return .dropped(id, drop.reason.name, drop.details)
    case .keep(let finding):
      switch try ledger.commit(&document, finding) {
      case .keep: return .kept(id)
      case .drop(let drop): return .dropped(id, drop.reason.name, drop.details)
      }
    }
  }
}

private func joined(_ words: some Sequence<String>) -> String { words.joined(separator: " ") }
