public import Bytes
public import Pipeline

/// How a condition is written in a definition.
extension Condition: SettingValue {
  /// Conditions nested deeper are refused.
  static let maximumDepth = 32

  public static let typeName = "a condition"
  public static let schema: JSONObject = ["type": "object", "minProperties": 1]

  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Condition? {
    read(node, &reader, depth: 1)
  }

  private static let groups = ["all", "any", "not"]

  private static func read(
    _ node: JSONNode, _ reader: inout SettingReader, depth: Int
  ) -> Condition? {
    guard case .object(let members) = node.value else { return mismatch(node, &reader) }
    guard depth <= maximumDepth else {
      reader.complain(node, "is nested deeper than \(maximumDepth)")
      return nil
    }
    if let group = members.first(where: { groups.contains($0.key) }) {
      return read(group, of: members, &reader, depth: depth)
    }
    guard let field = members.first(where: { $0.key == "field" }) else {
      reader.complain(node, "must have a \"field\", \"all\", \"any\" or \"not\"")
      return nil
    }
    return FieldCondition.read(field.node, members, node, &reader).map(Condition.field)
  }

  private static func read(
    _ group: JSONNode.Member, of members: [JSONNode.Member], _ reader: inout SettingReader,
    depth: Int
  ) -> Condition? {
    if let other = members.first(where: { $0.keyPlace.offset != group.keyPlace.offset }) {
      let path = reader.path[other.key]
      reader.below(path) {
        $0.complain(
          other.node, "cannot stand beside \"\(group.key)\"; write two conditions in an \"all\"")
      }
      return nil
    }
    let path = reader.path[group.key]
    return reader.below(path) { reader in
      if group.key == "not" {
        return read(group.node, &reader, depth: depth + 1).map(Condition.not)
      }
      guard case .array(let nodes) = group.node.value, !nodes.isEmpty else {
        reader.complain(group.node, "must be a list of at least one condition")
        return nil
      }
      let parts = nodes.indices.map { index in
        reader.below(path[index]) { read(nodes[index], &$0, depth: depth + 1) }
      }
      guard !parts.contains(nil) else { return nil }
      let conditions = parts.compactMap(\.self)
      return group.key == "all" ? .all(conditions) : .any(conditions)
    }
  }

  public var json: JSONValue {
    switch self {
    case .all(let conditions): ["all": .array(conditions.map(\.json))]
    case .any(let conditions): ["any": .array(conditions.map(\.json))]
    case .not(let condition): ["not": condition.json]
    case .field(let condition): condition.json
    }
  }
}

extension FieldCondition {
  fileprivate static func read(
    _ field: JSONNode, _ members: [JSONNode.Member], _ node: JSONNode, _ reader: inout SettingReader
  ) -> FieldCondition? {
    let outer = reader.path
    let path = reader.below(outer["field"]) { reader -> FieldPath? in
      guard let name = String.read(field, &reader) else { return nil }
      if let path = FieldPath(name) { return path }
      reader.complain(
        field,
        "names no field of a document: \"\(name)\""
          + Suggestion.text(for: name, among: FieldPath.spellings))
      return nil
    }
    let tests = members.filter { $0.key != "field" }.map { member in
      reader.below(outer[member.key]) { FieldTest.read(member, &$0) }
    }
    guard let path, !tests.contains(nil) else { return nil }
    guard !tests.isEmpty else {
      reader.complain(
        node, "must say what holds of \"\(path.source)\"; \(Suggestion.list(FieldTest.names))")
      return nil
    }
    return FieldCondition(path: path, tests: tests.compactMap(\.self))
  }

  fileprivate var json: JSONValue {
    .object(JSONObject([("field", .string(path.source))] + tests.map { $0.member }))
  }
}

extension FieldTest {
  fileprivate static let names = [
    "present", "equals", "one_of", "at_least", "at_most", "more_than", "less_than", "contains",
    "matches",
  ]

  fileprivate static func read(_ member: JSONNode.Member, _ reader: inout SettingReader)
    -> FieldTest?
  {
    let node = member.node
    switch member.key {
    case "present": return Bool.read(node, &reader).map(FieldTest.present)
    case "equals": return .equals(node.plain)
    case "one_of":
      guard case .array(let nodes) = node.value, !nodes.isEmpty else {
        reader.complain(node, "must be a list of at least one value")
        return nil
      }
      return .oneOf(nodes.map(\.plain))
    case "at_least": return bound(node, &reader).map(FieldTest.atLeast)
    case "at_most": return bound(node, &reader).map(FieldTest.atMost)
    case "more_than": return bound(node, &reader).map(FieldTest.moreThan)
    case "less_than": return bound(node, &reader).map(FieldTest.lessThan)
    case "contains":
      return String.read(node, &reader).map { .contains(BytePattern(Array($0.utf8))) }
    case "matches": return String.read(node, &reader).map { .matches(WildcardPattern($0)) }
    default:
      reader.complain(
        node, "is nothing that can hold of a field\(Suggestion.text(for: member.key, among: names))"
      )
      return nil
    }
  }

  private static func bound(_ node: JSONNode, _ reader: inout SettingReader) -> JSONValue? {
    switch node.value {
    case .int, .double, .string: return node.plain
    default:
      reader.complain(node, "must be a number or a string")
      return nil
    }
  }

  fileprivate var member: (String, JSONValue) {
    switch self {
    case .present(let isPresent): ("present", .bool(isPresent))
    case .equals(let value): ("equals", value)
    case .oneOf(let values): ("one_of", .array(values))
    case .atLeast(let bound): ("at_least", bound)
    case .atMost(let bound): ("at_most", bound)
    case .moreThan(let bound): ("more_than", bound)
    case .lessThan(let bound): ("less_than", bound)
    case .contains(let piece): ("contains", .string(String(decoding: piece.bytes, as: UTF8.self)))
    case .matches(let pattern): ("matches", .string(pattern.source))
    }
  }
}
