import Bytes
import Pipeline

/// Chooses who wrote a page.
struct PageAuthor {
  private(set) var name: String?

  /// - Parameters:
  ///   - heading: The block that is the page's title.
  ///   - names: The names of the site. A site that gives its own name says no more than that it
  ///     published the page, so that who is named beside the text comes first.
  ///   - isSigned: Whether the page is of a kind that has an author, so that a site may be the one.
  init(
    _ page: Page, _ facts: PageFacts, _ linked: LinkedData, heading: Int?, names: SiteNames,
    isSigned: Bool
  ) {
    let declared =
      [linked.author] + MetadataKeys.author.map { facts.meta[$0] } + [PageAuthor.labelled(facts)]
    if let name = PageAuthor.first(declared, names) {
      self.name = name
      return
    }
    let head = PageHead(page, heading: heading, isList: false)
    let marked = PageAuthor.marked(facts.bylines, head)
    name = PageAuthor.first(marked, names) ?? head.flatMap { Byline.name(page, $0) }
    if name == nil, isSigned {
      name = declared.lazy.compactMap { $0.flatMap(Byline.name(in:)) }.first
    }
  }

  /// The first candidate that is a name, and another than the site's.
  private static func first(_ candidates: [String?], _ names: SiteNames) -> String? {
    for case .some(let candidate) in candidates {
      if let name = Byline.name(in: candidate), !names.holds(name) { return name }
    }
    return nil
  }

  /// The name in the pair of `meta` elements that label and value are.
  private static func labelled(_ facts: PageFacts) -> String? {
    let key = MetadataKeys.labelledAuthor
    guard let label = facts.meta[key.label], Byline.isIntroduction(label) else { return nil }
    return facts.meta[key.name]
  }

  /// The texts of marked places, the plainest mark first: of each those at the head of the page, or the
  /// only one that the page has.
  private static func marked(_ bylines: [PageFacts.Byline], _ head: PageHead?) -> [String] {
    let bylines = bylines.filter { $0.text != nil }
    var candidates: [String] = []
    for mark in [PageFacts.Byline.Mark.rel, .itemprop, .className, .address] {
      var marked = bylines.filter { $0.mark == mark }
      if mark == .address {
        // That a link leads to an author does not say that its text is the name.
        marked.removeAll { !Byline.isPlainName($0.text ?? "") }
      }
      let near = marked.filter { head?.reach.contains($0.start) ?? false }
      candidates += near.compactMap(\.text)
      let names = Set(marked.compactMap { $0.text.flatMap(Byline.name(in:)) })
      if names.count == 1 { candidates += marked.prefix(1).compactMap(\.text) }
    }
    return candidates
  }
}
