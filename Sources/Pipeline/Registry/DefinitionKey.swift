/// The names that belong to a definition itself; all others are declared as settings.
enum DefinitionKey {
  static let schema = "$schema"
  static let input = "input"
  static let stages = "stages"
  static let output = "output"
  static let rejects = "rejects"
  static let run = "run"
  static let examples = "examples"
  static let all = [schema, input, stages, output, rejects, run, examples]
  static let required = [input, stages, output]

  /// In every component: its name.
  static let use = "use"
  /// In stages: what tells two of one name apart.
  static let label = "label"
  static let ofStages = [use, label]
}
