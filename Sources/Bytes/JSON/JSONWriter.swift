/// Appends JSON to a byte buffer, compact and always the same for the same values.
///
/// Strings are escaped as RFC 8259 demands and no further: the output is UTF-8. The caller opens and
/// closes objects and arrays; commas are placed by the writer.
public struct JSONWriter: Sendable {
  /// The bytes written so far. Take them, or empty the array and go on writing.
  public var bytes: [UInt8] = []

  /// Whether a comma must precede the next value: true after a value, false after an opening bracket.
  private var needsComma = false

  public init() {}

  /// Forgets what was written, keeping the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Ends a record: a line feed, after which a new value may begin.
  public mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  public mutating func openObject() { open(UInt8(ascii: "{")) }
  public mutating func closeObject() { close(UInt8(ascii: "}")) }
  public mutating func openArray() { open(UInt8(ascii: "[")) }
  public mutating func closeArray() { close(UInt8(ascii: "]")) }

  /// Writes a member's name; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    append(string: name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func null() { literal("null") }
  public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
  public mutating func int(_ value: Int64) { literal(value.description) }

  /// The shortest decimal that reads back as the same double; null for what JSON cannot say.
  public mutating func double(_ value: Double) {
    literal(value.isFinite ? value.description : "null")
  }

  public mutating func string(_ value: String) {
    separate()
    append(string: value)
    needsComma = true
  }

  public mutating func string(_ text: UTF8Text) {
    separate()
    append(escaping: text.bytes.span)
    needsComma = true
  }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .int(let value): int(value)
    case .digits(let digits): literal(digits)
    case .double(let value): double(value)
    case .string(let value): string(value)
    case .array(let elements):
      openArray()
      for element in elements { self.value(element) }
      closeArray()
    case .object(let members): object(members)
    }
  }

  public mutating func object(_ object: JSONObject) {
    openObject()
    for member in object.members {
      key(member.key)
      value(member.value)
    }
    closeObject()
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func append(string: String) {
    append(escaping: string.utf8.span)
  }

  private mutating func append(escaping text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    bytes.append(escaping: text)
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONValue {
  /// The value as compact JSON.
  public var jsonText: String {
    var writer = JSONWriter()
    writer.value(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The value as JSON for people: indented by two spaces; lists of plain values stay on their line.
  public func indentedText(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .object(let object) where !object.isEmpty:
      let lines = object.members.map {
        "\(inner)\(JSONValue.string($0.key).jsonText): \($0.value.indentedText(indent: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements) where elements.contains { $0.isContainer }:
      let lines = elements.map { inner + $0.indentedText(indent: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .array(let elements):
      return "[\(elements.map(\.jsonText).joined(separator: ", "))]"
    default: return jsonText
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
