import Bytes
import Pipeline
import SharedByStages

/// An index for all runs of a state directory, in the stage's key space.
///
/// A key for each document, in the order of entering, and one for each hash that documents are looked up
/// by, with the numbers of those that have it. Nearly all look-ups are in vain: a corpus has few
/// near-duplicates, and what a hash finds by chance is one document in a hundred. A filter in memory
/// answers these.
struct StateStore: DuplicateStore {
  private let keys: any KeySpace
  /// Number of the run that documents are entered under.
  var run: Int
  private let label: String
  private(set) var counts: IndexCounts
  private var hasNewCounts = false

  /// Of all keys of postings; nil while too few documents were asked for to pay for making it.
  private var filter: KeyFilter?
  private let maximumFilterKeys: Int
  private var unfiltered = 0

  /// Postings of the keys that were asked for last, as they are now.
  private var postings: [PostingKey: [UInt32]] = [:]
  /// Documents that were asked for last; nil for those that are not there.
  private var documents = RecentlyUsed<UInt32, StoredDocument?>(capacity: 2048)

  /// Before the next document's keys come, of which there are at most 257.
  private static let maximumPreparedKeys = 1024

  /// Making the filter reads all documents, which takes so much less than looking one up without it.
  private static let filterAdvantage = 32

  /// - Parameter label: The stage's, for errors.
  /// - Throws: `OtherIndex` when the index there has another format.
  init(_ state: StageState, format: IndexFormat, label: String) throws {
    keys = state.keys
    run = state.run
    self.label = label
    maximumFilterKeys = max(1, KeyFilter.capacity(memory: state.memory.bytes))
    if let bytes = try keys.value(for: IndexKey.format) {
      guard let stored = IndexFormat(bytes) else {
        throw OtherIndex(origin: .state(label), stored: nil, wanted: format)
      }
      try stored.check(against: format, label: label)
    } else {
      keys.set(format.bytes, for: IndexKey.format)
    }
    guard let bytes = try keys.value(for: IndexKey.counts) else {
      counts = IndexCounts(bandCount: format.bands.count)
      return
    }
    guard let counts = IndexCounts(bytes, bandCount: format.bands.count) else {
      throw DamagedIndex(label: label, detail: "its counts cannot be read")
    }
    self.counts = counts
  }

  // MARK: Reading

  mutating func prepare(_ keys: [PostingKey]) throws {
    if postings.count > StateStore.maximumPreparedKeys { postings.removeAll(keepingCapacity: true) }
    try prepareFilter()
    var missing: [PostingKey] = []
    for key in keys where postings[key] == nil {
      if filter?.mayContain(key) ?? true { missing.append(key) } else { postings[key] = [] }
    }
    if missing.isEmpty { return }
    for (key, value) in zip(missing, try self.keys.values(for: missing.map(IndexKey.posting))) {
      postings[key] = try value.map { try decoded($0, key) } ?? []
    }
  }

  mutating func prepare(documents numbers: [UInt32]) throws {
    let missing = numbers.filter { documents[$0] == nil }
    if missing.isEmpty { return }
    for (number, value) in zip(missing, try keys.values(for: missing.map(IndexKey.document))) {
      documents[number] = .some(try value.map { try decoded($0, number) })
    }
  }

  mutating func appendDocuments(under key: PostingKey, to documents: inout [UInt32]) throws {
    documents += try list(under: key)
  }

  mutating func likeness(of document: UInt32, to fingerprint: Fingerprint) throws -> Likeness? {
    try stored(document)?.likeness(to: fingerprint)
  }

  mutating func isExact(_ document: UInt32, _ fingerprint: Fingerprint) throws -> Bool {
    try stored(document)?.isExact(fingerprint) ?? false
  }

  mutating func isVersion(_ document: UInt32, of identity: PageIdentity) throws -> Bool {
    try stored(document)?.isVersion(of: identity) ?? false
  }

  mutating func entry(of document: UInt32) throws -> DuplicateEntry {
    guard let stored = try stored(document) else { throw missing(document) }
    return stored.entry
  }

  /// Whether a document with the same id and words is there.
  mutating func contains(_ document: StoredDocument) throws -> Bool {
    for number in try list(under: .digest(document.digest)) {
      let other = try stored(number)
      if let other, other.id == document.id, other.digest == document.digest,
        other.sketch == document.sketch
      {
        return true
      }
    }
    return false
  }

  private mutating func stored(_ number: UInt32) throws -> StoredDocument? {
    if let known = documents[number] { return known }
    let stored = try keys.value(for: IndexKey.document(number)).map { try decoded($0, number) }
    documents[number] = .some(stored)
    return stored
  }

  private mutating func list(under key: PostingKey) throws -> [UInt32] {
    if let known = postings[key] { return known }
    let list = try keys.value(for: IndexKey.posting(key)).map { try decoded($0, key) } ?? []
    postings[key] = list
    return list
  }

  private func decoded(_ bytes: [UInt8], _ key: PostingKey) throws -> [UInt32] {
    guard let list = PostingList.decoded(bytes) else {
      throw DamagedIndex(label: label, detail: "the documents of \(key) cannot be read")
    }
    return list
  }

