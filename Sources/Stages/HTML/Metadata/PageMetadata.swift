import Bytes
import Pipeline

/// A page's metadata, chosen among what its parts say. What nothing says is nil: no value is guessed.
struct PageMetadata {
  var title: String?
  var author: String?
  var date: CalendarDate?
  var modified: CalendarDate?
  var description: String?
  var site: String?
  var url: String?
  var language: String?
  var type: PageType?

  /// - Parameter address: Where the page was fetched, if the input says so.
  init(_ page: Page, _ facts: PageFacts, _ linked: LinkedData, address: String?) {
    site = (linked.site ?? facts.first(MetadataKeys.site)).flatMap(PlainText.line)
    url =
      facts.canonical.flatMap { PlainText.address($0, base: address) }
      ?? facts.first(MetadataKeys.url).flatMap { PlainText.address($0, base: address) }
    description = (facts.first(MetadataKeys.description) ?? linked.description)
      .flatMap(PlainText.line)
    language = (facts.language ?? facts.first(MetadataKeys.language)).flatMap(PlainText.line)
    type =
      linked.type ?? facts.meta[MetadataKeys.type].flatMap(PageType.init(openGraph:))
      ?? facts.type
    let addresses = [address, url].compactMap { $0.flatMap(AddressParts.init) }
    let names = SiteNames(site: site, addresses: addresses)
    let title = PageTitle(page, facts, linked, names, address: addresses.first, type: type)
    self.title = title.text
    let isDated = type == .article || type == .discussion
    let dates = PageDates(
      page, facts, linked, heading: title.block, addresses: addresses, language: language,
      isDated: isDated)
    date = type?.isUndated ?? false ? nil : dates.published
    modified = dates.modified
    author =
      PageAuthor(
        page, facts, linked, heading: title.block, names: names, isSigned: isDated || date != nil
      ).name
  }

  /// The promised keys and their values, in the order of the manual.
  var members: [(key: String, value: JSONValue)] {
    [
      ("title", JSONValue(title)), ("author", JSONValue(author)), ("date", JSONValue(date?.iso)),
      ("modified", JSONValue(modified?.iso)), ("description", JSONValue(description)),
      ("site", JSONValue(site)), ("canonical_url", JSONValue(url)),
      ("declared_language", JSONValue(language)), ("page_type", JSONValue(type?.rawValue)),
    ]
  }
}
