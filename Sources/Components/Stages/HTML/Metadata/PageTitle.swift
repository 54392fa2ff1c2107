import Bytes
import Pipeline

/// The names by which a page's title may mention its site, folded and without anything but letters and
/// digits, so that "The Port-Merrow Post" equals "theportmerrowpost" of an address.
struct SiteNames {
  private var names: [[UInt8]] = []

  init(site: String?, addresses: [AddressParts]) {
    if let site { names.append(SiteNames.squeezed(site)) }
    for address in addresses {
      names.append(SiteNames.squeezed(address.host))
      let labels = address.host.utf8.split(separator: UInt8(ascii: ".")).dropLast()
      for label in labels where !label.elementsEqual("www".utf8) {
        names.append(SiteNames.squeezed(Substring(label)))
      }
    }
    names.removeAll { $0.count < 2 }
  }

  /// Whether a part of a title is the site's name, or little more.
  func holds(_ part: some StringProtocol) -> Bool {
    let squeezed = SiteNames.squeezed(part)
    guard !squeezed.isEmpty else { return true }
    return names.contains { name in
      if name == squeezed { return true }
      // "Port Merrow Post" of "Port Merrow Post Online", and the other way round.
      let (short, long) = name.count < squeezed.count ? (name, squeezed) : (squeezed, name)
      return short.count >= 4 && long.count <= short.count * 3
        && (long.starts(with: short) || long.reversed().starts(with: short.reversed()))
    }
  }

  /// Whether a heading is the site's name and nothing else.
  func include(_ heading: String) -> Bool { names.contains(SiteNames.squeezed(heading)) }

  private static func squeezed(_ text: some StringProtocol) -> [UInt8] {
    Folding.folded(String(text)).filter { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
  }
}

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
    for separator in PageTitle.separators {
      let parts = element.parts(separatedBy: separator)
      guard parts.count > 1, let first = parts.first, let last = parts.last else { continue }
      if TitleWords(element[parts[1].startIndex...]) == sought { return String(first) }
      if TitleWords(element[..<parts[parts.count - 2].endIndex]) == sought {
        return String(last)
      }
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
      isFrontPage || !names.include($0.text) && TitleWords($0.text) != sitePart
    }
    text =
      PageTitle.agreed(headings.map(\.text), claims, names)
      ?? PageTitle.chosen(headings.map(\.text), claims, names, address: address, type: type)
      ?? all.first?.text
    block = headings.first { $0.text == text }?.block ?? PageTitle.block(of: text, page)
    if block.map({ page.blocks[$0].level != 1 }) ?? true, let main = headings.first?.block {
      // A title in other words than the main heading may be a heading far below it, too.
      block = min(block ?? main, main)
    }
    block = block ?? all.first?.block
  }

  /// The heading that is what one of the metadata says, or at least a part or the beginning of it.
  private static func agreed(
    _ headings: [String], _ claims: TitleClaims, _ names: SiteNames
  ) -> String? {
    guard !headings.isEmpty else { return nil }
    let titles = claims.all.map { TitleWords(withoutSite($0, names)) }
    return headings.first { titles.contains(TitleWords($0)) }
      ?? headings.first { heading in claims.all.contains { agree($0, heading) } }
  }

  /// The title of a page whose headings and metadata do not agree.
  private static func chosen(
    _ headings: [String], _ claims: TitleClaims, _ names: SiteNames,
    address: AddressParts?, type: PageType?
  ) -> String? {
    guard let heading = headings.first, let claim = claims.best(names) else {
      return headings.first ?? claims.best(names)?.text
    }
    if claim.isSite { return headings.count == 1 ? heading : claim.text }
    if let address {
      // The address was made of one of them.
      let (own, other) = (share(of: address, in: heading), share(of: address, in: claim.text))
      if own != other { return own > other ? heading : without(heading, claim.text) }
    }
    // What is published is called otherwise for search engines than for readers.
    guard type == .article || type == .discussion, headings.count == 1,
      claims.all.contains(where: { resemble($0, heading) })
    else { return claim.text }
    return heading
  }

  /// The title without a part at either end that is another heading.
  private static func without(_ heading: String, _ title: String) -> String {
    let sought = TitleWords(heading)
    for separator in separators {
      let parts = title.parts(separatedBy: separator)
      guard parts.count > 1 else { continue }
      if TitleWords(parts[parts.count - 1]) == sought {
        return String(title[..<parts[parts.count - 2].endIndex])
      }
      if TitleWords(parts[0]) == sought { return String(title[parts[1].startIndex...]) }
    }
    return title
  }

  /// How large a share of the words in the last part of an address a title has; numbers do not count.
  private static func share(of address: AddressParts, in title: String) -> Double {
    guard let part = address.path.utf8.split(separator: UInt8(ascii: "/")).last else { return 0 }
    // Not the ".html" behind it.
    let name = part[..<(part.lastIndex(of: UInt8(ascii: ".")) ?? part.endIndex)]
    let sought = Set(TitleWords(PlainText.decodingPercents(Substring(name))).list)
      .filter { !$0.allSatisfy(\.isASCIIDigit) }
    guard !sought.isEmpty else { return 0 }
    return Double(sought.intersection(TitleWords(title).list).count) / Double(sought.count)
  }

  /// The page's first headings of the highest level.
  private static func headings(_ page: Page) -> [(text: String, block: Int)] {
    page.blocks.indices.lazy.filter {
      page.blocks[$0].level == 1 && !page.blocks[$0].isHidden
        && page.blocks[$0].text.count <= maximumHeading
    }
    .prefix(3).map { (page.string(of: page.blocks[$0]), $0) }
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

  private static func resemble(_ claim: String, _ heading: String) -> Bool {
    let (claim, heading) = (TitleWords(claim).list, TitleWords(heading).list)
    let shared = Set(claim).intersection(heading).count
    guard shared >= 2 else { return false }
    return Double(2 * shared) >= resemblance * Double(claim.count + heading.count)
  }

  /// Whether the claim begins with the heading, or the heading with it, or the heading is one of the
  /// claim's parts.
  private static func agree(_ claim: String, _ heading: String) -> Bool {
    let heading = TitleWords(heading)
    guard !heading.isEmpty else { return false }
    let whole = TitleWords(claim)
    if whole.starts(with: heading) { return true }
    // A word alone begins too many headings.
    if whole.list.count >= 2, heading.starts(with: whole) { return true }
    return separators.contains { separator in
      let parts = claim.parts(separatedBy: separator)
      return parts.count > 1 && parts.dropLast().contains { TitleWords($0) == heading }
    }
  }

  fileprivate static let separators = [
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
  fileprivate static func withoutLastPart(_ title: String) -> String {
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
    guard let first = pattern.utf8.first else { return startIndex }
    let offset = utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      // Spaces are many: what stands behind one is looked for.
      let probe = first == 0x20 && pattern.utf8.count > 1 ? 1 : 0
      let sought = pattern.utf8[pattern.utf8.index(pattern.startIndex, offsetBy: probe)]
      var index = probe
      while let found = bytes.index(of: sought, from: index) {
        let start = found - probe
        if bytes[start...].starts(with: pattern.utf8) { return start + pattern.utf8.count }
        index = found + 1
      }
      return nil
    }
    if let offset { return offset.map { utf8.index(startIndex, offsetBy: $0) } }
    // Only a string that is not Swift's own has no contiguous storage.
    return indices.first { self[$0...].utf8.starts(with: pattern.utf8) }
      .map { utf8.index($0, offsetBy: pattern.utf8.count) }
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
