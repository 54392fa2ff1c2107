import SharedByStages

/// The findings of a worker about a text: everything needed to decide on it.
public struct Fingerprint: Sendable, Hashable {
  /// Of all normalised words; of the bytes where there are no words.
  let digest: Digest
  /// One per band; none where there are no words.
  let bandKeys: [UInt32]
  /// The stored form of the set of shingles.
  let sketch: Sketch
  /// The whole set in ascending order where it has at most `MinHash.maximumListed` elements.
  let listed: [UInt32]?
  /// The estimates' bits, also where the set is stored whole.
  let bits: [UInt64]

  /// Everything that is part of stored fingerprints: folding, words, the hashes of words and shingles,
  /// the signature, its bits and the keys of bands. A change of any makes old indexes useless.
  static let version = 3

  /// A set of so many shingles takes the space of the bits, and is stored instead of them.
  static let maximumWhole = MinHash.size / 32

  /// Of a text with words.
  init(digest: Digest, bandKeys: [UInt32], bits: [UInt64], listed: [UInt32]?) {
    self.digest = digest
    self.bandKeys = bandKeys
    self.bits = bits
    self.listed = listed
    sketch = Sketch(bits: bits, listed: listed)
  }

  /// Of bytes in which there are no words: they are like their equals alone.
  init(wordless bytes: [UInt8]) {
    digest = Digest(wordless: bytes)
    bandKeys = []
    bits = []
    listed = nil
    sketch = Sketch(whole: [
      UInt32(truncatingIfNeeded: digest.second), UInt32(truncatingIfNeeded: digest.second &>> 32),
    ])
  }

  /// How alike this text is to another one by what is stored of that.
  /// - Parameter words: `Sketch.wordCount` of them.
  func likeness(to words: Span<UInt64>, count: Int?) -> Likeness {
    guard let count else {
      return Likeness(similarity: Sketch.estimate(bits, words), isEstimate: true)
    }
    guard let listed else { return Likeness(similarity: 0, isEstimate: false) }
    return Likeness(
      similarity: Sketch.similarity(listed, words, count: count), isEstimate: false)
  }
}

/// A Jaccard similarity.
struct Likeness: Hashable {
  /// 0...1.
  let similarity: Double
  let isEstimate: Bool
}

/// A set of shingles as it is stored: whole where it is small, else one bit of each value of its
/// signature. 144 bytes either way.
struct Sketch: Sendable, Hashable {
  /// `wordCount` of them.
  let words: [UInt64]
  /// How many shingles there are, where the words are these, two to a word, the lower half first and in
  /// ascending order; nil where the words are bits.
  let count: Int?

  static let wordCount = MinHash.size / 64

  init(words: [UInt64], count: Int?) {
    self.words = words
    self.count = count
  }

  fileprivate init(bits: [UInt64], listed: [UInt32]?) {
    if let listed, listed.count <= Fingerprint.maximumWhole {
      self.init(whole: listed)
    } else {
      self.init(words: bits, count: nil)
    }
  }

  fileprivate init(whole hashes: [UInt32]) {
    var words = [UInt64](repeating: 0, count: Sketch.wordCount)
    for (index, hash) in hashes.enumerated() {
      words[index / 2] |= UInt64(hash) &<< UInt64(index % 2 * 32)
    }
    self.init(words: words, count: hashes.count)
  }

  /// The similarity by one bit of each of two signatures' values: those that differ, as do a share of
  /// 1 − similarity, agree in one bit half of the time.
  static func estimate(_ first: [UInt64], _ second: Span<UInt64>) -> Double {
    guard first.count == second.count else { return 0 }
    var different = 0
    let first = first.span
    for index in first.indices { different &+= (first[index] ^ second[index]).nonzeroBitCount }
    return max(0, 1 - 2 * Double(different) / Double(MinHash.size))
  }

  /// The similarity of two sets by their elements.
  fileprivate static func similarity(
    _ first: [UInt32], _ words: Span<UInt64>, count: Int
  ) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < first.count, j < count {
      let element = UInt32(truncatingIfNeeded: words[j / 2] &>> UInt64(j % 2 * 32))
      shared += first[i] == element ? 1 : 0
      (i, j) = (i + (first[i] <= element ? 1 : 0), j + (element <= first[i] ? 1 : 0))
    }
    let union = first.count + count - shared
    return union == 0 ? 0 : Double(shared) / Double(union)
  }
}
