import Bytes
import Pipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the answers to some records cannot be used.
struct Fault {
  let reason: DropReason
  let message: String
  /// The start of what came back, if something did.
  private var answer: String?

  init(_ reason: DropReason, _ message: String, _ line: UnsafeBufferPointer<UInt8>? = nil) {
    self.reason = reason
    self.message = message
    answer = line.map { String(decoding: $0.prefix(Fault.excerptCount), as: UTF8.self) }
  }

  /// Bytes of an answer that its reject shows.
  private static let excerptCount = 200

  /// A line that is no record, for the reason that the input would give.
  init(_ drop: Drop, _ line: UnsafeBufferPointer<UInt8>) {
    self.init(.badAnswer, drop.details["message"]?.string ?? drop.reason.summary, line)
  }

  init(otherRecord id: String, _ line: UnsafeBufferPointer<UInt8>) {
    self.init(.badAnswer, "the line names another record: \(id)", line)
  }

  /// Too few lines or too many. It counts for one record only: with several it is tried again.
  init(lines: Lines, _ settings: Exec.Settings) {
    guard let first = lines.ranges.first else {
      self.init(
        .badAnswer,
        "no line came back; a program that leaves records out needs \"answers\": \"by_id\"")
      return
    }
    self.init(
      .badAnswer, "\(lines.ranges.count) lines came back for one record", lines[first])
  }

  init(status: Int32, _ settings: Exec.Settings) {
    let early = settings.lifetime == .run ? " before it had answered" : ""
    let hint =
      status == 1 && settings.answers == .byID
      ? "; if that only says that nothing was found, as with grep, write \"success_codes\": [0, 1]"
      : ""
    self.init(
      .programFailed,
      status < 0
        ? "the program was ended by signal \(-status) (\(String(cString: strsignal(-status))))"
        : "the program ended with exit code \(status)\(early)\(hint)")
  }

  init(silenceOf settings: Exec.Settings) {
    let hint =
      settings.lifetime == .run
      ? "; if it holds its answers back, make it write each at once, or write \"lifetime\": \"batch\""
      : ""
    self.init(
      .tooSlow, "the program was silent for \(settings.seconds.json.jsonText) seconds\(hint)")
  }

  var drop: Drop {
    var details: JSONObject = ["message": .string(message)]
    if let answer { details["answer"] = .string(answer) }
    return Drop(reason: reason, details: details)
  }
}
