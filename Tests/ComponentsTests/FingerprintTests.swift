import Bytes
import Pipeline
import TestSupport
import Testing

@testable import Components

/// The algorithms below `near_duplicates`, against naive versions of themselves.
@Suite("near_duplicates: fingerprints")
struct FingerprintTests {
  // MARK: Frozen values

  @Test("shingles, signature and band keys of a sentence never change")
  func vectors() {
    let (shingles, digest) = read("The quick brown fox jumps over the lazy dog.", width: 5)
    #expect(
      shingles == [
        0x04C5_5D8D_7BF4_84E5,
        0x02AC_884A_7765_1571,
        0x9200_8AC5_D71D_99BB,
        0x2582_97F3_8B95_F21F,
        0x3406_B55D_7F2B_79C1,
      ])
    #expect([digest.first, digest.second] == [0xA140_0D83_B71C_AD49, 0xFE6D_CBCD_FC2A_27F8])
    var sketch = BottomSketch()
    sketch.add(shingles)
    sketch.finish()
    #expect(sketch.hashes == [0x7765_1571, 0x7BF4_84E5, 0x7F2B_79C1, 0x8B95_F21F, 0xD71D_99BB])
    var signature = MinHash(size: 8)
    signature.add(shingles)
    signature.finish(sketch.hashes)
    #expect(
      signature.values == [
        0x0001_5644_253B_B28A,
        0x0002_C14B_F9C5_CAF9,
        0x001B_3252_4FAD_DC8C,
        0x0051_8590_32BE_0ED2,
        0x0009_0045_62EB_8ECC,
        0x001A_05DC_6DB9_3C3D,
        0x003E_82F0_8733_0210,
        0x0017_B8C1_9180_C384,
      ])
    #expect(
      signature.keys(Bands(count: 4, rows: 2)) == [
        0x2579_12FC, 0xD19A_C408, 0x7539_FEF5, 0x3AA7_E2C1,
      ])
  }

  // MARK: Shingles

  @Test("reading in pieces gives the shingles of the whole", arguments: 1...8)
  func pieces(seed: Int) {
    var seed = Seed(UInt64(seed))
    let parts = [
      "a", "Ab", "straße", "É", "e\u{301}", "\u{AD}", "ʼ", " ", " ", "\n", ". ", "-", "漢", "字",
      "ไทย",
      "0", "½", "😀", "\u{200D}", "İ", "Ⱥ", "Ａ", "שָׁ", "abcdefghijklmnopqrstuvwxyz",
    ]
    let count = Int.random(in: 0...30_000, using: &seed)
    let text = (0..<count).map { _ in parts.randomElement(using: &seed) ?? "" }.joined()
    let width = Int.random(in: 1...32, using: &seed)
    let (shingles, digest) = read(text, width: width)
    let naive = naiveShingles(text, width: width)
    #expect(shingles == naive.shingles)
    #expect(digest == naive.digest)
  }

  @Test("a text of no more words than a shingle is one shingle", arguments: 0...6)
  func shortText(count: Int) {
    let text = (0..<count).map { "w\($0)" }.joined(separator: " ")
    #expect(read(text, width: 5).shingles.count == [0, 1, 1, 1, 1, 1, 2][count])
  }

  @Test("a worker finds the same whatever it read before")
  func noLeaks() {
    var seed = Seed(5)
    let texts = (0..<40).map { _ in UTF8Text(randomText(0...3000, &seed)) }
    let bands = Bands(threshold: 0.8)
    var busy = NearDuplicates.Signer(shingleWords: 5, bands: bands)
    let forward = texts.map { busy.fingerprint($0) }
    let backward = texts.reversed().map { busy.fingerprint($0) }
    let fresh = texts.map { text in
      var signer = NearDuplicates.Signer(shingleWords: 5, bands: bands)
      return signer.fingerprint(text)
    }
    #expect(forward == fresh)
    #expect(backward.reversed() == fresh)
  }

  // MARK: Estimates

  @Test("sorting by bytes agrees with sorting", arguments: [0, 1, 2, 32, 33, 100, 5000])
  func sorting(count: Int) {
    var seed = Seed(UInt64(count))
    var numbers = (0..<count).map { _ in UInt32.random(in: 0...(.max), using: &seed) >> 4 }
    let sorted = numbers.sorted()
    var sorter = RadixSorter()
    sorter.sort(&numbers)
    #expect(numbers == sorted)
  }

  @Test("a sketch holds the smallest distinct hashes", arguments: [3, 1024, 1025, 20_000])
  func smallest(count: Int) {
    var seed = Seed(UInt64(count))
    // Few enough different ones that many repeat.
    let shingles = (0..<2 * count).map { _ in
      UInt64.random(in: 0..<UInt64(count), using: &seed) &* 77
    }
    var sketch = BottomSketch()
    for start in stride(from: 0, to: shingles.count, by: 1000) {
      sketch.add(Array(shingles[start..<min(start + 1000, shingles.count)]))
    }
    sketch.finish()
    let distinct = Set(shingles.map { UInt32(truncatingIfNeeded: $0) }).sorted()
    #expect(sketch.hashes == Array(distinct.prefix(1024)))
  }

  @Test(
    "similarity by sketches is exact for short texts and within four standard errors for long ones",
    arguments: [1, 5, 100, 700, 5000, 50_000])
  func sketchSimilarity(union: Int) {
    for shared in [0, union / 2, union * 8 / 10, union] {
      let (first, second) = sets(union: union, shared: shared, seed: UInt64(union * 7 + shared))
      let exact = Double(shared) / Double(union)
      let estimate = BottomSketch.similarity(sketch(first), sketch(second))
      if union <= 1024 {
        #expect(estimate == exact)
      } else {
        #expect(abs(estimate - exact) <= 4 * (exact * (1 - exact) / 1024).squareRoot())
      }
    }
  }

  @Test(
    "signatures agree as often as sets do, within the standard error of classic MinHash",
    arguments: [1, 2, 10, 50, 126, 500, 5000])
  func signatureSimilarity(union: Int) {
    for shared in [0, union / 2, union * 9 / 10, union] {
      let exact = Double(shared) / Double(union)
      let trials = 50
      var squares = 0.0
      for trial in 0..<trials {
        let (first, second) = sets(
          union: union, shared: shared, seed: UInt64(trial * 9973 + shared))
        let pairs = zip(signature(first), signature(second))
        let error = Double(pairs.count { $0.0 == $0.1 }) / 126 - exact
        squares += error * error
      }
      // The mean of fifty squares is itself uncertain, by a fifth.
      #expect(squares / Double(trials) <= 1.5 * exact * (1 - exact) / 126)
    }
  }

  // MARK: The index

  @Test(
    "against all pairs: no false drop, hardly a missed one, and none when run again",
    arguments: 1...3)
  func againstAllPairs(seed: Int) throws {
    var seed = Seed(UInt64(seed))
    let texts = variants(originals: 120, copies: 4, &seed)
    let decisions = try decide(texts)
    let sets = texts.map { Set(naiveShingles($0, width: 5).shingles) }
    func similarity(_ first: Int, _ second: Int) -> Double {
      let shared = sets[first].intersection(sets[second]).count
      return Double(shared) / Double(sets[first].count + sets[second].count - shared)
    }

    var kept: [Int] = []
    var (missed, dropped) = (0, 0)
    for (number, decision) in decisions.enumerated() {
      let best = kept.map { similarity($0, number) }.max() ?? 0
      if let match = decision {
        dropped += 1
        #expect(match.similarity == best)
        #expect(match.similarity == similarity(match.document, number))
        #expect(match.similarity >= 0.8)
      } else {
        if best >= 0.8 { missed += 1 }
        kept.append(number)
      }
    }
    #expect(dropped > 100)
    #expect(missed * 100 <= dropped)

    let again = try decide(kept.map { texts[$0] })
    #expect(again.allSatisfy { $0 == nil })
  }

  @Test("runs are read back from whichever block they lie in")
  func runStore() {
    var store = RunStore<UInt32>()
    let runs = [[1, 2, 3], [], Array(0..<300_000), [7], Array(0..<262_143), [8, 9]].map {
      $0.map(UInt32.init)
    }
    for run in runs { store.append(run) }
    #expect(runs.indices.map { store.withRun($0) { Array($0) } } == runs)
    #expect(runs.indices.map { store.count($0) } == runs.map(\.count))
  }

  @Test("digests are found again as the table grows")
  func digestTable() {
    var table = DigestTable()
    let digests = (0..<5000).map { Digest(wordless: Array("#\($0)".utf8)) }
    for digest in digests { table.insert(digest) }
    #expect(digests.map { table.document(with: $0) } == Array(0..<5000))
    #expect(table.document(with: Digest(wordless: [])) == nil)
  }
}

