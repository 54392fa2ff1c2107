import Bytes

/// Makes text of pages safe to show. Pages are hostile: their text may hold terminal commands, and marks that
/// reverse the order of the text after them.
enum ShownText {
  /// The text without controls and marks of direction.
  /// - Parameter keepsLines: Whether line breaks and tabs stay; otherwise they are spaces.
  static func harmless(_ text: String, keepsLines: Bool = false) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t": shown.append(keepsLines ? scalar : " ")
      case "\u{2028}", "\u{2029}": shown.append(" ")
      case _ where TerminalText.turnsOrder(scalar): break
      // Invisible letters are part of how languages are written.
      case _ where TerminalText.isHarmful(scalar):
        if scalar.properties.generalCategory != .format {
          shown.append("\u{FFFD}")
        } else if scalar != "\u{FEFF}" {
          shown.append(scalar)
        }
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Columns of a terminal that a scalar takes: two for East Asian wide and emoji, none for marks.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch ScalarClass.table[scalar.value] {
    case .mark, .invisible: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text as far as so many columns hold it, with an ellipsis where it is cut.
  static func fitting(_ text: String, columns: Int) -> String {
    var shown = String.UnicodeScalarView()
    var used = 0
    // Where to cut, should the text not fit: one column is for the ellipsis.
    var cut = shown.endIndex
    for scalar in text.unicodeScalars {
      let next = used + ShownText.columns(of: scalar)
      if next > columns { return String(shown[..<cut]) + "…" }
      shown.append(scalar)
      used = next
      if used < columns { cut = shown.endIndex }
    }
    return String(shown)
  }
}
