import Bytes
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
  /// The part of the window that the batch holds until it is written: an estimate of the size that its records may
  /// reach, raised once they are known to be larger.
  private(set) var windowBytes: Int
  /// Bytes of input in its largest record.
  let largestRecord: Int
  /// The records as they were read, until they are decoded.
  var raw: RawBatch?
  var items: [Item] = []
  /// The findings of the worker of the segment's ordered stage, one for each item; type-erased.
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
    /// Label of the stage that made the document beside another one; nil for those of the input.
    var addedBy: String?
  }

  init(sequence: Int, input: Int, raw: RawBatch) {
    self.sequence = sequence
    self.input = input
    byteCount = raw.records.reduce(0) { $0 + $1.range.count }
    largestRecord = raw.records.reduce(0) { max($0, $1.range.count) }
    windowBytes = byteCount * Batch.copies + raw.records.count * Batch.bytesOfDocument
    self.raw = raw
  }

  /// At its largest a batch holds the records as read, the decoded pages, one page parsed and the
  /// blocks of the others: measured, at most four times what was read.
  static let copies = 4

  /// A record of a few bytes still makes a document: an id, the metadata that stages promise, their
  /// annotations, and what they find out for ledgers. Measured with all stages: 3 to 4 KiB.
  static let bytesOfDocument = 4096

  /// Charges what documents hold that is larger than was to be expected of their bytes: lists of short
  /// values, mentions.
  /// - Returns: By how much the charge grew.
  mutating func charge() -> Int {
    let structures = items.reduce(0) {
      $0 + $1.document.metadata.memoryBytes + $1.document.annotations.memoryBytes
    }
    // Pages that came compressed take more than what was read.
    let pages = items.reduce(0) { $0 + ($1.document.html?.bytes.count ?? 0) }
    // What a stage added is beside what was read.
    let texts = items.reduce(0) { $0 + $1.document.text.bytes.count }
    let bytes =
      max(byteCount, pages * Batch.copies, texts) + items.count * Batch.bytesOfDocument + structures
      + kept.count + rejected.count
    defer { windowBytes = max(windowBytes, bytes) }
    return max(0, bytes - windowBytes)
  }
}