// MARK: Support

private func read(_ text: String, width: Int) -> (shingles: [UInt64], digest: Digest) {
  var reader = ShingleReader(width: width)
  reader.start()
  var shingles: [UInt64] = []
  Array(text.utf8).withUnsafeBufferPointer { bytes in
    var start = 0
    while start < bytes.count {
      let end = ShingleReader.endOfPiece(in: bytes, from: start)
      reader.read(UnsafeBufferPointer(rebasing: bytes[start..<end]))
      shingles += reader.hashes
      start = end
    }
  }
  reader.finish()
  return (shingles + reader.hashes, reader.digest)
}

/// Each shingle's polynomial computed anew.
private func naiveShingles(_ text: String, width: Int) -> (shingles: [UInt64], digest: Digest) {
  let folded = Folding.folded(text)
  var words: [UInt64] = []
  folded.withUnsafeBufferPointer { folded in
    Words.forEach(in: folded) { range in
      words.append(Array(folded[range]).withUnsafeBytes { Hash64.hash($0) })
    }
  }
  var digest = Digest()
  for word in words { digest.add(word) }
  guard !words.isEmpty else { return ([], digest) }
  let shingles = (0...max(0, words.count - width)).map { start in
    let polynomial = words[start..<min(start + width, words.count)].reduce(UInt64(0)) {
      $0 &* 0x9E37_79B9_7F4A_7C15 &+ $1
    }
    return Hash64.mix(polynomial, 0xD6E8_FEB8_6659_FD93)
  }
  return (shingles, digest)
}

