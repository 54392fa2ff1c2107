public import Bytes

/// A worker that can say of each block of a document why it was kept or dropped.
public protocol ExplainingWorker<Finding>: StageWorker {
  /// Does what `process` does, by the same code, so that an explanation cannot disagree with a run; then
  /// tells how it came about. May take many times as long.
  mutating func explain(
    _ document: inout Document
  ) throws -> (outcome: Outcome<Finding>, explanation: Explanation)
}

/// The decisions of a stage on the blocks of one document, with their reasons.
public struct Explanation: Sendable, Hashable {
  /// Facts about all blocks: how they were judged.
  public var facts: [Fact] = []
  /// The least score of a block that is kept; nil where none is, or nothing is scored.
  public var cut: Float?
  /// In reading order, those that the page hides among them.
  public var blocks: [Block] = []

  public init() {}

  /// Something that was found out, for people.
  public struct Fact: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public struct Block: Sendable, Hashable {
    public var text: UTF8Text
    public var form = Form.paragraph
    /// The elements around it, as selectors: `main > div.story > p`. Empty for text without markup.
    public var place = ""
    /// Whether the page hides it at first.
    public var isHidden = false
    public var isKept: Bool
    /// Why, in a few words; nil where the score alone decided.
    public var reason: String?
    /// 0 for certain boilerplate to 1 for certain content; nil where nothing is scored.
    public var score: Float?
    /// The evidence that led to the score, strongest first.
    public var evidence: [Evidence] = []

    public init(_ text: UTF8Text, isKept: Bool, reason: String?) {
      self.text = text
      self.isKept = isKept
      self.reason = reason
    }
  }

  /// The form of a block on its page.
  public enum Form: Sendable, Hashable {
    case paragraph, listItem, quote, code, tableRow, caption
    /// 1 to 6.
    case heading(level: Int)
  }

  /// Something that speaks for a block or against it.
  public struct Evidence: Sendable, Hashable {
    public var name: String
    public var value: String
    /// The amount in log odds: positive for content. Nil if the score is not a sum of parts.
    public var weight: Float?

    public init(_ name: String, _ value: String, weight: Float? = nil) {
      self.name = name
      self.value = value
      self.weight = weight
    }
  }
}
