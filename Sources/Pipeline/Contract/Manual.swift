/// Describes a component, except for its settings. `winnow manual`, the JSON Schema and the checks of a
/// definition all read this one declaration.
public struct Manual: Sendable {
  /// snake_case; the value of `use` in a definition.
  public let name: String
  /// One sentence.
  public let summary: String
  /// Paragraphs of Markdown.
  public let discussion: String
  /// A component as it stands in a definition, JSON.
  public let example: String
  /// The effects of the stage on documents that other stages depend on.
  public let effects: [Effect]
  /// Metadata keys that every document has afterwards, null where nothing is known.
  public let promises: [Promise]
  /// All reasons for which it drops documents.
  public let reasons: [DropReason]
  /// Libraries on whose versions its output may depend.
  public let libraries: [Library]

  /// A library as it is there at run time.
  public struct Library: Sendable {
    public let name: String
    public let version: String

    public init(_ name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// Something that a stage does to documents and that bears on the order of stages.
  public enum Effect: Sendable {
    /// It changes `text`.
    case rewritesText
    /// It records positions in `text`, which must not change afterwards.
    case locatesText
    /// It makes the page, and its text, of a document's HTML.
    case makesPage
    /// It does nothing without the page.
    case needsPage
    /// It reads `text`, which must be there.
    case needsText
  }

  /// A metadata key and what stands under it.
  public struct Promise: Sendable {
    public let key: String
    public let summary: String

    public init(_ key: String, _ summary: String) {
      self.key = key
      self.summary = summary
    }
  }

  public init(
    name: String, summary: String, discussion: String, example: String, effects: [Effect] = [],
    promises: [Promise] = [], reasons: [DropReason] = [], libraries: [Library] = []
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.example = example
    self.effects = effects
    self.promises = promises
    self.reasons = reasons
    self.libraries = libraries
  }
}