private func randomText(_ words: ClosedRange<Int>, _ seed: inout Seed) -> String {
  let count = Int.random(in: words, using: &seed)
  return (0..<count).map { _ in "w\(Int.random(in: 0..<5000, using: &seed))" }.joined(
    separator: " ")
}

/// Texts and changed copies of them, from a word changed in 200 to one in 20, shuffled.
private func variants(originals: Int, copies: Int, _ seed: inout Seed) -> [String] {
  var texts: [String] = []
  for _ in 0..<originals {
    let text = randomText(3...600, &seed)
    texts.append(text)
    for _ in 0..<copies {
      let rate = Double.random(in: 0.005...0.05, using: &seed)
      let words = text.split(separator: " ").map {
        Double.random(in: 0..<1, using: &seed) < rate ? "x\($0)" : String($0)
      }
      texts.append(words.joined(separator: " "))
    }
  }
  texts.shuffle(using: &seed)
  return texts
}

private func decide(_ texts: [String]) throws -> [DuplicateIndex.Match?] {
  let bands = Bands(threshold: 0.8)
  var signer = NearDuplicates.Signer(shingleWords: 5, bands: bands)
  var index = DuplicateIndex(bandCount: bands.count, threshold: 0.8)
  return try texts.enumerated().map { number, text in
    let fingerprint = signer.fingerprint(UTF8Text(text))
    if let match = index.match(for: fingerprint) {
      let number = Int(index.id(of: match.document)) ?? -1
      return DuplicateIndex.Match(
        document: number, similarity: match.similarity, isExact: match.isExact)
    }
    try index.insert(fingerprint, id: "\(number)")
    return nil
  }
}

/// Two sets of hashes with so many in their union and so many in common.
private func sets(union: Int, shared: Int, seed: UInt64) -> ([UInt64], [UInt64]) {
  var seed = Seed(seed)
  let all = (0..<union).map { _ in seed.next() }
  let split = shared + (union - shared) / 2
  return (Array(all[..<split]), Array(all[..<shared] + all[split...]))
}

private func sketch(_ shingles: [UInt64]) -> [UInt32] {
  var sketch = BottomSketch()
  sketch.add(shingles)
  sketch.finish()
  return sketch.hashes
}

private func signature(_ shingles: [UInt64]) -> [UInt64] {
  var signature = MinHash(size: 126)
  signature.start()
  signature.add(shingles)
  signature.finish(sketch(shingles))
  return signature.values
}

extension BottomSketch {
  fileprivate static func similarity(_ first: [UInt32], _ second: [UInt32]) -> Double {
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { similarity(first, $0) }
    }
  }
}
