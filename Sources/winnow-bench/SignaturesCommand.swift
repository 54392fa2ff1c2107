import ArgumentParser
import Bytes
import NearDuplicatesStage
import Pipeline
import Runner

/// Measures how fast `near_duplicates` takes fingerprints, from UTF-8 text in memory to all that its
/// ledger decides by.
struct SignaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signatures",
    abstract: "Measures how fast near_duplicates takes fingerprints of texts.",
    discussion: """
      Each round takes the fingerprints of all texts on one thread: folding, words, shingles, signature, \
      keys and hashes. One round goes before, uncounted. Prints one line of JSON: texts, their bytes, \
      and the processor seconds of each round.
      """)

  @OptionGroup var input: ShingledTexts
  @OptionGroup var rounds: Rounds

  func run() throws {
    var texts = try input.texts()
    var signer = try input.stage().makeWorker()
    var series = Series(name: "signatures")
    for round in 0...rounds.count {
      var findings: [DuplicateFinding] = []
      findings.reserveCapacity(texts.count)
      let before = Machine.threadSeconds
      for index in texts.indices {
        if case .keep(let finding?) = signer.process(&texts[index]) { findings.append(finding) }
      }
      let seconds = Machine.threadSeconds - before
      if round > 0 { try series.add(seconds: seconds, answer: findings.hashValue) }
    }
    let measured: JSONObject = [
      "texts": .int(Int64(texts.count)),
      "bytes": .int(Int64(texts.reduce(0) { $0 + $1.text.bytes.count })),
      "seconds": .array(series.seconds.map { .double($0) }),
    ]
    print(JSONValue.object(measured).jsonText)
  }
}
