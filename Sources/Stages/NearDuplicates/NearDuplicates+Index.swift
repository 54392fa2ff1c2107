import Bytes
public import Pipeline
import SharedByStages

extension NearDuplicates: IndexedStage {
  public func openIndex(_ state: StageState) throws -> any StageIndex { try storedIndex(state) }

  func storedIndex(_ state: StageState) throws -> StoredIndex {
    StoredIndex(
      worker: makeWorker(), index: index(try store(state)), keys: state.keys,
      format: format, label: label)
  }
}

/// The stage's memory of all runs.
struct StoredIndex: StageIndex {
  private var worker: NearDuplicates.Signer
  private var index: DuplicateIndex<StateStore>
  private let keys: any KeySpace
  private let format: IndexFormat
  private let label: String
  /// Whether the head of an export was read.
  private var hasHead = false
  /// Which of the parts of the documents' numbers `forget` goes on with.
  private var forgottenParts = 0

  /// So many can be forgotten before a checkpoint: each takes a kilobyte of changes.
  static let maximumForgotten = 10_000

  init(
    worker: NearDuplicates.Signer, index: DuplicateIndex<StateStore>, keys: any KeySpace,
    format: IndexFormat, label: String
  ) {
    self.worker = worker
    self.index = index
    self.keys = keys
    self.format = format
    self.label = label
  }

  func statistics() -> JSONObject {
    var statistics: JSONObject = [
      "documents": .int(Int64(index.store.counts.documents)),
      "entered": .int(Int64(index.store.counts.entered)),
    ]
    for member in format.json.members { statistics[member.key] = member.value }
    return statistics
  }

  mutating func checkpoint() throws { try index.checkpoint() }

  // MARK: Moving

  /// The format, then the documents in the order of entering.
  func export(_ body: (JSONObject) throws -> Void) throws {
    try body(["format": .object(format.json)])
    try forEachDocument { _, document in
      try body(document.json)
      return true
    }
  }

  mutating func restore(_ line: JSONObject) throws -> Bool {
    if let head = line["format"]?.object {
      guard let format = IndexFormat(head) else { throw NoExport(label: label, part: "format") }
      guard format == self.format else {
        throw OtherIndex(origin: .exported(label), stored: format, wanted: self.format)
      }
      hasHead = true
      return false
    }
    guard hasHead else { throw NoExport(label: label, part: "line with the format") }
    let document = try StoredDocument(line, bandCount: format.bands.count, label: label)
    return try index.restore(document)
  }

  mutating func enter(_ document: Document, run: Int) throws -> Bool {
    var document = document
    guard case .keep(let finding?) = worker.process(&document) else { return false }
    return try index.enter(finding.withoutPlace, run: run)
  }

  // MARK: Cleaning

  mutating func forget(ids: Set<String>, runs: Set<Int>) throws -> Int {
    var found: [UInt32] = []
    while forgottenParts < partCount {
      try forEachDocument(part: forgottenParts) { number, document in
        if runs.contains(document.run) || ids.contains(document.id) { found.append(number) }
        return found.count < StoredIndex.maximumForgotten
      }
      if found.count == StoredIndex.maximumForgotten { break }
      forgottenParts += 1
    }
    // Beyond the last part, the next call begins anew.
    if found.isEmpty { forgottenParts = 0 }
    for number in found { try index.forget(number) }
    return found.count
  }

  /// The postings and the documents must say the same, and be as many as the index counts.
  func verify() throws {
    let counts = index.store.counts
    var sums = counts.displaced.map { 0 &- $0 }
    var documents = 0
    try forEachDocument { number, document in
      guard number < counts.entered else {
        throw damage("document \(number) is there, but only \(counts.entered) were entered")
      }
      guard [0, format.bands.count].contains(document.bandKeys.count) else {
        throw damage("document \(number) has \(document.bandKeys.count) bands")
      }
      for key in document.keys { sums[counts.slot(key)] &+= IndexCounts.mark(number, key) }
      documents += 1
      return true
    }
    guard documents == counts.documents else {
      throw damage("it holds \(documents) documents and counts \(counts.documents)")
    }
    try keys.forEach(prefix: IndexKey.postings) { bytes, value in
      guard let key = IndexKey.posting(bytes), counts.hasTable(of: key),
        let list = PostingList.decoded(value), list.count <= PostingTable.maximumPostings
      else { throw damage("a key of postings cannot be read") }
      for number in list { sums[counts.slot(key)] &-= IndexCounts.mark(number, key) }
      return true
    }
    if let slot = sums.firstIndex(where: { $0 != 0 }) {
      throw damage("\(counts.tableName(slot: slot)) does not list the documents that are there")
    }
  }

  // MARK: Reading

  /// Documents are read in parts of 65,536 numbers.
  private var partCount: Int { (Int(index.store.counts.entered) + 0xFFFF) >> 16 }

  private func forEachDocument(
    _ body: (_ number: UInt32, _ document: StoredDocument) throws -> Bool
  ) throws {
    try forEachDocument(prefix: IndexKey.documents, body)
  }

  private func forEachDocument(
    part: Int, _ body: (_ number: UInt32, _ document: StoredDocument) throws -> Bool
  ) throws {
    let prefix = IndexKey.document(UInt32(part) << 16).dropLast(2)
    try forEachDocument(prefix: Array(prefix), body)
  }

  private func forEachDocument(
    prefix: [UInt8], _ body: (_ number: UInt32, _ document: StoredDocument) throws -> Bool
  ) throws {
    try keys.forEach(prefix: prefix) { key, value in
      guard let number = IndexKey.document(key), let document = StoredDocument(value) else {
        throw damage("the document under the key \(key) cannot be read")
      }
      return try body(number, document)
    }
  }

  private func damage(_ detail: String) -> DamagedIndex {
    DamagedIndex(label: label, detail: detail)
  }
}

extension DuplicateIndex<StateStore> {
  /// Decides on a document as if it were part of an earlier run.
  /// - Returns: Whether it was entered.
  fileprivate mutating func enter(_ finding: DuplicateFinding, run: Int) throws -> Bool {
    let before = store.enteredCount
    store.run = run
    _ = try decide(finding)
    return store.enteredCount > before
  }

  /// Enters an exported document, if it is not there yet.
  fileprivate mutating func restore(_ document: StoredDocument) throws -> Bool {
    if try store.contains(document) { return false }
    try store.enter(document)
    return true
  }

  fileprivate mutating func forget(_ document: UInt32) throws { try store.retire(document) }
}

extension DuplicateFinding {
  /// Without an id that is but the place of a record, `pages.ndjson:3`: in an output nothing else tells
  /// it from one that the input gave.
  fileprivate var withoutPlace: DuplicateFinding {
    let digits = id.utf8.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard !digits.isEmpty, id.utf8.dropLast(digits.count).last == UInt8(ascii: ":") else {
      return self
    }
    return DuplicateFinding(
      id: id, fingerprint: fingerprint, identity: PageIdentity(id: nil, url: identity.url),
      rank: rank)
  }
}
