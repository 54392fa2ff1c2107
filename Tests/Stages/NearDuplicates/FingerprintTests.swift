import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NearDuplicatesStage
@testable import SharedByStages

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
    let signature = signature(shingles)
    #expect(
      signature.values[..<8] == [
        858_362_397_851_599_686, 894_975_258_000_693_948, 1_738_141_688_364_919_662,
        150_895_477_369_641_115,
        1_093_091_670_212_807_827, 3_146_513_211_772_679_714, 1_765_013_420_365_641_747,
        937_265_540_920_986_872,
      ])
    #expect(signature.bits[..<2] == [5_937_308_571_079_798_872, 763_205_641_471_942_970])
    #expect(
      signature.listed == [0x7765_1571, 0x7BF4_84E5, 0x7F2B_79C1, 0x8B95_F21F, 0xD71D_99BB])
    #expect(
      signature.keys(Bands(count: 4, rows: 2))
        == [1_959_309_353, 3_423_048_041, 1_995_775_275, 1_630_965_528])
    #expect(
      read("Quick fox", width: 5).shingles == [
        6_175_949_910_351_295_757, 6_186_050_801_526_123_911, 5_807_442_631_867_236_143,
        4_863_531_724_076_268_642,
        8_466_678_734_006_769_911,
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

  @Test(
    "a text of fewer words than a shingle is read by its letters",
    arguments: [
      ("a", 1), ("ab cd", 1), ("one two", 3), ("Él  niño, 4", 5), ("漢字", 1), ("a b c d e", 1),
    ])
  func shortText(text: String, count: Int) {
    #expect(read(text, width: 5).shingles.count == count)
    #expect(read(text, width: 5).shingles == naiveShingles(text, width: 5).shingles)
  }

  @Test("a worker finds the same whatever it read before")
  func noLeaks() {
    var seed = Seed(5)
    let texts = (0..<40).map { _ in UTF8Text(randomText(0...3000, &seed)) }
    let bands = Bands(threshold: 0.8)
    var busy = NearDuplicates.Signer(settings: .init(), bands: bands)
    let forward = texts.map { busy.fingerprint($0) }
    let backward = texts.reversed().map { busy.fingerprint($0) }
    let fresh = texts.map { text in
      var signer = NearDuplicates.Signer(settings: .init(), bands: bands)
      return signer.fingerprint(text)
    }
    #expect(forward == fresh)
    #expect(backward.reversed() == fresh)
  }

  @Test("folding eight bytes at a time gives what folding scalar by scalar does", arguments: 1...4)
  func folding(seed: Int) {
    var seed = Seed(UInt64(seed))
    let scalars =
      (0..<0x3000).compactMap { Unicode.Scalar(UInt32($0)) } + ["\u{1F600}", "\u{1E921}"]
    for _ in 0..<60 {
      var text = String.UnicodeScalarView()
      for _ in 0..<200 {
        let isASCII = !seed.oneIn(6)
        text.append(isASCII ? scalars[seed.below(0x80)] : scalars[seed.below(scalars.count)])
      }
      let (shingles, digest) = read(String(text), width: 2)
      let naive = naiveShingles(String(text), width: 2)
      #expect(shingles == naive.shingles)
      #expect(digest == naive.digest)
    }
  }

  // MARK: Estimates

  @Test(
    "signatures agree as often as sets do, within the standard error of classic MinHash",
    arguments: [1, 2, 10, 50, 500, 3000])
  func signatureSimilarity(union: Int) {
    for shared in [0, union / 2, union * 9 / 10, union] {
      let exact = Double(shared) / Double(union)
      let trials = 6
      var squares = 0.0
      for trial in 0..<trials {
        let (first, second) = sets(
          union: union, shared: shared, seed: UInt64(trial * 9973 + shared))
        let pairs = zip(signature(first).values, signature(second).values)
        let error = Double(pairs.count { $0.0 == $0.1 }) / Double(MinHash.size) - exact
        squares += error * error
      }
      // The mean of six squares is itself uncertain, by a half.
      #expect(squares / Double(trials) <= 3 * exact * (1 - exact) / Double(MinHash.size))
    }
  }

  @Test(
    "estimates by one bit have the standard error that the decision counts on",
    arguments: [40, 100, 700, 3000])
  func estimates(union: Int) {
    for shared in [union / 2, union * 3 / 4, union * 9 / 10, union] {
      let exact = Double(shared) / Double(union)
      let trials = 8
      var squares = 0.0
      for trial in 0..<trials {
        let (first, second) = sets(
          union: union, shared: shared, seed: UInt64(trial * 9973 + shared))
        let other = signature(second).bits
        let estimate = Sketch.estimate(signature(first).bits, other.span)
        squares += (estimate - exact) * (estimate - exact)
      }
      let error = Decision.standardError(at: exact)
      #expect(squares / Double(trials) <= 3 * error * error)
    }
  }

  @Test("a set of up to 120 shingles is listed, whatever repeats", arguments: [1, 36, 120, 121])
  func listed(count: Int) {
    var seed = Seed(UInt64(count))
    let different = (0..<count).map { _ in seed.next() }
    let hashes = Set(different.map { UInt32(truncatingIfNeeded: $0) }).sorted()
    for repeats in [1, 3, 400] {
      var shingles = (0..<repeats).flatMap { _ in different }
      shingles.shuffle(using: &seed)
      #expect(signature(shingles).listed == (count <= 120 ? hashes : nil))
      #expect(signature(shingles).values == signature(different).values)
    }
  }

  @Test(
    "signatures are those of the definition", arguments: [1, 30, 121, 800, 1500, 6000])
  func definition(count: Int) {
    var seed = Seed(UInt64(count))
    let different = (0..<count).map { _ in seed.next() }
    #expect(signature(different).values == naiveSignature(different))
    #expect(signature(different + different.reversed()).values == naiveSignature(different))
  }

  @Test("the signature of a long text does not depend on the order of its shingles")
  func orderOfShingles() {
    var seed = Seed(77)
    // Few enough different ones that bins stay empty, and more than are collected at once.
    let different = (0..<5000).map { _ in seed.next() }
    var shingles = (0..<8).flatMap { _ in different }
    let first = signature(shingles).values
    shingles.shuffle(using: &seed)
    #expect(signature(shingles).values == first)
    #expect(signature(different).values == first)
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
        let exact = similarity(Int(match.entry.id) ?? -1, number)
        #expect(abs(match.similarity - exact) < 0.07)
        #expect(best >= 0.75)
      } else {
        if best >= 0.85 { missed += 1 }
        kept.append(number)
      }
    }
    #expect(dropped > 100)
    #expect(missed * 100 <= dropped)

    let again = try decide(kept.map { texts[$0] })
    #expect(again.allSatisfy { $0 == nil })
  }

  @Test("bytes are read back from whichever block they lie in")
  func byteRuns() {
    var store = ByteRuns()
    let runs = [[1, 2, 3], [], Array(repeating: 9, count: 3_000_000), [7], [8, 9]] as [[UInt8]]
    let many = runs + (0..<5000).map { Array("document-\($0)".utf8) } + runs
    let places = many.compactMap { store.append($0) }
    #expect(places.map { Array(store.run(at: $0)) } == many)
  }

  @Test("a posting table finds what a dictionary finds, as it grows", arguments: 1...4)
  func postingTable(seed: Int) {
    var seed = Seed(UInt64(seed))
    var table = PostingTable()
    var naive: [UInt32: [UInt32]] = [:]
    var retired: Set<UInt32> = []
    // The last keys of all crowd behind the last slot.
    let crowded: [UInt32] = [0, 1, 7, .max - 1, .max]
    for document in 0..<UInt32(20_000) {
      let key =
        seed.oneIn(2)
        ? crowded[seed.below(5)] : UInt32.random(in: 0...8000, using: &seed) &* 524_287
      var list = naive[key] ?? []
      if list.count == PostingTable.maximumPostings {
        list.remove(at: list.firstIndex { retired.contains($0) } ?? 0)
      }
      naive[key] = list + [document]
      table.enter(document, under: key) { retired.contains($0) }
      if seed.oneIn(10) { retired.insert(UInt32(seed.below(Int(document) + 1))) }
    }
    for key in (0...8000).map({ UInt32($0) &* 524_287 }) + crowded + [5, 99] {
      var found: [UInt32] = []
      table.appendDocuments(under: key, to: &found)
      #expect(found == naive[key] ?? [])
    }
    #expect(crowded.allSatisfy { naive[$0]?.count == PostingTable.maximumPostings })
  }

  @Test("keys start all over the table, in their order: a search looks at a few entries")
  func postingPlaces() {
    let table = PostingTable()
    let starts = (0..<UInt64(table.capacity)).map {
      table.start(($0 << 32) / UInt64(table.capacity))
    }
    #expect(starts == Array(0..<table.capacity))
  }

  @Test("a posting takes 9 to 10 bytes", arguments: [100_000, 230_000])
  func postingSize(count: Int) {
    var seed = Seed(3)
    var table = PostingTable()
    for document in 0..<count {
      table.enter(UInt32(document), under: UInt32(truncatingIfNeeded: seed.next())) { _ in false }
    }
    #expect(Double(table.memoryBytes) / Double(count) < 10.1)
  }
}

