public import Bytes
public import Pipeline

/// Old and new places of members, in the order of the definition.
public struct Renamings: SettingValue {
  struct Renaming: Sendable, Equatable {
    let old: MemberPath
    let new: MemberPath
  }

  var list: [Renaming] = []

  public static let typeName = "an object of old and new places"
  public static let schema: JSONObject = [
    "type": "object", "additionalProperties": .object(MemberPath.schema),
  ]

  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Renamings? {
    guard let pairs = MemberPath.pairs(node, &reader, typeName) else { return nil }
    let path = reader.path
    let list = pairs.map { old, member in
      reader.below(path[member.key]) { reader in
        MemberPath.read(member.node, &reader).map { Renaming(old: old, new: $0) }
      }
    }
    return list.contains(nil) ? nil : Renamings(list: list.compactMap(\.self))
  }

  public var json: JSONValue { .object(JSONObject(list.map { ($0.old.text, $0.new.json) })) }
}

/// Members and their constants.
public struct Constants: SettingValue {
  struct Constant: Sendable, Equatable {
    let path: MemberPath
    let value: JSONValue
  }

  var list: [Constant] = []

  public static let typeName = "an object of members and constants"
  public static let schema: JSONObject = ["type": "object"]

  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Constants? {
    MemberPath.pairs(node, &reader, typeName).map { pairs in
      Constants(list: pairs.map { Constant(path: $0, value: $1.node.plain) })
    }
  }

  public var json: JSONValue { .object(JSONObject(list.map { ($0.path.text, $0.value) })) }
}

extension MemberPath {
  /// The members of an object whose names are paths; nil when something is wrong with them.
  fileprivate static func pairs(
    _ node: JSONNode, _ reader: inout SettingReader, _ typeName: String
  ) -> [(MemberPath, JSONNode.Member)]? {
    guard case .object(let members) = node.value else {
      reader.complain(node, "must be \(typeName)")
      return nil
    }
    let path = reader.path
    let pairs = members.map { member in
      reader.below(path[member.key]) { reader in
        (MemberPath(member.key) ?? complain(of: member.key, member.node, &reader))
          .map { ($0, member) }
      }
    }
    return pairs.contains { $0 == nil } ? nil : pairs.compactMap(\.self)
  }
}
