/// A stage that takes all documents of a batch together, because what does its work is worth starting only
/// for many: another program, for instance. It may make several documents of one.
///
/// Which documents come together is no part of the definition. What becomes of one must not depend on the
/// others.
public protocol BatchStage: Stage where Worker: BatchWorker {}

/// One thread's share of a stage that takes documents together.
public protocol BatchWorker: StageWorker<Void> {
  /// Called for one batch after another, in no particular order among threads.
  /// - Returns: For each document, in order, what takes its place: at least one document, or why it was
  ///   dropped.
  /// - Throws: When the run cannot go on.
  mutating func process(_ documents: [Document]) throws -> [Outcome<[Document]>]
}

extension BatchWorker {
  /// A batch of one document. Of several that are made of it, the first takes its place.
  public mutating func process(_ document: inout Document) throws -> Verdict {
    switch try process([document]).first {
    case .keep(let made):
      document = made.first ?? document
      return .keep
    case .drop(let drop): return .drop(drop)
    case nil: return .keep
    }
  }
}
