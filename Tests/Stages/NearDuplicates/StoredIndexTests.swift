import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NearDuplicatesStage
@testable import SharedByStages

@Suite("The index of near_duplicates, cared for")
struct StoredIndexTests {
  private let keys = MemoryKeySpace()

  private func stage(_ json: String = "{}") throws -> NearDuplicates {
    try NearDuplicates(
      settings: .read(from: json),
      context: Context(label: "copies", standardInput: .standardInput))
  }

  private func document(_ id: String, _ text: String, url: String? = nil) -> Document {
    Document(
      id: id, text: UTF8Text(text), metadata: ["url": JSONValue(url)], origin: Origin(file: "-"))
  }

  /// Forty words that no other page has, the first `changed` of them others.
  private func text(_ page: Int, changed: Int = 0) -> String {
    (0..<40).map { $0 < changed ? "new\(page)word\($0)" : "page\(page)word\($0)" }
      .joined(separator: " ")
  }

  /// Four pages in two runs.
  @discardableResult
  private func fill(_ keys: MemoryKeySpace, _ json: String = "{}") throws -> StoredIndex {
    var index = try stage(json).storedIndex(StageState(keys: keys, run: 1))
    for number in 0..<4 {
      let document = document(
        "page \(number)", text(number), url: number < 2 ? "https://a.example/\(number)" : nil)
      #expect(try index.enter(document, run: 1 + number / 2))
    }
    try index.checkpoint()
    return index
  }

  private func lines(_ index: StoredIndex) throws -> [JSONObject] {
    var lines: [JSONObject] = []
    try index.export { lines.append($0) }
    return lines
  }

  /// The outcome of a run for a document: the reason and the details.
  private func decide(_ keys: MemoryKeySpace, _ document: Document) throws -> [JSONValue] {
    let stage = try stage()
    var worker = stage.makeWorker()
    var ledger = try stage.openLedger(StageState(keys: keys, run: 9))
    var document = document
    guard case .keep(let finding) = worker.process(&document),
      case .drop(let drop) = try ledger.commit(&document, finding)
    else { return [document.annotations["copies"] ?? .null] }
    return [.string(drop.reason.name), .object(drop.details)]
  }

  private var questions: [Document] {
    (0..<4).flatMap { number in
      [
        document("other \(number)", text(number)), document("page \(number)", text(number)),
        document("page \(number)", text(number, changed: 1)),
        document("other \(number)", text(number, changed: 1)),
        document("other \(number)", text(7), url: "https://a.example/\(number)"),
      ]
    }
  }

  // MARK: Numbers

