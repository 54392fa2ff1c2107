import Pipeline

/// The noncharacters that stand in the cut page where emphasis starts and ends.
///
/// Elements would do, too, but unclosed ones nest until the depth's limit is met, and the parser repairs
/// the tree around them. Noncharacters are for a program's own use and never for interchange (The
/// Unicode Standard, section 23.7); those that a page holds do no harm.
struct FormattingMark {
  enum Edge: UInt8 { case start, end }

  /// From U+FDD0 on.
  private let number: UInt8

  init(_ number: UInt8) { self.number = number }

  /// Nil for tags that Markdown has nothing for.
  init?(_ tag: Tag, _ edge: Edge) {
    switch tag {
    case .strong, .b: number = edge.rawValue
    case .em, .i: number = 2 + edge.rawValue
    default: return nil
    }
  }

  /// Nil for numbers that stand for nothing.
  var meaning: (Page.Span.Kind, Edge)? {
    switch number {
    case 0: (.strong, .start)
    case 1: (.strong, .end)
    case 2: (.emphasis, .start)
    case 3: (.emphasis, .end)
    default: nil
    }
  }

  /// In UTF-8.
  var bytes: [UInt8] { FormattingMark.encodings[Int(number)] }

  /// With which all of them begin.
  static let firstByte: UInt8 = 0xEF

  private static let encodings: [[UInt8]] = (0..<4).map { [firstByte, 0xB7, 0x90 + $0] }
}
