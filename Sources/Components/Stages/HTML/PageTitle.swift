import Bytes
import Pipeline

/// The names by which a page's title may mention its site, folded and without anything but letters and
/// digits, so that "The Port-Merrow Post" equals "theportmerrowpost" of an address.
struct SiteNames {
  private var names: [[UInt8]] = []

  init(site: String?, addresses: [String?]) {
    if let site { names.append(SiteNames.squeezed(site)) }
    for address in addresses {
      guard let address, let host = SiteNames.host(address) else { continue }
      names.append(SiteNames.squeezed(host))
      for label in host.split(separator: ".").dropLast() where label != "www" {
        names.append(SiteNames.squeezed(String(label)))
      }
    }
    names.removeAll { $0.count < 2 }
  }

  /// Whether a part of a title is the site's name, or little more.
  func holds(_ part: some StringProtocol) -> Bool {
    let squeezed = SiteNames.squeezed(String(part))
    guard !squeezed.isEmpty else { return true }
    return names.contains { name in
      if name == squeezed { return true }
      // "Port Merrow Post" of "Port Merrow Post Online", and the other way round.
      let (short, long) = name.count < squeezed.count ? (name, squeezed) : (squeezed, name)
      return short.count >= 4 && long.count <= short.count * 3
        && (long.starts(with: short) || long.reversed().starts(with: short.reversed()))
    }
  }

