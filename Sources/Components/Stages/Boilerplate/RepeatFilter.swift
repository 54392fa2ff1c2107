import Bytes

/// Tells blocks that were seen before in the same document: the caption that stands under a picture and
/// in its slide show, the teaser that is repeated as first paragraph.
struct RepeatFilter {
  /// Shorter texts may stand twice for good reasons: table cells, lines of a song, "Yes."
  static let minimumBytes = 40

  private var seen: Set<UInt64> = []
  private var folded: [UInt8] = []

  /// Before the first block of a document.
  mutating func start() { seen.removeAll(keepingCapacity: true) }

  /// Whether no block before had the same words. Blocks are compared by a hash of 64 bits: among a
  /// million blocks two different ones agree with a probability of one in 30 million.
  mutating func isNew(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    guard block.count >= RepeatFilter.minimumBytes else { return true }
    folded.removeAll(keepingCapacity: true)
    var isSpace = true
    for byte in block {
      if byte <= 0x20 {
        if !isSpace { folded.append(0x20) }
        isSpace = true
      } else {
        folded.append(byte.asciiLowercased)
        isSpace = false
      }
    }
    if folded.last == 0x20 { folded.removeLast() }
    return seen.insert(folded.withUnsafeBytes { Hash64.hash($0) }).inserted
  }
}
