import Bytes
public import Pipeline

extension Exec {
  public struct Settings: ComponentSettings {
    var command = Command()
    var answers = Answers.one
    var lifetime = Lifetime.batch
    var seconds = 60.0
    var successCodes = [0]
    var maximumFailures = 100

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "command", \.command,
        "The program and its arguments, one word in each element. It runs in the definition's folder. There is no "
          + "shell, unless you write [\"sh\", \"-c\", \"…\"].",
        isRequired: true),
      Field(
        "answers", \.answers,
        "What comes back: one line for each record, in order; or lines that name their records by `id`, none or "
          + "several for each."),
      Field(
        "lifetime", \.lifetime,
        "How long a copy of the program lives: for one batch, or for the whole run. A program that lives for the "
          + "run must write each answer at once."),
      Field(
        "seconds", \.seconds,
        "A program that neither reads nor writes for so many seconds is ended.",
        must: .beWithin(0.1...86_400)),
      Field(
        "success_codes", \.successCodes,
        "The exit codes of success. `grep` ends with 1 when it finds nothing: [0, 1].",
        must: .holdSomething()),
      Field(
        "max_failures", \.maximumFailures,
        "If the program crashes or hangs at more records than this, the run ends.",
        must: .beAtLeast(0)),
    ]
  }

  public enum Answers: String, SettingChoice {
    case one
    case byID = "by_id"
  }

  public enum Lifetime: String, SettingChoice { case batch, run }
}
