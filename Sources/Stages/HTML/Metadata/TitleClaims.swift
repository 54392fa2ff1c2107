/// The titles that a page's metadata give.
struct TitleClaims {
  /// All of them, as they stand there.
  let all: [TitleText]
  /// The same, what is for sharing before what is for search engines.
  private let ranked: [TitleText]
  private let element: TitleText?
  private let shared: TitleText?

  init(_ facts: PageFacts, _ linked: LinkedData) {
    func claim(_ text: String?) -> TitleText? {
      text.flatMap(PlainText.line).map { TitleText($0) }
    }
    element = claim(facts.title)
    shared = claim(facts.first(MetadataKeys.title))
    let headline = claim(linked.headline)
    all = [headline, shared, element].compactMap(\.self)
    ranked = [shared, element, headline].compactMap(\.self)
  }

  /// The part of the `title` element that is not in the title for sharing: there the site's name goes
  /// without saying.
  var sitePart: String? {
    guard let title = element?.text, let sought = shared?.words else { return nil }
    for parts in PageTitle.cuts(title) {
      let (first, last) = (parts[0], parts[parts.count - 1])
      if TitleWords(title[parts[1].startIndex...]) == sought { return String(first) }
      if TitleWords(title[..<parts[parts.count - 2].endIndex]) == sought { return String(last) }
    }
    return nil
  }

  /// The best claim without the site's name, or with it if nothing else is left.
  func best(_ names: SiteNames) -> (text: String, isSite: Bool)? {
    for claim in ranked {
      var title = PageTitle.withoutSite(claim.text, names)
      // Once the site is removed, the rest of the title belongs to the page, bars included.
      if title == claim.text { title = PageTitle.withoutLastPart(title) }
      if !names.include(title) { return (title, names.holds(title)) }
    }
    return ranked.first.map { ($0.text, true) }
  }
}
