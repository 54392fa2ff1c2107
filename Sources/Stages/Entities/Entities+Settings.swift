public import Pipeline

extension Entities {
  public struct Settings: ComponentSettings {
    var gazetteer: FilePath?
    var labels: [String]?
    var patterns = Pattern.allCases
    var positions = Positions.scalars

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "gazetteer", \.gazetteer,
        "The file of names, one JSON object per line. Without it the stage looks only for patterns."
      ),
      Field(
        "labels", \.labels,
        "Which entries of the gazetteer to look for, by their labels. Without it, all.",
        must: .holdSomething()),
      Field("patterns", \.patterns, "What to look for besides names; may be empty."),
      Field(
        "positions", \.positions,
        "What `start` and `end` count: Unicode scalars, as Python does, or bytes of UTF-8."
      ),
    ]
  }

  public enum Positions: String, SettingChoice { case scalars, bytes }
}
