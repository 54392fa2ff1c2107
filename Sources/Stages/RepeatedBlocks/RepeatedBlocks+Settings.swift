import Bytes
public import Pipeline

extension RepeatedBlocks {
  public struct Settings: ComponentSettings {
    var unit = Unit.paragraph
    var scope = Scope.host
    /// With 1 the first document that quotes another takes the quotation from all others: on pages
    /// whose main content people had marked, that cost 0.3 points of word F1, and 3 cost nothing.
    var documents = 3
    /// On the same pages, blocks of up to four words that repeat were main content in three of seven
    /// cases ("Description", "Pros"), longer ones in two of seven.
    var minimumWords = 5
    var firstPass = false
    var action = Action.drop
    var memory = ByteCount.mebibytes(256)

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "unit", \.unit, "What a block is: a paragraph (text between empty lines), or a line."),
      Field(
        "scope", \.scope,
        "Whose documents count: those of the same host, or all of the corpus."),
      Field(
        "documents", \.documents,
        "A block is dropped when at least so many other documents have it.",
        must: .beWithin(1...32)),
      Field(
        "minimum_words", \.minimumWords,
        "Blocks with fewer words stay: headings, lines of verse.",
        must: .beWithin(1...1000)),
      Field(
        "first_pass", \.firstPass,
        "Read the whole input once before the run, so that the first documents are clean too."),
      Field(
        "action", \.action,
        "drop takes repeated blocks out of the text, annotate only counts them."
      ),
      Field(
        "memory", \.memory,
        "Memory for the counts of a run without a state directory. When it is full, rare blocks are forgotten.",
        must: .beAtLeast(.mebibytes(1))),
    ]
  }

  /// The units that a text is cut into.
  public enum Unit: String, SettingChoice {
    case paragraph, line
  }

  /// Whose documents are counted together.
  public enum Scope: String, SettingChoice {
    case host, corpus
  }

  /// The treatment of repeated blocks.
  public enum Action: String, SettingChoice {
    case drop, annotate
  }
}
