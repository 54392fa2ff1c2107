import Pipeline

/// Says of each block of a page how probably it is main content.
///
/// A classifier belongs to one thread and may keep scratch memory; its answer depends on the page alone.
protocol BlockClassifier {
  /// Replaces `scores` by one score for each block, 0 for certain boilerplate to 1 for certain content.
  /// - Complexity: O(elements + blocks + bytes of text and names).
  mutating func score(_ page: Page, into scores: inout [Float])
}
