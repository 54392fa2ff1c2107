import Bytes

/// Mends a JSON text that is broken at the level of characters, not of structure.
enum IllFormedJSON {
  /// The text with invalid UTF-8 and escaped halves of surrogate pairs replaced by U+FFFD, followed by
  /// `padding` zero bytes; nil when there was nothing to mend.
  static func repaired(_ text: [UInt8], padding: Int) -> [UInt8]? {
    var bytes = UTF8Text(repairing: text).bytes
    let hasHalves = replaceHalves(in: &bytes)
    guard hasHalves || bytes != text else { return nil }
    bytes.append(contentsOf: repeatElement(0, count: padding))
    return bytes
  }

  /// Overwrites the hexadecimal digits of escapes that stand for half a pair.
  private static func replaceHalves(in bytes: inout [UInt8]) -> Bool {
    var replaced = false
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      guard let unit = unit(at: index, in: bytes), (0xD800..<0xE000).contains(unit) else {
        // The byte after a backslash is part of the escape; this matters most for a second backslash.
        index += 2
        continue
      }
      if unit < 0xDC00, let second = self.unit(at: index + 6, in: bytes),
        (0xDC00..<0xE000).contains(second)
      {
        index += 12
      } else {
        bytes.replaceSubrange(index + 2..<index + 6, with: "fffd".utf8)
        replaced = true
        index += 6
      }
    }
    return replaced
  }

  /// The number in `\uXXXX` at `index`, if such an escape stands there.
  private static func unit(at index: Int, in bytes: [UInt8]) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt32(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
  }
}
