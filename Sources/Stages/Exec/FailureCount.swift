import Bytes
internal import Synchronization

/// How many records the program failed at, in all threads.
final class FailureCount: Sendable {
  private let count = Atomic<Int>(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Counts one more.
  /// - Throws: `TooManyFailures` when it is one too many.
  func add(_ message: String, at id: String, of label: String) throws(TooManyFailures) {
    // Relaxed: the number carries no data with it.
    if count.add(1, ordering: .relaxed).newValue > limit {
      throw TooManyFailures(label: label, limit: limit, id: id, message: message)
    }
  }
}

/// The program fails so often that going on makes no sense.
struct TooManyFailures: Error, CustomStringConvertible {
  let label: String
  let limit: Int
  let id: String
  let message: String

  var description: String {
    "\(label): the program failed at more than \(limit) \(limit == 1 ? "record" : "records"), and max_failures "
      + "allows no more; the last one was \(id): \(message)"
  }
}
