import Bytes
import Pipeline
import TestSupport
import Testing

@Suite("repeated_titles")
struct RepeatedTitlesTests {
  /// For each title whether its document is kept.
  private func run(_ titles: [String?], _ state: StageState? = nil) throws -> [Bool] {
    let stage = try RepeatedTitles.made(hasState: state != nil)
    let worker = stage.makeWorker()
    var ledger = stage.openLedger(state)
    return try titles.map { title in
      var document = Document(id: "1", origin: Origin(file: "1.html"))
      document.metadata["title"] = JSONValue(title)
      guard case .keep(let finding) = worker.process(&document),
        case .keep = try ledger.commit(&document, finding)
      else { return false }
      return true
    }
  }

  @Test("the first document with a title is kept, and all without one")
  func first() throws {
    #expect(try run(["Tides", nil, "Tides", "Ferries", nil]) == [true, true, false, true, true])
  }

  @Test("titles are remembered from run to run")
  func state() throws {
    let keys = MemoryKeySpace()
    #expect(try run(["Tides"], StageState(keys: keys, run: 1)) == [true])
    #expect(try run(["Tides", "Ferries"], StageState(keys: keys, run: 2)) == [false, true])
  }
}
