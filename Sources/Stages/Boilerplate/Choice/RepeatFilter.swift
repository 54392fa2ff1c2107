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
  mutating func isNew(_ block: Span<UInt8>) -> Bool {
    guard block.count >= RepeatFilter.minimumBytes else { return true }
    if folded.count < block.count {
      folded = [UInt8](repeating: 0, count: max(block.count, folded.count * 2))
    }
    var folded = self.folded.mutableSpan
    let count = RepeatFilter.fold(block, into: &folded)
    return seen.insert(Hash64.hash(0..<count, of: folded.span)).inserted
  }

  /// Writes a text without the differences that do not count; returns how long it is. Eight bytes of
  /// words at once, the others without branches: where words end cannot be foreseen.
  private static func fold(
    _ text: Span<UInt8>, into folded: inout MutableSpan<UInt8>
  ) -> Int {
    var count = 0
    var wasSpace = true
    var index = 0
    while index < text.count {
      while index &+ 8 <= text.count, !(wasSpace && text[index] == 0x20) {
        let eight = text.eightBytes(at: index)
        guard EightBytes.areWords(eight) else { break }
        folded.store(eightBytes: EightBytes.lowercased(eight), at: count)
        wasSpace = EightBytes.endInSpace(eight)
        index &+= 8
        count &+= 8
      }
      guard index < text.count else { break }
      let byte = text[index]
      index &+= 1
      let isSpace = byte <= 0x20
      folded[count] = isSpace ? 0x20 : byte.asciiLowercased
      count &+= isSpace && wasSpace ? 0 : 1
      wasSpace = isSpace
    }
    return count > 0 && wasSpace ? count &- 1 : count
  }
}
