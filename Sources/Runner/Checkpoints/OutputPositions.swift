import Pipeline

/// The positions up to which the outputs were written.
struct OutputPositions: Sendable, Hashable {
  let output: SinkPosition
  /// Nil when rejects are only counted.
  let rejects: SinkPosition?
}
