import Pipeline

/// The stage list cut at its ordered stages: a segment is what a batch passes on one thread without
/// waiting for the batches before it.
struct Plan: Sendable {
  struct Segment: Sendable {
    /// Numbers of its stages in the definition. All run in parallel; if the last is ordered, its ledger
    /// ends the segment.
    let stages: Range<Int>
  }

  /// Never empty. Documents are decoded at the start of the first and encoded at the end of the last,
  /// which ends with no ledger but with the writing of the output.
  let segments: [Segment]

  init(_ stages: [LabelledStage]) {
    var segments: [Segment] = []
    var start = 0
    for index in stages.indices where stages[index].isOrdered {
      segments.append(Segment(stages: start..<index + 1))
      start = index + 1
    }
    segments.append(Segment(stages: start..<stages.count))
    self.segments = segments
  }
}
