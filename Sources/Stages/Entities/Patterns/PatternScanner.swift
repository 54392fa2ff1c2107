import Bytes

/// Finds e-mail addresses, URLs, dates and sums of money, in one pass over the text.
///
/// Each begins at bytes that are rare in prose: `@`, `://`, `www.` and digits. Around these a matcher looks at
/// a piece of text of limited length, or at one that the pass does not visit again, so the work is linear in
/// any text.
struct PatternScanner: Sendable {
  private let wanted: [Entities.Pattern]

  init(_ patterns: [Entities.Pattern]) { wanted = patterns }

  /// Appends the mentions in a text, in order and without overlaps: the one that begins first is taken, and
  /// of two that begin at one number the longer.
  ///
  /// URLs and addresses are searched even if they are not wanted, so that no date is found inside one.
  /// - Parameter limit: The search stops after this many mentions.
  func findMentions(
    in text: Span<UInt8>, into mentions: inout [Mention], limit: Int
  ) {
    guard !wanted.isEmpty else { return }
    let anchors = PatternScanner.anchors
    var index = 0
    var floor = 0
    while true {
      while index < text.count, anchors[Int(text[index])] == .none { index += 1 }
      guard index < text.count else { return }
      guard let found = match(in: text, at: &index, from: floor) else { continue }
      floor = found.range.upperBound
      index = floor
      if case .pattern(let pattern) = found.kind, wanted.contains(pattern) {
        mentions.append(found)
        if mentions.count == limit { return }
      }
    }
  }

  /// The mention at an anchor; moves `index` past the bytes that need not be looked at again.
  private func match(
    in text: Span<UInt8>, at index: inout Int, from floor: Int
  ) -> Mention? {
    let start = index
    index += 1
    switch PatternScanner.anchors[Int(text[start])] {
    case .at:
      return EmailPattern.match(in: text, at: start, from: floor).map {
        Mention(range: $0, kind: .pattern(.email))
      }
    case .colon, .dot:
      guard let scanned = URLPattern.match(in: text, at: start, from: floor) else { return nil }
      index = scanned.end
      return scanned.range.map { Mention(range: $0, kind: .pattern(.url)) }
    case .digit:
      while index < text.count, text[index].isASCIIDigit { index += 1 }
      return number(in: text, digits: start..<index, from: floor)
    case .none:
      return nil
    }
  }

  /// The date or sum that the first of its digits belong to.
  private func number(
    in text: Span<UInt8>, digits: Range<Int>, from floor: Int
  ) -> Mention? {
    let date = DatePattern.match(in: text, digits: digits, from: floor)
    let money = MoneyPattern.match(in: text, digits: digits, from: floor)
    if let money, money.count >= date?.count ?? 0 {
      return Mention(range: money, kind: .pattern(.money))
    }
    return date.map { Mention(range: $0, kind: .pattern(.date)) }
  }

  private enum Anchor: UInt8 { case none, at, colon, dot, digit }

  private static let anchors: [Anchor] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "@"): .at
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "."): .dot
    case _ where byte.isASCIIDigit: .digit
    default: .none
    }
  }
}

extension Span<UInt8> {
  /// Whether a letter or digit of a script with spaces ends before `offset`.
  func isWord(before offset: Int) -> Bool {
    guard let (value, _) = scalar(before: offset) else { return false }
    let kind = NameScalar.table[value].kind
    return kind == .word || kind == .mark || kind == .accent
  }

  /// Whether a letter, digit or mark of a script with spaces begins at `offset`.
  func isWord(at offset: Int) -> Bool {
    guard offset < count else { return false }
    let kind = NameScalar.table[scalar(at: offset).value].kind
    return kind == .word || kind == .mark || kind == .accent
  }

  /// Length of the space at `offset`, also one that does not break a line; 0 when there is none.
  func space(at offset: Int) -> Int {
    guard offset < count else { return 0 }
    let (value, length) = scalar(at: offset)
    return NameScalar.table[value].kind == .space ? length : 0
  }

  /// Where the space that ends before `offset` starts; `offset` when there is none.
  func spaceStart(before offset: Int) -> Int {
    guard let (value, start) = scalar(before: offset) else { return offset }
    return NameScalar.table[value].kind == .space ? start : offset
  }

  /// Where the run of digits at `offset` ends, or `maximum` digits of it.
  func digitsEnd(from offset: Int, maximum: Int) -> Int {
    var end = offset
    while end - offset < maximum, byte(at: end).isASCIIDigit { end += 1 }
    return end
  }

  /// The value of at most 18 digits.
  func number(_ digits: Range<Int>) -> Int {
    digits.reduce(0) { $0 * 10 + Int(self[$1] &- 0x30) }
  }
}
