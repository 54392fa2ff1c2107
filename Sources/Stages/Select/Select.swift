import Bytes
public import Pipeline

/// Keeps the documents that fulfil a condition.
public struct Select: Stage {
  public struct Settings: ComponentSettings {
    var condition = Condition.all([])

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "where", \.condition, "What a document must fulfil to be kept.", isRequired: true)
    ]
  }

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker(condition: settings.condition) }

  /// Asks the condition.
  public struct Worker: StageWorker {
    let condition: Condition

    public func process(_ document: inout Document) -> Verdict {
      condition.holds(for: document) ? .keep : .drop(.notSelected)
    }
  }

  public static let manual = Manual(
    name: "select",
    summary: "Keeps the documents that fulfil a condition.",
    discussion: """
      A condition names a field and says what must hold of it; if it says several things, all must hold. \
      `all` and `any` join conditions, `not` turns one round; they nest up to \(Condition.maximumDepth) deep.

      Fields are `id`, `source`, `created`, `text`, what is measured of the text (`text.bytes`, \
      `text.characters`, `text.words`, `text.lines`), `metadata.KEY` and `annotations.LABEL`, and with further \
      dots what is inside of these.

      `present` asks whether there is something: neither null nor empty. `equals` compares with any value, \
      `one_of` with several. `at_least`, `at_most`, `more_than` and `less_than` compare numbers with numbers, \
      and strings with strings by their bytes, which is right for dates as in `2026-11-20`. `contains` looks for \
      a piece of a string, or an element of a list. `matches` compares the whole of a string with a pattern in \
      which `*` stands for any text. What is not there fulfils only `"present": false` and `not`.
      """,
    example: #"""
      { "use": "select", "where": { "all": [ { "field": "text.words", "at_least": 50 }, { "not": { "field": "metadata.url", "matches": "*/tag/*" } } ] } }
      """#,
    effects: [],
    reasons: [.notSelected])
}

extension DropReason {
  static let notSelected = DropReason("not_selected", "The document does not fulfil the condition.")
}
