import Bytes
internal import Dispatch
internal import Synchronization

/// Decides what a thread does next, and bounds what is in flight.
///
/// Batches that are further on come first: draining before filling keeps memory low. Reading is a task
/// like any other, done by one thread at a time, and only while the window has room.
final class Schedule: Sendable {
  enum Task {
    /// Read a batch and report it with `finishReading`.
    case read
    /// Process a batch from `batch.segment` on.
    case process(Batch)
    /// Make a checkpoint and report it with `finishCheckpoint`. No batch is in flight meanwhile.
    case checkpoint
  }

  private struct State {
    /// Batches that wait for a thread, by segment, oldest first.
    var ready: [[Batch]]
    var isReading = false
    var hasMore = true
    /// A batch larger than the room in the window: it waits until the others are done.
    var parked: Batch?
    var checkpoint = Checkpoint.none
    var inFlight = 0
    var inFlightBytes = 0
    /// Batches in flight that a thread has begun with.
    var begun = 0
    /// Threads that wait for something to do.
    var idle = 0
    var failure: (any Error)?
  }

  private enum Checkpoint {
    case none
    /// Nothing is read until it is made, and it is made when everything that was read is written.
    case due
    case running
  }

  private let windowBytes: Int
  /// The expected size of the next batch to be read.
  private let batchBytes: Int
  private let stop: StopSignal
  private let state: Mutex<State>
  private let wake = DispatchSemaphore(value: 0)

  init(segments: Int, windowBytes: Int, batchBytes: Int, stop: StopSignal) {
    self.windowBytes = windowBytes
    self.batchBytes = batchBytes
    self.stop = stop
    state = Mutex(State(ready: Array(repeating: [], count: segments)))
  }

  /// The next task; waits for one. Nil when the run is over.
  func next() -> Task? {
    while true {
      let found: Task?? = state.withLock { state in
        if let task = take(&state) { return task }
        if isOver(state) { return .some(nil) }
        state.idle += 1
        return nil
      }
      if let task = found { return task }
      wake.wait()
    }
  }

  private func take(_ state: inout State) -> Task? {
    if state.failure != nil { return nil }
    for segment in state.ready.indices.reversed() where !state.ready[segment].isEmpty {
      if segment == 0 {
        guard mayBegin(state) else { continue }
        state.begun += 1
      }
      return .process(state.ready[segment].removeFirst())
    }
    if mayCheckpoint(state) {
      state.checkpoint = .running
      return .checkpoint
    }
    guard mayRead(state) else { return nil }
    state.isReading = true
    return .read
  }

  /// When batches turn out to be larger than they were charged for, those that have begun are finished before
  /// others begin. They need no later batch to get on: a batch only ever waits for earlier ones.
  private func mayBegin(_ state: State) -> Bool {
    state.begun == 0 || state.inFlightBytes <= windowBytes
  }

  /// No checkpoint follows the last batch, only the end of the run.
  private func mayCheckpoint(_ state: State) -> Bool {
    state.checkpoint == .due && isDrained(state) && state.hasMore && !stop.isRequested
  }

  private func isDrained(_ state: State) -> Bool {
    state.inFlight == 0 && state.parked == nil && !state.isReading
  }

  private func mayRead(_ state: State) -> Bool {
    state.hasMore && !state.isReading && state.parked == nil && !stop.isRequested
      && state.checkpoint == .none
      && (state.inFlight == 0 || state.inFlightBytes + batchBytes <= windowBytes)
  }

  private func isOver(_ state: State) -> Bool {
    if state.failure != nil { return true }
    return isDrained(state) && state.checkpoint != .running && (!state.hasMore || stop.isRequested)
  }

  /// Reports what was read: nil when there was nothing.
  func finishReading(_ batch: Batch?, hasMore: Bool) {
    change { state in
      state.isReading = false
      state.hasMore = hasMore
      state.parked = batch
    }
  }

  /// Hands a batch on to the next segment.
  func offer(_ batch: Batch) {
    change { $0.ready[batch.segment].append(batch) }
  }

  /// Gives back what a batch, now written, took of the window.
  func release(windowBytes: Int) {
    change { state in
      state.inFlight -= 1
      state.begun -= 1
      state.inFlightBytes -= windowBytes
    }
  }

  /// Charges a batch in flight for more than before.
  func charge(_ bytes: Int) {
    guard bytes > 0 else { return }
    change { $0.inFlightBytes += bytes }
  }

  /// Asks for a checkpoint as soon as everything that was read is written.
  func requestCheckpoint() {
    change { if $0.checkpoint == .none { $0.checkpoint = .due } }
  }

  func finishCheckpoint() {
    change { $0.checkpoint = .none }
  }

  /// Ends the run; the first failure is kept.
  func fail(_ error: any Error) {
    change { $0.failure = $0.failure ?? error }
  }

  var failure: (any Error)? { state.withLock { $0.failure } }

  /// Changes the state, admits a parked batch if it fits now, and wakes as many threads as there is
  /// work for.
  private func change(_ body: (inout State) -> Void) {
    let wakes = state.withLock { state in
      body(&state)
      if let batch = state.parked {
        let bytes = batch.windowBytes
        if state.inFlight == 0 || state.inFlightBytes + bytes <= windowBytes {
          state.parked = nil
          state.inFlight += 1
          state.inFlightBytes += bytes
          state.ready[0].append(batch)
        }
      }
      let own = mayRead(state) || mayCheckpoint(state) ? 1 : 0
      let work = isOver(state) ? state.idle : state.ready.reduce(own) { $0 + $1.count }
      let wakes = min(state.idle, work)
      state.idle -= wakes
      return wakes
    }
    for _ in 0..<wakes { wake.signal() }
  }
}