  @Test("statistics tell the documents and what the index was built with")
  func statistics() throws {
    var index = try fill(keys)
    #expect(try index.enter(document("page 1", text(1, changed: 1)), run: 3))
    #expect(
      index.statistics() == [
        "documents": 4, "entered": 5, "fingerprint_version": 3, "shingle_words": 5, "bands": 8,
        "rows": 4,
      ])
  }

  // MARK: Moving

  @Test("what was exported answers alike where it is imported")
  func exportAndRestore() throws {
    let lines = try lines(try fill(keys))
    #expect(lines.count == 5)
    #expect(lines[1]["id"] == "page 0" && lines[4]["run"] == 2)
    let copy = MemoryKeySpace()
    var index = try stage().storedIndex(StageState(keys: copy, run: 1))
    for round in 0..<2 {
      // The second time everything is there.
      #expect(
        try lines.map { try index.restore($0) } == [false] + Array(repeating: round == 0, count: 4))
    }
    try index.checkpoint()
    #expect(try self.lines(index) == lines)
    try index.verify()
    for question in questions {
      #expect(try decide(copy.copy(), question) == decide(keys.copy(), question))
    }
    #expect(try decide(copy.copy(), questions[0])[0] == "exact_duplicate")
  }

  @Test("ranks, clusters, short texts and texts without words survive an export")
  func everyPart() throws {
    for json in [#"{"action": "annotate"}"#, #"{"keep": "longest"}"#] {
      let keys = MemoryKeySpace()
      var index = try fill(keys, json)
      #expect(
        try index.enter(document("like 0", text(0, changed: 1)), run: 2) == json.contains("ann"))
      #expect(try index.enter(document("short", "Two words."), run: 2))
      #expect(try index.enter(document("wordless", "* * *"), run: 2))
      #expect(try index.enter(document("empty", ""), run: 2) == false)
      let lines = try lines(index)
      var copy = try stage(json).storedIndex(
        StageState(keys: MemoryKeySpace(), run: 1))
      for line in lines { _ = try copy.restore(line) }
      #expect(try self.lines(copy) == lines)
      #expect(lines.contains { $0["cluster"] == "page 0" } == json.contains("ann"))
      #expect(lines.dropFirst().allSatisfy { ($0["rank"] != nil) == json.contains("longest") })
    }
  }

  @Test("lines that are none of an export are refused")
  func noExport() throws {
    let lines = try lines(try fill(keys))
    let refused = { (line: JSONObject, isFirst: Bool) throws -> String? in
      var index = try stage().storedIndex(
        StageState(keys: MemoryKeySpace(), run: 1))
      if !isFirst { _ = try index.restore(lines[0]) }
      do { _ = try index.restore(line) } catch { return "\(error)" }
      return nil
    }
    let message = { (part: String) in
      "no export of the index of stage copies: \(part) is missing or wrong; give the lines that winnow "
        + "index export wrote, the first one included"
    }
    #expect(try refused(lines[1], true) == message("line with the format"))
    #expect(try refused(["format": ["bands": 8]], true) == message("format"))
    let wrong: [(String, JSONValue?)] = [
      ("id", nil), ("id", ""), ("run", -1), ("run", 5_000_000_000), ("digest", "12"),
      ("digest", "é234567890123456"), ("bands", "00"), ("sketch", nil), ("shingles", 37),
      ("url", "x"),
      ("rank", 5), ("cluster", 7),
    ]
    for (part, value) in wrong {
      var line = lines[1]
      line[part] = value
      #expect(try refused(line, false) == message(part))
    }
    let other = try self.lines(
      try stage(#"{"shingle_words": 7}"#).storedIndex(
        StageState(keys: MemoryKeySpace(), run: 1)))
    #expect(
      try refused(other[0], true)
        == "the export for stage copies was built with shingle_words 7, not 5; set \"shingle_words\": 7, "
        + "or enter the outputs of those runs instead with winnow index import")
  }

  @Test("documents of earlier outputs are entered once, and an id that is a place tells nothing")
  func enter() throws {
    var index = try fill(keys)
    #expect(try index.enter(document("page 0", text(0)), run: 3) == false)
    #expect(try index.enter(document("in.ndjson:7", text(8)), run: 3))
    #expect(try index.enter(document("in.ndjson:7", text(9)), run: 4))
    try index.checkpoint()
    for (number, run) in [(8, 3), (9, 4)] {
      let answer = try decide(keys.copy(), document("new", text(number)))
      #expect(answer[1].object?["duplicate_of_run"] == .int(Int64(run)))
    }
  }

  // MARK: Forgetting

  @Test("documents are forgotten by id and by run, and leave nothing behind")
  func forget() throws {
    var index = try fill(keys)
    #expect(try index.forget(ids: ["page 0", "unknown"], runs: [2]) == 3)
    #expect(try index.forget(ids: ["page 0", "unknown"], runs: [2]) == 0)
    try index.checkpoint()
    try index.verify()
    #expect(index.statistics()["documents"] == 1)
    #expect(try lines(index).compactMap { $0["id"]?.string } == ["page 1"])
    #expect(try decide(keys.copy(), document("other", text(0))) == [.null])
    #expect(try decide(keys.copy(), document("other", text(1)))[0] == "exact_duplicate")
    #expect(try index.forget(ids: [], runs: [1]) == 1)
    try index.checkpoint()
    var left = 0
    keys.forEach(prefix: []) { _, _ in
      left += 1
      return true
    }
    #expect(left == 2, "the format and the counts")
  }

  // MARK: Verifying

  @Test("an index is found to be sound, after overflowing lists too")
  func sound() throws {
    var index = try stage(#"{"rescraped": "keep"}"#).storedIndex(StageState(keys: keys, run: 1))
    // One page that changes every time.
    for number in 0..<PostingTable.maximumPostings + 20 {
      #expect(try index.enter(document("page", "version\(number)"), run: 1 + number / 1000))
    }
    try index.checkpoint()
    #expect(
      IndexCounts(keys.value(for: IndexKey.counts) ?? [], bandCount: 8)?.displaced.contains {
        $0 != 0
      } == true)
    try stage().storedIndex(StageState(keys: keys, run: 1)).verify()
    #expect(try index.forget(ids: [], runs: [1]) == 1000)
    try index.checkpoint()
    try index.verify()
    #expect(
      IndexCounts(keys.value(for: IndexKey.counts) ?? [], bandCount: 8)?.displaced
        == Array(repeating: 0, count: 10))
  }

  @Test("what is inconsistent is named")
  func inconsistent() throws {
    try fill(keys)
    func detail(_ break: (MemoryKeySpace) throws -> Void) throws -> String? {
      let broken = keys.copy()
      try `break`(broken)
      do {
        try stage().storedIndex(StageState(keys: broken, run: 1)).verify()
      } catch let error as DamagedIndex {
        #expect(
          error.description
            == "the index of stage copies is damaged: \(error.detail); put back a copy of "
            + "the state, or begin anew with another directory")
        return error.detail
      }
      return nil
    }
    #expect(try detail { _ in } == nil)
    #expect(
      try detail { $0.remove(IndexKey.document(2)) } == "it holds 3 documents and counts 4")
    #expect(
      try detail { $0.set([1, 2, 3], for: IndexKey.document(2)) }
        == "the document under the key [3, 0, 0, 0, 0, 2] cannot be read")
    let document = try #require(StoredDocument(keys.value(for: IndexKey.document(1)) ?? []))
    #expect(
      try detail { $0.set(document.bytes, for: IndexKey.document(9)) }
        == "document 9 is there, but only 4 were entered")
    let names =
      (1...8).map { "band \($0)" } + ["the table of digests", "the table of ids and URLs"]
    for (key, name) in zip(document.keys, names) {
      let expected = "\(name) does not list the documents that are there"
      #expect(try detail { $0.remove(IndexKey.posting(key)) } == expected)
      #expect(
        try detail { $0.set(PostingList.encoded([1, 3]), for: IndexKey.posting(key)) } == expected)
      #expect(
        try detail { $0.set([1], for: IndexKey.posting(key)) } == "a key of postings cannot be read"
      )
    }
  }
}
