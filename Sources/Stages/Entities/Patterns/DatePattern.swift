import Bytes

/// Dates with a day: in the form of ISO 8601, in numbers, with the month's name, and in Chinese,
/// Japanese and Korean. Days that no month has are no dates.
enum DatePattern {
  /// The date that begins with the digits at `digits`, or in which they are the day after a month's name.
  /// - Parameter floor: The earliest offset at which the date may begin.
  static func match(
    in text: Span<UInt8>, digits: Range<Int>, from floor: Int
  ) -> Range<Int>? {
    let start = digits.lowerBound
    guard !text.isWord(before: start) else { return nil }
    switch digits.count {
    case 4: return yearFirst(in: text, digits).map { start..<$0 }
    case 1, 2:
      if isRange(in: text, endingAt: start) { return named(in: text, digits).map { start..<$0 } }
      guard !isPart(of: text, start) else { return nil }
      if let end = numeric(in: text, digits) ?? eastAsian(in: text, digits) { return start..<end }
      return monthBefore(text, start, from: floor).flatMap { dayBehind($0, in: text, digits) }
        ?? named(in: text, digits).map { start..<$0 }
    default: return nil
    }
  }

  // MARK: Numbers alone

  /// `2026-11-20`, `2026/11/20`, `2026.11.20`, perhaps followed by a time; `2026年11月20日`.
  private static func yearFirst(in text: Span<UInt8>, _ year: Range<Int>) -> Int? {
    let separator = text.byte(at: year.upperBound)
    guard isSeparator(separator) else { return eastAsian(in: text, year) }
    guard !isPart(of: text, year.lowerBound) else { return nil }
    let monthStart = year.upperBound + 1
    let monthEnd = text.digitsEnd(from: monthStart, maximum: 2)
    let dayStart = monthEnd + 1
    let dayEnd = text.digitsEnd(from: dayStart, maximum: 2)
    guard monthEnd > monthStart, text.byte(at: monthEnd) == separator, dayEnd > dayStart,
      isDate(
        year: text.number(year), month: text.number(monthStart..<monthEnd),
        day: text.number(dayStart..<dayEnd))
    else { return nil }
    if let end = timeEnd(in: text, behind: dayEnd) { return end }
    return isEnd(of: text, dayEnd) ? dayEnd : nil
  }

  /// The end of `T10:30`, ` 10:30:15`, `T10:30:15.250Z` or `T10:30+01:00`.
  private static func timeEnd(in text: Span<UInt8>, behind day: Int) -> Int? {
    let joint = text.byte(at: day)
    guard joint == UInt8(ascii: "T") || joint == 0x20, isPair(text, day + 1, below: 25),
      text.byte(at: day + 3) == colon, isPair(text, day + 4, below: 60)
    else { return nil }
    var end = day + 6
    if text.byte(at: end) == colon, isPair(text, end + 1, below: 61) {
      end += 3
      let fraction = text.digitsEnd(from: end + 1, maximum: 9)
      if text.byte(at: end) == dot, fraction > end + 1 { end = fraction }
    }
    switch text.byte(at: end) {
    case UInt8(ascii: "Z"): end += 1
    case UInt8(ascii: "+"), hyphen:
      if isPair(text, end + 1, below: 15) {
        let minutes = text.byte(at: end + 3) == colon ? end + 4 : end + 3
        if isPair(text, minutes, below: 60) { end = minutes + 2 }
      }
    default: break
    }
    return isEnd(of: text, end) ? end : nil
  }

  /// `20.11.2026`, `20. 11. 2026`, `20/11/2026`, `11/20/2026`, `20-11-2026`.
  private static func numeric(in text: Span<UInt8>, _ first: Range<Int>) -> Int? {
    let separator = text.byte(at: first.upperBound)
    guard isSeparator(separator) else { return nil }
    let isSpaced = separator == dot && text.byte(at: first.upperBound + 1) == 0x20
    let gap = isSpaced ? 2 : 1
    let secondStart = first.upperBound + gap
    let secondEnd = text.digitsEnd(from: secondStart, maximum: 2)
    let yearStart = secondEnd + gap
    let yearEnd = text.digitsEnd(from: yearStart, maximum: 4)
    guard secondEnd > secondStart, text.byte(at: secondEnd) == separator,
      !isSpaced || text.byte(at: secondEnd + 1) == 0x20, yearEnd - yearStart == 4,
      isEnd(of: text, yearEnd)
    else { return nil }
    let year = text.number(yearStart..<yearEnd)
    let (one, two) = (text.number(first), text.number(secondStart..<secondEnd))
    // Only with slashes and hyphens the month may stand first.
    let isRight =
      isDate(year: year, month: two, day: one)
      || separator != dot && isDate(year: year, month: one, day: two)
    return isRight ? yearEnd : nil
  }

