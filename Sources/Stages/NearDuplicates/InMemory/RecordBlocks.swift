import SharedByStages

/// The memory of each document, in the same number of bytes: 160, in blocks that are never moved.
struct RecordBlocks {
  private var blocks: [[UInt64]] = []
  private(set) var count = 0

  /// Words of a record: the sketch; digest and URL, 32 bits of each; place of the identifier and form.
  private static let recordWords = Sketch.wordCount + 2
  private static let blockBits = 12
  private static let blockRecords = 1 << blockBits

  /// In place of the number of shingles of a set that is stored whole.
  private static let bitsForm = 0xFF
  private static let retiredForm = 0xFE

  mutating func append(_ fingerprint: Fingerprint, url: UInt64?, identifier: ByteRuns.Place) {
    if count & (RecordBlocks.blockRecords - 1) == 0 {
      var block: [UInt64] = []
      block.reserveCapacity(RecordBlocks.blockRecords * RecordBlocks.recordWords)
      blocks.append(block)
    }
    let last = blocks.count - 1
    blocks[last] += fingerprint.sketch.words
    blocks[last].append(
      (fingerprint.digest.first >> 32) << 32 | UInt64(url.map(RecordBlocks.urlBits) ?? 0))
    let form = fingerprint.sketch.count ?? RecordBlocks.bitsForm
    blocks[last].append(UInt64(form) << ByteRuns.placeBits | identifier)
    count += 1
  }

  /// The stored part of a URL's hash; 0 stands for no URL.
  static func urlBits(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash &>> 32)) }

  /// The upper half of the digest's first number.
  func digest(of document: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: word(Sketch.wordCount, of: document) &>> 32)
  }

  func url(of document: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: word(Sketch.wordCount, of: document))
  }

  func identifier(of document: UInt32) -> ByteRuns.Place {
    word(Sketch.wordCount + 1, of: document) & (1 << ByteRuns.placeBits - 1)
  }

  func sketch(of document: UInt32) -> Sketch {
    withRecord(document) { record in
      Sketch(
        words: (0..<Sketch.wordCount).map { record[$0] }, count: RecordBlocks.shingles(record))
    }
  }

  func likeness(of document: UInt32, to fingerprint: Fingerprint) -> Likeness {
    withRecord(document) { record in
      fingerprint.likeness(
        to: record.extracting(..<Sketch.wordCount),
        count: RecordBlocks.shingles(record))
    }
  }

  func isRetired(_ document: UInt32) -> Bool {
    Int(word(Sketch.wordCount + 1, of: document) &>> ByteRuns.placeBits) == RecordBlocks.retiredForm
  }

  mutating func retire(_ document: UInt32) {
    let index = offset(of: document) + Sketch.wordCount + 1
    let block = Int(document) >> RecordBlocks.blockBits
    let identifier = self.identifier(of: document)
    blocks[block][index] = UInt64(RecordBlocks.retiredForm) << ByteRuns.placeBits | identifier
  }

  /// Bytes of memory held.
  var memoryBytes: Int { blocks.reduce(0) { $0 + $1.capacity * 8 } }

  private static func shingles(_ record: Span<UInt64>) -> Int? {
    let form = Int(record[Sketch.wordCount + 1] &>> ByteRuns.placeBits)
    return form == bitsForm ? nil : form
  }

  private func offset(of document: UInt32) -> Int {
    (Int(document) & (RecordBlocks.blockRecords - 1)) * RecordBlocks.recordWords
  }

  private func word(_ number: Int, of document: UInt32) -> UInt64 {
    blocks[Int(document) >> RecordBlocks.blockBits][offset(of: document) + number]
  }

  private func withRecord<Result>(
    _ document: UInt32, _ body: (Span<UInt64>) -> Result
  ) -> Result {
    let start = offset(of: document)
    let block = blocks[Int(document) >> RecordBlocks.blockBits]
    return body(block.span.extracting(start..<start + RecordBlocks.recordWords))
  }
}
