import SharedByStages

/// An index for one run, in memory, in flat arrays: no allocation and no reference per document.
///
/// A document takes 160 bytes, 9 to 10 for each band, for its digest, its id and its URL, and its
/// identifier: less than 300 at the default threshold.
struct MemoryStore: DuplicateStore {
  private var bands: [PostingTable]
  private var digests = PostingTable()
  private var identities = PostingTable()
  private var records = RecordBlocks()
  private var identifiers = ByteRuns()
  /// Places of ranks, where copies are told apart by them.
  private var ranks: [ByteRuns.Place]?
  private var rankRuns = ByteRuns()
  /// The first document of each cluster, where clusters are asked for; a document's own number for
  /// those that are first.
  private var clusters: [UInt32]?
  private var retiredCount = 0

  /// - Parameters:
  ///   - keepsRanks: Whether `entry` is to tell them.
  ///   - keepsClusters: Likewise.
  init(bandCount: Int, keepsRanks: Bool, keepsClusters: Bool) {
    bands = (0..<bandCount).map { _ in PostingTable() }
    ranks = keepsRanks ? [] : nil
    clusters = keepsClusters ? [] : nil
  }

  /// Everything is in memory.
  func prepare(_ keys: [PostingKey]) {}
  func prepare(documents: [UInt32]) {}

  func appendDocuments(under key: PostingKey, to documents: inout [UInt32]) {
    let start = documents.count
    switch key.table {
    case PostingKey.digests: digests.appendDocuments(under: key.hash, to: &documents)
    case PostingKey.identities: identities.appendDocuments(under: key.hash, to: &documents)
    default: bands[Int(key.table)].appendDocuments(under: key.hash, to: &documents)
    }
    guard retiredCount > 0 else { return }
    var count = start
    for index in start..<documents.count where !records.isRetired(documents[index]) {
      documents[count] = documents[index]
      count += 1
    }
    documents.removeSubrange(count...)
  }

  func likeness(of document: UInt32, to fingerprint: Fingerprint) -> Likeness? {
    records.isRetired(document) ? nil : records.likeness(of: document, to: fingerprint)
  }

  func isExact(_ document: UInt32, _ fingerprint: Fingerprint) -> Bool {
    records.digest(of: document) == UInt32(truncatingIfNeeded: fingerprint.digest.first &>> 32)
      && records.sketch(of: document) == fingerprint.sketch
  }

  func isVersion(_ document: UInt32, of identity: PageIdentity) -> Bool {
    if let url = identity.url, records.url(of: document) == RecordBlocks.urlBits(url) {
      return true
    }
    guard let id = identity.id else { return false }
    return PageIdentity.hash(id: identifier(of: document)) == id
  }

  func entry(of document: UInt32) -> DuplicateEntry {
    let rank = ranks.map { Rank(bytes: Array(rankRuns.run(at: $0[Int(document)]))) }
    let first = clusters.map { $0[Int(document)] } ?? document
    return DuplicateEntry(
      id: identifier(of: document), run: nil, rank: rank ?? .none,
      cluster: first == document ? nil : identifier(of: first))
  }

  mutating func enter(_ finding: DuplicateFinding, beside companion: UInt32?) throws {
    guard records.count < Int(UInt32.max) - 1,
      let identifier = identifiers.append(finding.id.utf8)
    else { throw IndexFull() }
    let document = UInt32(records.count)
    records.append(finding.fingerprint, url: finding.identity.url, identifier: identifier)
    if ranks != nil {
      guard let rank = rankRuns.append(finding.rank.bytes) else { throw IndexFull() }
      ranks?.append(rank)
    }
    let first = companion.flatMap { clusters?[Int($0)] } ?? document
    clusters?.append(first)
    let isRetired = records.isRetired
    for (band, key) in finding.fingerprint.bandKeys.enumerated() {
      bands[band].enter(document, under: key, isRetired: isRetired)
    }
    digests.enter(
      document, under: PostingKey.digest(finding.fingerprint.digest.first).hash,
      isRetired: isRetired)
    for hash in finding.identity.hashes {
      identities.enter(document, under: PostingKey.identity(hash).hash, isRetired: isRetired)
    }
  }

  mutating func retire(_ document: UInt32) {
    records.retire(document)
    retiredCount += 1
  }

  func checkpoint() {}

  var enteredCount: Int { records.count }

  var memoryBytes: Int {
    bands.reduce(0) { $0 + $1.memoryBytes } + digests.memoryBytes + identities.memoryBytes
      + records.memoryBytes + identifiers.memoryBytes + rankRuns.memoryBytes
      + (ranks?.capacity ?? 0) * 8 + (clusters?.capacity ?? 0) * 4
  }

  private func identifier(of document: UInt32) -> String {
    String(decoding: identifiers.run(at: records.identifier(of: document)), as: UTF8.self)
  }
}
