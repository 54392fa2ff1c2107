import Bytes
public import Pipeline

/// Drops documents with too few words.
public struct MinimumLength: Stage {
  public struct Settings: ComponentSettings {
    var words = 50

    public init() {}

    public static let fields: [Field<Self>] = [
      Field("words", \.words, "Fewest words that a text may have.", must: .beAtLeast(1))
    ]
  }

  public static let manual = Manual(
    name: "minimum_length",
    summary: "Drops documents with too few words.",
    discussion: "In scripts without spaces each letter counts as a word.",
    example: #"{ "use": "minimum_length", "words": 100 }"#,
    effects: [.needsText],
    reasons: [.tooFewWords])

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker(minimum: settings.words) }

  /// Counts the words of one document after another.
  public struct Worker: StageWorker {
    let minimum: Int

    public func process(_ document: inout Document) -> Verdict {
      let count = Words.count(in: document.text.bytes.span)
      return count >= minimum ? .keep : .drop(.tooFewWords, ["words": .int(Int64(count))])
    }
  }
}

extension DropReason {
  static let tooFewWords = DropReason("too_few_words", "The text has too few words.")
}
