import Bytes

/// Makes JSON of what is nearly JSON, so that one mistake costs one value and not all of them: quotation
/// marks inside of strings, missing and superfluous commas, single quotation marks, names without any,
/// words and numbers that are none, brackets that do not match, an end that is missing.
///
/// One pass. What cannot be read becomes null.
struct RepairedJSON {
  private enum Place { case name, colon, value, comma }

  private var input: [UInt8] = []
  private var index = 0
  private var output: [UInt8] = []
  /// The open containers, from the outside in, and whether they hold anything.
  private var open: [(isObject: Bool, isEmpty: Bool)] = []
  private var place = Place.value

  /// Containers inside of one another; the rest is not read.
  private static let maximumDepth = 64

  mutating func repair(_ text: [UInt8]) -> [UInt8] {
    self = RepairedJSON()
    input = text
    while index < input.count, open.count < RepairedJSON.maximumDepth, step() {}
    while !open.isEmpty { close() }
    return output
  }

  /// Reads one token. Returns whether the text goes on.
  private mutating func step() -> Bool {
    let byte = input[index]
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      index += 1
      beginValue()
      output.append(byte)
      open.append((byte == UInt8(ascii: "{"), true))
      place = byte == UInt8(ascii: "{") ? .name : .value
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      index += 1
      let isObject = byte == UInt8(ascii: "}")
      if let match = open.lastIndex(where: { $0.isObject == isObject }) {
        while open.count > match { close() }
      } else if open.count > 1 {
        // One that nothing open matches is meant for the innermost.
        close()
      }
      return !open.isEmpty
    case UInt8(ascii: ":"):
      index += 1
      if place == .colon { endName() }
    case UInt8(ascii: ","):
      index += 1
      if place == .colon { endName() }
      if place == .value, open.last?.isObject ?? false { append("null") }
      place = open.last?.isObject ?? false ? .name : .value
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      index += 1
      appendToken { $0.appendString(endingIn: byte) }
    case ...0x20: index += 1
    default: appendToken { $0.appendWord() }
    }
    return true
  }

  /// Reads a string or word as a name or a value, whichever can stand here.
  private mutating func appendToken(_ append: (inout Self) -> Void) {
    if open.last?.isObject ?? false, place == .name || place == .comma {
      separate()
      isName = true
      append(&self)
      isName = false
      place = .colon
    } else {
      beginValue()
      append(&self)
      place = .comma
    }
  }

  private var isName = false

  private mutating func beginValue() {
    switch place {
    case .colon: endName()
    // A value without a name.
    case .name, .comma:
      separate()
      if open.last?.isObject ?? false { output += "\"\":".utf8 }
      return
    case .value: break
    }
    if !(open.last?.isObject ?? true) { separate() }
  }

  /// Writes a comma if the container already holds something.
  private mutating func separate() {
    guard let last = open.indices.last else { return }
    if !open[last].isEmpty { output.append(UInt8(ascii: ",")) }
    open[last].isEmpty = false
  }

  private mutating func endName() {
    output.append(UInt8(ascii: ":"))
    place = .value
  }

  private mutating func append(_ word: StaticString) {
    output.append(contentsOf: word.bytes)
    place = .comma
  }

  private mutating func close() {
    guard let container = open.last else { return }
    if container.isObject {
      if place == .colon { endName() }
      if place == .value { append("null") }
    }
    open.removeLast()
    output.append(UInt8(ascii: container.isObject ? "}" : "]"))
    place = .comma
  }

  // MARK: Strings and words

  private mutating func appendString(endingIn quote: UInt8) {
    output.append(UInt8(ascii: "\""))
    while index < input.count {
      let byte = input[index]
      index += 1
      switch byte {
      case quote where endsString(at: index):
        output.append(UInt8(ascii: "\""))
        return
      case UInt8(ascii: "\""): output += "\\\"".utf8
      case UInt8(ascii: "\\"): appendEscape()
      case ..<0x20: output.append(0x20)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Whether the quotation mark before ends the string, and is not part of the text: something of JSON
  /// follows it.
  private func endsString(at start: Int) -> Bool {
    guard let next = significant(from: start) else { return true }
    switch input[next] {
    case UInt8(ascii: ":"): return isName || place == .colon
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    case UInt8(ascii: ","):
      guard let second = significant(from: next + 1) else { return true }
      switch input[second] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "["),
        UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        return true
      default: return isMember(at: second)
      }
    // The comma is missing.
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return isMember(at: next)
    default: return false
    }
  }

  /// Longest name of a member that is looked at, in bytes.
  private static let longestName = 64

  /// Whether a name and a colon stand there.
  private func isMember(at start: Int) -> Bool {
    let quote = input[start]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    var end = isQuoted ? start + 1 : start
    let limit = min(input.count, end + RepairedJSON.longestName)
    while end < limit, input[end] > 0x20, !RepairedJSON.marks.contains(input[end]) { end += 1 }
    if isQuoted {
      guard end < input.count, input[end] == quote else { return false }
      end += 1
    }
    return significant(from: end).map { input[$0] == UInt8(ascii: ":") } ?? false
  }

  private func significant(from start: Int) -> Int? {
    var index = start
    while index < input.count, input[index] <= 0x20 { index += 1 }
    return index < input.count ? index : nil
  }

  /// Reads the escape after a backslash: one for white space or a control becomes a space, and a needless one
  /// its byte.
  private mutating func appendEscape() {
    guard index < input.count else { return }
    let byte = input[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      output.append(UInt8(ascii: "\\"))
      output.append(byte)
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"),
      UInt8(ascii: "f"):
      output.append(0x20)
    case UInt8(ascii: "u"): appendUnicode()
    case ..<0x20: output.append(0x20)
    default: output.append(byte)
    }
  }

  private mutating func appendUnicode() {
    guard let unit = hexadecimal() else { return output.append(UInt8(ascii: "u")) }
    var value = unit
    if (0xD800..<0xDC00).contains(unit), index + 1 < input.count,
      input[index] == UInt8(ascii: "\\"),
      input[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      if let low = hexadecimal(), (0xDC00..<0xE000).contains(low) {
        value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
    }
    if value < 0x20 || value == 0x22 || value == 0x5C { return output.append(0x20) }
    output.append(scalar: Unicode.Scalar(value)?.value ?? 0xFFFD)
  }

  private mutating func hexadecimal() -> UInt32? {
    guard index + 4 <= input.count,
      let value = UInt32(String(decoding: input[index..<index + 4], as: UTF8.self), radix: 16)
    else { return nil }
    index += 4
    return value
  }

  /// Takes over a word outside of strings: as a name, as what JSON knows, or as null.
  private mutating func appendWord() {
    let start = index
    while index < input.count, input[index] > 0x20, !RepairedJSON.marks.contains(input[index]) {
      index += 1
    }
    let word = input[start..<index]
    if isName {
      output.append(UInt8(ascii: "\""))
      output += word.filter { $0 != UInt8(ascii: "\\") }
      output.append(UInt8(ascii: "\""))
    } else if word.allSatisfy(\.isASCIIDigit), word.count <= 18, word.first != UInt8(ascii: "0") {
      output += word
    } else if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) {
      output += word
    } else {
      output += "null".utf8
    }
  }

  private static let marks = Set("{}[]:,\"'".utf8)
}
