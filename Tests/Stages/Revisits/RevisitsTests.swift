import Bytes
import Pipeline
import TestSupport
import Testing

@testable import RevisitsStage
@testable import SharedByStages

@Suite("revisits")
struct RevisitsTests {
  /// A record as a crawl brings it.
  private static func page(
    _ id: String, _ html: String, url: String? = nil, charset: String? = nil
  ) -> Document {
    var document = Document(id: id, origin: Origin(file: "pages.ndjson", line: 7))
    document.html = RawHTML(bytes: Array(html.utf8), charset: charset)
    document.metadata["url"] = .init(url)
    return document
  }

  private static func stage() throws -> Revisits {
    Revisits(
      settings: Revisits.Settings(),
      context: Context(label: "revisits", standardInput: .standardInput))
  }

  /// The outcome for each page in one run: `kept`, or the reject's details.
  private func run(_ pages: [Document], _ state: StageState? = nil) throws -> [String] {
    let stage = try Self.stage()
    var worker = stage.makeWorker()
    var ledger = try stage.openLedger(state)
    return try pages.map { page in
      var page = page
      guard case .keep(let finding) = worker.process(&page) else { return "dropped by the worker" }
      switch try ledger.commit(&page, finding) {
      case .keep: return "kept"
      case .drop(let drop):
        return "\(drop.reason.name) \(JSONValue.object(drop.details).jsonText)"
      }
    }
  }

  @Test("a page is known by its URL without the fragment, and where it has none by its id")
  func identity() throws {
    #expect(
      try run([
        Self.page("1", "<p>a", url: "https://a.example/x#top"),
        Self.page("2", "<p>a", url: "https://a.example/x#end"),
        Self.page("1", "<p>a", url: "https://a.example/y"),
        Self.page("3", "<p>a"), Self.page("3", "<p>a"),
      ]) == [
        "kept", #"revisit {"duplicate_of":"1"}"#, "kept", "kept",
        #"revisit {"duplicate_of":"3"}"#,
      ])
  }

  @Test("an id that is but the place of the record is none")
  func place() throws {
    let page = Self.page("pages.ndjson:7", "<p>a")
    #expect(try run([page, page]) == ["kept", "kept"])
  }

  @Test(
    "other bytes, or the same in another character set, are another page, compared with the last")
  func change() throws {
    #expect(
      try run([
        Self.page("1", "<p>a"), Self.page("1", "<p>b"), Self.page("1", "<p>a"),
        Self.page("1", "<p>a", charset: "utf-8"), Self.page("1", "<p>a", charset: "utf-8"),
      ]) == ["kept", "kept", "kept", "kept", #"revisit {"duplicate_of":"1"}"#])
  }

  @Test("texts are treated like pages")
  func texts() throws {
    var text = Document(id: "t", origin: Origin(file: "t.txt"))
    text.text = UTF8Text("The same as yesterday.")
    #expect(try run([text, text]) == ["kept", #"revisit {"duplicate_of":"t"}"#])
  }

  @Test("with a state the page of an earlier run is named, and its run")
  func nights() throws {
    let keys = MemoryKeySpace()
    let first = [Self.page("1", "<p>a"), Self.page("2", "<p>b")]
    #expect(try run(first, StageState(keys: keys, run: 1)) == ["kept", "kept"])
    #expect(
      try run(
        [Self.page("2", "<p>b"), Self.page("1", "<p>new"), Self.page("3", "<p>c")],
        StageState(keys: keys, run: 2))
        == [#"revisit {"duplicate_of":"2","duplicate_of_run":1}"#, "kept", "kept"])
    #expect(
      try run([Self.page("1", "<p>new")], StageState(keys: keys, run: 3))
        == [#"revisit {"duplicate_of":"1","duplicate_of_run":2}"#])
  }

  // MARK: The index

  @Test("what was exported and entered elsewhere knows the same pages")
  func moved() throws {
    let (keys, others) = (MemoryKeySpace(), MemoryKeySpace())
    let pages = [Self.page("1", "<p>a"), Self.page("2", "<p>b", url: "https://a.example/")]
    _ = try run(pages, StageState(keys: keys, run: 4))
    let index = try Self.stage().openIndex(StageState(keys: keys, run: 5))
    var copy = try Self.stage().openIndex(StageState(keys: others, run: 1))
    #expect(try index.statistics() == ["pages": 2])
    try index.export { line in
      let isNew = try copy.restore(line)
      #expect(isNew)
    }
    try index.export { line in
      let isNew = try copy.restore(line)
      #expect(!isNew)
    }
    #expect(
      try run(pages, StageState(keys: others, run: 2)) == [
        #"revisit {"duplicate_of":"1","duplicate_of_run":4}"#,
        #"revisit {"duplicate_of":"2","duplicate_of_run":4}"#,
      ])
  }

  @Test("a line that no export wrote is refused with what is wrong in it")
  func noExport() throws {
    var index = try Self.stage().openIndex(StageState(keys: MemoryKeySpace(), run: 1))
    let error = #expect(throws: NoExport.self) { try index.restore(["key": "00"]) }
    #expect(
      error?.description
        == "no export of the index of stage revisits: key is missing or wrong; give the lines that "
        + "winnow index export wrote, the first one included")
  }

  @Test("what is forgotten, by id or by run, is new when it comes again")
  func forgotten() throws {
    let keys = MemoryKeySpace()
    let pages = (1...4).map { Self.page("\($0)", "<p>a") }
    _ = try run(Array(pages[..<3]), StageState(keys: keys, run: 1))
    _ = try run([pages[3]], StageState(keys: keys, run: 2))
    var index = try Self.stage().openIndex(StageState(keys: keys, run: 3))
    #expect(try index.forget(ids: ["2", "9"], runs: [2]) == 2)
    #expect(try index.forget(ids: ["2", "9"], runs: [2]) == 0)
    #expect(
      try run(pages, StageState(keys: keys, run: 3)).map { $0.prefix(4) }
        == ["revi", "kept", "revi", "kept"])
  }

  @Test("a state of another format is refused")
  func otherFormat() throws {
    let keys = MemoryKeySpace()
    keys.set([9], for: Array("revisit format".utf8))
    let error = #expect(throws: DamagedIndex.self) {
      try Self.stage().openLedger(StageState(keys: keys, run: 1))
    }
    #expect(error?.description.contains("its format is that of another version of winnow") == true)
  }
}
