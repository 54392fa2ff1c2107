import Pipeline

/// How far the outputs were written.
struct OutputPositions: Sendable, Hashable {
  let output: SinkPosition
  /// Nil when rejects are only counted.
  let rejects: SinkPosition?
}
