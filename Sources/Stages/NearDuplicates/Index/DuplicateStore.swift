import SharedByStages

/// The stored entry of a document, without its postings.
struct DuplicateEntry: Sendable, Hashable {
  let id: String
  /// Number of the run that it came from; nil without a state directory.
  let run: Int?
  /// See `Rank`.
  let rank: Rank
  /// Id of the first document of its cluster; nil for a document that is that itself.
  let cluster: String?
}

/// A key by which a document is looked up.
struct PostingKey: Sendable, Hashable {
  /// The number of a band, or of one of the tables that follow the bands.
  let table: UInt8
  let hash: UInt32

  static func band(_ number: Int, _ hash: UInt32) -> PostingKey {
    PostingKey(table: UInt8(number), hash: hash)
  }

  /// - Parameter digest: Its first number.
  static func digest(_ digest: UInt64) -> PostingKey {
    PostingKey(table: digests, hash: UInt32(truncatingIfNeeded: digest))
  }

  static func identity(_ hash: UInt64) -> PostingKey {
    PostingKey(table: identities, hash: UInt32(truncatingIfNeeded: hash))
  }

  /// The table after all bands; there are at most this many bands.
  static let digests: UInt8 = 254
  static let identities: UInt8 = 255
  static let maximumBands = 254

  /// One number is hashed faster than two.
  func hash(into hasher: inout Hasher) { hasher.combine(UInt64(table) << 32 | UInt64(hash)) }
}

extension PostingKey: CustomStringConvertible {
  /// As errors name it: `band 3`.
  var tableName: String {
    switch table {
    case PostingKey.digests: "the table of digests"
    case PostingKey.identities: "the table of ids and URLs"
    default: "band \(table + 1)"
    }
  }

  var description: String { "hash \(hash) in \(tableName)" }
}

/// Where an index keeps what it knows of the documents. They are numbered from 0 in the order of
/// entering, and a number is never given twice.
///
/// All stores answer alike, so that decisions do not depend on where an index is kept.
protocol DuplicateStore {
  /// Announces keys that will be asked for: what is not in memory is best read at once.
  mutating func prepare(_ keys: [PostingKey]) throws

  /// Likewise documents.
  mutating func prepare(documents: [UInt32]) throws

  /// The most recent documents under a key, at most `PostingTable.maximumPostings` of them, none
  /// retired, in ascending order.
  mutating func appendDocuments(under key: PostingKey, to documents: inout [UInt32]) throws

  /// How alike a document is to a fingerprint; nil when it was retired.
  mutating func likeness(of document: UInt32, to fingerprint: Fingerprint) throws -> Likeness?

  /// Whether a document's words are those of a fingerprint, in the same order.
  mutating func isExact(_ document: UInt32, _ fingerprint: Fingerprint) throws -> Bool

  /// Whether a document has the id or the URL of a page.
  mutating func isVersion(_ document: UInt32, of identity: PageIdentity) throws -> Bool

  /// The entry of a document that was not retired.
  mutating func entry(of document: UInt32) throws -> DuplicateEntry

  /// Enters a document under all of its keys.
  /// - Parameter companion: A document of its cluster; nil where it is the first.
  mutating func enter(_ finding: DuplicateFinding, beside companion: UInt32?) throws

  /// Takes a document out of the index: another one has its place.
  mutating func retire(_ document: UInt32) throws

  /// Before what was staged becomes durable.
  mutating func checkpoint() throws

  /// Documents that were ever entered.
  var enteredCount: Int { get }

  /// Bytes of memory held.
  var memoryBytes: Int { get }
}

/// The index cannot take another document.
struct IndexFull: Error, CustomStringConvertible {
  let description =
    "the index of near-duplicates is full: \(UInt32.max - 1) documents are the most that it can number"
}
