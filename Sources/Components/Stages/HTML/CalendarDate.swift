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

  /// Reads the day at the beginning of an ISO 8601 date, as metadata have it: `2016-12-14`,
  /// `2016-12-14T10:00:00+01:00`, `20161214`, `2016/12/14`; or the first day that `first(in:)` finds.
  ///
  /// The day is the one that is written: no time zone is converted.
  init?(metadata text: String) {
    let bytes = Array(text.utf8)
    let fields = bytes.drop { $0 <= 0x20 }
    if let date = CalendarDate.iso(at: fields.startIndex, in: bytes) {
      self = date
    } else if let date = CalendarDate.first(in: bytes) {
      self = date
    } else {
      return nil
    }
  }

  /// The first day in a text, in the form `2016-12-14`, `14 December 2016`, `14. Dezember 2016`,
  /// `December 14, 2016`, `14 de diciembre de 2016`, `2016年12月14日`, or `14.12.2016`. Forms such as
  /// `12/14/2016` mean different days to different readers, and count only where one is impossible.
  static func first(in bytes: [UInt8]) -> CalendarDate? {
    var index = 0
    while index < bytes.count {
      let isStart = index == 0 || !bytes[index - 1].isASCIIDigit
      if isStart, bytes[index].isASCIIDigit {
        if let date = iso(at: index, in: bytes) ?? numeric(at: index, in: bytes)
          ?? dayFirst(at: index, in: bytes)
        {
          return date
        }
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
      } else if let (month, end) = monthName(at: index, in: bytes) {
        if let date = monthFirst(month, at: end, in: bytes) { return date }
        index = end
      } else {
        index += 1
      }
    }
    return nil
  }

  // MARK: Forms

  private static func iso(at start: Int, in bytes: [UInt8]) -> CalendarDate? {
    var index = start
    guard let year = number(at: &index, in: bytes, digits: 4) else { return nil }
    let separators: [[UInt8]] = [
      Array("-".utf8), Array("/".utf8), Array(".".utf8), Array("年".utf8), [],
    ]
    for separator in separators where bytes[index...].starts(with: separator) {
      var end = index + separator.count
      let digits = separator.isEmpty ? 2...2 : 1...2
      guard let month = number(at: &end, in: bytes, range: digits) else { return nil }
      let second = separator == Array("年".utf8) ? Array("月".utf8) : separator
      guard bytes[end...].starts(with: second) else { return nil }
      end += second.count
      guard let day = number(at: &end, in: bytes, range: digits),
        end == bytes.count || !bytes[end].isASCIIDigit
      else { return nil }
      return CalendarDate(year: year, month: month, day: day)
    }
    return nil
  }

  /// `14.12.2016`; with slashes or hyphens only when one number cannot be a month.
  private static func numeric(at start: Int, in bytes: [UInt8]) -> CalendarDate? {
    var index = start
    guard let first = number(at: &index, in: bytes, range: 1...2), index < bytes.count else {
      return nil
    }
    let separator = bytes[index]
    guard
      separator == UInt8(ascii: ".") || separator == UInt8(ascii: "/")
        || separator == UInt8(ascii: "-")
    else { return nil }
    index += 1
    guard let second = number(at: &index, in: bytes, range: 1...2), index < bytes.count,
      bytes[index] == separator
    else { return nil }
    index += 1
    guard let year = number(at: &index, in: bytes, digits: 4) else { return nil }
    if separator == UInt8(ascii: ".") || first > 12 {
      return CalendarDate(year: year, month: second, day: first)
    }
    return second > 12 ? CalendarDate(year: year, month: first, day: second) : nil
  }

  /// `14 December 2016` and the like.
  private static func dayFirst(at start: Int, in bytes: [UInt8]) -> CalendarDate? {
    var index = start
    guard let day = number(at: &index, in: bytes, range: 1...2) else { return nil }
    skipFiller(at: &index, in: bytes)
    guard let (month, end) = monthName(at: index, in: bytes) else { return nil }
    index = end
    skipFiller(at: &index, in: bytes)
    guard let year = number(at: &index, in: bytes, digits: 4) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// What follows the month's name in `December 14, 2016`.
  private static func monthFirst(_ month: Int, at start: Int, in bytes: [UInt8]) -> CalendarDate? {
    var index = start
    skipFiller(at: &index, in: bytes)
    guard let day = number(at: &index, in: bytes, range: 1...2) else { return nil }
    skipFiller(at: &index, in: bytes)
    guard let year = number(at: &index, in: bytes, digits: 4) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// Steps over what stands between a date's parts: spaces, punctuation, `th`, `of`, `de`.
  private static func skipFiller(at index: inout Int, in bytes: [UInt8]) {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-")
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

  private static let fillers = ["st", "nd", "rd", "th", "of", "de", "del"].map { Array($0.utf8) }

  private static func number(at index: inout Int, in bytes: [UInt8], digits: Int) -> Int? {
    number(at: &index, in: bytes, range: digits...digits)
  }

  /// A number of so many digits. Where more are allowed and present, more are taken.
  private static func number(
    at index: inout Int, in bytes: [UInt8], range: ClosedRange<Int>
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

  // MARK: Months

  /// The month whose name or abbreviation stands at `index`, and where it ends.
  private static func monthName(at index: Int, in bytes: [UInt8]) -> (month: Int, end: Int)? {
    guard index < bytes.count, bytes[index].isASCIILetter || bytes[index] >= 0xC3,
      index == 0 || !(bytes[index - 1].isASCIILetter || bytes[index - 1] >= 0x80)
    else { return nil }
    var end = index
    while end < bytes.count, end - index < maximumMonthName,
      bytes[end].isASCIILetter || bytes[end] >= 0x80
    {
      end += 1
    }
    let word = String(decoding: bytes[index..<end], as: UTF8.self).lowercased()
    return months[word].map { ($0, end) }
  }

  /// Longest month's name in bytes; Russian and Greek letters take two.
  private static let maximumMonthName = 24

  /// Names in the languages of most pages; abbreviations where they are used in dates. A name counts
  /// only beside a day and a year, so that words such as "may" and "mars" do no harm.
  private static let months: [String: Int] = {
    let names = [
      "january jan januar januari janvier enero gennaio janeiro stycznia января ιανουαρίου ledna ocak",
      "february feb februar februari février febrero febbraio fevereiro lutego февраля φεβρουαρίου února şubat",
      "march mar märz maart mars marzo março marca марта μαρτίου března mart",
      "april apr avril abril aprile kwietnia апреля απριλίου dubna nisan",
      "may mai mei mayo maggio maio maja мая μαΐου května mayıs maj",
      "june jun juni juin junio giugno junho czerwca июня ιουνίου června haziran",
      "july jul juli juillet julio luglio julho lipca июля ιουλίου července temmuz",
      "august aug augustus août agosto sierpnia августа αυγούστου srpna ağustos augusti",
      "september sep sept septembre septiembre settembre setembro września сентября σεπτεμβρίου září eylül",
      "october oct oktober okt octobre octubre ottobre outubro października октября οκτωβρίου října ekim",
      "november nov novembre noviembre novembro listopada ноября νοεμβρίου kasım",
      "december dec dezember dez décembre diciembre dicembre dezembro grudnia декабря δεκεμβρίου prosince aralık",
    ]
    var months: [String: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list.split(separator: " ") { months[String(name)] = index + 1 }
    }
    return months
  }()
}
