import Bytes
import Pipeline
import TestSupport
import Testing

@Suite("minimum_length")
struct MinimumLengthTests {
  private func verdict(_ text: String) throws -> Verdict {
    let worker = try MinimumLength.made(from: #"{"words": 3}"#).makeWorker()
    var document = Document(id: "1", text: UTF8Text(text), origin: Origin(file: "1.txt"))
    return worker.process(&document)
  }

  @Test("a text with fewer words is dropped, and the reject says how many it has")
  func short() throws {
    guard case .drop(let drop) = try verdict("Two words.") else {
      Issue.record("it was kept")
      return
    }
    #expect(drop == Drop(reason: .tooFewWords, details: ["words": 2]))
  }

  @Test("a text with as many words is kept")
  func sufficient() throws {
    guard case .keep = try verdict("Three words now.") else {
      Issue.record("it was dropped")
      return
    }
  }

  @Test("at least one word must be asked for")
  func rule() {
    #expect(throws: WrongSettings(messages: ["words must be at least 1, is 0"])) {
      try MinimumLength.Settings.read(from: #"{"words": 0}"#)
    }
  }
}
