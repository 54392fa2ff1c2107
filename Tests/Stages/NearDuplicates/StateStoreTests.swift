import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NearDuplicatesStage
@testable import SharedByStages

@Suite("The index of near_duplicates in a state directory")
struct StateStoreTests {
  // MARK: Against the index in memory

  @Test(
    "answers are those of the index in memory, whenever the process ends",
    arguments: [
      "{}", #"{"keep": "longest"}"#, #"{"action": "annotate"}"#, #"{"rescraped": "keep"}"#,
      #"{"rescraped": "ignore"}"#, #"{"rescraped": "drop", "threshold": 0.5}"#,
    ], 0..<3 as Range<UInt64>)
  func property(json: String, seed: UInt64) throws {
    var random = Seed(seed)
    let settings = try NearDuplicates.Settings.read(from: json)
    let decision = Decision(threshold: 0.5, bands: Bands(count: 4, rows: 3))
    var expected = DuplicateIndex(
      store: MemoryStore(
        bandCount: 4, keepsRanks: settings.keep != .first,
        keepsClusters: settings.action == .annotate),
      settings: settings, decision: decision)
    var findings = RandomFindings(&random, bands: 4, ranked: settings.keep != .first)

    // What happened so far, and what a crash goes back to.
    var history: [(finding: DuplicateFinding, answer: DuplicateAnswer)] = []
    var runs: [UInt32: Int] = [:]
    var (keys, saved, savedCount, run) = (MemoryKeySpace(), MemoryKeySpace(), 0, 1)
    var stored = try open(keys, run, settings, decision)
    var (crashes, replayed, kinds) = (0, 0, Set<String>())

    for _ in 0..<500 {
      let finding = findings.next(&random)
      let answer = try expected.decide(finding)
      runs[UInt32(expected.store.enteredCount - 1)] =
        runs[
          UInt32(expected.store.enteredCount - 1), default: run]
      history.append((finding, answer))
      kinds.insert(answer.kind)
      #expect(try stored.decide(finding) == answer.naming(runs))
      if random.oneIn(20) {
        try stored.checkpoint()
        (saved, savedCount) = (keys.copy(), history.count)
        if random.oneIn(4) {
          run += 1
          stored = try open(keys, run, settings, decision)
        }
      } else if random.oneIn(40) {
        crashes += 1
        keys = saved.copy()
        stored = try open(keys, run, settings, decision)
        for (finding, answer) in history[savedCount...] {
          replayed += 1
          #expect(try stored.decide(finding) == answer.naming(runs))
        }
      }
    }
    #expect(crashes > 0 && replayed > 0 && run > 2)
    #expect(kinds.count >= 2, "\(kinds)")
  }

  private func open(
    _ keys: MemoryKeySpace, _ run: Int, _ settings: NearDuplicates.Settings, _ decision: Decision
  ) throws -> DuplicateIndex<StateStore> {
    let store = try StateStore(
      StageState(keys: keys, run: run),
      format: IndexFormat(settings, decision.bands),
      label: "copies")
    return DuplicateIndex(store: store, settings: settings, decision: decision)
  }

  @Test("where more documents have a key than are listed, the same ones are")
  func overflow() throws {
    var random = Seed(11)
    var findings = RandomFindings(&random, bands: 4, ranked: false)
    let settings = NearDuplicates.Settings()
    var expected = MemoryStore(bandCount: 4, keepsRanks: false, keepsClusters: false)
    var stored = try open(
      MemoryKeySpace(), 1, settings, Decision(threshold: 0.8, bands: Bands(count: 4, rows: 3))
    ).store
    var present: [UInt32] = []
    var longest = 0
    for step in 0..<UInt32(PostingTable.maximumPostings * 3 / 2) {
      let finding = findings.next(&random)
      try expected.enter(finding, beside: nil)
      try stored.enter(finding, beside: nil)
      present.append(step)
      if random.oneIn(20) {
        let document = present.remove(at: random.below(present.count))
        expected.retire(document)
        try stored.retire(document)
      }
      guard step % 50 == 0 else { continue }
      for key in StoredDocument(finding, run: 1, cluster: nil).keys {
        var (first, second): ([UInt32], [UInt32]) = ([], [])
        expected.appendDocuments(under: key, to: &first)
        try stored.appendDocuments(under: key, to: &second)
        #expect(first == second)
        longest = max(longest, first.count)
      }
    }
    #expect(longest == PostingTable.maximumPostings)
  }

  @Test("the filter forgets no key, and takes few for another")
  func filter() {
    var filter = KeyFilter(capacity: 50_000)
    for number in 0..<50_000 as Range<UInt32> { filter.insert(.band(3, number &* 0x9E37_79B9)) }
    let isKnown = { filter.mayContain(.band($0, $1 &* 0x9E37_79B9)) }
    #expect((0..<50_000).allSatisfy { isKnown(3, $0) })
    #expect((50_000..<100_000).count { isKnown(3, $0) } < 2500)
    #expect((0..<50_000).count { isKnown(4, $0) } < 2500)
    #expect(filter.memoryBytes <= 50_000)
  }

  @Test("a document is stored whole", arguments: 0..<20 as Range<UInt64>)
  func bytes(seed: UInt64) {
    var random = Seed(seed)
    var findings = RandomFindings(&random, bands: 8, ranked: true)
    for _ in 0..<40 {
      let document = StoredDocument(
        findings.next(&random), run: random.below(1000),
        cluster: random.oneIn(2) ? "page é" : nil)
      #expect(StoredDocument(document.bytes) == document)
      #expect(StoredDocument(document.bytes.dropLast()) == nil)
      #expect(StoredDocument(document.bytes + [0]) == nil)
    }
  }

