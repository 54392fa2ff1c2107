import Bytes

/// The counts that a stored index keeps of itself.
struct IndexCounts: Hashable {
  /// Documents ever entered: the next one's number.
  var entered: UInt32 = 0
  /// Documents that were entered and not retired.
  var documents: UInt32 = 0
  /// For each table the sum of the `mark`s of postings that had to make room while their documents
  /// stayed: without it nobody could tell whether a posting is missing that should be there.
  private(set) var displaced: [UInt64]
  private let bandCount: Int

  init(bandCount: Int) {
    self.bandCount = bandCount
    displaced = [UInt64](repeating: 0, count: IndexCounts.tableCount(bandCount))
  }

  mutating func displace(_ document: UInt32, under key: PostingKey) {
    displaced[slot(key)] &+= IndexCounts.mark(document, key)
  }

  /// Takes back what `displace` noted, of a document that is retired.
  mutating func forget(displaced document: UInt32, under key: PostingKey) {
    displaced[slot(key)] &-= IndexCounts.mark(document, key)
  }

  /// Sums of these tell sets of postings apart.
  static func mark(_ document: UInt32, _ key: PostingKey) -> UInt64 {
    Hash64.mix(UInt64(key.hash) << 32 | UInt64(document), UInt64(key.table))
  }

  /// The place of a key's table among all: the bands, digests, identities.
  func slot(_ key: PostingKey) -> Int {
    switch key.table {
    case PostingKey.digests: bandCount
    case PostingKey.identities: bandCount + 1
    default: Int(key.table)
    }
  }

  func hasTable(of key: PostingKey) -> Bool {
    key.table < bandCount || key.table >= PostingKey.digests
  }

  /// As errors name it.
  func tableName(slot: Int) -> String {
    let table =
      switch slot {
      case bandCount: PostingKey.digests
      case bandCount + 1: PostingKey.identities
      default: UInt8(slot)
      }
    return PostingKey(table: table, hash: 0).tableName
  }

  private static func tableCount(_ bandCount: Int) -> Int { bandCount + 2 }

  // MARK: Bytes

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: entered)
    bytes.append(number: documents)
    for sum in displaced { bytes.append(number: sum) }
    return bytes
  }

  /// - Returns: Nil for bytes that are no counts of an index with so many bands.
  init?(_ bytes: [UInt8], bandCount: Int) {
    var reader = RecordReader(bytes)
    guard let entered = reader.number(UInt32.self), let documents = reader.number(UInt32.self),
      let displaced = reader.numbers(UInt64.self, count: IndexCounts.tableCount(bandCount)),
      reader.isAtEnd
    else { return nil }
    self.entered = entered
    self.documents = documents
    self.displaced = displaced
    self.bandCount = bandCount
  }
}
