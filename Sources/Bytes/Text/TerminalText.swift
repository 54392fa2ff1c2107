/// Makes text from data, definitions, paths or the environment safe for a terminal and a log.
///
/// None of it can be trusted: it may hold terminal commands, line feeds that fake a line, and marks that
/// reverse the order of the text after them.
public enum TerminalText {
  /// The text with everything written out that does more than to stand there: `\n`, `\u001b`.
  /// - Parameter keepsLines: Whether line feeds stay.
  public static func visible(_ text: String, keepsLines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isHarmful(scalar) || scalar == "\n" && keepsLines {
        shown.append(scalar)
      } else {
        shown.append(contentsOf: escape(scalar).unicodeScalars)
      }
    }
    return String(shown)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    default:
      let digits = String(scalar.value, radix: 16)
      return scalar.value > 0xFFFF
        ? "\\u{\(digits)}" : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  /// Whether a scalar is a control (but for the tab), ends a line, or changes or hides what stands
  /// around it.
  public static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20..<0x7F: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFFFE...0xFFFF: true
    case _ where turnsOrder(scalar): true
    // Marks without a width of their own that hide in a name: soft hyphen, zero width, tags.
    case 0xAD, 0x180E, 0x200B...0x200D, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// Whether a scalar is a mark of direction (UAX #9, section 2).
  public static func turnsOrder(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