  /// `2026年11月20日`, `11月20日`, `2026년 11월 20일`.
  private static func eastAsian(in text: Span<UInt8>, _ first: Range<Int>) -> Int? {
    var year = 2000
    var month = first
    if let next = unitEnd(text, first.upperBound, "年", "년") {
      guard first.count == 4 else { return nil }
      year = text.number(first)
      month = next..<text.digitsEnd(from: next, maximum: 2)
    }
    guard !month.isEmpty, month.count <= 2,
      let dayStart = unitEnd(text, month.upperBound, "月", "월")
    else { return nil }
    let day = dayStart..<text.digitsEnd(from: dayStart, maximum: 2)
    guard !day.isEmpty,
      isDate(year: year, month: text.number(month), day: text.number(day)),
      text.holds("日", at: day.upperBound) || text.holds("일", at: day.upperBound)
        || text.holds("号", at: day.upperBound)
    else { return nil }
    return day.upperBound + 3
  }

  /// The start of the number after a unit; the unit takes three bytes.
  private static func unitEnd(
    _ text: Span<UInt8>, _ offset: Int, _ han: StaticString, _ hangul: StaticString
  ) -> Int? {
    guard text.holds(han, at: offset) || text.holds(hangul, at: offset) else { return nil }
    return offset + 3 + text.space(at: offset + 3)
  }

  // MARK: Names of months

  /// `20 November 2026`, `20. November`, `2nd of June, 2026`, `20 de noviembre de 2026`,
  /// `20-Nov-2026`.
  private static func named(in text: Span<UInt8>, _ day: Range<Int>) -> Int? {
    var index = ordinalEnd(in: text, behind: day.upperBound)
    let isHyphened = text.byte(at: index) == hyphen
    index = isHyphened ? index + 1 : skipSpaces(text, index)
    index = skipConnector(text, index)
    guard let (month, end) = month(in: text, at: index) else { return nil }
    let dayNumber = text.number(day)
    if let (year, yearEnd) = year(in: text, behind: end, isHyphened: isHyphened) {
      return isDate(year: year, month: month, day: dayNumber) ? yearEnd : nil
    }
    return !isHyphened && isDate(year: leapYear, month: month, day: dayNumber) ? end : nil
  }

  /// `November 20, 2026`, `Nov. 20`, `October 17th`.
  private static func dayBehind(
    _ name: (start: Int, month: Int), in text: Span<UInt8>, _ day: Range<Int>
  ) -> Range<Int>? {
    let end = ordinalEnd(in: text, behind: day.upperBound)
    guard !text.isWord(at: end) else { return nil }
    let dayNumber = text.number(day)
    if let (year, yearEnd) = year(in: text, behind: end, isHyphened: false) {
      return isDate(year: year, month: name.month, day: dayNumber) ? name.start..<yearEnd : nil
    }
    guard isDate(year: leapYear, month: name.month, day: dayNumber) else { return nil }
    // The point of an ordinal is the sentence's.
    return name.start..<(text.byte(at: end - 1) == dot ? end - 1 : end)
  }

  private static func month(
    in text: Span<UInt8>, at offset: Int
  ) -> (month: Int, end: Int)? {
    guard
      case (.month(let month, let needsCapital), let end)? =
        Lexicon.standard.word(in: text, at: offset)
    else { return nil }
    return needsCapital && !text[offset].isASCIICapital ? nil : (month, end)
  }

  /// The English or German name that stands before a day.
  private static func monthBefore(
    _ text: Span<UInt8>, _ day: Int, from floor: Int
  ) -> (start: Int, month: Int)? {
    let space = text.spaceStart(before: day)
    guard space < day else { return nil }
    let end = text.byte(at: space - 1) == dot ? space - 1 : space
    var start = end
    while start > floor, end - start < longestName, text[start - 1].isASCIILetter { start -= 1 }
    guard start < end, text[start].isASCIICapital, !text.isWord(before: start),
      let (month, nameEnd) = month(in: text, at: start), nameEnd == end
    else { return nil }
    return (start, month)
  }

