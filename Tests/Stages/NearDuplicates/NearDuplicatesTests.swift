import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NearDuplicatesStage

@Suite("near_duplicates")
struct NearDuplicatesTests {
  // MARK: Settings

  @Test("without settings, shingles have five words and repeats from 0.8 on are dropped")
  func defaults() throws {
    let settings = try NearDuplicates.Settings.read(from: "{}")
    #expect(settings.shingleWords == 5)
    #expect(settings.threshold == 0.8)
    #expect(settings.action == .drop)
    #expect(settings.keep == .first)
    #expect(settings.rescraped == .update)
    #expect(settings.bands == nil)
    #expect(settings.rows == nil)
  }

  @Test(
    "each rule has its message",
    arguments: [
      (#"{"threshold": 7}"#, "threshold must be within 0.3...1, is 7"),
      (#"{"shingle_words": 0}"#, "shingle_words must be within 1...32, is 0"),
      (#"{"bands": 0}"#, "bands must be within 1...254, is 0"),
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
    #expect(throws: Complaint("bands", "times rows must be at most 1152, is 1184")) {
      try stage(#"{"bands": 37, "rows": 32}"#)
    }
    _ = try stage(#"{"bands": 36, "rows": 32}"#)
  }

  @Test(
    "bands follow from the threshold",
    arguments: [
      (0.3, Bands(count: 64, rows: 2)), (0.5, Bands(count: 32, rows: 3)),
      (0.7, Bands(count: 12, rows: 3)), (0.8, Bands(count: 8, rows: 4)),
      (0.9, Bands(count: 8, rows: 9)), (1.0, Bands(count: 8, rows: 32)),
    ] as [(Double, Bands)])
  func derivedBands(threshold: Double, bands: Bands) {
    #expect(Bands(threshold: threshold) == bands)
    #expect(bands.catchProbability(at: threshold) >= 0.97)
  }

  @Test("the catch curve is 1 - (1 - s^rows)^bands")
  func curve() {
    #expect(Bands(count: 2, rows: 2).catchProbability(at: 0.5) == 0.4375)
  }

  @Test("the manual states the numbers of the default, and its example is valid")
  func manual() throws {
    let manual = NearDuplicates.manual
    #expect(manual.discussion.contains("At the threshold 0.8 these are 8 bands of 4 rows."))
    #expect(manual.discussion.contains("0.018 at 0.8"))
    #expect(
      manual.reasons.map(\.name) == [
        "exact_duplicate", "near_duplicate", "unchanged", "rescraped",
      ])
    _ = try stage(manual.example)
  }

  @Test("the report has the bands, the effective threshold and the curve of the settings")
  func characteristics() throws {
    let figures = try stage(#"{ "use": "near_duplicates", "threshold": 0.9 }"#).characteristics
    #expect(figures["threshold"] == 0.9)
    #expect(figures["bands"] == 8)
    #expect(figures["rows"] == 9)
    guard case .double(let effective) = figures["effective_threshold"] else {
      Issue.record("no effective threshold")
      return
    }
    #expect((0.9...0.93).contains(effective))
    let curve = try #require(figures["curve"]?.array)
    #expect(
      curve.compactMap { $0.object?["similarity"] } == [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
    #expect(curve.last?.object?["compared"] == 0.9997)
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

  @Test("one word changed at the end of thirty leaves 25 of 27 shingles in common")
  func nearDuplicate() throws {
    let words = (0..<30).map { "word\($0)" }
    let changed = words.dropLast() + ["other"]
    let results = try run([
      "first": words.joined(separator: " "), "second": changed.joined(separator: " "),
    ])
    #expect(
      results == [
        .kept("first"), .dropped("second", "near_duplicate", details("first", 0.9259, "near")),
      ])
  }

  @Test("long texts are compared by an estimate")
  func estimate() throws {
    let words = (0..<400).map { "word\($0)" }
    let changed = words.dropLast() + ["other"]
    // 395 of 397 shingles are 0.995 similar.
    #expect(
      try run([("first", joined(words)), ("second", joined(changed))]) == [
        .kept("first"), .dropped("second", "near_duplicate", details("first", 0.9896, "near")),
      ])
  }

  @Test("a text below the threshold stays")
  func belowThreshold() throws {
    let words = (0..<40).map { "word\($0)" }
    var changed = words
    // Each of the two takes five shingles with it: 26 of 46 remain in common.
    (changed[10], changed[30]) = ("other", "another")
    let texts = [("a", joined(words)), ("b", joined(changed))]
    #expect(try run(texts) == [.kept("a"), .kept("b")])
    #expect(
      try run(texts, #"{"threshold": 0.55}"#) == [
        .kept("a"), .dropped("b", "near_duplicate", details("a", 0.5652, "near")),
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
    let words = (0..<36).map { "word\($0)" }
    let texts = [
      ("start", joined(words[..<31])), ("whole", joined(words + (1...4).map { "z\($0)" })),
      ("most", joined(words[..<35])),
    ]
    // start and whole have 27 of 36 shingles in common, most has 27 of 31 and 31 of 36.
    #expect(
      try run(texts, #"{"threshold": 0.85}"#) == [
        .kept("start"), .kept("whole"),
        .dropped("most", "near_duplicate", details("start", 0.871, "near")),
      ])
  }

  @Test("what was dropped is not compared with: a chain of changes is not followed")
  func chain() throws {
    #expect(
      try run(chainTexts, #"{"threshold": 0.9}"#) == [
        .kept("a"), .dropped("b", "near_duplicate", details("a", 0.9444, "near")), .kept("c"),
      ])
  }

  @Test("annotate keeps the repeat and follows the chain to its first document")
  func annotate() throws {
    var repeated = details("a", 0.9444, "near")
    repeated["cluster"] = "a"
    var chained = details("b", 0.9412, "near")
    chained["cluster"] = "a"
    var exact = details("b", 1, "exact")
    exact["cluster"] = "a"
    #expect(
      try run(chainTexts + [("d", chainTexts[1].1)], #"{"threshold": 0.9, "action": "annotate"}"#)
        == [
          .kept("a"), .kept("b", repeated), .kept("c", chained), .kept("d", exact),
        ])
  }

  // MARK: Which copy stays

  @Test("a longer copy takes the place of a shorter one")
  func longest() throws {
    let words = (0..<36).map { "word\($0)" }
    let texts = [
      ("short", joined(words[..<32])), ("shorter", joined(words[..<31])), ("long", joined(words)),
      ("long again", joined(words)), ("start", joined(words[..<30])),
    ]
    #expect(
      try run(texts, #"{"keep": "longest"}"#) == [
        .kept("short"), .dropped("shorter", "near_duplicate", details("short", 0.9643, "near")),
        .kept("long", ["supersedes": "short", "similarity": 0.875]),
        .dropped("long again", "exact_duplicate", details("long", 1, "exact")),
        .dropped("start", "near_duplicate", details("long", 0.8125, "near")),
      ])
  }

  @Test(
    "copies are compared by a metadata field",
    arguments: [
      ("greatest", ["b": "a", "d": "b"]), ("least", ["b": "a", "c": "b"]),
    ] as [(String, [String: String])])
  func keepBy(keep: String, superseded: [String: String]) throws {
    let documents = zip(
      ["a", "b", "c", "d", "e"], [nil, "2026-02-01", "2026-01-05", "2026-02-02", nil]
    )
    .map { id, date in
      document(id, "One text.", metadata: ["date": JSONValue(date as String?)])
    }
    let fates = try decide(documents, #"{"keep": "\#(keep)", "keep_by": "date"}"#)
    let expected = ["a", "b", "c", "d", "e"].map { id in
      id == "a" || superseded[id] != nil
    }
    #expect(fates.map(\.isKept) == expected)
    for (id, earlier) in superseded {
      #expect(
        fates.contains(.kept(id, ["supersedes": .string(earlier), "similarity": .double(1)])))
    }
  }

  @Test("ranks are ordered: nothing, numbers, strings")
  func ranks() {
    let values: [JSONValue?] = [
      nil, .double(-1e300), -7, -1, 0, 1, 2.5, 10, .double(1e300), "", "10", "9", "a", "aa", "é",
    ]
    let ranks = values.map { Rank($0) }
    #expect(ranks[9] == Rank.none)
    let ordered = ranks[..<9] + ranks[10...]
    #expect(ordered.sorted() == Array(ordered))
    #expect(Set(ordered).count == ordered.count)
  }

  @Test(
    "settings that make no sense together are refused",
    arguments: [
      (#"{"keep": "greatest"}"#, "keep", "needs keep_by, the name of a metadata field"),
      (#"{"keep_by": "date"}"#, "keep_by", "needs keep to be greatest or least"),
      (
        #"{"keep": "longest", "action": "annotate"}"#, "keep",
        "has no effect with action annotate, which keeps every copy"
      ),
    ])
  func keepRules(json: String, key: String, message: String) {
    #expect(throws: Complaint(key, message)) { try stage(json) }
  }

  // MARK: Pages that come again

  @Test("a page with the same words is unchanged, one with others an update that takes its place")
  func rescraped() throws {
    let words = (0..<30).map { "word\($0)" }
    let texts = [
      ("a", joined(words)), ("a", joined(words)), ("a", joined(words[1...])), ("a", joined(words)),
      ("b", joined(words[1...])), ("c", "Something else."),
    ]
    #expect(
      try run(texts) == [
        .kept("a"), .dropped("a", "unchanged", details("a", 1, "exact")),
        .kept("a", ["update_of": "a", "similarity": 0.9615]),
        .kept("a", ["update_of": "a", "similarity": 0.9615]),
        .dropped("b", "near_duplicate", details("a", 0.9615, "near")), .kept("c"),
      ])
  }

  @Test("what becomes of a changed page is a setting")
  func rescrapedSettings() throws {
    let words = (0..<30).map { "word\($0)" }
    let texts = [("a", joined(words)), ("a", joined(words[5...])), ("b", joined(words))]
    let update = Fate.kept("a", ["update_of": "a", "similarity": 0.8077])
    #expect(
      try run(texts, #"{"rescraped": "keep"}"#) == [
        .kept("a"), update, .dropped("b", "exact_duplicate", details("a", 1, "exact")),
      ])
    #expect(
      try run(texts, #"{"rescraped": "drop"}"#) == [
        .kept("a"), .dropped("a", "rescraped", details("a", 0.8077, "near")),
        .dropped("b", "exact_duplicate", details("a", 1, "exact")),
      ])
    #expect(
      try run(texts, #"{"rescraped": "ignore"}"#) == [
        .kept("a"), .dropped("a", "near_duplicate", details("a", 0.8077, "near")),
        .dropped("b", "exact_duplicate", details("a", 1, "exact")),
      ])
    #expect(
      try run(texts, #"{"rescraped": "drop", "action": "annotate"}"#)[1]
        == .dropped("a", "rescraped", details("a", 0.8077, "near")))
  }

  @Test("a page is known by its URL without the fragment")
  func urls() throws {
    let documents = [
      document("1", "One text.", metadata: ["url": "https://example.org/a#top"]),
      document("2", "Another text.", metadata: ["url": "https://example.org/a"]),
      document("3", "A third text.", metadata: ["url": "https://example.org/A"]),
      document("4", "A fourth text.", metadata: ["url": .null]),
      document("5", "A fifth text.", metadata: ["url": "#a"]),
      document("6", "A sixth text.", metadata: ["url": "#b"]),
    ]
    let fates = try decide(documents)
    #expect(fates[1] == .kept("2", ["update_of": "1", "similarity": 0.0909]))
    #expect(fates.map(\.isKept) == [true, true, true, true, true, true])
    #expect(fates.count { $0 == .kept($0.id) } == 5)
  }

  @Test("a page that becomes a copy of another one is a repeat of that")
  func becomesCopy() throws {
    let texts = [("a", "One text."), ("b", "Another text."), ("b", "One text."), ("b", "New.")]
    #expect(
      try run(texts) == [
        .kept("a"), .kept("b"), .dropped("b", "exact_duplicate", details("a", 1, "exact")),
        .kept("b", ["update_of": "b", "similarity": .double(0)]),
      ])
  }

