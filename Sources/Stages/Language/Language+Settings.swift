public import Pipeline

extension Language {
  public struct Settings: ComponentSettings {
    public var keep: [String] = []
    public var drop: [String] = []
    public var minimumScore = 0.0

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "keep", \.keep,
        "Languages to keep, by their codes, such as \"en\" or \"zh-Hant\". Empty keeps all."),
      Field("drop", \.drop, "Languages to drop, by their codes."),
      Field(
        "minimum_score", \.minimumScore,
        "Drops documents with a smaller share of their letters in one language.",
        must: .beWithin(0...1)),
    ]
  }
}
