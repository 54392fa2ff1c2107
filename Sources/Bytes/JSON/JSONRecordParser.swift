internal import CSimdjson

/// Parses NDJSON records with simdjson (Langdale and Lemire, "Parsing Gigabytes of JSON per Second",
/// 2019). A parser belongs to one thread and reuses its memory, but for that of
/// large texts.
public final class JSONRecordParser {
  private let parser: OpaquePointer

  /// The number of bytes that must be readable after every text, whatever they hold: simdjson loads whole
  /// vectors.
  public static var padding: Int { csimdjson_padding() }

  /// - Throws: `OutOfMemory`.
  public init() throws(OutOfMemory) {
    guard let parser = csimdjson_make() else { throw OutOfMemory() }
    self.parser = parser
  }

  deinit { csimdjson_free(parser) }

  /// Why a text is no JSON, in simdjson's words.
  public struct Malformed: Error, Sendable {
    public let message: String
  }

  /// A text has more values than `maximumValues`.
  public struct TooManyValues: Error, Sendable {
    public init() {}
  }

  /// Values of one text, those in arrays and objects included. Each takes up to 200 bytes of memory, at
  /// two or three bytes of the text; what has more is no record about one document.
  public static let maximumValues = 1 << 18

  /// A value of the parsed text. Valid inside `parse`'s closure only.
  public struct Value {
    fileprivate let node: UnsafePointer<csimdjson_node>

    fileprivate var kind: Int { Int(node.pointee.kind) }

    /// The bytes of a string, decoded: well-formed UTF-8. Nil for other kinds.
    public var stringBytes: UnsafeBufferPointer<UInt8>? {
      guard kind == csimdjson_string else { return nil }
      return UnsafeRawBufferPointer(start: node.pointee.string, count: node.pointee.length)
        .bindMemory(to: UInt8.self)
    }

    public var isObject: Bool { kind == csimdjson_object }
    public var isNull: Bool { kind == csimdjson_null }

    /// The kind of the value, for messages: `a string`, `an array`, …
    public var kindName: String { value.kindName }

    /// A copy that outlives the parser's next call.
    public var value: JSONValue {
      switch kind {
      case csimdjson_false: return .bool(false)
      case csimdjson_true: return .bool(true)
      case csimdjson_integer: return .int(node.pointee.integer)
      case csimdjson_number: return .double(node.pointee.number)
      case csimdjson_digits:
        let bytes = UnsafeRawBufferPointer(start: node.pointee.string, count: node.pointee.length)
        return .digits(String(decoding: bytes, as: UTF8.self))
      case csimdjson_string:
        return .string(String(decoding: stringBytes!, as: UTF8.self))
      case csimdjson_array:
        var elements: [JSONValue] = []
        forEachChild { _, element in elements.append(element.value) }
        return .array(elements)
      case csimdjson_object:
        var object = JSONObject()
        forEachChild { key, member in object[String(decoding: key, as: UTF8.self)] = member.value }
        return .object(object)
      default: return .null
      }
    }

    /// Calls `body` with each member of an object or element of an array, in order; the name of an
    /// element is empty.
    public func forEachChild(
      _ body: (_ key: UnsafeBufferPointer<UInt8>, _ value: Value) -> Void
    ) {
      guard kind >= csimdjson_array else { return }
      // `next` counts from the array's start; children lie between this node and its `next`.
      var child = node + 1
      let base = node - Int(index)
      let end = base + Int(node.pointee.next)
      while child < end {
        let key = UnsafeRawBufferPointer(start: child.pointee.key, count: child.pointee.key_length)
        let value = Value(node: child, index: UInt32(child - base))
        body(key.bindMemory(to: UInt8.self), value)
        child = base + Int(child.pointee.next)
      }
    }

    /// Where the node stands in the parser's array.
    fileprivate let index: UInt32

    fileprivate init(node: UnsafePointer<csimdjson_node>, index: UInt32) {
      self.node = node
      self.index = index
    }
  }

  private static let keptText = 4 << 20

  /// Parses one text and hands its root to `body`.
  /// - Parameter text: `padding` bytes after it must be readable.
  /// - Throws: `Malformed`, `TooManyValues`, and what `body` throws.
  /// - Complexity: O(`text.count`), about 2 GB/s.
  public func parse<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (Value) throws -> Result
  ) throws -> Result {
    // A text that is shorter cannot hold as many.
    if text.count > JSONRecordParser.maximumValues,
      csimdjson_exceeds(text.baseAddress, text.count, JSONRecordParser.maximumValues)
    {
      throw TooManyValues()
    }
    var nodes: UnsafePointer<csimdjson_node>?
    if let message = csimdjson_parse(parser, text.baseAddress, text.count, &nodes) {
      throw Malformed(message: String(cString: message))
    }
    // A large text is rare, and its memory would be missed by whoever processes it.
    defer { if text.count > JSONRecordParser.keptText { csimdjson_shrink(parser) } }
    return try body(Value(node: nodes!, index: 0))
  }
}

/// Memory is short.
public struct OutOfMemory: Error, Sendable {
  public init() {}
}

extension JSONValue {
  /// The kind of the value, for messages: `a string`, `an array`, …
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .int, .digits, .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
