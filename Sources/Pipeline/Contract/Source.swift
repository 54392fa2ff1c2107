public import Bytes

/// A component that documents come from.
public protocol Source: Component {
  associatedtype Reader: SourceReader
  associatedtype Decoder: RecordDecoder

  /// Endings of file names that are this source's, with the dot. INPUT arguments are told apart by them.
  static var endings: [String] { get }

  /// Bytes that the reader will read, where that is known beforehand. For progress only.
  var byteCount: Int? { get }

  /// Whether a second reader would find the same records: not so on standard input and pipes.
  var canBeReadAgain: Bool { get }

  /// A page among what is read, where that is known beforehand.
  var knownPage: String? { get }

  /// What would be read, found out without reading or changing anything; nil where nobody can know.
  /// - Parameter state: As in `makeReader`.
  func survey(_ state: StageState?) throws -> InputSurvey?

  /// Whether the file at a path is among those that are read, or would be if it were there.
  func reads(fileAt path: String) -> Bool

  /// Called once per run.
  /// - Parameter state: What the source remembers between runs; nil in a run without a state directory.
  func makeReader(_ state: StageState?) throws -> sending Reader

  /// Called once per thread, on that thread.
  func makeDecoder() throws -> sending Decoder
}

extension Source {
  /// A source that may be gone once it has been read cannot be read again; that is the default.
  public var canBeReadAgain: Bool { false }

  public var knownPage: String? { nil }
  public func survey(_ state: StageState?) throws -> InputSurvey? { nil }
  public func reads(fileAt path: String) -> Bool { false }
}

/// The ordered part of a source: it finds out where records begin and end, and no more, so that it
/// never holds up the threads that decode them.
public protocol SourceReader {
  /// Appends consecutive records to `batch` until its budget is reached, the input ends, or no more
  /// input is there at the moment. Called by one thread at a time. A record that cannot be had (a file
  /// that cannot be read, a line that is too long) is appended with its problem.
  /// - Returns: False when the input has ended.
  /// - Throws: When nothing more can be read.
  mutating func fill(_ batch: inout RawBatch) throws -> Bool

  /// The place of the first record that has not been appended to a batch yet.
  var position: JSONValue { get }

  /// Goes on from the position of an earlier run. Called before the first `fill`, if at all.
  /// - Throws: When that place is not there any more.
  mutating func seek(to position: JSONValue) throws
}

/// One thread's share of the making of documents.
public protocol RecordDecoder {
  /// - Parameter batch: The batch that `record` is part of.
  mutating func decode(_ record: RawRecord, of batch: RawBatch) throws -> Outcome<Document>
}

/// Consecutive records as they were read.
public struct RawBatch: Sendable {
  /// The records' bytes. Readers may put into it what they like between the records.
  public var bytes: [UInt8] = []
  public var records: [RawRecord] = []
  /// Files that were left out since an earlier run had processed them.
  public var skippedFiles = 0
  /// Files of folders that were left out since no ending of theirs is the reader's, by that ending.
  public var leftOut: [String: Int] = [:]
  /// Records that were passed over since they hold nothing that is read, by what they are. Of few kinds.
  public var passedOver: [String: Int] = [:]
  /// A reader stops when the batch takes as many. One record may exceed it.
  public let byteBudget: Int

  public init(byteBudget: Int) { self.byteBudget = byteBudget }

  /// Records without bytes, such as empty files, take memory too.
  public var isFull: Bool { bytes.count + records.count * RawRecord.fixedBytes >= byteBudget }
}

/// One record, not yet looked into.
public struct RawRecord: Sendable {
  /// The record's bytes in the batch.
  public let range: Range<Int>
  public let origin: Origin
  /// Why the record cannot be decoded, found out while reading.
  public let problem: Drop?

  /// The size counted for each record in addition to its bytes: even a document of a few bytes has an id, an
  /// origin, metadata and annotations.
  public static let fixedBytes = 1024

  public init(range: Range<Int>, origin: Origin, problem: Drop? = nil) {
    self.range = range
    self.origin = origin
    self.problem = problem
  }

  /// Names a record that has no id of its own: `pages.ndjson:17`, `crawl.warc.gz@4711`, or the file alone.
  public var placeName: String {
    if let line = origin.line { return "\(origin.file):\(line)" }
    return origin.byteOffset == 0 ? origin.file : "\(origin.file)@\(origin.byteOffset)"
  }
}

extension DropReason {
  /// The reasons to drop a record that every source may have.
  public static let tooLarge = DropReason(
    "too_large", "The record is longer than run.max_document.")
  public static let unreadable = DropReason("unreadable", "The file cannot be read.")
}
