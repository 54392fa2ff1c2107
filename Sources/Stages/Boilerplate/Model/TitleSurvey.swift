import Bytes
import Pipeline

/// Where the page's own title stands among its blocks, and its own article in the tree: by what the page calls
/// itself, in any language.
struct TitleSurvey {
  /// The block that is most like the title; nil if none is like it.
  private(set) var block: Int?
  /// For each block, the share of the title's words in it, less what it has beside them.
  private(set) var shares: [UInt8] = []

  private var words: [UInt32] = []

  /// Words of a title that are compared.
  private static let maximumWords = 32
  /// The least share of the title.
  private static let leastShare: UInt8 = 150

  mutating func survey(
    _ page: Page, _ title: String?, _ texts: [TextMeasures], _ hashes: [UInt32]
  ) {
    block = nil
    shares.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    if let title {
      _ = TextMeasures.measure(
        title.utf8.span, hashes: &words, limit: TitleSurvey.maximumWords)
    }
    words.sort()
    var best: (share: UInt8, block: Int) = (0, 0)
    for (index, text) in texts.enumerated() {
      let share = share(hashes[text.hashes])
      shares.append(share)
      // Of several the first heading, or else the first.
      let isHeading = page.blocks[index].kind == .heading
      let isBetter =
        share > best.share
        || share == best.share && isHeading && page.blocks[best.block].kind != .heading
      if share >= TitleSurvey.leastShare, isBetter, !page.blocks[index].isHidden {
        best = (share, index)
      }
    }
    if best.share > 0 { block = best.block }
  }

  /// Twice the words that both have, of all words of both.
  private func share(_ own: ArraySlice<UInt32>) -> UInt8 {
    guard !words.isEmpty, own.count < FeatureReader.maximumHashes, own.count <= words.count * 2,
      own.count * 3 >= words.count
    else { return 0 }
    let common = own.count { holds($0) }
    return ByteScale.share(2 * common, of: own.count + words.count)
  }

  private func holds(_ word: UInt32) -> Bool {
    let index = words.partitioningIndex { $0 >= word }
    return index < words.count && words[index] == word
  }
}