  // MARK: Other settings

  @Test(
    "an index that was built with other settings is refused",
    arguments: [
      (
        #"{"shingle_words": 7}"#,
        "with shingle_words 5, not 7; set \"shingle_words\": 5"
      ),
      (
        #"{"threshold": 0.9}"#,
        "with 8 bands of 4 rows, not 8 of 9; set \"bands\": 8, \"rows\": 4"
      ),
      (
        #"{"bands": 9, "rows": 4, "shingle_words": 1}"#,
        "with shingle_words 5, not 1, and 8 bands of 4 rows, not 9 of 4; "
          + "set \"shingle_words\": 5, \"bands\": 8, \"rows\": 4"
      ),
    ])
  func otherSettings(json: String, difference: String) throws {
    let state = StageState(keys: MemoryKeySpace(), run: 1)
    _ = try stage("{}").openLedger(state)
    let error = #expect(throws: OtherIndex.self) { _ = try stage(json).openLedger(state) }
    #expect(
      error?.description == "the index of stage copies was built \(difference), or begin with "
        + "another state directory and enter earlier outputs there with winnow index import")
    // The cure that the message names.
    _ = try stage(#"{"threshold": 0.9, "bands": 8, "rows": 4}"#).openLedger(state)
  }

  @Test("an index of another version is refused")
  func otherVersion() throws {
    let keys = MemoryKeySpace()
    let state = StageState(keys: keys, run: 1)
    _ = try stage("{}").openLedger(state)
    let cures =
      "use that one, or begin with another state directory and enter earlier outputs there "
      + "with winnow index import"
    keys.set([1, 1, 5, 8, 4], for: IndexKey.format)
    var error = #expect(throws: OtherIndex.self) { _ = try stage("{}").openLedger(state) }
    #expect(
      error?.description == "the index of stage copies was built by another version of winnow "
        + "(fingerprints of version 1, not 3); \(cures)")
    keys.set([9], for: IndexKey.format)
    error = #expect(throws: OtherIndex.self) { _ = try stage("{}").openLedger(state) }
    #expect(
      error?.description
        == "the index of stage copies was built by another version of winnow; \(cures)")
  }

  private func stage(_ json: String) throws -> NearDuplicates {
    try NearDuplicates(
      settings: .read(from: json),
      context: Context(label: "copies", standardInput: .standardInput))
  }
}

// MARK: Support

/// Findings that are alike in every way that an index tells apart. Nothing is computed from texts, so
/// that hundreds share a band and dozens are alike.
private struct RandomFindings {
  private let bandCount: Int
  /// Whether copies are told apart by their ranks.
  private let isRanked: Bool
  private var prototypes: [Fingerprint] = []

  init(_ random: inout Seed, bands: Int, ranked: Bool) {
    bandCount = bands
    isRanked = ranked
    for number in 0..<60 {
      if number % 10 == 0 {
        prototypes.append(Fingerprint(wordless: Array("* \(number)".utf8)))
      } else {
        let listed = Set((0..<20).map { _ in UInt32(random.below(24)) }).sorted()
        let bits = (0..<Sketch.wordCount).map { _ in random.next() }
        prototypes.append(fingerprint(&random, bits: bits, listed: number % 3 == 0 ? listed : nil))
      }
    }
  }

  mutating func next(_ random: inout Seed) -> DuplicateFinding {
    var print = prototypes[random.below(prototypes.count)]
    if !random.oneIn(3), !print.bits.isEmpty {
      var bits = print.bits
      for _ in 0..<random.below(700) {
        bits[random.below(bits.count)] ^= 1 << UInt64(random.below(64))
      }
      let listed = print.listed.map { Array($0.dropFirst(random.below(12))) }
      print = fingerprint(&random, bits: bits, listed: listed)
    }
    let id = "page \(random.below(200))"
    let identity = PageIdentity(
      id: random.oneIn(2) ? PageIdentity.hash(id: id) : nil,
      url: random.oneIn(2) ? Hash64.mix(UInt64(random.below(200)), 7) : nil)
    return DuplicateFinding(
      id: id, fingerprint: print, identity: identity,
      rank: isRanked && !random.oneIn(4) ? Rank(Double(random.below(5))) : .none)
  }

  /// Most have one key in the first band, so that its postings overflow.
  private func fingerprint(
    _ random: inout Seed, bits: [UInt64], listed: [UInt32]?
  ) -> Fingerprint {
    var digest = Digest()
    digest.add(random.next())
    let keys = (0..<bandCount).map { band in
      UInt32(band == 0 && !random.oneIn(8) ? 0 : random.below(40))
    }
    return Fingerprint(digest: digest, bandKeys: keys, bits: bits, listed: listed)
  }
}

extension DuplicateAnswer {
  fileprivate var kind: String { String("\(self)".prefix { $0 != "(" }) }

  /// The same answer, with the run that each document came from.
  fileprivate func naming(_ runs: [UInt32: Int]) -> DuplicateAnswer {
    func named(_ match: DuplicateMatch) -> DuplicateMatch {
      DuplicateMatch(
        document: match.document,
        entry: DuplicateEntry(
          id: match.entry.id, run: runs[match.document], rank: match.entry.rank,
          cluster: match.entry.cluster),
        similarity: match.similarity, isExact: match.isExact)
    }
    return switch self {
    case .new: .new
    case .update(let match): .update(named(match))
    case .better(let match): .better(named(match))
    case .duplicate(let match): .duplicate(named(match))
    case .unchanged(let match): .unchanged(named(match))
    case .rescraped(let match): .rescraped(named(match))
    }
  }
}
