import Bytes

/// A day, read from the spellings that pages use.
struct CalendarDate: Equatable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  /// Nil for a day that no calendar has, or that no page can be of.
  init?(year: Int, month: Int, day: Int) {
    guard CalendarDate.years.contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.length(of: month, in: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Years of pages: the web's first, and far enough ahead for dates of events.
  private static let years = 1990...2099

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `YYYY-MM-DD`.
  var iso: String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// Whether the other day is the one before, this one, or the one after: the same moment has such
  /// days in two time zones.
  func isNextTo(_ other: CalendarDate) -> Bool { abs(dayNumber - other.dayNumber) <= 1 }

  func isBefore(_ other: CalendarDate) -> Bool { dayNumber < other.dayNumber }

  /// Days since the year 0, by counting March as the first month.
  private var dayNumber: Int {
    let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    return shifted.0 * 365 + shifted.0 / 4 - shifted.0 / 100 + shifted.0 / 400
      + (shifted.1 * 153 + 2) / 5 + day
  }

  /// Reads the day at the beginning of an ISO 8601 date, as metadata have it: `2016-12-14`,
  /// `2016-12-14T10:00:00+01:00`, `20161214`, `2016/12/14`; or the day of a time stamp of digits only; or
  /// the first day that `first(in:order:)` finds.
  ///
  /// The day is the one that is written: no time zone is converted.
  init?(metadata text: String, order: Order = .unknown) {
    let bytes = Array(text.utf8)
    let fields = bytes.drop { $0 <= 0x20 }
    if let date = CalendarDate.iso(at: fields.startIndex, in: bytes)?.date {
      self = date
    } else if let date = CalendarDate(stamp: fields) {
      self = date
    } else if let found = CalendarDate.first(in: bytes, order: order) {
      self = found.date
    } else {
      return nil
    }
  }

  /// Reads `20161214103000`, `201612141030`, and the seconds or milliseconds since 1970.
  private init?(stamp: ArraySlice<UInt8>) {
    guard stamp.allSatisfy(\.isASCIIDigit),
      let number = Int(String(decoding: stamp, as: UTF8.self))
    else { return nil }
    switch stamp.count {
    case 10: self.init(dayNumber: number / 86_400 + CalendarDate.unixEpoch)
    case 13: self.init(dayNumber: number / 86_400_000 + CalendarDate.unixEpoch)
    case 12, 14:
      let day = number / (stamp.count == 12 ? 10_000 : 1_000_000)
      self.init(year: day / 10_000, month: day / 100 % 100, day: day % 100)
    default: return nil
    }
  }

  /// The `dayNumber` of 1970-01-01.
  private static let unixEpoch = 719_469

  /// The day with this `dayNumber`.
  private init?(dayNumber: Int) {
    // The year cannot be further away than the leap days before it take.
    var year = (dayNumber * 400 + 399) / 146_097
    while CalendarDate.marchFirst(year) > dayNumber { year -= 1 }
    let rest = dayNumber - CalendarDate.marchFirst(year)
    let month = (rest * 5 + 2) / 153
    let day = rest - (month * 153 + 2) / 5 + 1
    self.init(
      year: month < 10 ? year : year + 1, month: month < 10 ? month + 3 : month - 9, day: day)
  }

  /// The `dayNumber` of the first of March.
  private static func marchFirst(_ year: Int) -> Int {
    year * 365 + year / 4 - year / 100 + year / 400 + 1
  }

  /// The meaning of the first number in `03/04/2016`.
  enum Order: Sendable {
    case dayFirst, monthFirst
    /// Such a date says nothing, unless one of the numbers can be no month.
    case unknown

    /// By the language that a page declares (Unicode CLDR, the format `yMd`). English needs a region;
    /// other languages put the day first, or begin with the year.
    init(language: String?) {
      guard let tag = language?.lowercased(), tag.utf8.count >= 2 else {
        self = .unknown
        return
      }
      let parts = tag.split { $0 == "-" || $0 == "_" }
      if parts.first != "en" {
        self = .dayFirst
      } else if let region = parts.dropFirst().last {
        self = ["us", "ph"].contains(region) ? .monthFirst : region == "ca" ? .unknown : .dayFirst
      } else {
        self = .unknown
      }
    }
  }

  /// A day and the bytes that it was read from.
  struct Found: Equatable {
    let date: CalendarDate
    let range: Range<Int>
  }

  /// The first day in a text, in the form `2016-12-14`, `14 December 2016`, `14. Dezember 2016`,
  /// `December 14, 2016`, `14 de diciembre de 2016`, `2016年12月14日`, `2016년 12월 14일`,
  /// `2016. december 14.`, or `14.12.2016`. Forms such as `03/04/2016` mean different days to
  /// different readers, and count only where `order` says which, or where one is impossible.
  static func first(in text: some Collection<UInt8>, order: Order = .unknown) -> Found? {
    guard mayStand(in: text) else { return nil }
    let bytes = Array(text)
    var index = 0
    while index < bytes.count {
      let isStart = index == 0 || !bytes[index - 1].isASCIIDigit
      if isStart, bytes[index].isASCIIDigit {
        if let found = iso(at: index, in: bytes) ?? numeric(at: index, in: bytes, order)
          ?? dayFirst(at: index, in: bytes) ?? yearFirst(at: index, in: bytes)
        {
          return found
        }
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
      } else if isBeforeDigit(index, in: bytes),
        let (month, end) = MonthNames.month(at: index, in: bytes)
      {
        if let found = monthFirst(month, from: index, at: end, in: bytes) { return found }
        index = end
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Whether a text has four digits in a row, as every form has: most texts need no closer look.
  private static func mayStand(in text: some Sequence<UInt8>) -> Bool {
    var digits = 0
    for byte in text {
      digits = byte.isASCIIDigit ? digits + 1 : 0
      if digits == 4 { return true }
    }
    return false
  }

  /// Whether a word begins here that a number follows: few do, and only those may be months.
  private static func isBeforeDigit(_ index: Int, in bytes: [UInt8]) -> Bool {
    func isWordPart(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }
    guard index == 0 || !isWordPart(bytes[index - 1]) else { return false }
    var end = index
    while end < bytes.count, isWordPart(bytes[end]) { end += 1 }
    return end > index && bytes[end...].prefix(maximumFiller).contains(where: \.isASCIIDigit)
  }

  /// Most bytes between a month's name and the day: ". de ".
  private static let maximumFiller = 6
}
