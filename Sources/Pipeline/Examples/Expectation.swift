public import Bytes

/// What a member of a record must be.
public struct Expectation: Sendable, Equatable {
  /// As the example spells it: `metadata.title`.
  public let name: String
  /// The member, and the member in it.
  public let path: [String]
  public let demands: [Demand]

  public enum Demand: Sendable, Equatable {
    case `is`(JSONValue)
    case contains([String])
    case lacks([String])
  }

  /// Whether it is about a reject.
  public var expectsReject: Bool { path[0] == Expectation.rejected }

  static let rejected = "rejected"

  /// The members of a record, in their order.
  static let members = ["id", "text", "source", "created", "metadata", "annotations", rejected]
}

/// Everything that an example expects.
struct Expectations: SettingValue {
  var list: [Expectation] = []

  static let typeName = "an object of members of the record"
  static let schema: JSONObject = ["type": "object"]

  static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Expectations? {
    guard case .object(let members) = node.value else { return mismatch(node, &reader) }
    if members.isEmpty { reader.complain(node, "must not be empty") }
    let path = reader.path
    let list = members.map { member in
      reader.below(path[member.key]) { expectation(member, &$0) }
    }
    return list.contains(nil) ? nil : Expectations(list: list.compactMap(\.self))
  }

  private static func expectation(
    _ member: JSONNode.Member, _ reader: inout SettingReader
  ) -> Expectation? {
    let path = member.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard Expectation.members.contains(path[0]), !path.contains("") else {
      let suggestion = Suggestion.text(for: path[0], among: Expectation.members)
      reader.complain(at: member.keyPlace, "is no member of a record\(suggestion)")
      return nil
    }
    return demands(member.node, &reader).map {
      Expectation(name: member.key, path: path, demands: $0)
    }
  }

  private static func demands(
    _ node: JSONNode, _ reader: inout SettingReader
  ) -> [Expectation.Demand]? {
    guard case .object(let members) = node.value else { return [.is(node.plain)] }
    if members.isEmpty {
      reader.complain(node, "says nothing; \(Suggestion.list(words))")
      return nil
    }
    let path = reader.path
    let demands = members.map { member in
      reader.below(path[member.key]) { demand(member, &$0) }
    }
    return demands.contains(nil) ? nil : demands.compactMap(\.self)
  }

  private static let words = ["is", "contains", "lacks"]

  private static func demand(
    _ member: JSONNode.Member, _ reader: inout SettingReader
  ) -> Expectation.Demand? {
    switch member.key {
    case "is": return .is(member.node.plain)
    case "contains": return strings(member.node, &reader).map { .contains($0) }
    case "lacks": return strings(member.node, &reader).map { .lacks($0) }
    default:
      let suggestion = Suggestion.text(for: member.key, among: words)
      reader.complain(
        at: member.keyPlace,
        "is not what can be said of a value\(suggestion); an object to compare with stands under is"
      )
      return nil
    }
  }

  private static func strings(_ node: JSONNode, _ reader: inout SettingReader) -> [String]? {
    if let string = node.string { return [string] }
    return [String].read(node, &reader)
  }

  /// As an example without any would spell it; it is no default, since each example needs its own.
  var json: JSONValue { .null }
}
