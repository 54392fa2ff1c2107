import Bytes

/// Values of attributes and scripts as plain text.
enum PlainText {
  /// The text in one line, white space normalised and references decoded; nil when nothing is left.
  static func line(_ text: String) -> String? {
    if isLine(text) { return text }
    let isEncoded = text.utf8.contains(UInt8(ascii: "&"))
    let bytes = Array((isEncoded ? decodingReferences(text) : text).utf8)
    let classes = ScalarClass.table
    var line: [UInt8] = []
    line.reserveCapacity(bytes.count)
    var isPending = false
    var index = 0
    while index < bytes.count {
      let (value, length) = bytes.span.scalar(at: index)
      if value < 0x20 || classes[value] == .space {
        isPending = !line.isEmpty
      } else if value != 0xFEFF, value != 0x200B {
        if isPending { line.append(0x20) }
        isPending = false
        line.append(contentsOf: bytes[index..<index + length])
      }
      index += length
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Whether a text of ASCII is in one line already, as most are.
  private static func isLine(_ text: String) -> Bool {
    var wasSpace = true
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "&") else { return false }
      let isSpace = byte == 0x20
      if isSpace, wasSpace { return false }
      wasSpace = isSpace
    }
    return !wasSpace
  }

  /// An absolute web address; nil for anything else.
  /// - Parameter base: The address that a relative one starts from.
  static func address(_ text: String, base: String?) -> String? {
    var address: [UInt8] = []
    guard BaseAddress((base ?? "").utf8.span).append(text.utf8.span, to: &address) else {
      return nil
    }
    let isWeb = address.starts(with: "https://".utf8) || address.starts(with: "http://".utf8)
    return isWeb ? String(decoding: address, as: UTF8.self) : nil
  }

  /// The bytes that an address writes as `%` and two digits, as text.
  static func decodingPercents(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count > 1,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes the references that are found in scripts and, twice encoded, in attributes.
  private static func decodingReferences(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(maximumReference).firstIndex(of: ";"),
        let scalar = scalar(rest[rest.index(after: start)..<end])
      else {
        result += "&"
        rest = rest.dropFirst()
        continue
      }
      result.unicodeScalars.append(scalar)
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// Longest reference that is decoded, in characters.
  private static let maximumReference = 12

  private static func scalar(_ name: Substring) -> Unicode.Scalar? {
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    }
    if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
    return named[String(name)]
  }

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
    "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "hellip": "…",
    "laquo": "«", "raquo": "»", "middot": "·", "bull": "•", "copy": "©", "reg": "®", "trade": "™",
  ]
}
