import Pipeline
internal import Synchronization

/// Writes finished batches, in input order.
final class Outputs: Sendable {
  private struct State: ~Copyable {
    var output: any SinkWriter
    var rejects: (any SinkWriter)?
  }

  private let state: Mutex<State>

  init(_ definition: Definition) throws {
    state = Mutex(try Outputs.open(definition))
  }

  private static func open(_ definition: Definition) throws -> sending State {
    State(
      output: try open(definition.output),
      rejects: try definition.rejects.map { try open($0) })
  }

  private static func open<S: Sink>(_ sink: S) throws -> sending any SinkWriter {
    try sink.makeWriter()
  }

  func write(_ batch: Batch) throws {
    try state.withLock { state in
      if !batch.kept.isEmpty { try state.output.write(batch.kept) }
      if !batch.rejected.isEmpty { try state.rejects?.write(batch.rejected) }
    }
  }

  /// Makes everything final. Rejects first: whoever finds the output also finds what is missing in it.
  func finish() throws {
    try state.withLock { state in
      try state.rejects?.finish()
      try state.output.finish()
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
