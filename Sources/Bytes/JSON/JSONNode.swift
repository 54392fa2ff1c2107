/// Parsed JSON that remembers where each value and each name stood: what people write by hand is read
/// into this, so that every complaint has a line and a column.
public struct JSONNode: Sendable {
  public var value: Value
  public let place: Place

  public indirect enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  /// A member of an object. Names may repeat; whoever reads the object complains.
  public struct Member: Sendable {
    public let key: String
    public let keyPlace: Place
    public var node: JSONNode

    public init(key: String, keyPlace: Place, node: JSONNode) {
      self.key = key
      self.keyPlace = keyPlace
      self.node = node
    }
  }

  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }

  /// The first member called `key`, if this is an object that has one.
  public subscript(key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.node
  }

  /// The string, if it is one.
  public var string: String? {
    if case .string(let string) = value { string } else { nil }
  }

  /// The value without its places; of members with one name the last counts.
  public var plain: JSONValue {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .array(let elements): .array(elements.map(\.plain))
    case .object(let members): .object(JSONObject(members.map { ($0.key, $0.node.plain) }))
    }
  }
}
