public import Bytes

/// The result of a stage for one document. To drop a document is a normal result. A thrown error means that
/// the run cannot be right, and ends it.
public enum Outcome<Value> {
  case keep(Value)
  case drop(Drop)

  public static func drop(_ reason: DropReason, _ details: JSONObject = [:]) -> Self {
    .drop(Drop(reason: reason, details: details))
  }
}

extension Outcome: Sendable where Value: Sendable {}

extension Outcome where Value == Void {
  /// The document goes on.
  public static var keep: Self { .keep(()) }
}

/// The answer of a stage that finds out nothing for a ledger.
public typealias Verdict = Outcome<Void>

/// Why one document was dropped, with what a reader of the rejects needs to see.
public struct Drop: Sendable, Hashable {
  public let reason: DropReason
  /// Details that follow the reason in a reject: numbers that were compared, the document that it repeats.
  public let details: JSONObject

  public init(reason: DropReason, details: JSONObject = [:]) {
    self.reason = reason
    self.details = details
  }
}

/// A reason for which a component drops documents: declared once beside the component, listed in its
/// manual, counted in the report, named in the rejects.
public struct DropReason: Sendable, Hashable {
  /// snake_case; part of the record format.
  public let name: String
  /// One sentence for the manual.
  public let summary: String

  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// A drop and the stage that decided it.
public struct Rejection: Sendable, Hashable {
  /// Label of the stage, or `input` or `output`.
  public let stage: String
  public let drop: Drop

  public init(stage: String, drop: Drop) {
    self.stage = stage
    self.drop = drop
  }
}
