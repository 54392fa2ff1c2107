public import Bytes

/// A type that settings can have. What it says here is all that decoding, messages, JSON Schema and the
/// manual know of it.
public protocol SettingValue: Sendable, Equatable {
  /// The type in JSON Schema (draft 2020-12).
  static var schema: JSONObject { get }

  /// The type for people, with its article: `a number`.
  static var typeName: String { get }

  /// Reads a value, or complains and returns nil.
  static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Self?

  /// The value as a definition would spell it.
  var json: JSONValue { get }
}

extension SettingValue {
  /// The complaint about a value of another type.
  public static func mismatch(_ node: JSONNode, _ reader: inout SettingReader) -> Self? {
    reader.complain(node, "must be \(typeName), is \(node.plain.shortText)")
    return nil
  }
}

extension Bool: SettingValue {
  public static let schema: JSONObject = ["type": "boolean"]
  public static let typeName = "true or false"
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Bool? {
    if case .bool(let value) = node.value { value } else { mismatch(node, &reader) }
  }
  public var json: JSONValue { .bool(self) }
}

extension Int: SettingValue {
  public static let schema: JSONObject = ["type": "integer"]
  public static let typeName = "a whole number"
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Int? {
    if case .int(let value) = node.value { Int(value) } else { mismatch(node, &reader) }
  }
  public var json: JSONValue { .int(Int64(self)) }
}

extension Double: SettingValue {
  public static let schema: JSONObject = ["type": "number"]
  public static let typeName = "a number"
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Double? {
    switch node.value {
    case .int(let value): Double(value)
    case .double(let value): value
    default: mismatch(node, &reader)
    }
  }
  public var json: JSONValue {
    // 5 rather than 5.0, as people write it.
    Int64(exactly: self).map(JSONValue.int) ?? .double(self)
  }
}

extension String: SettingValue {
  public static let schema: JSONObject = ["type": "string"]
  public static let typeName = "a string"
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> String? {
    node.string ?? mismatch(node, &reader)
  }
  public var json: JSONValue { .string(self) }
}

extension ByteCount: SettingValue {
  public static let schema: JSONObject = [
    "type": "string", "pattern": "^[0-9.]+ ?([KMGT]i?)?B$",
  ]
  public static let typeName = "a size such as \"512 MiB\""
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> ByteCount? {
    node.string.flatMap { ByteCount($0) } ?? mismatch(node, &reader)
  }
  public var json: JSONValue { .string(description) }
}

/// A path in a definition. Relative ones start from the definition's folder, those of arguments from the
/// working folder; `-` is standard input or output.
public struct FilePath: SettingValue {
  /// As the system is to see it.
  public let path: String

  public init(_ path: String) { self.path = path }

  public static let schema: JSONObject = ["type": "string"]
  public static let typeName = "a path"
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> FilePath? {
    guard let text = node.string else { return mismatch(node, &reader) }
    guard !text.isEmpty else {
      reader.complain(node, "must not be empty")
      return nil
    }
    let path = FilePath(
      text == "-" ? text : FileSystem.resolve(text, in: node.place.source.folder))
    reader.files.append(NamedFile(file: path, setting: reader.path, place: node.place))
    return path
  }
  public var json: JSONValue { .string(path) }
  public var isStandardStream: Bool { path == "-" }

  /// The ending of the name of an output until it is complete.
  public static let unfinishedEnding = ".partial"
}

/// A setting that names one of a few things; cases are spelled as in the definition.
public protocol SettingChoice: SettingValue, CaseIterable, RawRepresentable<String> {}

extension SettingChoice {
  public static var schema: JSONObject {
    ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
  }
  public static var typeName: String {
    "one of " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
  }
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Self? {
    guard let name = node.string else { return mismatch(node, &reader) }
    if let choice = Self(rawValue: name) { return choice }
    let suggestion = Suggestion.near(name, among: allCases.map(\.rawValue)) ?? ""
    reader.complain(node, "must be \(typeName), is \"\(name)\"\(suggestion)")
    return nil
  }
  public var json: JSONValue { .string(rawValue) }
}

extension Array: SettingValue where Element: SettingValue {
  public static var schema: JSONObject {
    ["type": "array", "items": .object(Element.schema)]
  }
  public static var typeName: String { "a list, each element \(Element.typeName)" }
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> [Element]? {
    guard case .array(let nodes) = node.value else { return mismatch(node, &reader) }
    let path = reader.path
    let values = nodes.indices.map { index in
      reader.below(path[index]) { Element.read(nodes[index], &$0) }
    }
    return values.contains(nil) ? nil : values.compactMap(\.self)
  }
  public var json: JSONValue { .array(map(\.json)) }
}

extension Optional: SettingValue where Wrapped: SettingValue {
  public static var schema: JSONObject { Wrapped.schema }
  public static var typeName: String { Wrapped.typeName }
  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Wrapped?? {
    Wrapped.read(node, &reader).map(Optional.some)
  }
  public var json: JSONValue { self?.json ?? .null }
}

extension JSONValue {
  /// The value for a message: long ones by their kind alone.
  var shortText: String {
    switch self {
    case .array(let elements) where !elements.isEmpty: return kindName
    case .object(let object) where !object.isEmpty: return kindName
    default:
      let text = jsonText
      return text.utf8.count <= 60 ? text : kindName
    }
  }
}