  @Test("an id that is only the place of a record is no id")
  func placeNames() throws {
    let origin = Origin(file: "pages.ndjson", line: 3)
    let named = [("pages.ndjson:3", "One text."), ("pages.ndjson:3", "Another text.")].map {
      Document(id: $0.0, text: UTF8Text($0.1), origin: origin)
    }
    #expect(try decide(named) == [.kept("pages.ndjson:3"), .kept("pages.ndjson:3")])
  }

  // MARK: Edges

  @Test("texts shorter than a shingle are compared by their letters")
  func shortTexts() throws {
    let results = try run([
      "a": "yes", "b": "no", "c": "yes no", "d": "no yes", "e": "Yes, no.", "f": "YES",
      "g": "Opening hours 2024", "h": "Opening hours 2025", "i": "Opening hours 1999",
    ])
    #expect(
      results == [
        .kept("a"), .kept("b"), .kept("c"), .kept("d"),
        .dropped("e", "exact_duplicate", details("c", 1, "exact")),
        .dropped("f", "exact_duplicate", details("a", 1, "exact")),
        .kept("g"), .dropped("h", "near_duplicate", details("g", 0.8667, "near")), .kept("i"),
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

  @Test(
    "marks belong to the letter before them, and invisible signs make no difference",
    arguments: [
      ("ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน", "ภาษาไทย\u{200B}เป็นภาษาที่มีระดับเสียงของคำแน่นอน"),
      ("ພາສາລາວເປັນພາສາທາງການຂອງປະເທດລາວ", "ພາສາລາວ ເປັນພາສາທາງການຂອງປະເທດລາວ"),
      ("ភាសាខ្មែរគឺជាភាសាផ្លូវការរបស់ប្រទេសកម្ពុជា", "ភាសាខ្មែរ\u{200B}គឺជាភាសាផ្លូវការ របស់ប្រទេសកម្ពុជា"),
      ("မြန်မာဘာသာစကားသည်တရုတ်တိဘက်ဘာသာစကား", "မြန်မာဘာသာ စကားသည် တရုတ်တိဘက်ဘာသာစကား"),
      ("iPhone 15を買いました。新しいモデルです", "ＩＰＨＯＮＥ 15 を買いました。新しい モデルです！"),
    ])
  func unspacedMarks(text: String, same: String) throws {
    let changed = String(String.UnicodeScalarView(text.unicodeScalars.dropLast(2)))
    let results = try run([("a", text), ("b", same), ("c", changed)])
    #expect(results[1] == .dropped("b", "exact_duplicate", details("a", 1, "exact")))
    #expect(results[2].isKept == false)
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

  @Test("the index says how much memory it holds")
  func memory() throws {
    let stage = try stage("{}")
    var worker = stage.makeWorker()
    var ledger = try stage.openLedger(nil)
    let before = ledger.memoryBytes
    var document = Document(id: "a", text: UTF8Text("Some text."), origin: Origin(file: "-"))
    guard case .keep(let finding) = worker.process(&document) else { return }
    _ = try ledger.commit(&document, finding)
    // At least a block of records and one of identifiers.
    #expect(ledger.memoryBytes >= before + 4096 * 160 + 1 << 20)
  }
}

// MARK: Support

/// What became of a document.
private enum Fate: Equatable {
  case kept(String, JSONObject = [:])
  case dropped(String, String, JSONObject)

  var isKept: Bool {
    if case .kept = self { true } else { false }
  }

  var id: String {
    switch self {
    case .kept(let id, _), .dropped(let id, _, _): id
    }
  }
}

private func details(_ id: String, _ similarity: Double, _ match: JSONValue) -> JSONObject {
  ["duplicate_of": .string(id), "similarity": .double(similarity), "match": match]
}

/// Each has 0.94 of the shingles of the one before.
private let chainTexts: [(String, String)] = {
  let words = (0..<40).map { "word\($0)" }
  return [("a", joined(words)), ("b", joined(words[2...])), ("c", joined(words[4...]))]
}()

private func stage(_ json: String) throws -> NearDuplicates {
  try NearDuplicates(
    settings: .read(from: json),
    context: Context(label: "copies", standardInput: .standardInput))
}

private func document(_ id: String, _ text: String, metadata: JSONObject = [:]) -> Document {
  Document(id: id, text: UTF8Text(text), metadata: metadata, origin: Origin(file: "-"))
}

private func run(
  _ texts: KeyValuePairs<String, String>, _ json: String = "{}"
) throws -> [Fate] {
  try run(texts.map { ($0.key, $0.value) }, json)
}

private func run(_ texts: [(String, String)], _ json: String = "{}") throws -> [Fate] {
  try decide(texts.map { document($0.0, $0.1) }, json)
}

private func decide(_ documents: [Document], _ json: String = "{}") throws -> [Fate] {
  let stage = try stage(json)
  var worker = stage.makeWorker()
  var ledger = try stage.openLedger(nil)
  return try documents.map { document in
    var document = document
    switch worker.process(&document) {
    case .drop(let drop): return .dropped(document.id, drop.reason.name, drop.details)
    case .keep(let finding):
      switch try ledger.commit(&document, finding) {
      case .keep: return .kept(document.id, document.annotations["copies"]?.object ?? [:])
      case .drop(let drop): return .dropped(document.id, drop.reason.name, drop.details)
      }
    }
  }
}

private func joined(_ words: some Sequence<String>) -> String { words.joined(separator: " ") }
