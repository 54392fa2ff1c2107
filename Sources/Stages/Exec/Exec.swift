import Bytes
import Formats
public import Pipeline

/// Gives records to another program, and takes what it makes of them.
///
/// By default a copy of the program gets the records of one batch and then the end of its input. So it does
/// not matter whether a program holds its output back, which most do when they write to a pipe.
public struct Exec: BatchStage {
  let settings: Settings
  let label: String
  let maximumAnswer: Int
  /// Where the program was found.
  let path: String
  let failures: FailureCount

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    label = context.label
    maximumAnswer = context.maximumDocument
    if settings.lifetime == .run, settings.answers == .byID {
      throw Complaint(
        "lifetime",
        "must be \"batch\" with \"answers\": \"by_id\": only the end of its output tells that the program "
          + "has no further answer")
    }
    path = try settings.command.located()
    failures = FailureCount(limit: settings.maximumFailures)
  }

  public func makeWorker() throws -> sending Worker { try Worker(self) }
}

extension DropReason {
  static let programFailed = DropReason(
    "program_failed", "The program crashed, or ended early, when it had this record alone.")
  static let tooSlow = DropReason(
    "too_slow", "The program was silent for longer than `seconds` when it had this record alone.")
  static let badAnswer = DropReason(
    "bad_answer", "What came back is no record, several, or another record.")
  static let leftOut = DropReason("left_out", "The program left the record out.")
}
