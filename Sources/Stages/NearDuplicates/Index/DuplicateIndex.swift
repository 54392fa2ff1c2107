import SharedByStages

/// The findings of a worker about a document: its fingerprint, and the keys that identify it.
public struct DuplicateFinding: Sendable, Hashable {
  let id: String
  let fingerprint: Fingerprint
  let identity: PageIdentity
  /// See `Rank`.
  let rank: Rank
}

/// The answer of an index about a document.
enum DuplicateAnswer: Hashable {
  /// Nothing like it is known, and it was entered.
  case new
  /// It is another version of a page, and was entered.
  case update(DuplicateMatch)
  /// It is like an earlier document but better, and was entered in that one's place.
  case better(DuplicateMatch)
  /// It is like an earlier document.
  case duplicate(DuplicateMatch)
  /// Its page has been seen before with the same words.
  case unchanged(DuplicateMatch)
  /// Its page has been seen before with other words, and that is not wanted again.
  case rescraped(DuplicateMatch)
}

/// An earlier document and how like it the new one is.
struct DuplicateMatch: Hashable {
  let document: UInt32
  let entry: DuplicateEntry
  /// Jaccard similarity of the shingles, 0...1.
  let similarity: Double
  /// All normalised words are the same, in the same order.
  let isExact: Bool
}

/// Decides, document by document, in the order of the input.
///
/// The work per document is bounded: `PostingTable.maximumPostings` for each key, and
/// `maximumCandidates` comparisons.
struct DuplicateIndex<Store: DuplicateStore> {
  var store: Store
  private let settings: NearDuplicates.Settings
  private let decision: Decision

  /// Scratch: documents that share a key.
  private var found: [UInt32] = []
  private var candidates: [(document: UInt32, keys: Int)] = []
  /// Scratch: earlier versions of the page.
  private var versions: [UInt32] = []

  /// Candidates compared per document. Those that share the most bands come first, so that what is left
  /// out is what was least alike; only a corpus with hundreds of documents from one template reaches
  /// the limit.
  static var maximumCandidates: Int { 128 }

  init(store: Store, settings: NearDuplicates.Settings, decision: Decision) {
    self.store = store
    self.settings = settings
    self.decision = decision
  }

  /// Decides on the next document, and adds it to the index if later documents are to be compared with it.
  mutating func decide(_ finding: DuplicateFinding) throws -> DuplicateAnswer {
    let identities = finding.identity.hashes.map(PostingKey.identity)
    try store.prepare(identities + [.digest(finding.fingerprint.digest.first)])
    try findVersions(of: finding)
    if let version = try exactMatch(finding.fingerprint, among: versions) {
      return .unchanged(version)
    }
    if let version = versions.last, settings.rescraped == .drop {
      return .rescraped(try match(version, finding.fingerprint))
    }
    if let match = try match(for: finding.fingerprint) {
      if settings.action == .annotate {
        if !match.isExact { try enter(finding, beside: match.document) }
        return .duplicate(match)
      }
      guard settings.keep.prefers(finding.rank, to: match.entry.rank) else {
        return .duplicate(match)
      }
      try enter(finding, beside: nil)
      try store.retire(match.document)
      return .better(match)
    }
    let update = try versions.last.map { try match($0, finding.fingerprint) }
    try enter(finding, beside: nil)
    return update.map(DuplicateAnswer.update) ?? .new
  }

  mutating func checkpoint() throws { try store.checkpoint() }

  var memoryBytes: Int { store.memoryBytes + found.capacity * 4 + candidates.capacity * 16 }

  private mutating func enter(_ finding: DuplicateFinding, beside companion: UInt32?) throws {
    try store.enter(finding, beside: companion)
    if settings.rescraped == .update {
      for version in versions { try store.retire(version) }
    }
  }

  /// The documents with the same id or URL, in ascending order.
  private mutating func findVersions(of finding: DuplicateFinding) throws {
    versions.removeAll(keepingCapacity: true)
    guard settings.rescraped != .ignore else { return }
    for hash in finding.identity.hashes {
      found.removeAll(keepingCapacity: true)
      try store.appendDocuments(under: .identity(hash), to: &found)
      for document in found where try store.isVersion(document, of: finding.identity) {
        versions.append(document)
      }
    }
    versions.sort()
    var count = 0
    for index in versions.indices where index == 0 || versions[index] != versions[count - 1] {
      versions[count] = versions[index]
      count += 1
    }
    versions.removeSubrange(count...)
  }

  /// The document that is equal, or else the most similar one; of several the earliest.
  private mutating func match(for fingerprint: Fingerprint) throws -> DuplicateMatch? {
    found.removeAll(keepingCapacity: true)
    try store.appendDocuments(under: .digest(fingerprint.digest.first), to: &found)
    if let exact = try exactMatch(fingerprint, among: found) { return exact }
    try chooseCandidates(for: fingerprint)
    var best: (document: UInt32, similarity: Double)?
    for (document, _) in candidates {
      guard let likeness = try store.likeness(of: document, to: fingerprint),
        decision.accepts(likeness), likeness.similarity > best?.similarity ?? 0,
        !versions.contains(document)
      else { continue }
      best = (document, likeness.similarity)
    }
    return try best.map {
      DuplicateMatch(
        document: $0.document, entry: try store.entry(of: $0.document),
        similarity: $0.similarity, isExact: false)
    }
  }

  private mutating func exactMatch(
    _ fingerprint: Fingerprint, among documents: [UInt32]
  ) throws -> DuplicateMatch? {
    for document in documents where try store.isExact(document, fingerprint) {
      let entry = try store.entry(of: document)
      return DuplicateMatch(document: document, entry: entry, similarity: 1, isExact: true)
    }
    return nil
  }

  private mutating func match(
    _ version: UInt32, _ fingerprint: Fingerprint
  ) throws -> DuplicateMatch {
    let likeness = try store.likeness(of: version, to: fingerprint)
    return DuplicateMatch(
      document: version, entry: try store.entry(of: version),
      similarity: likeness?.similarity ?? 0, isExact: false)
  }

  /// The documents that share a band, each once, in ascending order; of too many those that share the
  /// most bands, and of these the newest.
  private mutating func chooseCandidates(for fingerprint: Fingerprint) throws {
    found.removeAll(keepingCapacity: true)
    let keys = fingerprint.bandKeys.enumerated().map(PostingKey.band)
    try store.prepare(keys)
    for key in keys { try store.appendDocuments(under: key, to: &found) }
    found.sort()
    candidates.removeAll(keepingCapacity: true)
    for document in found {
      if candidates.last?.document == document {
        candidates[candidates.count - 1].keys += 1
      } else {
        candidates.append((document, 1))
      }
    }
    if candidates.count > Self.maximumCandidates {
      candidates.sort { ($1.keys, $1.document) < ($0.keys, $0.document) }
      candidates.removeSubrange(Self.maximumCandidates...)
      candidates.sort { $0.document < $1.document }
    }
    try store.prepare(documents: candidates.map(\.document))
  }
}
