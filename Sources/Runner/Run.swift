public import Bytes
internal import Dispatch
public import Pipeline
internal import Synchronization

/// One run of a definition.
///
/// A fixed number of loops on a Dispatch queue take tasks from the schedule: read a batch, or take one
/// through the parallel stages of its segment. The batch then waits for its turn at the segment's
/// ledger, or, at the end, at the output; both see batches in input order, so the output depends on
/// the input and the definition alone.
public final class Run: Sendable {
  /// How a run ended when it did not fail.
  public enum Ending: Sendable {
    case done
    /// `stop` was requested: everything read was processed, nothing was made final.
    case interrupted
    /// Nobody reads the output any more.
    case closedPipe
  }

  let definition: Definition
  public let jobs: Int
  let tally: Tally
  let started = Machine.elapsedSeconds
  let stop: StopSignal
  private let plan: Plan
  let schedule: Schedule
  private let inputs: Inputs
  private let outputs: Outputs
  /// One for each segment: in what order batches leave it.
  private let order: [InOrder<Batch>]
  let ledgers: [LedgerBox?]
  /// The pass that is going on before the run itself.
  let firstPass = Mutex<Run?>(nil)

  /// Opens inputs, ledgers and outputs.
  /// - Parameters:
  ///   - jobs: Number of threads, at least 1.
  ///   - stop: When requested, reading stops and what was read is finished.
  /// - Throws: When one of them cannot be opened.
  public convenience init(_ definition: Definition, jobs: Int, stop: StopSignal) throws {
    try self.init(
      definition, jobs: jobs, stop: stop, ledgers: definition.stages.map { try LedgerBox($0) })
  }

  /// With ledgers that may have seen documents before, one for each stage.
  init(
    _ definition: Definition, jobs: Int, stop: StopSignal, ledgers: [LedgerBox?]
  ) throws {
    self.definition = definition
    self.jobs = jobs
    self.stop = stop
    tally = Tally(stages: definition.stages.count)
    let plan = Plan(definition.stages)
    self.plan = plan
    let batchBytes = definition.run.batch.bytes
    schedule = Schedule(
      segments: plan.segments.count, windowBytes: definition.run.memory.bytes,
      batchBytes: batchBytes * Batch.copies, stop: stop)
    order = plan.segments.map { _ in InOrder() }
    self.ledgers = ledgers
    inputs = try Inputs(definition.inputs, byteBudget: batchBytes)
    outputs = try Outputs(definition)
  }

  /// Runs to the end. Call once.
  /// - Throws: What a component threw because the run could not go on. Nothing was made final then;
  ///   `remains` says where it is.
  public func run() throws -> Ending {
    runFirstPasses()
    return try runOnce()
  }

  /// Runs to the end, without the passes before.
  func runOnce() throws -> Ending {
    let queue = DispatchQueue(label: "winnow", attributes: .concurrent)
    let group = DispatchGroup()
    for _ in 0..<jobs {
      queue.async(group: group) { self.work() }
    }
    group.wait()
    if let failure = schedule.failure {
      abandon()
      if let error = failure as? SystemError, error.isClosedPipe { return .closedPipe }
      throw failure
    }
    if stop.isRequested {
      abandon()
      return .interrupted
    }
    try outputs.finish()
    return .done
  }

  /// Files that hold what was written when the run did not end well.
  public var remains: [String] { abandoned.withLock { $0 } }

  private let abandoned = Mutex<[String]>([])

  private func abandon() {
    let paths = outputs.abandon()
    abandoned.withLock { $0 = paths }
  }

  /// How many bad records the definition allows; nil for any number.
  public var maximumBadRecords: Int? { definition.run.maximumBadRecords }

  /// Bytes that the ledgers hold in memory.
  var ledgerBytes: Int { ledgers.reduce(0) { $0 + ($1?.memoryBytes ?? 0) } }

  /// The loop of one thread.
  private func work() {
    do {
      var crew = try Crew(definition)
      while let task = schedule.next() {
        switch task {
        case .read: try read()
        case .process(let batch): try process(batch, crew: &crew)
        }
      }
    } catch {
      schedule.fail(error)
    }
  }

  private func read() throws {
    var clock = ActivityClock()
    let (batch, hasMore) = try inputs.next()
    clock.book(Activity.input, on: tally)
    if let batch { tally.addInput(records: batch.raw?.records.count ?? 0, bytes: batch.byteCount) }
    schedule.finishReading(batch, hasMore: hasMore)
  }

  /// Takes a batch through its segment.
  private func process(_ batch: Batch, crew: inout Crew) throws {
    var batch = batch
    var clock = ActivityClock()
    if batch.raw != nil {
      try crew.decode(&batch)
      clock.book(Activity.input, on: tally)
    }
    let segment = plan.segments[batch.segment]
    for stage in segment.stages {
      try crew.process(&batch, stage: stage)
      clock.book(Activity.stage(stage), on: tally)
    }
    let isLast = batch.segment == plan.segments.count - 1
    if isLast {
      crew.encode(&batch)
      clock.book(Activity.output(stages: definition.stages.count), on: tally)
    }
    try order[batch.segment].submit(batch, at: batch.sequence) { batch in
      if isLast {
        try write(batch)
      } else {
        try commit(batch, stage: segment.stages.upperBound - 1)
      }
    }
  }

  /// Lets a ledger decide, and sends the batch on.
  private func commit(_ batch: Batch, stage: Int) throws {
    var batch = batch
    var clock = ActivityClock()
    try ledgers[stage]?.commit(&batch)
    clock.book(Activity.stage(stage), on: tally)
    batch.segment += 1
    schedule.offer(batch)
  }

  private func write(_ batch: Batch) throws {
    var clock = ActivityClock()
    try outputs.write(batch)
    clock.book(Activity.output(stages: definition.stages.count), on: tally)
    tally.add(batch)
    schedule.release(windowBytes: batch.windowBytes)
  }
}

/// A ledger that whoever has the turn may use.
final class LedgerBox: Sendable {
  private let ledger: Mutex<any LedgerLane>

  /// Nil for stages that have no ledger.
  init?(_ stage: LabelledStage) throws {
    guard let ledger = try stage.openLedger(nil) else { return nil }
    self.ledger = Mutex(ledger)
  }

  func commit(_ batch: inout Batch) throws { try ledger.withLock { try $0.commit(&batch) } }

  var memoryBytes: Int { ledger.withLock { $0.memoryBytes } }
}
