import Bytes
public import Pipeline

/// Tags the places of a text that name known things, or that are e-mail addresses, URLs, dates or
/// sums of money.
public struct Entities: Stage {
  /// Mentions of one kind that are looked for in a text, names and patterns: each takes half a kilobyte,
  /// and a text of a book's length has a tenth as many.
  static let maximumMentions = 1 << 16

  private let label: String
  private let gazetteer: Gazetteer?
  private let patterns: PatternScanner
  private let positions: Positions

  public init(settings: Settings, context: Context) throws(Complaint) {
    guard settings.gazetteer != nil || !settings.patterns.isEmpty else {
      throw Complaint(nil, "has nothing to look for: it needs a gazetteer or a pattern")
    }
    if settings.gazetteer == nil, settings.labels != nil {
      throw Complaint("labels", "chooses among the entries of a gazetteer, and there is none")
    }
    label = context.label
    patterns = PatternScanner(settings.patterns)
    positions = settings.positions
    if let file = settings.gazetteer {
      gazetteer = try GazetteerReader.read(file.path, labels: settings.labels)
    } else {
      gazetteer = nil
    }
  }

  public func makeWorker() -> sending Tagger {
    Tagger(label: label, gazetteer: gazetteer, patterns: patterns, positions: positions)
  }

}
