import Bytes
import Pipeline

/// Chooses a page's title: the heading that readers see, if the page's metadata or its address agree
/// that it is one.
struct PageTitle {
  private(set) var text: String?
  /// The block that the title is, or else the page's first main heading.
  private(set) var block: Int?

  /// Longest heading that can be a title, in bytes.
  private static let maximumHeading = 400

  /// - Parameters:
  ///   - address: Where the page is.
  ///   - type: What the page says it is.
  init(
    _ page: Page, _ facts: PageFacts, _ linked: LinkedData, _ names: SiteNames,
    address: AddressParts?, type: PageType?
  ) {
    let claims = TitleClaims(facts, linked)
    let sitePart = claims.sitePart.map { TitleWords($0) }
    let all = PageTitle.headings(page)
    // The first heading of many a page is the site's name, which is a title on the front page only.
    let isFrontPage = address?.isFrontPage ?? false
    let headings = all.filter {
      isFrontPage || !names.include($0.title.text) && $0.title.words != sitePart
    }
    text =
      PageTitle.agreed(headings.map(\.title), claims, names)
      ?? PageTitle.chosen(headings.map(\.title), claims, names, address: address, type: type)
      ?? all.first?.title.text
    block = headings.first { $0.title.text == text }?.block ?? PageTitle.block(of: text, page)
    if block.map({ page.blocks[$0].level != 1 }) ?? true, let main = headings.first?.block {
      // A title in other words than the main heading may be a heading far below it, too.
      block = min(block ?? main, main)
    }
    block = block ?? all.first?.block
  }

  /// The heading that is what one of the metadata says, or at least a part or the beginning of it.
  private static func agreed(
    _ headings: [TitleText], _ claims: TitleClaims, _ names: SiteNames
  ) -> String? {
    guard !headings.isEmpty else { return nil }
    let titles = claims.all.map { TitleWords(withoutSite($0.text, names)) }
    let heading =
      headings.first { titles.contains($0.words) }
      ?? headings.first { heading in claims.all.contains { agree($0, heading) } }
    return heading?.text
  }

  /// The title of a page whose headings and metadata do not agree.
  private static func chosen(
    _ headings: [TitleText], _ claims: TitleClaims, _ names: SiteNames,
    address: AddressParts?, type: PageType?
  ) -> String? {
    guard let heading = headings.first else { return claims.best(names)?.text }
    guard let claim = claims.best(names) else { return heading.text }
    if claim.isSite { return headings.count == 1 ? heading.text : claim.text }
    if let address {
      // The address was made of one of them.
      let own = share(of: address, in: heading.words)
      let other = share(of: address, in: TitleWords(claim.text))
      if own != other { return own > other ? heading.text : without(heading, claim.text) }
    }
    // Articles and posts may have one title for search engines and another for readers.
    guard type == .article || type == .discussion, headings.count == 1,
      claims.all.contains(where: { resemble($0, heading) })
    else { return claim.text }
    return heading.text
  }

  /// The title without a part at either end that is another heading.
  private static func without(_ heading: TitleText, _ title: String) -> String {
    shortened(title, without: { TitleWords($0) == heading.words }) ?? title
  }

  /// How large a share of the words in the last part of an address a title has; numbers do not count.
  private static func share(of address: AddressParts, in title: TitleWords) -> Double {
    guard let part = address.path.utf8.split(separator: UInt8(ascii: "/")).last else { return 0 }
    // The ".html" after it does not count.
    let name = part[..<(part.lastIndex(of: UInt8(ascii: ".")) ?? part.endIndex)]
    let sought = Set(TitleWords(PlainText.decodingPercents(Substring(name))).list)
      .filter { !$0.allSatisfy(\.isASCIIDigit) }
    guard !sought.isEmpty else { return 0 }
    return Double(sought.intersection(title.list).count) / Double(sought.count)
  }

  /// The page's first headings of the highest level.
  private static func headings(_ page: Page) -> [(title: TitleText, block: Int)] {
    page.blocks.indices.lazy.filter {
      page.blocks[$0].level == 1 && !page.blocks[$0].isHidden
        && page.blocks[$0].text.count <= maximumHeading
    }
    .prefix(3).map { (TitleText(page.string(of: page.blocks[$0])), $0) }
  }

