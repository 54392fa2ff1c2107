import Bytes
import Pipeline

/// Chooses when a page was published and last changed.
struct PageDates {
  private(set) var published: CalendarDate?
  private(set) var modified: CalendarDate?

  private let order: CalendarDate.Order

  /// - Parameters:
  ///   - heading: The block that is the page's title.
  ///   - isDated: Whether the page says that it is of a kind that is published on a day.
  ///   - addresses: Where the page was fetched, and where it says it is.
  init(
    _ page: Page, _ facts: PageFacts, _ linked: LinkedData, heading: Int?,
    addresses: [AddressParts], language: String?, isDated: Bool
  ) {
    order = CalendarDate.Order(language: language)
    modified =
      first([linked.modified]) ?? first(MetadataKeys.modified.lazy.map { facts.meta[$0] })
    published =
      first([linked.published]) ?? first(MetadataKeys.date.lazy.map { facts.meta[$0] })
      ?? first([linked.uploaded])
    // The front page of a site has the dates of what it leads to.
    let isFrontPage = addresses.first?.isFrontPage ?? false
    let isList = !isDated && PageDates.count(facts.dates.compactMap(date)) >= PageDates.manyDays
    let head = isFrontPage ? nil : PageHead(page, heading: heading, isList: isList)
    if let head { readMarked(facts.dates.filter { head.reach.contains($0.start) }, isHead: true) }
    if let day = addresses.lazy.compactMap(PageDates.day).first,
      published?.isNextTo(day) ?? true
    {
      // Of two neighbouring days the address has the one at the publisher's place.
      published = day
    }
    if isFrontPage { return }
    if let head { readHead(page, facts.dates, head) }
    if published == nil { published = firstPostDay(page) }
    let change = published == nil || modified == nil ? readLabelled(page) : nil
    readMarked(facts.dates, isHead: false)
    if published == nil, isDated { published = change }
    if published == nil { published = threadDay(page, facts.dates) ?? loneDay(page) }
    if published == nil, let head, let modified, isShown(modified, page, head) {
      published = modified
    }
  }

  private func isShown(_ day: CalendarDate, _ page: Page, _ head: PageHead) -> Bool {
    let blocks = page.blocks.indices.lazy.filter {
      head.reach.contains(Int(page.blocks[$0].text.lowerBound))
    }
    return blocks.contains { labelledDay(page, $0)?.0 == day }
  }

  /// Of so many days in marked places a page is a list, if it does not say otherwise.
  private static let manyDays = 3

  private static func count(_ days: [CalendarDate]) -> Int { Set(days.map(\.iso)).count }

  private func first(_ texts: some Sequence<String?>) -> CalendarDate? {
    for case .some(let text) in texts {
      if let date = CalendarDate(metadata: text, order: order) { return date }
    }
    return nil
  }

  private func date(_ place: PageFacts.DatePlace) -> CalendarDate? {
    first([place.value, place.text])
  }

  // MARK: Marked dates

  /// Reads the places that are marked as those of publication or change.
  /// - Parameter isHead: Whether they stand at the head of the page, where the first one counts. Else
  ///   their day counts if it is the only one: a list of pages has a day for each.
  private mutating func readMarked(_ places: [PageFacts.DatePlace], isHead: Bool) {
    for role in [PageFacts.DatePlace.Role.published, .modified] {
      let isKnown = role == .published ? published != nil && published != modified : modified != nil
      if isKnown { continue }
      let days = places.filter { PageDates.role($0) == role }.compactMap(date)
      guard let day = isHead ? days.first : PageDates.only(days) else { continue }
      if role == .modified {
        modified = day
      } else if published.map(day.isBefore) ?? true {
        // Metadata that have the day of the last change for both may be wrong about this one.
        published = day
      }
    }
  }

