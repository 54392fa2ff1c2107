import Bytes
public import Pipeline

/// Keeps the first documents of a run.
public struct Limit: OrderedStage {
  public struct Settings: ComponentSettings {
    var records = 1

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "records", \.records, "How many documents to keep.", must: .beAtLeast(0), isRequired: true)
    ]
  }

  public static let manual = Manual(
    name: "limit",
    summary: "Keeps the first documents of a run.",
    discussion: """
      Documents are counted where the stage stands, in the order of the input: those that an earlier stage \
      dropped do not count. The input is read to its end all the same, and each further document is rejected. \
      A run that is resumed goes on counting; the next run begins anew.
      """,
    example: #"{ "use": "limit", "records": 1000 }"#,
    reasons: [.overLimit])

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker() }

  public func openLedger(_ state: StageState?) throws -> sending Ledger {
    try Ledger(limit: settings.records, state)
  }

  /// Has nothing to find out.
  public struct Worker: StageWorker {
    public func process(_ document: inout Document) -> Verdict { .keep }
  }

  /// Counts.
  public struct Ledger: StageLedger {
    private let limit: Int
    private let state: StageState?
    private var count = 0

    private static let key = Array("count".utf8)

    init(limit: Int, _ state: StageState?) throws {
      self.limit = limit
      self.state = state
      guard let state, let stored = try state.keys.value(for: Ledger.key) else { return }
      // Of the run that is resumed, not of one before.
      let numbers = String(decoding: stored, as: UTF8.self).split(separator: " ").compactMap {
        Int($0)
      }
      if numbers.count == 2, numbers[0] == state.run { count = numbers[1] }
    }

    public mutating func commit(_ document: inout Document, _ finding: Void) -> Verdict {
      guard count < limit else { return .drop(.overLimit) }
      count += 1
      return .keep
    }

    public func checkpoint() {
      guard let state else { return }
      state.keys.set(Array("\(state.run) \(count)".utf8), for: Ledger.key)
    }

    public var memoryBytes: Int { 0 }
  }
}

extension DropReason {
  static let overLimit = DropReason("over_limit", "Enough documents were kept before.")
}
