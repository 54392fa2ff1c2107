import Bytes
import Pipeline
import TestSupport
import Testing

@testable import LimitStage

@Suite("limit")
struct LimitTests {
  /// How many of `count` documents are kept.
  private func kept(of count: Int, limit: Int, _ state: StageState? = nil) throws -> Int {
    let stage = try Limit.made(from: "{\"records\": \(limit)}", hasState: state != nil)
    var ledger = try stage.openLedger(state)
    var kept = 0
    for id in 0..<count {
      var document = Document(id: "\(id)", origin: Origin(file: "1.txt"))
      guard case .keep = stage.makeWorker().process(&document) else { continue }
      if case .keep = ledger.commit(&document, ()) { kept += 1 }
    }
    ledger.checkpoint()
    return kept
  }

  @Test(
    "as many as there are, but no more than the limit",
    arguments: [(5, 3, 3), (2, 3, 2), (5, 0, 0)])
  func limit(count: Int, limit: Int, expected: Int) throws {
    #expect(try kept(of: count, limit: limit) == expected)
  }

  @Test("a run that is resumed goes on counting, the next one begins anew")
  func resumed() throws {
    let keys = MemoryKeySpace()
    #expect(try kept(of: 3, limit: 4, StageState(keys: keys, run: 1)) == 3)
    #expect(try kept(of: 3, limit: 4, StageState(keys: keys, run: 1)) == 1)
    #expect(try kept(of: 3, limit: 4, StageState(keys: keys, run: 2)) == 3)
  }

  @Test("the limit is not negative")
  func wrong() {
    #expect(throws: WrongSettings(messages: ["records must be at least 0, is -1"])) {
      try Limit.Settings.read(from: #"{"records": -1}"#)
    }
  }
}