  private func decoded(_ bytes: [UInt8], _ number: UInt32) throws -> StoredDocument {
    guard let document = StoredDocument(bytes) else {
      throw DamagedIndex(label: label, detail: "document \(number) cannot be read")
    }
    return document
  }

  private func missing(_ number: UInt32) -> DamagedIndex {
    DamagedIndex(label: label, detail: "document \(number) is missing")
  }

  // MARK: Changing

  mutating func enter(_ finding: DuplicateFinding, beside companion: UInt32?) throws {
    let entry = try companion.map { try self.entry(of: $0) }
    try enter(StoredDocument(finding, run: run, cluster: entry.map { $0.cluster ?? $0.id }))
  }

  mutating func enter(_ document: StoredDocument) throws {
    guard counts.entered < UInt32.max - 1 else { throw IndexFull() }
    let number = counts.entered
    let postingKeys = document.keys
    try prepare(postingKeys)
    for key in postingKeys {
      filter?.insert(key)
      var list = try self.list(under: key)
      // A retired document has left its lists: what goes is the oldest.
      if list.count >= PostingTable.maximumPostings {
        counts.displace(list.removeFirst(), under: key)
      }
      list.append(number)
      set(list, under: key)
    }
    keys.set(document.bytes, for: IndexKey.document(number))
    documents[number] = .some(document)
    counts.entered += 1
    counts.documents += 1
    hasNewCounts = true
  }

  mutating func retire(_ number: UInt32) throws {
    guard let document = try stored(number) else { return }
    let postingKeys = document.keys
    try prepare(postingKeys)
    for key in postingKeys {
      var list = try self.list(under: key)
      if let index = list.firstIndex(of: number) {
        list.remove(at: index)
        set(list, under: key)
      } else {
        counts.forget(displaced: number, under: key)
      }
    }
    keys.remove(IndexKey.document(number))
    documents[number] = .some(nil)
    counts.documents -= 1
    hasNewCounts = true
  }

  private mutating func set(_ list: [UInt32], under key: PostingKey) {
    postings[key] = list
    if list.isEmpty {
      keys.remove(IndexKey.posting(key))
    } else {
      keys.set(PostingList.encoded(list), for: IndexKey.posting(key))
    }
  }

  mutating func checkpoint() {
    if hasNewCounts { keys.set(counts.bytes, for: IndexKey.counts) }
    hasNewCounts = false
  }

  var enteredCount: Int { Int(counts.entered) }

  /// Of what is kept for the next look-up; the rest is the state's.
  var memoryBytes: Int {
    postings.capacity * 32 + documents.count * 512 + (filter?.memoryBytes ?? 0)
  }

  // MARK: The filter

  /// Makes the filter when it pays, and a larger one when it is full.
  private mutating func prepareFilter() throws {
    if let filter {
      if filter.count >= filter.capacity, filter.capacity < maximumFilterKeys { try makeFilter() }
    } else {
      unfiltered += 1
      if unfiltered * StateStore.filterAdvantage > Int(counts.documents) { try makeFilter() }
    }
  }

  private mutating func makeFilter() throws {
    let present = Int(counts.documents) * (counts.displaced.count + 1)
    // Of the one that it replaces nothing is needed any more.
    filter = nil
    var made = KeyFilter(
      capacity: min(maximumFilterKeys, max(StateStore.minimumFilterKeys, 3 * present)))
    try keys.forEach(prefix: IndexKey.documents) { key, value in
      for key in try decoded(value, IndexKey.document(key) ?? 0).keys { made.insert(key) }
      return true
    }
    filter = made
  }

  private static let minimumFilterKeys = 1 << 18
}

// MARK: Keys and values

/// Where things stand in the stage's key space.
enum IndexKey {
  static let format: [UInt8] = [0]
  static let counts: [UInt8] = [1]
  static let postings: [UInt8] = [2]
  static let documents: [UInt8] = [3]

  static func posting(_ key: PostingKey) -> [UInt8] {
    bytes(postings[0], key.table, key.hash)
  }

  static func document(_ number: UInt32) -> [UInt8] {
    bytes(documents[0], 0, number)
  }

  /// - Returns: Nil for what is no key of a posting.
  static func posting(_ bytes: [UInt8]) -> PostingKey? {
    guard bytes.count == 6, bytes[0] == postings[0] else { return nil }
    return PostingKey(table: bytes[1], hash: number(bytes[2...]))
  }

  static func document(_ bytes: [UInt8]) -> UInt32? {
    bytes.count == 6 && bytes[0] == documents[0] && bytes[1] == 0 ? number(bytes[2...]) : nil
  }

  /// Big-endian, so that the order of keys is that of the numbers.
  private static func bytes(_ kind: UInt8, _ table: UInt8, _ number: UInt32) -> [UInt8] {
    [
      kind, table, UInt8(number >> 24), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF),
      UInt8(number & 0xFF),
    ]
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// The documents under a key, in ascending order.
enum PostingList {
  static func encoded(_ list: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(list.count * 4)
    for document in list { bytes.append(number: document) }
    return bytes
  }

  /// - Returns: Nil for bytes that are no such list.
  static func decoded(_ bytes: [UInt8]) -> [UInt32]? {
    guard !bytes.isEmpty, bytes.count % 4 == 0 else { return nil }
    var reader = RecordReader(bytes)
    return reader.numbers(UInt32.self, count: bytes.count / 4)
  }
}
