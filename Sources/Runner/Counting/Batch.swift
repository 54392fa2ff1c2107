import Pipeline

/// Consecutive documents and what became of them: the unit of scheduling, of type erasure, of locking
/// and of order.
struct Batch: Sendable {
  /// Position in the run, from 0 without gaps.
  let sequence: Int
  /// Which of the definition's inputs it was read from.
  let input: Int
  /// Bytes of input in its records.
  let byteCount: Int
  /// What the batch takes of the window until it is written.
  let windowBytes: Int
  /// The records as they were read, until they are decoded.
  var raw: RawBatch?
  var items: [Item] = []
  /// What the worker of the segment's ordered stage found out, one for each item; erased.
  var findings: (any Sendable)?
  /// Number of the segment that the batch is to pass next.
  var segment = 0
  /// The encoded documents.
  var kept: [UInt8] = []
  var rejected: [UInt8] = []

  struct Item: Sendable {
    var document: Document
    /// Set once; later stages do not see the document.
    var rejection: Rejection?
  }

  init(sequence: Int, input: Int, raw: RawBatch) {
    self.sequence = sequence
    self.input = input
    byteCount = raw.records.reduce(0) { $0 + $1.range.count }
    windowBytes = byteCount * Batch.copies + raw.records.count * Batch.bytesOfDocument
    self.raw = raw
  }

  /// At its largest a batch holds the records as read, the decoded pages, one page parsed and the
  /// blocks of the others: measured, at most four times what was read.
  static let copies = 4

  /// A record of a few bytes still makes a document, with its metadata.
  private static let bytesOfDocument = 1024
}
