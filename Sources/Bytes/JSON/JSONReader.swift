/// A strict reader of JSON (RFC 8259) that keeps places, for definitions and other files that people
/// write. Records are read by `JSONRecordParser`, thirty times as fast and without places.
public struct JSONReader {
  /// An error in a text, and its place.
  public struct SyntaxError: Error, Sendable {
    public let place: Place
    public let message: String
  }

  /// Nesting beyond which a text is refused, so that hostile input cannot exhaust the stack.
  public static let maximumDepth = 256

  private let source: SourceText
  private var index = 0
  private var depth = 0

  /// Reads one value and nothing else.
  /// - Throws: At the first byte that cannot be part of a JSON text.
  public static func read(_ source: SourceText) throws(SyntaxError) -> JSONNode {
    let bytes = source.bytes
    if let offset = UTF8Text.firstIllFormed(in: bytes.span) {
      throw SyntaxError(
        place: Place(source: source, offset: offset), message: "is not valid UTF-8")
    }
    var reader = JSONReader(source: source)
    // Some editors begin a file with a byte order mark.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
    let node = try reader.value()
    reader.skipSpace()
    guard reader.index == bytes.count else {
      throw reader.error("expected nothing after the value, found \(reader.found)")
    }
    return node
  }

  private init(source: SourceText) { self.source = source }

  private var byte: UInt8? { index < source.bytes.count ? source.bytes[index] : nil }

  private var place: Place { Place(source: source, offset: index) }

  private func error(_ message: String) -> SyntaxError {
    SyntaxError(place: place, message: message)
  }

  /// Describes the value at the current place, for messages.
  private var found: String {
    guard let byte else { return "the end" }
    if byte == 0x0A || byte == 0x0D { return "the end of the line" }
    if byte < 0x20 { return "a control character" }
    let scalar = String(decoding: source.bytes[index...].prefix(4), as: UTF8.self).unicodeScalars
      .first
    return scalar.map { "'\($0)'" } ?? "the end"
  }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func value() throws(SyntaxError) -> JSONNode {
    skipSpace()
    let start = place
    switch byte {
    case UInt8(ascii: "{"): return JSONNode(.object(try members()), at: start)
    case UInt8(ascii: "["): return JSONNode(.array(try elements()), at: start)
    case UInt8(ascii: "\""): return JSONNode(.string(try string()), at: start)
    case UInt8(ascii: "-"), .some(0x30...0x39):
      return JSONNode(try number(), at: start)
    default:
      for (word, value) in JSONReader.words where source.bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return JSONNode(value, at: start)
      }
      throw error("expected a value, found \(found)")
    }
  }

  private static let words: [(String, JSONNode.Value)] = [
    ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
  ]

  private mutating func members() throws(SyntaxError) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    try enter()
    skipSpace()
    if take("}") {
      depth -= 1
      return members
    }
    repeat {
      skipSpace()
      let keyPlace = place
      guard byte == UInt8(ascii: "\"") else {
        throw error("expected a name in quotes, found \(found)")
      }
      let key = try string()
      skipSpace()
      guard take(":") else { throw error("expected ':' after a name, found \(found)") }
      members.append(JSONNode.Member(key: key, keyPlace: keyPlace, node: try value()))
      skipSpace()
    } while take(",")
    guard take("}") else { throw error("expected ',' or '}', found \(found)") }
    depth -= 1
    return members
  }

  private mutating func elements() throws(SyntaxError) -> [JSONNode] {
    var elements: [JSONNode] = []
    try enter()
    skipSpace()
    if take("]") {
      depth -= 1
      return elements
    }
    repeat {
      elements.append(try value())
      skipSpace()
    } while take(",")
    guard take("]") else { throw error("expected ',' or ']', found \(found)") }
    depth -= 1
    return elements
  }

  /// Steps over an opening bracket.
  private mutating func enter() throws(SyntaxError) {
    depth += 1
    guard depth <= JSONReader.maximumDepth else {
      throw error("is nested deeper than \(JSONReader.maximumDepth) levels")
    }
    index += 1
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  private mutating func number() throws(SyntaxError) -> JSONNode.Value {
    let start = index
    let first = place
    _ = take("-")
    if !take("0") { try digits() }
    var isInteger = true
    if take(".") {
      isInteger = false
      try digits()
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      isInteger = false
      index += 1
      if !take("+") { _ = take("-") }
      try digits()
    }
    let lexeme = String(decoding: source.bytes[start..<index], as: UTF8.self)
    if isInteger, let value = Int64(lexeme) { return .int(value) }
    guard let value = Double(lexeme), value.isFinite else {
      throw SyntaxError(place: first, message: "is a number too large to hold")
    }
    return .double(value)
  }

  private mutating func digits() throws(SyntaxError) {
    guard let byte, (0x30...0x39).contains(byte) else {
      throw error("expected a digit, found \(found)")
    }
    while let byte = self.byte, (0x30...0x39).contains(byte) { index += 1 }
  }

  private mutating func string() throws(SyntaxError) -> String {
    index += 1
    var bytes: [UInt8] = []
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try appendEscape(to: &bytes)
      case 0x0A, 0x0D:
        throw error("a string has no closing quote on its line")
      case 0..<0x20:
        throw error("a string holds a control character that is not escaped")
      default:
        bytes.append(byte)
        index += 1
      }
    }
    throw error("a string has no closing quote on its line")
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private mutating func appendEscape(to bytes: inout [UInt8]) throws(SyntaxError) {
    index += 1
    if let byte, let plain = JSONReader.escapes[byte] {
      bytes.append(plain)
      index += 1
    } else if byte == UInt8(ascii: "u") {
      bytes.append(scalar: try escapedScalar())
    } else {
      throw error("'\\' must be followed by one of \"\\/bfnrtu, found \(found)")
    }
  }

  /// The scalar of `\uXXXX`, or of a pair of them (RFC 8259, section 7).
  private mutating func escapedScalar() throws(SyntaxError) -> UInt32 {
    let start = Place(source: source, offset: index - 1)
    let first = try hexUnit()
    guard (0xD800..<0xE000).contains(first) else { return first }
    if first < 0xDC00, source.bytes[index...].starts(with: "\\u".utf8) {
      index += 1
      let second = try hexUnit()
      if (0xDC00..<0xE000).contains(second) {
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      }
    }
    throw SyntaxError(place: start, message: "half of a surrogate pair stands alone")
  }

  /// Steps over `uXXXX`.
  private mutating func hexUnit() throws(SyntaxError) -> UInt32 {
    index += 1
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("expected four hexadecimal digits, found \(found)")
      }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }
}
