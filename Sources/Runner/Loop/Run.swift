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
    /// `stop` was requested: everything that was read has been processed, and no output is final yet. With a state
    /// directory, a checkpoint followed.
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
  /// Nil without a state directory.
  let checkpoints: Checkpoints?
  let ledgers: [LedgerBox?]
  /// The pass that is going on before the run itself.
  let firstPass = Mutex<Run?>(nil)

  /// Opens inputs, ledgers and outputs.
  /// - Parameters:
  ///   - jobs: Number of threads, at least 1.
  ///   - stop: When requested, reading stops and what was read is finished.
  ///   - acceptsChanges: Whether the definition may be another than that of the state directory.
  /// - Throws: When one of them cannot be opened.
  public convenience init(
    _ definition: Definition, jobs: Int, stop: StopSignal, acceptsChanges: Bool = false
  ) throws {
    let checkpoints = try Checkpoints(definition, acceptsChanges: acceptsChanges)
    let ledgers = try definition.stages.map { stage in
      stage.isOrdered ? try LedgerBox(stage, try checkpoints?.state(of: stage.label)) : nil
    }
    try self.init(
      definition, jobs: jobs, stop: stop, ledgers: ledgers,
      inputState: try checkpoints?.state(of: "input"), checkpoints: checkpoints)
  }

  /// With ledgers that may have seen documents before, one for each stage.
  init(
    _ definition: Definition, jobs: Int, stop: StopSignal, ledgers: [LedgerBox?],
    inputState: StageState?, checkpoints: Checkpoints?
  ) throws {
    self.definition = definition
    self.jobs = jobs
    self.stop = stop
    self.checkpoints = checkpoints
    let resumed = checkpoints?.resumed
    tally = Tally(stages: definition.stages.count, resumed: resumed?.counts)
    let plan = Plan(definition.stages)
    self.plan = plan
    schedule = Schedule(
      segments: plan.segments.count, windowBytes: definition.run.memory.bytes,
      batchBytes: definition.run.batch.bytes * Batch.copies, stop: stop)
    order = plan.segments.map { _ in InOrder() }
    self.ledgers = ledgers
    inputs = try Inputs(definition, stop: stop, state: inputState, at: resumed?.input)
    outputs = try Outputs(
      definition, of: checkpoints?.start ?? RunStart(moment: Machine.timestamp),
      at: resumed?.outputs)
  }

  /// Runs to the end. Call once.
  /// - Throws: What a component threw because the run could not go on. Nothing was made final then;
  ///   `remains` says where it is.
  public func run() throws -> Ending {
    // The first checkpoint stored the results of the first pass, so a resumed run needs none.
    if checkpoints?.resumed == nil { runFirstPasses() }
    return try runOnce(hadFirstPasses: !stop.isRequested)
  }

  /// Runs to the end, without the passes before.
  /// - Parameter hadFirstPasses: Whether all of them came to their ends.
  func runOnce(hadFirstPasses: Bool = true) throws -> Ending {
    let queue = DispatchQueue(label: "winnow", attributes: .concurrent)
    let group = DispatchGroup()
    for _ in 0..<jobs {
      queue.async(group: group) { self.work() }
    }
    group.wait()
    do {
      if let failure = schedule.failure { throw failure }
      if stop.isRequested {
        // A ledger that has not seen all that it was to see first begins anew.
        if hadFirstPasses { try checkpoint() }
        abandon()
        return .interrupted
      }
      try finish()
      return .done
    } catch {
      abandon()
      if let error = error as? SystemError, error.isClosedPipe { return .closedPipe }
      throw error
    }
  }

  /// Makes durable what was done so far. Nothing is in flight.
  private func checkpoint() throws {
    guard let checkpoints else { return }
    for ledger in ledgers { try ledger?.checkpoint() }
    try checkpoints.commit(
      .running, input: inputs.position, outputs: try outputs.checkpoint(), counts: tally.current)
  }

  /// Makes everything final. A process that takes over between any two steps does the rest.
  private func finish() throws {
    let positions = try outputs.close()
    for ledger in ledgers { try ledger?.checkpoint() }
    try checkpoints?.commit(
      .finishing, input: inputs.position, outputs: positions, counts: tally.current)
    try outputs.publish()
    try checkpoints?.commit(
      .done, input: inputs.position, outputs: positions, counts: tally.current)
  }

  /// Files that hold what was written when the run did not end well.
  public var remains: [String] { abandoned.withLock { $0 } }

  /// Whether the same definition goes on from a checkpoint when it is run again.
  public var isResumable: Bool { checkpoints?.hasCheckpoint ?? false }

  private let abandoned = Mutex<[String]>([])

  private func abandon() {
    let paths = outputs.abandon()
    abandoned.withLock { $0 = paths }
  }

  /// The number of bad records that the definition allows; nil for any number.
  public var maximumBadRecords: Int? { definition.run.maximumBadRecords }

  /// Bytes that the ledgers hold in memory.
  var ledgerBytes: Int { ledgers.reduce(0) { $0 + ($1?.memoryBytes ?? 0) } }

  /// The loop of one thread.
  private func work() {
    do {
      var crew = try Crew(definition)
      while let task = schedule.next() {
        switch consume task {
        case .read: try read()
        case .process(let batch):
          let isLarge = batch.largestRecord > Crew.keptScratch
          try process(consume batch, crew: &crew)
          // Scratch memory that a huge document has made large goes with the workers that hold it.
          if isLarge { crew = try Crew(definition) }
        case .checkpoint:
          try checkpoint()
          schedule.finishCheckpoint()
        }
      }
    } catch {
      schedule.fail(error)
    }
  }

  private func read() throws {
    var clock = ActivityClock()
    let reading = try inputs.next()
    clock.book(Activity.input, on: tally)
    let byteCount = reading.batch?.byteCount ?? 0
    tally.addInput(
      records: reading.batch?.raw?.records.count ?? 0, bytes: byteCount,
      skippedFiles: reading.skippedFiles, leftOut: reading.leftOut, passedOver: reading.passedOver)
    if checkpoints?.isDue(afterReading: byteCount) == true { schedule.requestCheckpoint() }
    schedule.finishReading(reading.batch, hasMore: reading.hasMore)
  }

  /// Takes a batch through its segment.
  private func process(_ batch: consuming Batch, crew: inout Crew) throws {
    var batch = batch
    var clock = ActivityClock()
    if var raw = batch.raw.take() {
      try crew.decode(raw, into: &batch)
      inputs.takeBack(&raw.bytes)
      schedule.charge(batch.charge())
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
    schedule.charge(batch.charge())
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
    if checkpoints?.isFull == true { schedule.requestCheckpoint() }
    batch.segment += 1
    schedule.offer(batch)
  }

  private func write(_ batch: Batch) throws {
    var clock = ActivityClock()
    let written = try outputs.write(batch)
    clock.book(Activity.output(stages: definition.stages.count), on: tally)
    tally.add(batch, keptBytes: written.kept, rejectedBytes: written.rejected)
    schedule.release(windowBytes: batch.windowBytes)
  }
}

/// A ledger that whoever has the turn may use.
final class LedgerBox: Sendable {
  private let ledger: Mutex<any LedgerLane>

  /// Nil for stages that have no ledger.
  init?(_ stage: LabelledStage, _ state: StageState?) throws {
    guard let ledger = try stage.openLedger(state) else { return nil }
    self.ledger = Mutex(ledger)
  }

  func checkpoint() throws { try ledger.withLock { try $0.checkpoint() } }

  func commit(_ batch: inout Batch) throws { try ledger.withLock { try $0.commit(&batch) } }

  var memoryBytes: Int { ledger.withLock { $0.memoryBytes } }
}
