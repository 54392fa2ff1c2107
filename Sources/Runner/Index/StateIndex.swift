import Bytes
public import Pipeline
import State

/// Reads and maintains, between runs, the memory that the stages of a definition keep in a state directory.
///
/// Changes are committed in parts, each as soon as the staged changes reach the limit of memory. A process that
/// dies in between leaves the parts committed so far, and every document in them is complete. The same command
/// then does the rest.
public final class StateIndex {
  let path: String
  let state: StateDirectory
  /// Those stages that have an index, in the order of the definition.
  var stages: [IndexOfStage]
  let batchBytes: Int

  struct IndexOfStage {
    let label: String
    /// The stage's name in definitions.
    let use: String
    var index: any StageIndex
  }

  /// Opens the indexes of a definition's stages.
  /// - Parameters:
  ///   - label: Of the only stage that is meant; nil for all.
  ///   - mustExist: Whether it is an error that there is no state yet.
  /// - Throws: `IndexRequestError`, `StateError`, `SystemError`, and what a stage throws whose settings
  ///   do not fit what it remembers.
  public init(_ definition: Definition, stage label: String?, mustExist: Bool) throws {
    guard let path = definition.run.state?.path else { throw IndexRequestError.noState }
    let indexed = definition.stages.filter { $0.stage is any IndexedStage }
    guard !indexed.isEmpty else { throw IndexRequestError.noIndex }
    let chosen = indexed.filter { label == nil || $0.label == label }
    guard !chosen.isEmpty else {
      throw IndexRequestError.unknownStage(label ?? "", known: indexed.map(\.label))
    }
    self.path = path
    state = try StateDirectory(path, memory: definition.run.stateMemory, mustExist: mustExist)
    batchBytes = definition.run.batch.bytes
    stages = []
    let run = try state.nextRun
    for stage in chosen {
      let keys = try state.keySpace(stage.label)
      let stageState = StageState(
        keys: keys, run: run,
        memory: ByteCount(bytes: state.stageMemory.bytes / chosen.count))
      guard let index = try stage.openIndex(stageState) else { continue }
      stages.append(
        IndexOfStage(label: stage.label, use: type(of: stage.stage).manual.name, index: index))
    }
  }

  /// Complains while there is a run that would go on: what it decides next must not depend on what was
  /// changed in between, or its output would not be that of a run that was never interrupted.
  func checkNoRunIsUnfinished() throws {
    if let run = try unfinishedRun { throw RunUnfinished(path: path, run: run) }
  }

  /// The number of a run that would go on; nil when there is none.
  var unfinishedRun: Int? {
    get throws {
      let last = try Manifest.read(from: state)
      return last?.status == .done ? nil : last?.run
    }
  }

  /// Makes all changes durable.
  func commit() throws {
    for index in stages.indices { try stages[index].index.checkpoint() }
    try state.commit()
  }

  // MARK: Care

  /// Rewrites the store without what was removed or replaced.
  /// - Returns: Bytes on disk, before and after.
  public func compact() throws -> (before: Int, after: Int) {
    let before = try state.byteCount
    try state.compact()
    return (before, try state.byteCount)
  }

  /// Reads everything once, and lets each stage compare its parts.
  /// - Returns: The number of keys.
  /// - Throws: `StateError.damaged`, and what a stage says that is wrong.
  public func verify() throws -> Int {
    let keys = try state.verify()
    _ = try state.runs
    _ = try Manifest.read(from: state)
    for stage in stages { try stage.index.verify() }
    return keys
  }
}

extension LabelledStage {
  /// The stage's index; nil for stages that have none.
  fileprivate func openIndex(_ state: StageState) throws -> (any StageIndex)? {
    try (stage as? any IndexedStage)?.openIndex(state)
  }
}

/// The arguments do not say which index is meant.
public enum IndexRequestError: Error, CustomStringConvertible {
  case noState
  case noIndex
  case unknownStage(String, known: [String])

  public var description: String {
    switch self {
    case .noState: "the definition names no state directory; name one with --state"
    case .noIndex: "no stage of the definition keeps an index from run to run"
    case .unknownStage(let label, let known):
      "no stage \(label) keeps an index; there is: \(known.joined(separator: ", "))"
    }
  }
}

/// A change was asked for that an interrupted run must not see.
struct RunUnfinished: Error, CustomStringConvertible {
  let path: String
  let run: Int

  var description: String {
    "run \(run) in \(path) is not finished, and what it has still to decide would change; start it again, "
      + "so that it comes to its end, and then repeat this"
  }
}
