import Bytes
import Pipeline
import State
internal import Synchronization

/// The durable half of a run: its state directory, what it takes over from an interrupted process, and
/// when and how checkpoints are written.
final class Checkpoints: Sendable {
  /// The position of the interrupted run that this process continues; nil for a new run.
  let resumed: Manifest?
  /// Number of the run in the state directory.
  let run: Int
  private let state: StateDirectory
  private let started: String
  private let definition: Definition
  private let progress: Mutex<Progress>
  /// In a first pass ledgers may make room, but the run has not come anywhere yet.
  private let isFirstPass: Bool

  /// The progress since the last checkpoint.
  private struct Progress {
    var bytes = 0
    var since = Machine.elapsedSeconds
    /// Whether there is a checkpoint to go on from.
    var hasCheckpoint: Bool
  }

  /// Opens the state directory, if the definition names one.
  /// - Parameter onlyLooks: Whether nothing may change in it; then it must be there.
  /// - Throws: `DefinitionChanged` unless `acceptsChanges`, `StateError`, `SystemError`.
  init?(_ definition: Definition, acceptsChanges: Bool, onlyLooks: Bool = false) throws {
    guard let path = definition.run.state?.path else { return nil }
    self.definition = definition
    isFirstPass = false
    state = try StateDirectory(path, memory: definition.run.stateMemory, onlyLooks: onlyLooks)
    let last = try Manifest.read(from: state)
    if let last, !acceptsChanges { try Checkpoints.check(last, definition, path) }
    resumed = last.flatMap { $0.status == .done ? nil : $0 }
    run = try resumed?.run ?? state.nextRun
    started = resumed?.started ?? Machine.timestamp
    progress = Mutex(Progress(hasCheckpoint: resumed != nil))
  }

  /// For a first pass of the run. What ledgers see in it may be written at any time, since they may see
  /// it again.
  var forFirstPass: Checkpoints { Checkpoints(firstPassOf: self) }

  private init(firstPassOf run: Checkpoints) {
    resumed = nil
    self.run = run.run
    state = run.state
    started = run.started
    definition = run.definition
    isFirstPass = true
    progress = Mutex(Progress(hasCheckpoint: false))
  }

  /// While a run is not finished, everything must be as it was; afterwards only what the stages
  /// remember must suit them, since every night has its own inputs and outputs.
  private static func check(_ last: Manifest, _ definition: Definition, _ path: String) throws {
    let isFinished = last.status == .done
    let changes = DefinitionChanges.between(
      last.definition, definition.canonical, onlyStages: isFinished)
    guard changes.isEmpty else {
      throw DefinitionChanged(path: path, run: last.run, isFinished: isFinished, changes: changes)
    }
  }

  /// The number and the time that outputs are named after.
  var start: RunStart { RunStart(number: run, moment: started) }

  /// The state of a stage, or of the input.
  func state(of label: String) throws -> StageState {
    let stages = definition.stages.count(where: \.isOrdered)
    return StageState(
      keys: try state.keySpace(label), run: run,
      memory: ByteCount(bytes: state.stageMemory.bytes / max(1, stages)))
  }

  /// Notes that input was read.
  /// - Returns: Whether that is enough for a checkpoint.
  func isDue(afterReading bytes: Int) -> Bool {
    progress.withLock { progress in
      if isFirstPass { return false }
      progress.bytes += bytes
      return progress.bytes >= definition.run.checkpointBytes.bytes
        || Machine.elapsedSeconds - progress.since >= definition.run.checkpointSeconds
    }
  }

  /// Whether the ledgers have staged as much as memory allows.
  var isFull: Bool { state.stagedBytes >= state.maximumStagedBytes }

  /// Whether another process could go on from a checkpoint.
  var hasCheckpoint: Bool { progress.withLock { $0.hasCheckpoint } }

  /// Makes everything durable, in one step: what ledgers staged, and how far inputs and outputs are.
  /// - Throws: `StateError`; then the last checkpoint still holds.
  func commit(
    _ status: Manifest.Status, input: InputPosition, outputs: OutputPositions,
    counts: Tally.Counts
  ) throws {
    if isFirstPass {
      if status == .running { try state.commit() }
      return
    }
    let manifest = Manifest(
      run: run, started: started, definition: definition.canonical, status: status, input: input,
      outputs: outputs, counts: counts)
    try manifest.stage(in: state)
    try state.commit()
    progress.withLock { $0 = Progress(hasCheckpoint: status != .done) }
  }
}
