import Bytes
import Pipeline

/// Chooses when a page was published and last changed.
struct PageDates {
  private(set) var published: CalendarDate?
  private(set) var modified: CalendarDate?

  init(_ page: Page, _ facts: PageFacts, _ linked: LinkedData, address: String?) {
    modified = PageDates.first([linked.modified] + MetadataKeys.modified.map { facts.meta[$0] })
    if modified == nil {
      modified = PageDates.first(facts.times.filter { $0.role == .modified }.map(\.value))
    }
    let claims = [linked.published] + MetadataKeys.date.map { facts.meta[$0] }
    let marked = facts.times.filter { $0.role == .published }.map(\.value)
    published = PageDates.first(claims + marked)
    if published == nil, let time = PageDates.headTime(page, facts) {
      published = CalendarDate(metadata: time.value)
    }
    if published == nil { published = address.flatMap(PageDates.inAddress) }
  }

  private static func first(_ texts: [String?]) -> CalendarDate? {
    for case .some(let text) in texts {
      if let date = CalendarDate(metadata: text) { return date }
    }
    return nil
  }

  /// How far from the page's main heading a `time` element may stand, in bytes of text, and still be
  /// the page's own.
  private static let headDistance = 600

  /// The `time` element near the main heading, unless it says that it is of something else.
  private static func headTime(_ page: Page, _ facts: PageFacts) -> PageFacts.Time? {
    guard let heading = page.blocks.first(where: { $0.level == 1 }) else { return nil }
    let start = Int(heading.text.lowerBound) - headDistance
    let end = Int(heading.text.upperBound) + headDistance
    return facts.times.first { $0.role == .unknown && $0.offset >= start && $0.offset <= end }
  }

  /// The day in an address such as `/2016/12/14/title`.
  private static func inAddress(_ address: String) -> CalendarDate? {
    let parts = address.split(separator: "/")
    for index in parts.indices.dropLast(2) {
      let fields = parts[index..<index + 3]
      guard parts[index].utf8.count == 4, fields.dropFirst().allSatisfy({ $0.utf8.count <= 2 }),
        let year = Int(parts[index]), let month = Int(parts[index + 1]),
        let day = Int(parts[index + 2])
      else { continue }
      return CalendarDate(year: year, month: month, day: day)
    }
    return nil
  }
}