  /// The role of a date in a place: the text decides if it tells, otherwise the mark.
  private static func role(_ place: PageFacts.DatePlace) -> PageFacts.DatePlace.Role {
    let text = Array((place.text ?? "").utf8)
    if DateLabels.saysModified(text) { return .modified }
    return place.role == .unknown && DateLabels.saysPublished(text) ? .published : place.role
  }

  /// The day, if all are the same one.
  private static func only(_ days: [CalendarDate]) -> CalendarDate? {
    guard let first = days.first, days.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  // MARK: Head of the page

  /// Longest line in bytes whose date is the page's: a longer block is text, whose dates are of
  /// anything.
  private static let maximumLine = 120
  /// Longest line that is the label of the line below it.
  private static let maximumLabel = 40

  /// Reads the dates without a label at the head of the page, in `time` elements and lines.
  private mutating func readHead(_ page: Page, _ places: [PageFacts.DatePlace], _ head: PageHead) {
    guard let day = headDay(page, places, head) else { return }
    if let published {
      // Metadata may know no other day than that of the last change or of the move to another system.
      guard day.isBefore(published) else { return }
      // The day before may be the same one in another time zone.
      if day.isNextTo(published), modified.map(published.isNextTo) != true { return }
    }
    published = day
  }

  private mutating func headDay(
    _ page: Page, _ places: [PageFacts.DatePlace], _ head: PageHead
  ) -> CalendarDate? {
    let places = places.filter {
      PageDates.role($0) != .modified && head.reach.contains($0.start)
    }
    for part in head.parts {
      if let day = places.lazy.filter({ part.range.contains($0.start) }).compactMap(date).first {
        return day
      }
      for index in part.blocks {
        guard let (day, label) = labelledDay(page, index) else { continue }
        if DateLabels.saysModified(label) {
          modified = modified ?? day
        } else if !DateLabels.isOfAnother(label) {
          return day
        }
      }
    }
    return PageDates.only(places.compactMap(date))
  }

  /// The first day in a block that is a short line, and what stands before it there, or, if that is
  /// nothing, in the short block above.
  private func labelledDay(_ page: Page, _ index: Int) -> (CalendarDate, label: ArraySlice<UInt8>)?
  {
    let line = page.bytes(of: page.blocks[index])
    // A caption has the day of its picture.
    guard line.count <= PageDates.maximumLine, page.blocks[index].kind != .caption,
      let found = CalendarDate.first(in: line, order: order)
    else { return nil }
    let label = line.prefix(found.range.lowerBound)
    guard label.isEmpty, index > 0 else { return (found.date, label) }
    let above = page.bytes(of: page.blocks[index - 1])
    let isLabel =
      above.count <= PageDates.maximumLabel && !above.contains(where: \.isASCIIDigit)
    return (found.date, isLabel ? above : label)
  }

  // MARK: Labelled dates

  /// Most short blocks in which a label is searched.
  private static let maximumLines = 1024

  /// A line that says of a day what it is the day of.
  private struct LabelledDay {
    let day: CalendarDate
    let isChange: Bool
  }

  /// Reads the lines anywhere that say of a day what it is the day of. A list of pages has many such
  /// days, and none is its own. Returns the day of the last change, if one is shown.
  private mutating func readLabelled(_ page: Page) -> CalendarDate? {
    var days: [LabelledDay] = []
    let short = page.blocks.indices.lazy.filter {
      page.blocks[$0].text.count <= PageDates.maximumLine && !page.blocks[$0].isHidden
    }
    for index in short.prefix(PageDates.maximumLines) {
      guard let (day, label) = labelledDay(page, index) else { continue }
      let isChange = DateLabels.saysModified(label)
      if isChange || DateLabels.saysPublished(label) {
        days.append(LabelledDay(day: day, isChange: isChange))
      }
    }
    published =
      published ?? PageDates.only(days.filter { !$0.isChange }.map(\.day))
      ?? PageDates.dayBesideChange(days)
    let change = PageDates.only(days.filter(\.isChange).map(\.day))
    modified = modified ?? change
    return change
  }

  /// The day of publication in the line before the only change, or otherwise in the line after it. A page shows
  /// both days for itself, but only the first for pages that it links to.
  private static func dayBesideChange(_ days: [LabelledDay]) -> CalendarDate? {
    let changes = days.indices.filter { days[$0].isChange }
    guard let change = changes.first, changes.count == 1 else { return nil }
    return if change > 0 { days[change - 1].day } else { days.dropFirst().first?.day }
  }

  // MARK: Unlabelled dates

  /// The day in the line above a forum's first post, which has the post's number.
  private func firstPostDay(_ page: Page) -> CalendarDate? {
    for block in page.blocks where block.text.count <= PageDates.maximumLine && !block.isHidden {
      let line = page.bytes(of: block)
      guard let number = line.firstIndex(of: UInt8(ascii: "#")),
        line[number...].starts(with: "#1".utf8),
        line[(number + 2)...].first.map({ !$0.isASCIIDigit }) ?? true,
        let found = CalendarDate.first(in: line, order: order)
      else { continue }
      return found.date
    }
    return nil
  }

  /// The day of a thread's first post: of places in the order of time, as the posts of a thread are and
  /// the teasers of a list are not, the first.
  private func threadDay(_ page: Page, _ places: [PageFacts.DatePlace]) -> CalendarDate? {
    let places = places.filter { PageDates.role($0) == .unknown && date($0) != nil }
    let days = places.compactMap(date)
    guard let first = days.first, days.count > 1 else { return nil }
    let isInOrder = zip(days, days.dropFirst()).allSatisfy { !$1.isBefore($0) }
    return isInOrder && !isList(page, places) ? first : nil
  }

  /// Deepest level of the headings of a list's parts; below it forums have the names of their members.
  private static let maximumLevel = 3

  /// Whether each place has a heading of its own. The posts of a thread have none, or all the same.
  private func isList(_ page: Page, _ places: [PageFacts.DatePlace]) -> Bool {
    var headings: Set<[UInt8]> = []
    var blocks = page.blocks[...]
    for (place, next) in zip(places, places.dropFirst()) {
      blocks = blocks.drop { Int($0.text.lowerBound) < place.start }
      let between = blocks.prefix { Int($0.text.lowerBound) < next.start }
      guard
        let heading = between.first(where: {
          (1...UInt8(PageDates.maximumLevel)).contains($0.level)
        })
      else { return false }
      headings.insert(Array(page.bytes(of: heading)))
    }
    return headings.count == places.count - 1
  }

  /// The day that is all that a block says, if it is the only one on the page.
  private func loneDay(_ page: Page) -> CalendarDate? {
    var days: [CalendarDate] = []
    let short = page.blocks.indices.lazy.filter {
      page.blocks[$0].text.count <= PageDates.maximumLabel && !page.blocks[$0].isHidden
        && page.blocks[$0].kind != .tableRow
    }
    for index in short.prefix(PageDates.maximumLines) {
      let line = page.bytes(of: page.blocks[index])
      guard let found = CalendarDate.first(in: line, order: order),
        found.range.count == line.count
      else { continue }
      days.append(found.date)
    }
    return PageDates.only(days)
  }

  // MARK: Addresses

  /// The day in an address such as `/2016/12/14/title`, `/2016-12-14-title` or `/20161214/title`.
  private static func day(of address: AddressParts) -> CalendarDate? {
    let path = Array(address.path.utf8)
    var index = 0
    while index < path.count {
      let isStart = index > 0 && path[index - 1] == UInt8(ascii: "/")
      if isStart, path[index].isASCIIDigit,
        let found = CalendarDate.iso(at: index, in: path)
          ?? CalendarDate.yearFirst(at: index, in: path),
        found.range.upperBound == path.count || isBreak(path[found.range.upperBound])
      {
        return found.date
      }
      index += 1
    }
    return nil
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }
}
