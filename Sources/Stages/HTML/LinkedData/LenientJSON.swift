import Bytes

/// Turns the near-JSON of publishers and their templates into JSON, as lenient readers do: comments and CDATA
/// marks around it, commas after the last element, line feeds in strings, needless escapes, quotation marks
/// written as references, several texts in a row.
///
/// One pass; the result is never longer than the input.
struct LenientJSON: ~Escapable {
  private let text: Span<UInt8>
  /// Bytes before it have been read.
  private var index = 0
  /// Whether the text's quotation marks are `&quot;`.
  private let isEscaped: Bool

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) {
    self.text = text
    isEscaped = text.index(of: UInt8(ascii: "\""), from: 0) == nil
  }

  /// Fills `output` with the next object or list. Returns false when there is none.
  mutating func next(into output: inout [UInt8]) -> Bool {
    output.removeAll(keepingCapacity: true)
    skipToOpening()
    if text.holds("[CDATA[", at: index) {
      index += 7
      skipToOpening()
    }
    var depth = 0
    while index < text.count {
      let byte = take()
      switch byte {
      case UInt8(ascii: "\""): appendString(to: &output)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        output.append(byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        removeComma(&output)
        output.append(byte)
        depth -= 1
        if depth == 0 { return true }
      case UInt8(ascii: "/") where text.byte(at: index) == UInt8(ascii: "*"): skipComment()
      case ..<0x21:
        if output.last != 0x20 { output.append(0x20) }
      default: output.append(byte)
      }
    }
    return !output.isEmpty
  }

  private mutating func skipToOpening() {
    index =
      text.firstIndex(in: index..<text.count) { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
      ?? text.count
  }

  /// The next byte, a quotation mark for `&quot;`.
  private mutating func take() -> UInt8 {
    let byte = text[index]
    index += 1
    if isEscaped, byte == UInt8(ascii: "&"), text.holds("quot;", at: index) {
      index += 5
      return UInt8(ascii: "\"")
    }
    return byte
  }

  /// Takes over a string whose first quotation mark has been read.
  private mutating func appendString(to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    while true {
      let start = index
      index = text.firstIndex(in: index..<text.count, where: LenientJSON.isSpecial) ?? text.count
      output.append(contentsOf: text.extracting(start..<index))
      guard index < text.count else { return }
      let byte = take()
      switch byte {
      case UInt8(ascii: "\""):
        output.append(byte)
        return
      case UInt8(ascii: "\\"):
        guard index < text.count else { return }
        let escaped = take()
        if LenientJSON.escapes.contains(escaped) { output.append(byte) }
        output.append(escaped < 0x20 ? 0x20 : escaped)
      default: output.append(byte < 0x20 ? 0x20 : byte)
      }
    }
  }

  /// Whether a byte of a string may stand for something else, or its end.
  @inline(__always)
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
      || byte == UInt8(ascii: "&")
  }

  /// The bytes that may follow a backslash (RFC 8259, section 7).
  private static let escapes: Set<UInt8> = Set("\"\\/bfnrtu".utf8)

  /// Removes the comma that nothing follows.
  private func removeComma(_ output: inout [UInt8]) {
    while let last = output.last, last == 0x20 || last == UInt8(ascii: ",") { output.removeLast() }
  }

  private mutating func skipComment() {
    index += 1
    while index + 1 < text.count, !text.holds("*/", at: index) { index += 1 }
    index = min(index + 2, text.count)
  }
}
