public import Bytes
public import Pipeline

/// Names a member of the metadata or the annotations, or one inside of these.
public struct MemberPath: SettingValue, Hashable {
  enum Root: String { case metadata, annotations }

  let root: Root
  /// At least one.
  let keys: [String]

  /// Nil for what names no member.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, !parts.contains(""), let root = Root(rawValue: parts[0]) else {
      return nil
    }
    self.root = root
    keys = Array(parts.dropFirst())
  }

  public static let typeName = "a member such as \"metadata.title\""
  public static let schema: JSONObject = [
    "type": "string", "pattern": "^(metadata|annotations)(\\.[^.]+)+$",
  ]

  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> MemberPath? {
    guard let text = node.string else { return mismatch(node, &reader) }
    return MemberPath(text) ?? complain(of: text, node, &reader)
  }

  /// The complaint about a text that names no member.
  static func complain(
    of text: String, _ node: JSONNode, _ reader: inout SettingReader
  ) -> MemberPath? {
    let proposal =
      text.contains(".") || text.isEmpty
      ? "members are metadata.KEY and annotations.LABEL" : "did you mean metadata.\(text)?"
    reader.complain(node, "names no member: \(JSONValue.string(text).jsonText); \(proposal)")
    return nil
  }

  public var json: JSONValue { .string(text) }

  var text: String { ([root.rawValue] + keys).joined(separator: ".") }

  /// What is left of an object when only the members that `paths` name stay, in their order.
  static func kept(of object: JSONObject, in root: Root, _ paths: [MemberPath]) -> JSONObject {
    kept(of: object, paths.filter { $0.root == root }.map { $0.keys[...] })
  }

  private static func kept(of object: JSONObject, _ paths: [ArraySlice<String>]) -> JSONObject {
    var result = JSONObject()
    for member in object.members {
      let rests = paths.filter { $0.first == member.key }.map { $0.dropFirst() }
      if rests.contains(where: \.isEmpty) {
        result[member.key] = member.value
      } else if !rests.isEmpty, let inner = member.value.object {
        let left = kept(of: inner, rests)
        if !left.isEmpty { result[member.key] = .object(left) }
      }
    }
    return result
  }
}

extension Document {
  /// The member that a path names; setting it makes the objects around it.
  subscript(path: MemberPath) -> JSONValue? {
    get { object(path.root).value(at: path.keys) }
    set {
      var object = object(path.root)
      MemberPath.set(newValue, at: path.keys[...], in: &object)
      switch path.root {
      case .metadata: metadata = object
      case .annotations: annotations = object
      }
    }
  }

  private func object(_ root: MemberPath.Root) -> JSONObject {
    switch root {
    case .metadata: metadata
    case .annotations: annotations
    }
  }
}

extension MemberPath {
  fileprivate static func set(
    _ value: JSONValue?, at keys: ArraySlice<String>, in object: inout JSONObject
  ) {
    guard let key = keys.first else { return }
    guard keys.count > 1 else {
      object[key] = value
      return
    }
    var inner = object[key]?.object ?? JSONObject()
    // What is not there need not be removed.
    if value == nil, object[key]?.object == nil { return }
    set(value, at: keys.dropFirst(), in: &inner)
    object[key] = .object(inner)
  }
}
