import Bytes
import Pipeline
import SharedByStages

/// The findings of a worker about a document: its blocks, and the number by which equal documents are recognised.
public struct BlockFinding: Sendable, Hashable {
  /// One of 64 bits, by which documents are counted: see `BlockCounts`.
  let document: UInt64
  /// In the order of the text.
  let blocks: [Block]

  /// A block that is long enough to be counted.
  struct Block: Sendable, Hashable {
    /// Of its words, and of the host where hosts are told apart.
    let key: UInt64
    /// In the document's text, without white space around it.
    let range: Range<Int>
  }
}

/// Cuts texts into blocks and hashes their words, folded: case, accents, punctuation and white space
/// make no difference.
struct BlockReader {
  private let unit: RepeatedBlocks.Unit
  private let scope: RepeatedBlocks.Scope
  private let minimumWords: Int
  private var words = ShingleReader(width: 1)
  private var host: [UInt8] = []

  /// Blocks of one document beyond this are not looked at, and stay: a book has some 10,000 lines, and
  /// a text with more than this is a table or made to cost memory (24 bytes for each).
  static let maximumBlocks = 1 << 18

  init(_ settings: RepeatedBlocks.Settings) {
    unit = settings.unit
    scope = settings.scope
    minimumWords = settings.minimumWords
  }

  /// - Complexity: O(`document.text.bytes.count`).
  mutating func read(_ document: Document) -> BlockFinding {
    let url = document.metadata["url"]?.string
    let site = scope == .host ? hostKey(url ?? document.metadata["canonical_url"]?.string) : 0
    var blocks: [BlockFinding.Block] = []
    let text = document.text.bytes.span
    func add(_ range: Range<Int>) {
      guard blocks.count < BlockReader.maximumBlocks, let key = key(text.extracting(range)) else {
        return
      }
      blocks.append(BlockFinding.Block(key: Hash64.mix(key, site), range: range))
    }
    switch unit {
    case .paragraph: TextBlocks.forEachParagraph(in: text, add)
    case .line: TextBlocks.forEachLine(in: text, add)
    }
    return BlockFinding(document: BlockReader.bit(of: url ?? document.id), blocks: blocks)
  }

  /// The hash of a block's words; nil when they are too few.
  private mutating func key(_ block: Span<UInt8>) -> UInt64? {
    // The shortest words are one byte, and so is what separates them.
    guard block.count >= 2 * minimumWords - 1 else { return nil }
    words.start()
    var start = 0
    while start < block.count {
      let end = ShingleReader.endOfPiece(in: block, from: start)
      words.read(block.extracting(start..<end))
      start = end
    }
    return words.wordCount >= minimumWords ? words.digest.first : nil
  }

  /// Documents without a host have one in common.
  private mutating func hostKey(_ url: String?) -> UInt64 {
    host.removeAll(keepingCapacity: true)
    if let url { HostName.append(of: url, to: &host) }
    return Hash64.hash(host.span)
  }

  private static func bit(of name: String) -> UInt64 {
    1 &<< (Hash64.hash(name.utf8.span) &>> 58)
  }
}
