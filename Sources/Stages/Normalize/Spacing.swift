import Bytes

/// Writes texts with the white space and without the invisible characters that settings ask for.
struct Spacing {
  private let whiteSpace: WhiteSpace
  private let removes: Bool

  init(_ settings: Normalize.Settings) {
    whiteSpace = settings.whiteSpace
    removes = settings.invisible == .remove
  }

  /// What a scalar is to this stage.
  private enum Kind {
    case visible, space, lineEnd, invisible
  }

  /// Writes the text in place of what `made` held.
  /// - Complexity: O(n).
  func write(_ text: Span<UInt8>, into made: inout [UInt8]) {
    made.removeAll(keepingCapacity: true)
    made.reserveCapacity(text.count)
    var index = 0
    // Spaces and line ends since the last scalar that was written.
    var spaces = false
    var lineEnds = 0
    while index < text.count {
      let (kind, length) = Spacing.kind(text, at: index)
      let range = index..<index + length
      index = range.upperBound
      switch kind {
      case .invisible where removes: continue
      case .space where whiteSpace != .keep: spaces = true
      case .lineEnd where whiteSpace != .keep:
        lineEnds += 1
        spaces = true
      default:
        if !made.isEmpty { append(spaces, lineEnds, &made) }
        (spaces, lineEnds) = (false, 0)
        for place in range { made.append(text[place]) }
      }
    }
  }

  private func append(_ spaces: Bool, _ lineEnds: Int, _ made: inout [UInt8]) {
    switch (whiteSpace, lineEnds) {
    case (.lines, 1): made.append(UInt8(ascii: "\n"))
    case (.lines, 2...): made += "\n\n".utf8
    default: if spaces { made.append(UInt8(ascii: " ")) }
    }
  }

  /// The kind of the scalar that starts at `index`, and its length. A carriage return before a line feed belongs
  /// to it.
  private static func kind(_ text: Span<UInt8>, at index: Int) -> (Kind, Int) {
    switch text[index] {
    case 0x0A, 0x0B, 0x0C: return (.lineEnd, 1)
    case 0x0D:
      let isPair = index + 1 < text.count && text[index + 1] == 0x0A
      return (.lineEnd, isPair ? 2 : 1)
    case 0x09, 0x20: return (.space, 1)
    case 0x00..<0x20, 0x7F: return (.invisible, 1)
    case ..<0x80: return (.visible, 1)
    case ..<0xE0: return (twoBytes(text[index], text[index + 1]), 2)
    case ..<0xF0: return (threeBytes(text[index], text[index + 1], text[index + 2]), 3)
    default: return (.visible, 4)
    }
  }

  private static func twoBytes(_ first: UInt8, _ second: UInt8) -> Kind {
    guard first == 0xC2 else { return .visible }
    switch second {
    case 0x85: return .lineEnd  // U+0085, next line
    case ..<0xA0, 0xAD: return .invisible  // C1 controls, soft hyphen
    case 0xA0: return .space
    default: return .visible
    }
  }

  private static func threeBytes(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Kind {
    switch (first, second, third) {
    // U+2000 to U+200A, U+202F, U+205F, U+1680 and U+3000 are spaces.
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE1, 0x9A, 0x80),
      (0xE3, 0x80, 0x80):
      .space
    case (0xE2, 0x80, 0xA8...0xA9): .lineEnd  // U+2028 and U+2029
    // A space without width, marks and overrides of direction, the word joiner, isolates, a byte order mark.
    case (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE),
      (0xE2, 0x81, 0xA0), (0xE2, 0x81, 0xA6...0xA9), (0xEF, 0xBB, 0xBF):
      .invisible
    default: .visible
    }
  }
}
