import Bytes
import Pipeline
internal import Synchronization

/// Passes over the whole input before the run itself, for ledgers whose first decisions are to rest on
/// all documents.
///
/// A first pass is a run of its own: the stages up to the one with that ledger, and an output that keeps
/// nothing. The ordered stages before it get ledgers of their own, without state: the documents that
/// reach the ledger are those of the run itself, but for what an earlier run decides.
extension Run {
  /// Lets each ledger that needs it see the whole input. The wish to stop ends a pass early, and what
  /// fails in it fails the run.
  func runFirstPasses() {
    do {
      for stage in definition.stages.indices
      where definition.stages[stage].needsFirstPass && !stop.isRequested {
        let pass = try makeFirstPass(for: stage)
        firstPass.withLock { $0 = pass }
        _ = try pass.runOnce()
        // The work is what the stages took, whichever pass it was in.
        for (activity, seconds) in pass.tally.secondsByActivity.enumerated()
        where activity <= Activity.stage(stage) {
          tally.add(seconds: seconds, to: activity)
        }
      }
    } catch {
      schedule.fail(error)
    }
    firstPass.withLock { $0 = nil }
  }

  private func makeFirstPass(for stage: Int) throws -> Run {
    let stages = Array(definition.stages[...stage])
    var ledgers: [LedgerBox?] = []
    for (index, stage) in stages.enumerated() {
      // One that needed a pass has had it by now, and sees the documents once more.
      ledgers.append(stage.needsFirstPass ? self.ledgers[index] : try LedgerBox(stage, nil))
    }
    let shortened = Definition(
      inputs: definition.inputs, stages: stages, output: Nowhere(), rejects: nil,
      run: definition.run)
    return try Run(
      shortened, jobs: jobs, stop: stop, ledgers: ledgers,
      inputState: try checkpoints?.state(of: "input").readOnly,
      checkpoints: checkpoints?.forFirstPass)
  }
}

extension LabelledStage {
  fileprivate var needsFirstPass: Bool { (stage as? any OrderedStage)?.needsFirstPass ?? false }
}

/// The output of a first pass.
private struct Nowhere: Sink {
  struct Settings: ComponentSettings {
    static let fields: [Field<Self>] = []
  }

  /// No definition can name it: it is in no registry.
  static let manual = Manual(name: "nowhere", summary: "", discussion: "", example: "")

  init() {}
  init(settings: Settings, context: Context) {}

  func makeEncoder() -> sending Nothing { Nothing() }
  func makeWriter(for run: RunStart, at position: SinkPosition?) -> sending Nothing { Nothing() }

  struct Nothing: RecordEncoder, SinkWriter {
    func encode(_ document: Document, rejection: Rejection?, into bytes: inout [UInt8]) {}
    func write(_ bytes: [UInt8]) -> Int { bytes.count }
    func checkpoint() -> SinkPosition { SinkPosition(details: [:]) }
    func close() -> SinkPosition { checkpoint() }
    func publish() {}
    func abandon() -> String? { nil }
  }
}

extension StageState {
  /// The same, but nothing is remembered: what an earlier run processed is left out of a first pass, and
  /// what the pass reads is not processed yet.
  fileprivate var readOnly: StageState {
    StageState(keys: ReadOnlyKeys(keys), run: run, memory: memory)
  }
}

/// A key space in which changes are lost.
private final class ReadOnlyKeys: KeySpace {
  private let keys: any KeySpace

  init(_ keys: any KeySpace) { self.keys = keys }

  func value(for key: [UInt8]) throws -> [UInt8]? { try keys.value(for: key) }
  func set(_ value: [UInt8], for key: [UInt8]) {}
  func remove(_ key: [UInt8]) {}

  func forEach(
    prefix: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    try keys.forEach(prefix: prefix, body)
  }
}
