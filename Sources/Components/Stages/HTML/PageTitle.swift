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

  /// Longest heading that can be a title, in bytes.
  private static let maximumHeading = 400

  init(_ page: Page, _ facts: PageFacts, _ linked: LinkedData, _ names: SiteNames) {
    let element = PlainText.line(String(decoding: facts.title, as: UTF8.self))
    let shared = facts.first(MetadataKeys.title).flatMap(PlainText.line)
    let headline = linked.headline.flatMap(PlainText.line)
    let headings = PageTitle.headings(page)
    let claims = [headline, shared, element].compactMap(\.self)
    for heading in headings where claims.contains(where: { PageTitle.agree($0, heading) }) {
      text = heading
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
  private static func headings(_ page: Page) -> [String] {
    page.blocks.lazy.filter { $0.level == 1 && !$0.isHidden && $0.text.count <= maximumHeading }
      .prefix(3).map {
        String(
          decoding: page.text[Int($0.text.lowerBound)..<Int($0.text.upperBound)], as: UTF8.self)
      }
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
