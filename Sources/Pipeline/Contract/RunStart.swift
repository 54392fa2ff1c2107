/// Which run it is: what an output can be named after. The same after a run was resumed.
public struct RunStart: Sendable, Hashable {
  /// Number of the run in its state directory, from 1; nil for a run without one.
  public let number: Int?
  /// When its first process started, `2026-11-20T02:00:00Z`.
  public let moment: String

  public init(number: Int? = nil, moment: String) {
    self.number = number
    self.moment = moment
  }

  /// The day of the start, `2026-11-20`, as UTC has it.
  public var date: String { String(moment.prefix { $0 != "T" }) }
}
