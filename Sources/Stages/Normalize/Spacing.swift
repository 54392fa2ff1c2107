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
      let (scalar, length) = text.scalar(at: index)
      let isPair = scalar == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A
      let range = index..<index + length + (isPair ? 1 : 0)
      index = range.upperBound
      switch Spacing.kind(of: scalar) {
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

  /// Of a scalar that is no carriage return before a line feed.
  private static func kind(of scalar: UInt32) -> Kind {
    switch scalar {
    case 0x0A...0x0D, 0x85, 0x2028...0x2029: .lineEnd
    // Controls, soft hyphens, spaces without width, marks and overrides of direction, word joiners, isolates,
    // byte order marks. Tabs are spaces.
    case 0..<0x20 where scalar != 0x09, 0x7F..<0xA0, 0xAD, 0x200B, 0x200E...0x200F, 0x202A...0x202E,
      0x2060, 0x2066...0x2069, 0xFEFF:
      .invisible
    default: ScalarClass.table[scalar] == .space ? .space : .visible
    }
  }
}
