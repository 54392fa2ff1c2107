import Bytes
import SharedByStages

/// The entry of a document in a state directory: about 200 bytes and its id.
struct StoredDocument: Hashable {
  let id: String
  /// Number of the run that it came from.
  let run: Int
  /// The digest's first number.
  let digest: UInt64
  /// One per band; none where there are no words.
  let bandKeys: [UInt32]
  let sketch: Sketch
  let identity: PageIdentity
  let rank: Rank
  /// See `DuplicateEntry.cluster`.
  let cluster: String?

  /// The keys that it is looked up by.
  var keys: [PostingKey] {
    bandKeys.enumerated().map(PostingKey.band) + [.digest(digest)]
      + identity.hashes.map(PostingKey.identity)
  }

  var entry: DuplicateEntry { DuplicateEntry(id: id, run: run, rank: rank, cluster: cluster) }
}

extension StoredDocument {
  init(_ finding: DuplicateFinding, run: Int, cluster: String?) {
    let fingerprint = finding.fingerprint
    self.init(
      id: finding.id, run: run, digest: fingerprint.digest.first, bandKeys: fingerprint.bandKeys,
      sketch: fingerprint.sketch, identity: finding.identity, rank: finding.rank, cluster: cluster)
  }

  func likeness(to fingerprint: Fingerprint) -> Likeness {
    fingerprint.likeness(to: sketch.words.span, count: sketch.count)
  }

  func isExact(_ fingerprint: Fingerprint) -> Bool {
    digest == fingerprint.digest.first && sketch == fingerprint.sketch
  }

  func isVersion(of other: PageIdentity) -> Bool {
    if let url = other.url, url == identity.url { return true }
    return other.id.map { $0 == PageIdentity.hash(id: id) } ?? false
  }
}

// MARK: Bytes

extension StoredDocument {
  /// In place of the number of shingles of a set that is stored whole.
  private static let bitsForm = 0xFF

  private static let hasID: UInt8 = 1
  private static let hasURL: UInt8 = 2
  private static let hasRank: UInt8 = 4
  private static let hasCluster: UInt8 = 8

  /// Numbers in little-endian order: which parts there are; the sketch; digest and band keys; the parts.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(StoredDocument.usualSize + id.utf8.count)
    bytes.append(
      (identity.id == nil ? 0 : StoredDocument.hasID)
        | (identity.url == nil ? 0 : StoredDocument.hasURL)
        | (rank == .none ? 0 : StoredDocument.hasRank)
        | (cluster == nil ? 0 : StoredDocument.hasCluster))
    bytes.append(UInt8(sketch.count ?? StoredDocument.bitsForm))
    for word in sketch.words { bytes.append(number: word) }
    bytes.append(number: digest)
    bytes.append(UInt8(bandKeys.count))
    for key in bandKeys { bytes.append(number: key) }
    if let url = identity.url { bytes.append(number: url) }
    bytes.append(number: UInt32(clamping: run))
    bytes.append(run: id.utf8)
    if rank != .none { bytes.append(run: rank.bytes) }
    if let cluster { bytes.append(run: cluster.utf8) }
    return bytes
  }

  private static let usualSize = 256

  /// - Returns: Nil for bytes that are no document's.
  init?(_ bytes: [UInt8]) {
    var reader = RecordReader(bytes)
    guard let parts = reader.number(UInt8.self), let form = reader.number(UInt8.self),
      form <= Fingerprint.maximumWhole || form == StoredDocument.bitsForm,
      let words = reader.numbers(UInt64.self, count: Sketch.wordCount),
      let digest = reader.number(UInt64.self), let bandCount = reader.number(UInt8.self),
      let bandKeys = reader.numbers(UInt32.self, count: Int(bandCount))
    else { return nil }
    let url = parts & StoredDocument.hasURL == 0 ? nil : reader.number(UInt64.self)
    guard let run = reader.number(UInt32.self), let id = reader.run() else { return nil }
    let rank = parts & StoredDocument.hasRank == 0 ? [] : reader.run()
    let cluster = parts & StoredDocument.hasCluster == 0 ? nil : reader.run()
    guard let rank, reader.isAtEnd, (url != nil) == (parts & StoredDocument.hasURL != 0),
      (cluster != nil) == (parts & StoredDocument.hasCluster != 0)
    else { return nil }
    let name = String(decoding: id, as: UTF8.self)
    self.init(
      id: name, run: Int(run), digest: digest, bandKeys: bandKeys,
      sketch: Sketch(words: words, count: form == StoredDocument.bitsForm ? nil : Int(form)),
      identity: PageIdentity(
        id: parts & StoredDocument.hasID == 0 ? nil : PageIdentity.hash(id: name), url: url),
      rank: Rank(bytes: Array(rank)), cluster: cluster.map { String(decoding: $0, as: UTF8.self) })
  }
}

extension [UInt8] {
  /// Appends a number in little-endian order.
  mutating func append(number: some FixedWidthInteger) {
    append(contentsOf: number.littleEndianBytes)
  }

  /// Appends the number of bytes, and then the bytes.
  fileprivate mutating func append(run: some Collection<UInt8>) {
    append(number: UInt32(run.count))
    append(contentsOf: run)
  }
}

/// Takes stored bytes apart from front to back.
struct RecordReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  /// The next number; nil when there is none.
  mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    let size = Number.bitWidth / 8
    guard bytes.count - index >= size else { return nil }
    defer { index += size }
    return bytes.number(at: index)
  }

  mutating func numbers<Number: FixedWidthInteger>(
    _: Number.Type, count: Int
  ) -> [Number]? {
    guard bytes.count - index >= count * (Number.bitWidth / 8) else { return nil }
    return (0..<count).compactMap { _ in number(Number.self) }
  }

  /// Reads a number of bytes, and then returns that many.
  mutating func run() -> ArraySlice<UInt8>? {
    guard let count = number(UInt32.self), bytes.count - index >= Int(count) else { return nil }
    defer { index += Int(count) }
    return bytes[index..<index + Int(count)]
  }
}
