internal import Synchronization

/// Hands on values in the order of their numbers, whatever order they come in.
///
/// The thread that brings the next value hands it on, and then the values that waited for it. No thread
/// waits. One thread at a time hands values on, outside the lock.
final class InOrder<Value: Sendable>: Sendable {
  private struct State {
    var waiting: [Int: Value] = [:]
    var next = 0
    var isBusy = false
  }

  private let state = Mutex(State())

  /// Takes value number `sequence`, and calls `handOn` for it and all that follow, or leaves that to
  /// the thread that is at it.
  /// - Throws: What `handOn` throws; then nothing more is ever handed on.
  func submit(_ value: Value, at sequence: Int, _ handOn: (Value) throws -> Void) throws {
    state.withLock { $0.waiting[sequence] = value }
    while let value = takeNext() {
      try handOn(value)
      state.withLock { $0.isBusy = false }
    }
  }

  private func takeNext() -> Value? {
    state.withLock { state in
      guard !state.isBusy, let value = state.waiting.removeValue(forKey: state.next) else {
        return nil
      }
      state.isBusy = true
      state.next += 1
      return value
    }
  }
}
