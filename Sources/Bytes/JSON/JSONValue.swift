/// A JSON value in memory: metadata, annotations, reports. Pages and texts are never held as one.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A whole number that no `Int64` holds, as it is written.
  case digits(String)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  public var isNull: Bool { self == .null }

  /// The string, if it is one.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The whole number, if it is one.
  public var int: Int? {
    if case .int(let value) = self { Int(value) } else { nil }
  }

  /// The elements, if it is a list.
  public var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The object, if it is one.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }

  /// The string, or null.
  public init(_ string: String?) { self = string.map(JSONValue.string) ?? .null }
}

/// The members of a JSON object in the order in which they were first set; names are unique.
///
/// Names are the same when their bytes are: `String` takes "é" and "e" with an accent for equal, but
/// JSON does not (RFC 8259, section 8.3).
public struct JSONObject: Sendable {
  public private(set) var members: [Member]

  /// Where each member stands; empty while they are few enough to be scanned.
  private var places: [Name: Int] = [:]

  public struct Member: Sendable, Hashable {
    public let key: String
    public var value: JSONValue
  }

  public init() { members = [] }

  /// Of members with one name the last one counts, at the place of the first.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    self.members = []
    for (key, value) in members { self[key] = value }
  }

  public var isEmpty: Bool { members.isEmpty }

  /// The value under `key`; nil when there is none. Setting nil removes the member.
  /// - Complexity: O(1), but O(`members.count`) for removing.
  public subscript(key: String) -> JSONValue? {
    get { index(of: Name(key)).map { members[$0].value } }
    set {
      let name = Name(key)
      if let index = index(of: name) {
        if let newValue { members[index].value = newValue } else { remove(at: index) }
      } else if let newValue {
        members.append(Member(key: key, value: newValue))
        if places.isEmpty { notePlaces() } else { places[name] = members.count - 1 }
      }
    }
  }

  /// The value under the first key, or with several keys the one inside of it under the others; nil when there is
  /// none.
  /// - Complexity: O(`keys.count`).
  public func value(at keys: [String]) -> JSONValue? {
    guard let first = keys.first else { return nil }
    return keys.dropFirst().reduce(self[first]) { $0?.object?[$1] }
  }

  private func index(of name: Name) -> Int? {
    places.isEmpty ? members.firstIndex { Name($0.key) == name } : places[name]
  }

  private mutating func remove(at index: Int) {
    members.remove(at: index)
    notePlaces()
  }

  private mutating func notePlaces() {
    places.removeAll()
    guard members.count > JSONObject.scanned else { return }
    for index in members.indices { places[Name(members[index].key)] = index }
  }

  /// Objects of records have a handful of members, and a scan of so many beats hashing; but a hostile
  /// record has hundreds of thousands.
  private static let scanned = 16

  /// A name, equal to the same bytes only.
  private struct Name: Hashable {
    let string: String

    init(_ string: String) { self.string = string }

    static func == (first: Name, second: Name) -> Bool {
      // The first test is fast and fails nearly always.
      first.string == second.string && first.string.utf8.elementsEqual(second.string.utf8)
    }
  }
}

extension JSONObject: Hashable {
  public static func == (first: JSONObject, second: JSONObject) -> Bool {
    first.members == second.members
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
