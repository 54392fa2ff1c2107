import Bytes
import Pipeline
internal import Synchronization

/// Counts the work of the run so far. Threads add to it once per batch.
final class Tally: Sendable {
  struct Counts: Sendable, Hashable {
    var read = 0
    /// Files that an earlier run had processed.
    var skippedFiles = 0
    /// Files of folders with other endings than those that are read, by ending.
    var leftOut: [String: Int] = [:]
    /// Records that hold nothing that is read, by what they are.
    var passedOver: [String: Int] = [:]
    var kept = 0
    var inputBytes = 0
    var outputBytes = 0
    var rejectBytes = 0
    /// Rejections by stage and reason; the order of keys is no one's concern until they are reported.
    var rejected: [Rejected: Int] = [:]

    /// Documents that stages made beside others, by the stage's label.
    var added: [String: Int] = [:]

    /// The explanation of the first rejection of each kind.
    var explanations: [Rejected: String] = [:]

    /// Documents that came to their end.
    var written: Int { kept + rejected.values.reduce(0, +) }

    /// Records of the input that came to their end.
    var inputsWritten: Int { written - added.values.reduce(0, +) }

    struct Rejected: Hashable {
      let stage: String
      let reason: String
    }
  }

  private let counts: Mutex<Counts>
  /// The counts from before this process took over an interrupted run.
  let resumed: Counts
  /// Seconds of processor time by activity, see `Activity`.
  private let seconds: Mutex<[Double]>

  init(stages: Int, resumed: Counts?) {
    self.resumed = resumed ?? Counts()
    counts = Mutex(self.resumed)
    seconds = Mutex(Array(repeating: 0, count: Activity.count(stages: stages)))
  }

  func addInput(
    records: Int, bytes: Int, skippedFiles: Int, leftOut: [String: Int], passedOver: [String: Int]
  ) {
    counts.withLock {
      $0.skippedFiles += skippedFiles
      $0.leftOut.merge(leftOut, uniquingKeysWith: +)
      $0.passedOver.merge(passedOver, uniquingKeysWith: +)
      $0.read += records
      $0.inputBytes += bytes
    }
  }

  /// Counts a batch that was written.
  /// - Parameters:
  ///   - keptBytes: Of the records that were kept, before compression.
  ///   - rejectedBytes: Of the others.
  func add(_ batch: Batch, keptBytes: Int, rejectedBytes: Int) {
    counts.withLock { counts in
      counts.outputBytes += keptBytes
      counts.rejectBytes += rejectedBytes
      for item in batch.items {
        if let stage = item.addedBy { counts.added[stage, default: 0] += 1 }
        guard let rejection = item.rejection else {
          counts.kept += 1
          continue
        }
        let key = Counts.Rejected(stage: rejection.stage, reason: rejection.drop.reason.name)
        counts.rejected[key, default: 0] += 1
        if counts.explanations[key] == nil {
          counts.explanations[key] =
            rejection.drop.details["message"]?.string ?? rejection.drop.reason.summary
        }
      }
    }
  }

  func add(seconds added: Double, to activity: Int) {
    seconds.withLock { $0[activity] += added }
  }

  var current: Counts { counts.withLock { $0 } }
  var secondsByActivity: [Double] { seconds.withLock { $0 } }
}

/// The activities that processor time is counted for, numbered: the input first, then the stages, then the output.
enum Activity {
  static let input = 0
  static func stage(_ index: Int) -> Int { index + 1 }
  static func output(stages: Int) -> Int { stages + 1 }
  static func count(stages: Int) -> Int { stages + 2 }
}

/// Measures what one thread spends on one activity after another.
struct ActivityClock {
  private var last = Machine.threadSeconds

  /// Books the time since the last call.
  mutating func book(_ activity: Int, on tally: Tally) {
    let now = Machine.threadSeconds
    tally.add(seconds: now - last, to: activity)
    last = now
  }
}
