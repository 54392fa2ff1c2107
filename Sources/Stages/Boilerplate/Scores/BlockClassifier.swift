import Bytes
import Pipeline

/// Says of each block of a page how probably it is main content.
///
/// A classifier belongs to one thread and may keep scratch memory; its answer depends on the page and its
/// origin alone.
protocol BlockClassifier {
  /// How scores become a choice.
  var selection: BlockSelection { get }

  /// Replaces `blocks` by one answer for each block.
  /// - Parameter origin: Where the page is from.
  /// - Complexity: O(elements + blocks + bytes of text and names).
  mutating func score(_ page: Page, of origin: PageOrigin, into blocks: inout [ScoredBlock])

  /// Explains the scores of the page that was scored last. Slow; for explanations only.
  func explain(_ page: Page) -> ScoreExplanation
}

/// Facts about a page beside its elements and its text.
struct PageOrigin {
  /// The page's URL.
  var address: String?
  /// The title of the page.
  var title: String?
}

extension PageOrigin {
  init(_ document: Document) {
    address = document.metadata["url"]?.string
    title = document.metadata["title"]?.string
  }
}

/// The evidence for the scores of a page's blocks.
struct ScoreExplanation {
  /// How they were scored.
  var facts: [Explanation.Fact] = []
  /// For each block, the strongest first. Of very long pages only for the first blocks.
  var evidence: [[Explanation.Evidence]] = []
}

/// A classifier's answer.
struct ScoredBlock: Equatable {
  /// 0 for certain boilerplate to 1 for certain content.
  var score: Float
  /// How many words the block has; two letters of a script without spaces count as one.
  var words: Int32
}
