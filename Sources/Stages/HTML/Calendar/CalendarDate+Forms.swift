import Bytes

/// The forms of dates. Each function reads the date that begins with the number at an index, or that continues
/// there after the month's name.
extension CalendarDate {
  private static func found(_ year: Int, _ month: Int, _ day: Int, _ range: Range<Int>) -> Found? {
    CalendarDate(year: year, month: month, day: day).map { Found(date: $0, range: range) }
  }

  /// The separators after the year and after the month, in the forms that begin with the year.
  private static let isoSeparators = [
    ("-", "-"), ("/", "/"), (".", "."), ("年", "月"), ("년", "월"), ("", ""),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  static func iso(at start: Int, in bytes: [UInt8]) -> Found? {
    var index = start
    guard let year = number(at: &index, in: bytes, 4...4) else { return nil }
    for (first, second) in isoSeparators where bytes[index...].starts(with: first) {
      var end = index + first.count
      let digits = first.isEmpty ? 2...2 : 1...2
      if !first.isEmpty { skipSpace(at: &end, in: bytes) }
      guard let month = number(at: &end, in: bytes, digits), bytes[end...].starts(with: second)
      else { return nil }
      end += second.count
      if !second.isEmpty { skipSpace(at: &end, in: bytes) }
      guard let day = number(at: &end, in: bytes, digits),
        end == bytes.count || !bytes[end].isASCIIDigit
      else { return nil }
      return found(year, month, day, start..<end)
    }
    return nil
  }

  /// `14.12.2016`; with slashes or hyphens only where it is clear which number is the day.
  static func numeric(at start: Int, in bytes: [UInt8], _ order: Order) -> Found? {
    var index = start
    guard let first = number(at: &index, in: bytes, 1...2), index < bytes.count else { return nil }
    let separator = bytes[index]
    guard
      separator == UInt8(ascii: ".") || separator == UInt8(ascii: "/")
        || separator == UInt8(ascii: "-")
    else { return nil }
    index += 1
    guard let second = number(at: &index, in: bytes, 1...2), index < bytes.count,
      bytes[index] == separator
    else { return nil }
    index += 1
    guard let year = number(at: &index, in: bytes, 4...4),
      index == bytes.count || !bytes[index].isASCIIDigit
    else { return nil }
    let isDayFirst: Bool
    if separator == UInt8(ascii: ".") || first > 12 || first == second {
      isDayFirst = true
    } else if second > 12 {
      isDayFirst = false
    } else {
      guard order != .unknown else { return nil }
      isDayFirst = order == .dayFirst
    }
    let (day, month) = isDayFirst ? (first, second) : (second, first)
    return found(year, month, day, start..<index)
  }

  /// `14 December 2016` and the like.
  static func dayFirst(at start: Int, in bytes: [UInt8]) -> Found? {
    var index = start
    guard let day = number(at: &index, in: bytes, 1...2) else { return nil }
    skipFiller(at: &index, in: bytes)
    guard let (month, end) = MonthNames.month(at: index, in: bytes) else { return nil }
    index = end
    skipFiller(at: &index, in: bytes)
    guard let year = number(at: &index, in: bytes, 4...4) else { return nil }
    return found(year, month, day, start..<index)
  }

  /// The part after the month's name in `December 14, 2016`.
  static func monthFirst(
    _ month: Int, from start: Int, at nameEnd: Int, in bytes: [UInt8]
  ) -> Found? {
    var index = nameEnd
    skipFiller(at: &index, in: bytes)
    guard let day = number(at: &index, in: bytes, 1...2) else { return nil }
    skipFiller(at: &index, in: bytes)
    guard let year = number(at: &index, in: bytes, 4...4) else { return nil }
    return found(year, month, day, start..<index)
  }

  /// `2016. december 14.` and `2016 Dec 14`.
  static func yearFirst(at start: Int, in bytes: [UInt8]) -> Found? {
    var index = start
    guard let year = number(at: &index, in: bytes, 4...4) else { return nil }
    skipFiller(at: &index, in: bytes)
    guard let (month, end) = MonthNames.month(at: index, in: bytes) else { return nil }
    index = end
    skipFiller(at: &index, in: bytes)
    guard let day = number(at: &index, in: bytes, 1...2),
      index == bytes.count || !bytes[index].isASCIIDigit
    else { return nil }
    return found(year, month, day, start..<index)
  }

  /// Steps over one space, as in `2016. 12. 14.` and `2016년 12월 14일`.
  private static func skipSpace(at index: inout Int, in bytes: [UInt8]) {
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
  }

  /// Steps over what stands between a date's parts: spaces, punctuation, `th`, `of`, `de`.
  private static func skipFiller(at index: inout Int, in bytes: [UInt8]) {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
      {
        index += 1
        continue
      }
      let word = fillers.last { filler in
        let end = index + filler.count
        return bytes[index...].starts(with: filler) && end < bytes.count
          && !bytes[end].isASCIILetter
      }
      guard let word else { return }
      index += word.count
    }
  }

  private static let fillers = ["st", "nd", "rd", "th", "er", "of", "de", "del", "º", "ª"].map {
    Array($0.utf8)
  }

  /// A number of so many digits. Where more are allowed and present, more are taken.
  private static func number(
    at index: inout Int, in bytes: [UInt8], _ range: ClosedRange<Int>
  ) -> Int? {
    var end = index
    var value = 0
    while end < bytes.count, end - index < range.upperBound, bytes[end].isASCIIDigit {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    guard range.contains(end - index) else { return nil }
    index = end
    return value
  }
}
