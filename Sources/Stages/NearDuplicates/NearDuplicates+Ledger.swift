import Bytes
public import Pipeline

extension NearDuplicates {
  /// Decides which of several alike stays, and says so.
  public struct Ledger: StageLedger {
    private let label: String
    private let settings: Settings
    private var index: any DuplicateSearch

    init(label: String, settings: Settings, index: sending any DuplicateSearch) {
      self.label = label
      self.settings = settings
      self.index = index
    }

    public mutating func commit(
      _ document: inout Document, _ finding: DuplicateFinding?
    ) throws -> Verdict {
      guard let finding else { return .keep }
      switch try index.decide(finding) {
      case .new: return .keep
      case .update(let match): annotate(&document, details(match, as: "update_of"))
      case .better(let match): annotate(&document, details(match, as: "supersedes"))
      case .duplicate(let match):
        return try repeated(&document, match, match.isExact ? .exactDuplicate : .nearDuplicate)
      case .unchanged(let match): return try repeated(&document, match, .unchanged)
      case .rescraped(let match): return try repeated(&document, match, .rescraped)
      }
      return .keep
    }

    public mutating func checkpoint() throws { try index.checkpoint() }

    public var memoryBytes: Int { index.memoryBytes }

    private mutating func repeated(
      _ document: inout Document, _ match: DuplicateMatch, _ reason: DropReason
    ) throws -> Verdict {
      var details = details(match, as: "duplicate_of")
      details["match"] = match.isExact ? "exact" : "near"
      if settings.action == .drop || reason == .rescraped { return .drop(reason, details) }
      details["cluster"] = .string(match.entry.cluster ?? match.entry.id)
      annotate(&document, details)
      return .keep
    }

    /// The earlier document, the run that it came from, and how similar it is.
    private func details(_ match: DuplicateMatch, as key: String) -> JSONObject {
      var details: JSONObject = [key: .string(match.entry.id)]
      details["\(key)_run"] = match.entry.run.map { .int(Int64($0)) }
      details["similarity"] = .double((match.similarity * 10_000).rounded() / 10_000)
      return details
    }

    private func annotate(_ document: inout Document, _ details: JSONObject) {
      for member in details.members { document.annotate(member.key, member.value, label: label) }
    }
  }
}

/// An index in whatever store: one dynamic call per document.
protocol DuplicateSearch {
  mutating func decide(_ finding: DuplicateFinding) throws -> DuplicateAnswer
  mutating func checkpoint() throws
  var memoryBytes: Int { get }
}

extension DuplicateIndex: DuplicateSearch {}
