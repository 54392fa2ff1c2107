public import Bytes

/// A component that changes, annotates or drops documents, each on its own.
public protocol Stage: Component {
  associatedtype Worker: StageWorker

  /// Called once per thread, on that thread.
  func makeWorker() throws -> sending Worker

  /// Figures that follow from the settings and tell what to expect of the stage, for the report.
  var characteristics: JSONObject { get }
}

extension Stage {
  public var characteristics: JSONObject { [:] }
}

/// One thread's share of a stage. Holds the scratch memory, which it reuses; needs no locks.
public protocol StageWorker<Finding> {
  /// The input of a document's ledger entry; `Void` for stages without a ledger.
  associatedtype Finding: Sendable

  /// Called for one document after another, in no particular order among threads. The answer must
  /// depend on the document and the settings alone.
  /// - Throws: When the run cannot go on. A document that cannot be served is dropped instead.
  mutating func process(_ document: inout Document) throws -> Outcome<Finding>
}

/// A stage whose decisions depend on the documents before: workers find out in parallel what is
/// expensive, the ledger decides in input order.
public protocol OrderedStage: Stage {
  associatedtype Ledger: StageLedger<Worker.Finding>

  /// Called once per run.
  /// - Parameter state: What the stage remembers between runs; nil in a run without a state directory.
  func openLedger(_ state: StageState?) throws -> sending Ledger

  /// Whether the ledger is to see the whole input once before the run itself, so that what it decides
  /// on the first documents rests on all of them. Its answers in that pass have no effect, and seeing a
  /// document a second time must change nothing.
  var needsFirstPass: Bool { get }
}

extension OrderedStage {
  public var needsFirstPass: Bool { false }
}

/// The ordered part of a stage.
public protocol StageLedger<Finding> {
  associatedtype Finding: Sendable

  /// Called for every document that the worker kept, in input order, by one thread at a time.
  mutating func commit(_ document: inout Document, _ finding: Finding) throws -> Verdict

  /// Called before what was staged so far becomes durable, and at the end of a run with a state
  /// directory: stages what the ledger has only in memory.
  mutating func checkpoint() throws

  /// Bytes of memory that the ledger holds now, for the report.
  var memoryBytes: Int { get }
}

extension StageLedger {
  /// Nothing to do for a ledger that stages its changes at once, or has no state.
  public mutating func checkpoint() {}
}
