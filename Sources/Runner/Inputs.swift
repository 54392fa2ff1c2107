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
  private let byteBudget: Int

  init(_ sources: [any Source], byteBudget: Int) throws {
    self.byteBudget = byteBudget
    state = Mutex(State(readers: try Inputs.open(sources)))
  }

  private static func open(_ sources: [any Source]) throws -> sending [any SourceReader] {
    var readers: [any SourceReader] = []
    for source in sources { readers.append(try open(source)) }
    return readers
  }

  private static func open<S: Source>(_ source: S) throws -> sending any SourceReader {
    try source.makeReader()
  }

  /// The next batch, nil when nothing was read, and whether there may be more.
  func next() throws -> (batch: Batch?, hasMore: Bool) {
    try state.withLock { state in
      var raw = RawBatch(byteBudget: byteBudget)
      let input = state.current
      if try !state.readers[input].fill(&raw) { state.current += 1 }
      let hasMore = state.current < state.readers.count
      guard !raw.records.isEmpty else { return (nil, hasMore) }
      defer { state.sequence += 1 }
      return (Batch(sequence: state.sequence, input: input, raw: raw), hasMore)
    }
  }
}
