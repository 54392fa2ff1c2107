import Bytes

/// How explanations put features and their values.
extension Feature {
  /// The unit of a feature's values. The phrases of `meaning` begin with it, so nothing is listed twice.
  enum Unit { case count, share, purity, eighths, levels, truth, opinion, kind, mark, phrase }

  var unit: Unit {
    switch self {
    case .kind: .kind
    case .firstMark, .lastMark: .mark
    case .previousWordScore, .nextWordScore: .opinion
    case _ where rawValue >= Feature.purityAround.rawValue && meaning.contains("probably"): .purity
    case _ where meaning.hasPrefix("share"): .share
    case _ where meaning.hasPrefix("phrase"): .phrase
    case _ where meaning.hasPrefix("eighths"): .eighths
    case _ where meaning.hasPrefix("levels"): .levels
    case _ where meaning.hasPrefix("whether"): .truth
    case _ where meaning.hasPrefix("what"): .opinion
    default: .count
    }
  }

  /// A phrase that makes sense without those of the features beside it in the list.
  var phrase: String {
    switch self {
    case .wordLength: "letters per word"
    case .kind: "kind of block"
    case .headingLevel: "level of the heading"
    case .sentenceLength: "words per sentence"
    case .copiesBefore: "blocks before it with the same text"
    case .linkShareAround: "share of links in the three blocks before and behind it"
    case .halfUp: "levels up to what holds half of the prose, too"
    case .halfDown: "levels down to half of the prose"
    case .mostUp: "levels up to what holds most of the prose, too"
    case .mostDown: "levels down to most of the prose"
    case .bestUp: "levels up to what holds the purest prose, too"
    case .bestDown: "levels down to the purest prose"
    case .nameScore: "tags and names of the elements around it"
    case .nearNameScore: "tags and names of the nearest three"
    case .farNameScore: "tags and names of those further out"
    case .wordScore: "words, and those of the heading above"
    case .previousWordScore: "words of the block before it"
    case .nextWordScore: "words of the block behind it"
    case .firstScore: "first look at it"
    case .nextFirstScore: "first look at the block behind it"
    case .slotFirstScore: "first look at the blocks in places of its kind"
    case .scoreMargin: "first look, against the least that it would keep"
    case .purityAround: "probable content in it and its neighbours"
    case _ where unit == .purity: meaning.replacing("words that are probably", with: "probable")
    case .unitLinks: "nearest units: links per unit"
    case .wideLinks: "widest units: links per unit"
    case _ where rawValue > Feature.unitLevel.rawValue && rawValue <= Feature.unitWords.rawValue:
      "nearest units: \(shortMeaning)"
    case _ where rawValue > Feature.wideLevel.rawValue && rawValue <= Feature.wideWords.rawValue:
      "widest units: \(shortMeaning)"
    case _ where rawValue >= Feature.pageMeasure.rawValue: "page: \(shortMeaning)"
    case _ where rawValue >= Feature.firstOpinion.rawValue: shortMeaning
    case _ where rawValue >= Feature.pageBlocks.rawValue: "page: \(shortMeaning)"
    default: shortMeaning
    }
  }

  /// The meaning without what it says of the scale.
  private var shortMeaning: String { String(meaning.prefix { $0 != ";" }) }

  /// A value in words.
  func words(for value: UInt8) -> String {
    switch unit {
    case .count where value == ByteScale.none && meaning.contains("255"): "none"
    case .count: Feature.countWords(value)
    case .share: "\(Int((Double(value) * 100 / 255).rounded())) %"
    case .purity: "\(fixed(ByteScale.purePercent(value), 1)) %"
    case .eighths: fixed(Double(ByteScale.leastCount(value)) / 8, 1)
    case .levels: value == ByteScale.none ? "none" : "\(value)"
    case .truth: value == 0 ? "no" : "yes"
    case .opinion: Feature.opinionWords(Int(value) - 128)
    case .kind: Feature.kinds.indices.contains(Int(value)) ? Feature.kinds[Int(value)] : "other"
    case .phrase: ExcessPhrase(rawValue: value)?.words ?? "none"
    case .mark: TextMeasures.Mark(rawValue: value).map { "\($0)" } ?? "none"
    }
  }

  private static func countWords(_ value: UInt8) -> String {
    let number = grouped(ByteScale.leastCount(value))
    return value == 255 ? "at least \(number)" : value < 32 ? number : "about \(number)"
  }

  /// Words for the opinion of a linear model, given in steps of its score.
  private static func opinionWords(_ steps: Int) -> String {
    steps == 0 ? "nothing" : steps > 0 ? "content (+\(steps))" : "boilerplate (−\(-steps))"
  }

  /// As `Page.Block.Kind` has them.
  private static let kinds = [
    "paragraph", "heading", "list item", "quotation", "code", "table row", "caption",
  ]
}

extension ByteScale {
  /// The least number that becomes this byte on the scale of counts.
  static func leastCount(_ byte: UInt8) -> Int {
    if byte < 32 { return Int(byte) }
    return (16 + Int(byte & 15)) << (Int(byte) / 16 - 1)
  }

  /// The share of `purity`, in percent.
  static func purePercent(_ byte: UInt8) -> Double {
    let share = byte < 128 ? leastCount(byte) : 4095 - leastCount(255 - byte)
    return Double(share) * 100 / 4095
  }
}
