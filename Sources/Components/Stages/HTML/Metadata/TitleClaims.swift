/// What a page's metadata say that its title is.
struct TitleClaims {
  /// All of them, as they stand there.
  let all: [String]
  /// The same, what is for sharing before what is for search engines.
  private let ranked: [String]
  private let element: String?
  private let shared: String?

  init(_ facts: PageFacts, _ linked: LinkedData) {
    element = PlainText.line(String(decoding: facts.title, as: UTF8.self))
    shared = facts.first(MetadataKeys.title).flatMap(PlainText.line)
    let headline = linked.headline.flatMap(PlainText.line)
    all = [headline, shared, element].compactMap(\.self)
    ranked = [shared, element, headline].compactMap(\.self)
  }

  /// The part of the `title` element that is not in the title for sharing: there the site's name goes
  /// without saying.
  var sitePart: String? {
    guard let element, let shared else { return nil }
    let sought = TitleWords(shared)
    for parts in PageTitle.cuts(element) {
      let (first, last) = (parts[0], parts[parts.count - 1])
      if TitleWords(element[parts[1].startIndex...]) == sought { return String(first) }
      if TitleWords(element[..<parts[parts.count - 2].endIndex]) == sought { return String(last) }
    }
    return nil
  }

  /// The best claim without the site's name, or with it if nothing else is left.
  func best(_ names: SiteNames) -> (text: String, isSite: Bool)? {
    for claim in ranked {
      let title = PageTitle.withoutLastPart(PageTitle.withoutSite(claim, names))
      if !names.include(title) { return (title, names.holds(title)) }
    }
    return ranked.first.map { ($0, true) }
  }
}
