public import Pipeline

extension NearDuplicates {
  public struct Settings: ComponentSettings {
    public var shingleWords = 5
    public var threshold = 0.8
    public var action = Action.drop
    public var keep = Keep.first
    public var keepBy: String?
    public var rescraped = Rescraped.update
    public var bands: Int?
    public var rows: Int?

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "shingle_words", \.shingleWords,
        "Consecutive words in one shingle. More words make the comparison stricter, since one changed word "
          + "changes so many shingles.",
        must: .beWithin(1...32)),
      Field(
        "threshold", \.threshold,
        "A document with at least this Jaccard similarity to an earlier one is a repeat.",
        must: .beWithin(0.3...1)),
      Field(
        "action", \.action,
        "What happens to a repeat: drop rejects it, annotate keeps it and says what it repeats."),
      Field(
        "keep", \.keep,
        "Which of several copies stays: the first, the longest in words, or the one with the greatest "
          + "or least value of the metadata field keep_by. Only with action drop."),
      Field(
        "keep_by", \.keepBy,
        "The metadata field that greatest and least compare: numbers, or strings such as dates by their "
          + "bytes. A copy without it loses.",
        must: .notBeEmpty),
      Field(
        "rescraped", \.rescraped,
        "What happens to a page that was there before with other words: update keeps it in place of the "
          + "earlier version, keep beside it, drop rejects it. With ignore, ids and URLs make no difference."
      ),
      Field(
        "bands", \.bands,
        "Bands of the signature. Give both bands and rows, or neither: then they follow from the threshold.",
        must: .beWithin(1...PostingKey.maximumBands)),
      Field(
        "rows", \.rows,
        "Values of the signature in one band.",
        must: .beWithin(1...Bands.maximumRows)),
    ]
  }

  /// The treatment of a repeat.
  public enum Action: String, SettingChoice {
    case drop, annotate
  }

  /// Which of several alike stays.
  public enum Keep: String, SettingChoice {
    case first, longest, greatest, least
  }

  /// The treatment of a page that was seen before with other words.
  public enum Rescraped: String, SettingChoice {
    case update, keep, drop, ignore
  }
}

extension NearDuplicates.Keep {
  /// Whether a copy with one rank stays instead of an earlier one with another.
  func prefers(_ rank: Rank, to earlier: Rank) -> Bool {
    switch self {
    case .first: false
    case .longest, .greatest: earlier < rank
    case .least: rank != .none && (earlier == .none || rank < earlier)
    }
  }
}