// MARK: Support

private func read(_ text: String, width: Int) -> (shingles: [UInt64], digest: Digest) {
  var reader = ShingleReader(width: width)
  reader.start()
  var shingles: [UInt64] = []
  let bytes = Array(text.utf8)
  forEachPiece(bytes) {
    reader.read($0)
    shingles += reader.hashes
  }
  if reader.isShort {
    reader.startLetters()
    forEachPiece(bytes) {
      reader.readLetters($0)
      shingles += reader.hashes
    }
    reader.finishLetters()
    shingles += reader.hashes
  }
  return (shingles, reader.digest)
}

private func forEachPiece(_ text: [UInt8], _ body: (Span<UInt8>) -> Void) {
  let bytes = text.span
  var start = 0
  while start < bytes.count {
    let end = ShingleReader.endOfPiece(in: bytes, from: start)
    body(bytes.extracting(start..<end))
    start = end
  }
}

/// Each shingle's polynomial computed anew.
private func naiveShingles(_ text: String, width: Int) -> (shingles: [UInt64], digest: Digest) {
  let folded = Folding.folded(text)
  var words: [[UInt8]] = []
  Words.forEach(in: folded.span) { range in words.append(Array(folded[range])) }
  var units = words.map { Hash64.hash($0.span) }
  var digest = Digest()
  for word in units { digest.add(word) }
  guard !words.isEmpty else { return ([], digest) }
  var salt: UInt64 = 0xD6E8_FEB8_6659_FD93
  if words.count < width {
    salt = 0xA3B1_9535_4A39_B70D
    let letters = String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
      .unicodeScalars
    units = letters.map { Hash64.mix(UInt64($0.value) &* 0xC2B2_AE3D_27D4_EB4F, salt) }
  }
  let shingles = (0...max(0, units.count - width)).map { start in
    let polynomial = units[start..<min(start + width, units.count)].reduce(UInt64(0)) {
      $0 &* 0x9E37_79B9_7F4A_7C15 &+ $1
    }
    return Hash64.mix(polynomial, salt)
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

private func decide(_ texts: [String]) throws -> [DuplicateMatch?] {
  let settings = NearDuplicates.Settings()
  let bands = Bands(threshold: settings.threshold)
  var signer = NearDuplicates.Signer(settings: settings, bands: bands)
  var index = DuplicateIndex(
    store: MemoryStore(bandCount: bands.count, keepsRanks: false, keepsClusters: false),
    settings: settings, decision: Decision(threshold: settings.threshold, bands: bands))
  return try texts.enumerated().map { number, text in
    let document = Document(id: "\(number)", text: UTF8Text(text), origin: Origin(file: "-"))
    if case .duplicate(let match) = try index.decide(signer.finding(document)) { return match }
    return nil
  }
}

/// Fast Similarity Sketching as its authors define it: round after round, all shingles into all bins.
private func naiveSignature(_ shingles: [UInt64]) -> [UInt64] {
  let size = UInt64(MinHash.size)
  var values = [UInt64](repeating: .max, count: MinHash.size)
  for round in 0..<2 * size {
    for shingle in shingles {
      var hash = shingle
      if round > 0 {
        hash = Hash64.mix(
          (shingle & 0xFFFF_FFFF) &* 0x9E37_79B9_7F4A_7C15, round &* 0xD6E8_FEB8_6659_FD93)
      }
      var (bin, rest) = hash.multipliedFullWidth(by: size)
      if round >= size { (bin, rest) = (round - size, hash) }
      values[Int(bin)] = min(values[Int(bin)], round << 52 | rest >> 12)
    }
    if values.allSatisfy({ $0 != .max }) { break }
  }
  return values
}

/// Two sets of hashes with so many in their union and so many in common.
private func sets(union: Int, shared: Int, seed: UInt64) -> ([UInt64], [UInt64]) {
  var seed = Seed(seed)
  let all = (0..<union).map { _ in seed.next() }
  let split = shared + (union - shared) / 2
  return (Array(all[..<split]), Array(all[..<shared] + all[split...]))
}

private func signature(_ shingles: [UInt64]) -> MinHash {
  var signature = MinHash()
  signature.start()
  for start in stride(from: 0, to: shingles.count, by: 1000) {
    signature.add(Array(shingles[start..<min(start + 1000, shingles.count)]))
  }
  signature.finish()
  return signature
}
