internal import CSimdjson

/// Parses NDJSON records with simdjson (Langdale and Lemire, "Parsing Gigabytes of JSON per Second",
/// 2019). A parser belongs to one thread and reuses its memory, but for that of
/// large texts.
///
/// Safe: nodes are asked for through `nodes(of:)` alone, which knows whether they are still there.
@safe public final class JSONRecordParser {
  private let parser: OpaquePointer
  /// Of the text whose closure runs, and its number.
  private var nodes: UnsafePointer<csimdjson_node>?
  private var current = 0

  /// The number of bytes that must be readable after every text, whatever they hold: simdjson loads whole
  /// vectors.
  public static var padding: Int { csimdjson_padding() }

  /// - Throws: `OutOfMemory`.
  public init() throws(OutOfMemory) {
    guard let parser = unsafe csimdjson_make() else { throw OutOfMemory() }
    unsafe self.parser = parser
  }

  deinit { unsafe csimdjson_free(parser) }

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

  /// A value of the parsed text. Valid inside `parse`'s closure only: to ask it afterwards stops the program.
  public struct Value {
    private let parser: JSONRecordParser
    /// Where its node stands among those of the text.
    private let index: Int
    /// Of which text.
    private let text: Int

    fileprivate init(_ parser: JSONRecordParser, index: Int, text: Int) {
      self.parser = parser
      self.index = index
      self.text = text
    }

    /// The value's node.
    private var node: csimdjson_node {
      // Indices come from the text's own nodes, and these are there until its closure returns.
      unsafe parser.nodes(of: text)[index]
    }

    fileprivate var kind: Int { unsafe Int(node.kind) }

    /// The bytes of a string, decoded: well-formed UTF-8. Nil for other kinds.
    public var stringBytes: Span<UInt8>? {
      @_lifetime(borrow self)
      get {
        let node = unsafe node
        guard unsafe Int(node.kind) == csimdjson_string else { return nil }
        let bytes = unsafe JSONRecordParser.span(node.string, node.length)
        return unsafe _overrideLifetime(bytes, borrowing: self)
      }
    }

    public var isObject: Bool { kind == csimdjson_object }
    public var isNull: Bool { kind == csimdjson_null }

    /// The kind of the value, for messages: `a string`, `an array`, …
    public var kindName: String { value.kindName }

    /// A copy that outlives the parser's next call.
    public var value: JSONValue {
      let node = unsafe node
      switch unsafe Int(node.kind) {
      case csimdjson_false: return .bool(false)
      case csimdjson_true: return .bool(true)
      case csimdjson_integer: return unsafe .int(node.integer)
      case csimdjson_number: return unsafe .double(node.number)
      case csimdjson_digits:
        return unsafe .digits(String(decoding: JSONRecordParser.span(node.string, node.length)))
      case csimdjson_string:
        return unsafe .string(String(decoding: JSONRecordParser.span(node.string, node.length)))
      case csimdjson_array:
        var elements: [JSONValue] = []
        forEachChild { _, element in elements.append(element.value) }
        return .array(elements)
      case csimdjson_object:
        var object = JSONObject()
        forEachChild { key, member in object[String(decoding: key)] = member.value }
        return .object(object)
      default: return .null
      }
    }

    /// Calls `body` with each member of an object or element of an array, in order; the name of an
    /// element is empty.
    public func forEachChild(_ body: (_ key: Span<UInt8>, _ value: Value) -> Void) {
      guard kind >= csimdjson_array else { return }
      // Children lie between this node and its `next`, which counts from the text's first.
      let end = unsafe Int(node.next)
      var child = index + 1
      while child < end {
        let value = Value(parser, index: child, text: text)
        let node = unsafe value.node
        unsafe body(JSONRecordParser.span(node.key, node.key_length), value)
        child = unsafe Int(node.next)
      }
    }
  }

  /// The nodes of a text, as long as its closure runs.
  fileprivate func nodes(of text: Int) -> UnsafePointer<csimdjson_node> {
    guard text == current, let nodes = unsafe nodes else {
      preconditionFailure("a JSON value is asked for after its text is gone")
    }
    return unsafe nodes
  }

  /// Bytes that simdjson holds. The caller must let the span go before the text's closure returns.
  @_lifetime(immortal)
  fileprivate static func span(_ start: UnsafePointer<CChar>?, _ count: Int) -> Span<UInt8> {
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe _overrideLifetime(bytes.bindMemory(to: UInt8.self).span, borrowing: ())
  }

  private static let keptText = 4 << 20

  /// Parses one text and hands its root to `body`, which must not parse another with this parser.
  /// - Parameters:
  ///   - part: Where the text stands in `bytes`, at least `padding` bytes before their end.
  /// - Throws: `Malformed`, `TooManyValues`, and what `body` throws.
  /// - Complexity: O(`part.count`), about 2 GB/s.
  public func parse<Result>(
    _ part: Range<Int>, of bytes: Span<UInt8>, _ body: (Value) throws -> Result
  ) throws -> Result {
    precondition(bytes.count - part.upperBound >= JSONRecordParser.padding)
    // The text and the bytes that simdjson loads after it stay where they are during the call.
    return try unsafe bytes.withUnsafeBufferPointer {
      try unsafe parse(UnsafeBufferPointer(rebasing: $0[part]), body)
    }
  }

  /// - Parameter text: `padding` bytes after it must be readable.
  @unsafe public func parse<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (Value) throws -> Result
  ) throws -> Result {
    unsafe precondition(nodes == nil, "a parser is asked for two texts at a time")
    // A text that is shorter cannot hold as many.
    if text.count > JSONRecordParser.maximumValues,
      unsafe csimdjson_exceeds(text.baseAddress, text.count, JSONRecordParser.maximumValues)
    {
      throw TooManyValues()
    }
    if let message = unsafe csimdjson_parse(parser, text.baseAddress, text.count, &nodes) {
      unsafe nodes = nil
      throw unsafe Malformed(message: String(cString: message))
    }
    current += 1
    defer {
      unsafe nodes = nil
      // A large text is rare, and its memory would be missed by whoever processes it.
      if text.count > JSONRecordParser.keptText { unsafe csimdjson_shrink(parser) }
    }
    return try body(Value(self, index: 0, text: current))
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