  /// The block of another kind that has the title's words: a heading of a lower level, or else any.
  private static func block(of title: String?, _ page: Page) -> Int? {
    guard let title else { return nil }
    let sought = TitleWords(title)
    guard !sought.isEmpty else { return nil }
    let length = title.utf8.count
    let blocks = page.blocks.indices.prefix(maximumBlocks).filter {
      // Quotation marks and hyphens differ in length.
      abs(page.blocks[$0].text.count - length) <= 8 + length / 8
        && TitleWords(page.string(of: page.blocks[$0])) == sought
    }
    // Of several ones the path to the page comes first.
    return blocks.last { page.blocks[$0].level > 0 } ?? blocks.last
      ?? page.blocks.indices.prefix(maximumBlocks).first {
        // Marks and the name of a linked site may follow.
        page.blocks[$0].text.count <= length + maximumMarks
          && page.bytes(of: page.blocks[$0]).starts(with: title.utf8)
      }
  }

  /// Longest text in bytes that may follow the title in its block.
  private static let maximumMarks = 64

  /// How many blocks are compared with the title: large menus and some.
  private static let maximumBlocks = 2048

  /// How much of its words a heading shares with a claim of which it is another wording, as the
  /// harmonic mean of the shares in both. Of the reviewed articles with one main heading 38 have such a
  /// heading for a title and 21 the claim; below this share 2 and 12.
  private static let resemblance = 0.2

  private static func resemble(_ claim: TitleText, _ heading: TitleText) -> Bool {
    let (claim, heading) = (claim.words.list, heading.words.list)
    let shared = Set(claim).intersection(heading).count
    guard shared >= 2 else { return false }
    return Double(2 * shared) >= resemblance * Double(claim.count + heading.count)
  }

  /// Whether the claim begins with the heading, or the heading with it, or the heading is one of the
  /// claim's parts.
  private static func agree(_ claim: TitleText, _ heading: TitleText) -> Bool {
    let sought = heading.words
    guard !sought.isEmpty else { return false }
    if claim.words.starts(with: sought) { return true }
    // A word alone begins too many headings.
    if claim.words.list.count >= 2, sought.starts(with: claim.words) { return true }
    return cuts(claim.text).contains { $0.dropLast().contains { TitleWords($0) == sought } }
  }

  private static let separators = [
    " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ", " ~ ", ": ",
  ]

  /// The parts of a title by each of the separators that it has: two or more.
  static func cuts(_ title: String) -> some Sequence<[Substring]> {
    separators.lazy.map { title.parts(separatedBy: $0) }.filter { $0.count > 1 }
  }

  /// The title without the parts at either end that are the site's name.
  static func withoutSite(_ title: String, _ names: SiteNames) -> String {
    var title = title
    for _ in 0..<maximumSiteParts {
      guard
        let shorter = shortened(title, without: { names.include(String($0)) || $0 == forumPhrase })
          ?? shortenedByLeast(title, without: { names.holds($0) })
      else { break }
      title = shorter
    }
    return title
  }

  /// The text that phpBB writes between the site's name and a topic's.
  private static let forumPhrase = "View topic"

  /// Most parts of a title that are taken for the site's name: each is a walk through the title.
  private static let maximumSiteParts = 8

  /// The title without its last part, or else its first, if that is not wanted; nil if both are.
  private static func shortened(
    _ title: String, without isUnwanted: (Substring) -> Bool
  ) -> String? {
    for parts in cuts(title) {
      if isUnwanted(parts[parts.count - 1]) {
        return String(title[..<parts[parts.count - 2].endIndex])
      }
      if isUnwanted(parts[0]) { return String(title[parts[1].startIndex...]) }
    }
    return nil
  }

  /// The same by the separator that makes the part shortest: a part with separators of its own may hold
  /// more than what is not wanted.
  private static func shortenedByLeast(
    _ title: String, without isUnwanted: (Substring) -> Bool
  ) -> String? {
    let all = Array(cuts(title))
    if let parts = all.min(by: { $0[$0.count - 1].utf8.count < $1[$1.count - 1].utf8.count }),
      isUnwanted(parts[parts.count - 1])
    {
      return String(title[..<parts[parts.count - 2].endIndex])
    }
    if let parts = all.min(by: { $0[0].utf8.count < $1[0].utf8.count }), isUnwanted(parts[0]) {
      return String(title[parts[1].startIndex...])
    }
    return nil
  }

  /// The title without the part after its last bar. A bar has no other use, and a site's name that the page
  /// mentions nowhere else cannot be found in a better way.
  static func withoutLastPart(_ title: String) -> String {
    let parts = title.parts(separatedBy: " | ")
    guard parts.count > 1, let last = parts.last else { return title }
    return String(title[..<title.utf8.index(title.endIndex, offsetBy: -(last.utf8.count + 3))])
  }
}
