extension JSONValue {
  /// Bytes of memory that the value takes beside its own place, as an estimate from above.
  /// - Complexity: O(values).
  public var memoryBytes: Int {
    switch self {
    case .null, .bool, .int, .double: 0
    case .string(let string), .digits(let string): JSONValue.memoryBytes(of: string)
    case .array(let elements):
      elements.reduce(JSONValue.header + elements.count * MemoryLayout<JSONValue>.stride) {
        $0 + $1.memoryBytes
      }
    case .object(let object): object.memoryBytes
    }
  }

  fileprivate static func memoryBytes(of string: String) -> Int {
    // Shorter ones stand in the place of the pointer.
    string.utf8.count > 15 ? header + string.utf8.count : 0
  }

  /// The fixed cost of an array, and of a string of more than 15 bytes: its header and the allocator's overhead.
  fileprivate static let header = 48
}

extension JSONObject {
  /// Bytes of memory that the object takes beside its own place, as an estimate from above.
  public var memoryBytes: Int {
    if isEmpty { return 0 }
    return members.reduce(JSONValue.header) {
      // Arrays that grow hold up to twice what is in them.
      $0 + 2 * MemoryLayout<Member>.stride + JSONValue.memoryBytes(of: $1.key)
        + $1.value.memoryBytes
    }
  }
}
