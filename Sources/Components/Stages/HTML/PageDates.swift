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
    if published == nil { readHead(page) }
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
    guard let heading = page.blocks.first(where: { $0.level == 1 && !$0.isHidden }) else {
      return nil
    }
    let start = Int(heading.text.lowerBound) - headDistance
    let end = Int(heading.text.upperBound) + headDistance
    return facts.times.first { $0.role == .unknown && $0.offset >= start && $0.offset <= end }
  }

  /// How many blocks before and behind the main heading may hold the line with the date.
  private static let headBlocks = (before: 4, behind: 8)
  /// Longest such line in bytes: a longer block is text, whose dates are of anything.
  private static let maximumLine = 120

  /// Reads the dates that stand as text in the lines around the main heading.
  private mutating func readHead(_ page: Page) {
    guard let heading = page.blocks.firstIndex(where: { $0.level == 1 && !$0.isHidden }) else {
      return
    }
    let first = max(heading - PageDates.headBlocks.before, 0)
    let end = min(heading + PageDates.headBlocks.behind + 1, page.blocks.count)
    // What stands below the heading is nearer to the page's own matters than what stands above.
    for index in [Int](heading..<end) + [Int](first..<heading) {
      let block = page.blocks[index]
      guard block.text.count <= PageDates.maximumLine else { continue }
      let line = Array(page.text[Int(block.text.lowerBound)..<Int(block.text.upperBound)])
      guard let date = CalendarDate.first(in: line) else { continue }
      if PageDates.saysModified(line) {
        modified = modified ?? date
      } else {
        published = date
        return
      }
    }
  }

  private static func saysModified(_ line: [UInt8]) -> Bool {
    line.withUnsafeBufferPointer { line in
      modifiedWords.contains { line.holds($0) }
    }
  }

  private static let modifiedWords: [StaticString] = [
    "updat", "modif", "revis", "review", "aktualis", "actualiz", "actualis", "aggiornat",
    "atualiza", "bijgewerkt", "zaktualizowan",
  ]

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
