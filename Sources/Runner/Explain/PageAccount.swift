import Bytes
public import Pipeline

/// Records what each stage of a definition did to one page. `Report` does the same for a run.
///
/// The stages work as they do in a run, in the definition's order, on the calling thread. Ledgers are opened
/// without state: they have seen no other document, and nothing that they store is kept.
public struct PageAccount: Sendable {
  /// As it came out of the last stage that saw it.
  public let document: Document
  /// Why it is not in the output; nil for one that is.
  public let rejection: Rejection?
  /// One for each stage that saw it.
  let steps: [Step]
  /// The stages after the one that dropped the page.
  let unseen: [String]

  /// The effect of one stage.
  struct Step: Sendable {
    let label: String
    /// The stage's name, which may differ from its label.
    let name: String
    /// Whether it decides by the documents before.
    let remembers: Bool
    let drop: Drop?
    let changes: [Change]
    /// Nil for stages that do not judge by blocks.
    let explanation: Explanation?
  }

  /// Lets the definition's stages do their work.
  /// - Throws: What a component throws because a run could not go on.
  public init(of record: Outcome<Document>, named name: String, in definition: Definition) throws {
    var document: Document
    switch record {
    case .keep(let read): document = read
    case .drop(let drop):
      self.document = Document(id: name, origin: Origin(file: name))
      rejection = Rejection(stage: "input", drop: drop)
      steps = []
      unseen = definition.stages.map(\.label)
      return
    }
    var steps: [Step] = []
    var rejection: Rejection?
    for stage in definition.stages where rejection == nil {
      let step = try PageAccount.step(stage, &document)
      rejection = step.drop.map { Rejection(stage: stage.label, drop: $0) }
      steps.append(step)
    }
    if rejection == nil, document.text.isEmpty {
      rejection = Rejection(stage: "output", drop: Drop(reason: .emptyText))
    }
    self.document = document
    self.rejection = rejection
    unseen = definition.stages.dropFirst(steps.count).map(\.label)
    self.steps = steps
  }

  private static func step(_ stage: LabelledStage, _ document: inout Document) throws -> Step {
    let before = document
    let (verdict, explanation) =
      if let ordered = stage.stage as? any OrderedStage {
        try processInOrder(ordered, &document)
      } else {
        try process(stage.stage, &document)
      }
    return Step(
      label: stage.label, name: manual(of: stage.stage).name, remembers: stage.isOrdered,
      drop: verdict, changes: Change.between(before, document),
      explanation: explanation)
  }

  private static func manual<S: Stage>(of stage: S) -> Manual { S.manual }

  private static func process<S: Stage>(
    _ stage: S, _ document: inout Document
  ) throws -> (Drop?, Explanation?) {
    let (outcome, explanation) = try outcome(of: stage, &document)
    if case .drop(let drop) = outcome { return (drop, explanation) }
    return (nil, explanation)
  }

  private static func processInOrder<S: OrderedStage>(
    _ stage: S, _ document: inout Document
  ) throws -> (Drop?, Explanation?) {
    let (outcome, explanation) = try outcome(of: stage, &document)
    switch outcome {
    case .drop(let drop): return (drop, explanation)
    case .keep(let finding):
      var ledger = try stage.openLedger(nil)
      if case .drop(let drop) = try ledger.commit(&document, finding) { return (drop, explanation) }
      return (nil, explanation)
    }
  }

  private static func outcome<S: Stage>(
    of stage: S, _ document: inout Document
  ) throws -> (Outcome<S.Worker.Finding>, Explanation?) {
    var worker = try stage.makeWorker()
    guard var explaining = worker as? any ExplainingWorker<S.Worker.Finding> else {
      return (try worker.process(&document), nil)
    }
    let (outcome, explanation) = try explaining.explain(&document)
    return (outcome, explanation)
  }
}
