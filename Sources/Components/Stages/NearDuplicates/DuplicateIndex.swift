/// What a worker found out about a text: all that deciding on it takes.
public struct Fingerprint: Sendable, Hashable {
  /// Of all normalised words; of the bytes where there are no words.
  let digest: Digest
  /// One per band; none where there are no words.
  let bandKeys: [UInt32]
  /// See `BottomSketch`.
  let sketch: [UInt32]
}

/// The documents kept so far, in memory, in flat arrays: no allocation and no reference per
/// document.
///
/// Documents are numbered from 0 in the order of insertion. One with n distinct shingles takes,
/// beside its identifier, 4 × min(n, 1024) bytes for verification, 12 to 24 per band and about 70
/// more.
struct DuplicateIndex {
  private var digests = DigestTable()
  private var bands: BandTable
  private var sketches = RunStore<UInt32>()
  private var identifiers = RunStore<UInt8>()
  private let threshold: Double

  /// Scratch: the documents that share a band.
  private var candidates: [UInt32] = []

  /// Candidates verified per document, at up to 1 µs each. Those that share the most bands come
  /// first, so that what is left out is what was least alike; only a corpus with hundreds of
  /// documents from one template reaches the limit.
  static let maximumCandidates = 512

  /// - Parameters:
  ///   - threshold: Jaccard similarity from which two documents repeat each other.
  init(bandCount: Int, threshold: Double) {
    bands = BandTable(bandCount: bandCount)
    self.threshold = threshold
  }

  /// The document that this one repeats.
  struct Match: Hashable {
    let document: Int
    /// Estimated Jaccard similarity of the shingles, `threshold`...1.
    let similarity: Double
    /// All normalised words are the same.
    let isExact: Bool
  }

  /// The kept document that is equal, or else the most similar one from `threshold` on; of several
  /// that are equally similar the earliest. Nil when there is none.
  mutating func match(for fingerprint: Fingerprint) -> Match? {
    if let document = digests.document(with: fingerprint.digest),
      // Two hashes made from one: a page that provokes a collision would have to do so in both.
      sketches.withRun(document, { $0.elementsEqual(fingerprint.sketch) })
    {
      return Match(document: document, similarity: 1, isExact: true)
    }
    chooseCandidates(for: fingerprint)
    var best: Match?
    for candidate in candidates {
      let similarity = similarity(of: Int(candidate), to: fingerprint)
      if similarity >= threshold, similarity > best?.similarity ?? 0 {
        best = Match(document: Int(candidate), similarity: similarity, isExact: false)
      }
    }
    return best
  }

  /// Keeps a document.
  /// - Throws: `IndexFull`.
  mutating func insert(_ fingerprint: Fingerprint, id: String) throws(IndexFull) {
    guard bands.insert(fingerprint.bandKeys) else { throw IndexFull(documents: digests.count) }
    digests.insert(fingerprint.digest)
    sketches.append(fingerprint.sketch)
    identifiers.append(id.utf8)
  }

  /// The identifier of a kept document.
  func id(of document: Int) -> String {
    identifiers.withRun(document) { String(decoding: $0, as: UTF8.self) }
  }

  /// Bytes of memory held.
  var memoryBytes: Int {
    digests.memoryBytes + bands.memoryBytes + sketches.memoryBytes + identifiers.memoryBytes
      + candidates.capacity * 4
  }

  /// The documents that share a band, each once, in ascending order unless there are too many.
  private mutating func chooseCandidates(for fingerprint: Fingerprint) {
    candidates.removeAll(keepingCapacity: true)
    bands.appendCandidates(for: fingerprint.bandKeys, to: &candidates)
    candidates.sort()
    var counted: [(document: UInt32, bands: Int)] = []
    for candidate in candidates {
      if counted.last?.document == candidate {
        counted[counted.count - 1].bands += 1
      } else {
        counted.append((candidate, 1))
      }
    }
    if counted.count > DuplicateIndex.maximumCandidates {
      counted.sort { ($1.bands, $0.document) < ($0.bands, $1.document) }
      counted.removeSubrange(DuplicateIndex.maximumCandidates...)
      counted.sort { $0.document < $1.document }
    }
    candidates.removeAll(keepingCapacity: true)
    candidates.append(contentsOf: counted.lazy.map(\.document))
  }

  private func similarity(of document: Int, to fingerprint: Fingerprint) -> Double {
    let (first, second) = (sketches.count(document), fingerprint.sketch.count)
    // Of two sets of different sizes the smaller one's share is all that they can have in common.
    if max(first, second) < BottomSketch.size,
      Double(min(first, second)) < threshold * Double(max(first, second))
    {
      return 0
    }
    return sketches.withRun(document) { first in
      fingerprint.sketch.withUnsafeBufferPointer { BottomSketch.similarity(first, $0) }
    }
  }
}

/// The index cannot take another document.
struct IndexFull: Error, CustomStringConvertible {
  let documents: Int

  var description: String {
    "the index of near-duplicates is full: \(documents) documents are the most that it can number"
  }
}
