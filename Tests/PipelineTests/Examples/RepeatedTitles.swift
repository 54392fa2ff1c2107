import Bytes
public import Pipeline

/// Drops documents whose title an earlier document had.
public struct RepeatedTitles: OrderedStage {
  public struct Settings: ComponentSettings {
    public init() {}

    public static let fields: [Field<Self>] = []
  }

  public static let manual = Manual(
    name: "repeated_titles",
    summary: "Drops documents whose title an earlier document had.",
    discussion: "Documents without a title pass.",
    example: #"{ "use": "repeated_titles" }"#,
    reasons: [.repeatedTitle])

  public init(settings: Settings, context: Context) {}

  public func makeWorker() -> sending Worker { Worker() }

  public func openLedger(_ state: StageState?) -> sending Ledger { Ledger(keys: state?.keys) }

  /// Finds a document's title: the bytes that the ledger looks up, or nothing.
  public struct Worker: StageWorker {
    public func process(_ document: inout Document) -> Outcome<[UInt8]> {
      .keep(Array((document.metadata["title"]?.string ?? "").utf8))
    }
  }

  /// Remembers the titles, in the state directory or else in memory.
  public struct Ledger: StageLedger {
    let keys: (any KeySpace)?
    var titles: Set<[UInt8]> = []

    public mutating func commit(_ document: inout Document, _ title: [UInt8]) throws -> Verdict {
      if title.isEmpty { return .keep }
      if let keys {
        if try keys.value(for: title) != nil { return .drop(.repeatedTitle) }
        keys.set([], for: title)
      } else if !titles.insert(title).inserted {
        return .drop(.repeatedTitle)
      }
      return .keep
    }

    public var memoryBytes: Int { titles.reduce(0) { $0 + $1.count } }
  }
}

extension DropReason {
  static let repeatedTitle = DropReason("repeated_title", "An earlier document has the same title.")
}
