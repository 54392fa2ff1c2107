import Pipeline
internal import Synchronization

/// Writes finished batches, in input order.
final class Outputs: Sendable {
  private struct State: ~Copyable {
    var output: any SinkWriter
    var rejects: (any SinkWriter)?
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - run: The run whose outputs they are.
  ///   - positions: Where an interrupted run stood; nil for new outputs.
  init(_ definition: Definition, of run: RunStart, at positions: OutputPositions?) throws {
    state = Mutex(try Outputs.open(definition, run, at: positions))
  }

  private static func open(
    _ definition: Definition, _ run: RunStart, at positions: OutputPositions?
  ) throws -> sending State {
    State(
      output: try open(definition.output, run, at: positions?.output),
      rejects: try definition.rejects.map { try open($0, run, at: positions?.rejects) })
  }

  private static func open<S: Sink>(
    _ sink: S, _ run: RunStart, at position: SinkPosition?
  ) throws -> sending any SinkWriter {
    try sink.makeWriter(for: run, at: position)
  }

  /// - Returns: Bytes of the records that were kept, and of the others, before compression.
  func write(_ batch: Batch) throws -> (kept: Int, rejected: Int) {
    try state.withLock { state in
      let kept = batch.kept.isEmpty ? 0 : try state.output.write(batch.kept)
      let rejected = batch.rejected.isEmpty ? 0 : try state.rejects?.write(batch.rejected)
      return (kept, rejected ?? 0)
    }
  }

  /// Makes durable what was written.
  func checkpoint() throws -> OutputPositions {
    try state.withLock { state in
      OutputPositions(
        output: try state.output.checkpoint(), rejects: try state.rejects?.checkpoint())
    }
  }

  /// Completes the outputs, which then wait for their final names.
  func close() throws -> OutputPositions {
    try state.withLock { state in
      OutputPositions(output: try state.output.close(), rejects: try state.rejects?.close())
    }
  }

  /// Makes everything final. Rejects first: whoever finds the output also finds what is missing in it.
  func publish() throws {
    try state.withLock { state in
      try state.rejects?.publish()
      try state.output.publish()
    }
  }

  /// Ends without making anything final; returns where what was written can be found.
  func abandon() -> [String] {
    state.withLock { state in
      let output = state.output.abandon()
      let rejects = state.rejects?.abandon()
      return [output, rejects].compactMap(\.self)
    }
  }
}
