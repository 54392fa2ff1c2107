import Pipeline

/// The tokens that the linear models know weights for.
extension FeatureReader {
  /// How far away the elements are whose names are told apart; the last bucket is for all others.
  static let nameBuckets = 6
  /// Levels whose names make the near score.
  static let nearLevels = 3
  /// From this level on all elements are in the last bucket.
  static let farLevel = 8

  static func nameBucket(level: Int) -> Int {
    switch level {
    case 0, 1, 2: level
    case 3, 4: 3
    case 5, 6, 7: 4
    default: 5
    }
  }

  /// A token of an element's names, seen from a block so far below it.
  @inline(__always)
  static func nameToken(_ token: UInt32, bucket: Int) -> UInt32 {
    WordHash.pair(token, UInt32(truncatingIfNeeded: bucket))
  }

  /// Calls `body` with the tokens of a block's words: each word, each two words in turn, and the words
  /// of the headings above.
  @inline(__always)
  func forEachWordToken(block: Int, _ body: (UInt32) -> Void) {
    var previous: UInt32 = FeatureReader.startOfBlock
    let hashes = wordHashes.span
    let range = texts[block].hashes
    for index in range {
      body(hashes[index])
      body(WordHash.pair(previous, hashes[index]))
      previous = hashes[index]
    }
    if range.count < FeatureReader.maximumHashes {
      body(WordHash.pair(previous, FeatureReader.endOfBlock))
    }
    for index in headingHashes(headings.nearest[block]) {
      body(WordHash.pair(FeatureReader.headingRole, hashes[index]))
    }
    for index in headingHashes(headings.section[block]) {
      body(WordHash.pair(FeatureReader.sectionRole, hashes[index]))
    }
  }

  /// The words of a heading that count, if there is one.
  @inline(__always)
  private func headingHashes(_ heading: Int32) -> Range<Int> {
    heading >= 0 ? texts[Int(heading)].hashes.prefix(FeatureReader.headingHashes) : 0..<0
  }

  private static let headingHashes = 8
  private static let startOfBlock: UInt32 = 11
  private static let endOfBlock: UInt32 = 12
  private static let headingRole: UInt32 = 13
  private static let sectionRole: UInt32 = 14
}
