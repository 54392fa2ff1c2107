import Bytes
import Pipeline
import TestSupport
import Testing

@testable import SampleStage

@Suite("sample")
struct SampleTests {
  /// Which of the ids 0 to 9999 are kept.
  private func kept(_ json: String) throws -> Set<Int> {
    let worker = try Sample.made(from: json).makeWorker()
    return Set(
      (0..<10_000).filter { id in
        var document = Document(id: "\(id)", origin: Origin(file: "1.txt"))
        if case .keep = worker.process(&document) { return true }
        return false
      })
  }

  @Test("about the fraction is kept", arguments: [0.01, 0.1, 0.5, 0.9])
  func fraction(fraction: Double) throws {
    let count = Double(try kept("{\"fraction\": \(fraction)}").count)
    // Five standard deviations of a binomial distribution.
    let deviation = (10_000 * fraction * (1 - fraction)).squareRoot()
    #expect(abs(count - 10_000 * fraction) < 5 * deviation)
  }

  @Test("none and all")
  func bounds() throws {
    #expect(try kept(#"{"fraction": 0}"#).isEmpty)
    #expect(try kept(#"{"fraction": 1}"#).count == 10_000)
  }

  @Test("the same documents each time, others with another seed, more with a larger fraction")
  func seeds() throws {
    let sample = try kept(#"{"fraction": 0.1}"#)
    #expect(try kept(#"{"fraction": 0.1, "seed": 0}"#) == sample)
    #expect(try kept(#"{"fraction": 0.1, "seed": 1}"#).intersection(sample).count < 200)
    #expect(try kept(#"{"fraction": 0.2}"#).isSuperset(of: sample))
  }

  @Test("the choice is part of the format of nights to come")
  func stable() throws {
    #expect(
      try kept(#"{"fraction": 0.0005}"#)
        == [272, 597, 1718, 1949, 3405, 4565, 5234, 5241, 5641, 6961, 7848])
  }

  @Test(
    "wrong settings",
    arguments: [
      (#"{"fraction": 1.5}"#, "fraction must be within 0...1, is 1.5"),
      ("{}", "the definition lacks the setting fraction: a number"),
    ])
  func wrong(json: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) { try Sample.Settings.read(from: json) }
  }
}