  /// The year after a month or day: `2026`, `, 2026`, ` de 2026`, `-2026`.
  private static func year(
    in text: Span<UInt8>, behind offset: Int, isHyphened: Bool
  ) -> (year: Int, end: Int)? {
    var index = offset
    if isHyphened {
      guard text.byte(at: index) == hyphen else { return nil }
      index += 1
    } else {
      if text.byte(at: index) == dot { index += 1 }
      if text.byte(at: index) == UInt8(ascii: ",") { index += 1 }
      let spaced = skipSpaces(text, index)
      guard spaced > index else { return nil }
      index = skipConnector(text, spaced)
    }
    let end = text.digitsEnd(from: index, maximum: 5)
    guard end - index == 4, !text.isWord(at: end) else { return nil }
    let year = text.number(index..<end)
    return years.contains(year) ? (year, end) : nil
  }

  /// Where the ending of an ordinal number ends: `st`, `nd`, `rd`, `th`, `er`, a point, a raised o
  /// or a.
  private static func ordinalEnd(in text: Span<UInt8>, behind offset: Int) -> Int {
    if text.byte(at: offset) == dot { return offset + 1 }
    for sign: StaticString in ["st", "nd", "rd", "th", "er", "º", "ª", "°"]
    where text.holds(sign, at: offset) && !text.isWord(at: offset + 2) { return offset + 2 }
    return offset
  }

  /// The offset after `of `, `de ` or `del `.
  private static func skipConnector(_ text: Span<UInt8>, _ offset: Int) -> Int {
    for (word, count): (StaticString, Int) in [("of ", 3), ("de ", 3), ("del ", 4)]
    where text.holds(word, at: offset) { return offset + count }
    return offset
  }

  /// The offset after one space or two.
  private static func skipSpaces(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let index = offset + text.space(at: offset)
    return index + text.space(at: index)
  }

  // MARK: Bounds

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == dot || byte == hyphen || byte == UInt8(ascii: "/")
  }

  private static func isPair(
    _ text: Span<UInt8>, _ offset: Int, below bound: Int
  ) -> Bool {
    let end = text.digitsEnd(from: offset, maximum: 2)
    return end - offset == 2 && text.number(offset..<end) < bound
  }

  /// Whether a number at `start` is the later part of something: of a version, a path, a price.
  private static func isPart(of text: Span<UInt8>, _ start: Int) -> Bool {
    guard let (value, before) = text.scalar(before: start) else { return false }
    switch value {
    case 0x2F, 0x5F, 0x3D, 0x23, 0x40, 0x24: return true  // / _ = # @ $
    case 0x2D, 0x2E, 0x2C, 0x3A, 0x27, 0x2B:  // - . , : ' +
      return text.isWord(before: before)
    default: return Unicode.Scalar(value)?.properties.generalCategory == .currencySymbol
    }
  }

  /// Whether the number at `start` ends a range of days: `17-20 November`.
  private static func isRange(in text: Span<UInt8>, endingAt start: Int) -> Bool {
    guard text.byte(at: start - 1) == hyphen else { return false }
    var first = start - 1
    while start - first < 4, text.byte(at: first - 1).isASCIIDigit { first -= 1 }
    return (1...2).contains(start - 1 - first) && !text.isWord(before: first)
      && !isPart(of: text, first)
  }

  /// Whether a date of numbers ends here, and is not the beginning of something longer.
  private static func isEnd(of text: Span<UInt8>, _ end: Int) -> Bool {
    if text.isWord(at: end) { return false }
    switch text.byte(at: end) {
    case UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "/"): return false
    case dot, hyphen, colon: return !text.byte(at: end + 1).isASCIIDigit
    default: return true
    }
  }

  private static func isDate(year: Int, month: Int, day: Int) -> Bool {
    guard years.contains(year), (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let last = month == 2 && !isLeap ? 28 : dayCounts[month - 1]
    return (1...last).contains(day)
  }

  private static let dayCounts = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Numbers that are years in running text; smaller and larger ones count other things.
  private static let years = 1000...2999

  /// Where no year is named, the 29th of February is a date.
  private static let leapYear = 2000

  /// `September`.
  private static let longestName = 9

  private static let dot = UInt8(ascii: ".")
  private static let hyphen = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")
}
