import Bytes
import Pipeline
internal import Synchronization

/// Reads the definition's inputs one after another, as batches. One thread at a time reads.
final class Inputs: Sendable {
  private struct State: ~Copyable {
    var readers: [any SourceReader]
    var current = 0
    var sequence = 0
  }

  private let state: Mutex<State>
  /// Memory of batches that are decoded, for those to come: memory from the system costs more than what is read
  /// into it. As many as there were batches at one time between reading and decoding.
  private let spare = Mutex<[[UInt8]]>([])
  private let byteBudget: Int
  private let stop: StopSignal

  /// - Parameters:
  ///   - stateful: What the inputs remember between runs.
  ///   - position: Where an interrupted run stood.
  init(
    _ definition: Definition, stop: StopSignal, state stateful: StageState?,
    at position: InputPosition?
  ) throws {
    byteBudget = definition.run.batch.bytes
    self.stop = stop
    state = Mutex(try Inputs.open(definition.inputs, stateful, at: position))
  }

  private static func open(
    _ sources: [any Source], _ stateful: StageState?, at position: InputPosition?
  ) throws -> sending State {
    var state = State(readers: [])
    for source in sources { state.readers.append(try open(source, stateful)) }
    guard let position else { return state }
    state.current = position.input
    if state.readers.indices.contains(position.input) {
      try state.readers[position.input].seek(to: position.place)
    }
    return state
  }

  private static func open<S: Source>(
    _ source: S, _ stateful: StageState?
  ) throws -> sending any SourceReader {
    try source.makeReader(stateful)
  }

  /// The result of one read.
  struct Reading {
    /// Nil when there were no records.
    let batch: Batch?
    let skippedFiles: Int
    /// Files of folders with other endings, by ending.
    var leftOut: [String: Int] = [:]
    /// Records that hold nothing that is read, by what they are.
    var passedOver: [String: Int] = [:]
    /// Whether there may be more.
    let hasMore: Bool
  }

  func next() throws -> Reading {
    try state.withLock { state in
      var raw = RawBatch(byteBudget: byteBudget)
      raw.bytes = spare.withLock { $0.popLast() } ?? []
      let input = state.current
      guard input < state.readers.count else {
        return Reading(batch: nil, skippedFiles: 0, hasMore: false)
      }
      // A reader that was asked to stop has not come to its end.
      if try !state.readers[input].fill(&raw), !stop.isRequested { state.current += 1 }
      let hasMore = state.current < state.readers.count
      if raw.records.isEmpty {
        return Reading(
          batch: nil, skippedFiles: raw.skippedFiles, leftOut: raw.leftOut,
          passedOver: raw.passedOver, hasMore: hasMore)
      }
      defer { state.sequence += 1 }
      return Reading(
        batch: Batch(sequence: state.sequence, input: input, raw: raw),
        skippedFiles: raw.skippedFiles, leftOut: raw.leftOut, passedOver: raw.passedOver,
        hasMore: hasMore)
    }
  }

  /// Takes back the bytes of a batch that is decoded. Those of a huge record are let go.
  func takeBack(_ bytes: inout [UInt8]) {
    guard bytes.capacity <= 4 * byteBudget else { return }
    bytes.removeAll(keepingCapacity: true)
    spare.withLock { $0.append(bytes) }
    bytes = []
  }

  /// The position after everything that was read.
  var position: InputPosition {
    state.withLock { state in
      let isOver = state.current >= state.readers.count
      return InputPosition(
        input: state.current, place: isOver ? .null : state.readers[state.current].position)
    }
  }
}
