import Bytes
import Pipeline

/// One thread's way through one stage, its types erased: one dynamic call per batch and stage, none per
/// document.
protocol Lane {
  /// Lets the worker process all documents that are still kept. What it found out for the ledger goes
  /// to the batch.
  mutating func process(_ batch: inout Batch) throws
}

/// The lane of a stage without a ledger.
struct ParallelLane<S: Stage>: Lane {
  let label: String
  var worker: S.Worker

  mutating func process(_ batch: inout Batch) throws {
    for index in batch.items.indices where batch.items[index].rejection == nil {
      if case .drop(let drop) = try worker.process(&batch.items[index].document) {
        batch.items[index].reject(drop, by: label)
      }
    }
  }
}

/// The lane of a stage that takes documents together.
struct BatchLane<S: BatchStage>: Lane {
  let label: String
  var worker: S.Worker

  mutating func process(_ batch: inout Batch) throws {
    let kept = batch.items.indices.filter { batch.items[$0].rejection == nil }
    guard !kept.isEmpty else { return }
    let outcomes = try worker.process(kept.map { batch.items[$0].document })
    var items: [Batch.Item] = []
    items.reserveCapacity(batch.items.count)
    var next = 0
    for var item in batch.items {
      guard item.rejection == nil else {
        items.append(item)
        continue
      }
      switch outcomes[next] {
      case .keep(let documents):
        for (index, document) in documents.enumerated() {
          // What was added before stays so; its copies are added here.
          items.append(
            Batch.Item(document: document, addedBy: index == 0 ? item.addedBy : label))
        }
      case .drop(let drop):
        item.reject(drop, by: label)
        items.append(item)
      }
      next += 1
    }
    batch.items = items
  }
}

/// The parallel half of an ordered stage.
struct FindingLane<S: OrderedStage>: Lane {
  let label: String
  var worker: S.Worker

  mutating func process(_ batch: inout Batch) throws {
    var findings: [S.Worker.Finding?] = []
    findings.reserveCapacity(batch.items.count)
    for index in batch.items.indices {
      guard batch.items[index].rejection == nil else {
        findings.append(nil)
        continue
      }
      switch try worker.process(&batch.items[index].document) {
      case .keep(let finding): findings.append(finding)
      case .drop(let drop):
        batch.items[index].reject(drop, by: label)
        findings.append(nil)
      }
    }
    batch.findings = findings
  }
}

/// The ordered half of an ordered stage, its types erased.
protocol LedgerLane {
  /// Decides on all documents of the batch that are still kept. Called in input order.
  mutating func commit(_ batch: inout Batch) throws

  /// Stages what the ledger has only in memory.
  mutating func checkpoint() throws

  var memoryBytes: Int { get }
}

struct OrderedLane<S: OrderedStage>: LedgerLane {
  let label: String
  var ledger: S.Ledger

  mutating func commit(_ batch: inout Batch) throws {
    guard let findings = batch.findings as? [S.Worker.Finding?] else { return }
    batch.findings = nil
    for (index, finding) in findings.enumerated() {
      guard let finding else { continue }
      if case .drop(let drop) = try ledger.commit(&batch.items[index].document, finding) {
        batch.items[index].reject(drop, by: label)
      }
    }
  }

  mutating func checkpoint() throws { try ledger.checkpoint() }

  var memoryBytes: Int { ledger.memoryBytes }
}

extension Batch.Item {
  /// Marks the document as dropped and lets go what a reject does not show.
  mutating func reject(_ drop: Drop, by label: String) {
    rejection = Rejection(stage: label, drop: drop)
    document.html = nil
    document.page = nil
  }
}

extension LabelledStage {
  /// A lane for the calling thread.
  func makeLane() throws -> any Lane {
    if let ordered = stage as? any OrderedStage {
      return try LabelledStage.findingLane(ordered, label)
    }
    if let together = stage as? any BatchStage {
      return try LabelledStage.batchLane(together, label)
    }
    return try LabelledStage.parallelLane(stage, label)
  }

  /// The stage's ledger; nil for stages that have none.
  func openLedger(_ state: StageState?) throws -> sending (any LedgerLane)? {
    guard let ordered = stage as? any OrderedStage else { return nil }
    return try LabelledStage.orderedLane(ordered, label, state)
  }

  var isOrdered: Bool { stage is any OrderedStage }

  private static func parallelLane<S: Stage>(_ stage: S, _ label: String) throws -> any Lane {
    ParallelLane<S>(label: label, worker: try stage.makeWorker())
  }

  private static func batchLane<S: BatchStage>(_ stage: S, _ label: String) throws -> any Lane {
    BatchLane<S>(label: label, worker: try stage.makeWorker())
  }

  private static func findingLane<S: OrderedStage>(_ stage: S, _ label: String) throws -> any Lane {
    FindingLane<S>(label: label, worker: try stage.makeWorker())
  }

  private static func orderedLane<S: OrderedStage>(
    _ stage: S, _ label: String, _ state: StageState?
  ) throws -> sending any LedgerLane {
    OrderedLane<S>(label: label, ledger: try stage.openLedger(state))
  }
}