  static func host(_ address: String) -> String? {
    guard let scheme = address.range(ofASCII: "://") else { return nil }
    let host = address[scheme...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    return host.isEmpty ? nil : String(host)
  }

  private static func squeezed(_ text: String) -> [UInt8] {
    Folding.folded(text).filter { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
  }
}

/// Chooses a page's title: the heading that readers see, if the page's metadata agree that it is one.
struct PageTitle {
  private(set) var text: String?
  /// The block that the title is, or else the page's first main heading.
  private(set) var block: Int?

  /// Longest heading that can be a title, in bytes.
  private static let maximumHeading = 400

  /// - Parameter isArticle: Whether the page says that it is an article.
  init(
    _ page: Page, _ facts: PageFacts, _ linked: LinkedData, _ names: SiteNames, isArticle: Bool
  ) {
    let headings = PageTitle.headings(page)
    choose(headings.map(\.text), facts, linked, names, isArticle: isArticle)
    block =
      headings.first { $0.text == text }?.block ?? PageTitle.block(of: text, page)
      ?? headings.first?.block
  }

  private mutating func choose(
    _ headings: [String], _ facts: PageFacts, _ linked: LinkedData, _ names: SiteNames,
    isArticle: Bool
  ) {
    let element = PlainText.line(String(decoding: facts.title, as: UTF8.self))
    let shared = facts.first(MetadataKeys.title).flatMap(PlainText.line)
    let headline = linked.headline.flatMap(PlainText.line)
    let claims = [headline, shared, element].compactMap(\.self)
    for heading in headings where claims.contains(where: { PageTitle.agree($0, heading) }) {
      text = heading
      return
    }
    // Articles are called otherwise for search engines than for readers.
    if isArticle, headings.count == 1,
      claims.contains(where: { PageTitle.resemble($0, headings[0]) })
    {
      text = headings[0]
      return
    }
    let claim = shared ?? element ?? headline
    if let claim {
      let stripped = PageTitle.withoutLastPart(PageTitle.withoutSite(claim, names))
      if !names.holds(stripped) || headings.isEmpty {
        text = stripped
        return
      }
    }
    text = headings.count == 1 ? headings.first : claim ?? headings.first
  }

  /// The page's first headings of the highest level.
  private static func headings(_ page: Page) -> [(text: String, block: Int)] {
    page.blocks.indices.lazy.filter {
      page.blocks[$0].level == 1 && page.blocks[$0].text.count <= maximumHeading
    }
    .prefix(3).map { (page.string(of: page.blocks[$0]), $0) }
  }

  /// The block of another kind that has the title's words: a heading of a lower level, or else any.
  private static func block(of title: String?, _ page: Page) -> Int? {
    guard let title else { return nil }
    let sought = words(title)
    guard !sought.isEmpty else { return nil }
    let length = title.utf8.count
    let blocks = page.blocks.indices.prefix(maximumBlocks).filter {
      // Quotation marks and hyphens differ in length.
      abs(page.blocks[$0].text.count - length) <= 8 + length / 8
        && words(page.string(of: page.blocks[$0])) == sought
    }
    // Of several ones the path to the page comes first.
    return blocks.last { page.blocks[$0].level > 0 } ?? blocks.last
  }

  /// How many blocks are compared with the title: large menus and some.
  private static let maximumBlocks = 2048

  /// How much of its words a heading shares with a claim of which it is another wording, as the
  /// harmonic mean of the shares in both. Of the reviewed articles with one main heading 38 have such a
  /// heading for a title and 21 the claim; below this share 2 and 12.
  private static let resemblance = 0.2

  private static func resemble(_ claim: String, _ heading: String) -> Bool {
    let (claim, heading) = (words(claim), words(heading))
    let shared = Set(claim).intersection(heading).count
    guard shared >= 2 else { return false }
    return Double(2 * shared) >= resemblance * Double(claim.count + heading.count)
  }

  /// Whether the claim begins with the heading, or the heading with it, or the heading is one of the
  /// claim's parts.
  private static func agree(_ claim: String, _ heading: String) -> Bool {
    let heading = words(heading)
    guard !heading.isEmpty else { return false }
    let whole = words(claim)
    // A word alone begins too many titles.
    let shorter = min(whole.count, heading.count)
    if whole == heading || shorter >= 2 && whole.prefix(shorter) == heading.prefix(shorter) {
      return true
    }
    return separators.contains { separator in
      let parts = claim.parts(separatedBy: separator)
      return parts.count > 1 && parts.dropLast().contains { words(String($0)) == heading }
    }
  }

  private static func words(_ text: String) -> [[UInt8]] {
    let folded = Folding.folded(text)
    var words: [[UInt8]] = []
    folded.withUnsafeBufferPointer { bytes in
      Words.forEach(in: bytes) { words.append(Array(bytes[$0])) }
    }
    return words
  }

  private static let separators = [
    " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ", " ~ ", ": ",
  ]

  /// The title without a part at either end that is the site's name.
  static func withoutSite(_ title: String, _ names: SiteNames) -> String {
    var title = title[...]
    var isChanged = true
    while isChanged {
      isChanged = false
      for separator in separators {
        let parts = title.parts(separatedBy: separator)
        guard parts.count > 1 else { continue }
        if names.holds(parts[parts.count - 1]) {
          title = title[..<parts[parts.count - 2].endIndex]
          isChanged = true
        } else if names.holds(parts[0]) {
          title = title[parts[1].startIndex...]
          isChanged = true
        }
        if isChanged { break }
      }
    }
    return String(title)
  }

  /// The title without what stands behind its last bar. A bar has no other use; a site's name that the
  /// page mentions nowhere else is known by nothing better.
  private static func withoutLastPart(_ title: String) -> String {
    let parts = title.parts(separatedBy: " | ")
    guard parts.count > 1, let last = parts.last else { return title }
    return String(title[..<title.utf8.index(title.endIndex, offsetBy: -(last.utf8.count + 3))])
  }
}

extension Page {
  /// The bytes of a block.
  func bytes(of block: Block) -> ArraySlice<UInt8> {
    text[Int(block.text.lowerBound)..<Int(block.text.upperBound)]
  }

  /// The text of a block.
  func string(of block: Block) -> String {
    String(decoding: bytes(of: block), as: UTF8.self)
  }
}

extension StringProtocol {
  /// The index behind the first `pattern`.
  func range(ofASCII pattern: String) -> Index? {
    var start = startIndex
    while start != endIndex {
      if self[start...].utf8.starts(with: pattern.utf8) {
        return utf8.index(start, offsetBy: pattern.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The parts between occurrences of `separator`.
  func parts(separatedBy separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let behind = rest.range(ofASCII: separator) {
      parts.append(rest[..<rest.utf8.index(behind, offsetBy: -separator.utf8.count)])
      rest = rest[behind...]
    }
    parts.append(rest)
    return parts
  }
}
