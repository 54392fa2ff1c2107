import Bytes
import Pipeline

/// The kind of page that the address of a link leads to.
extension LinkKinds {
  /// Bytes of an address that are looked at.
  private static let maximumBytes = 256

  /// - Parameters:
  ///   - address: As it stands in the page; relative ones are not resolved.
  ///   - site: The page's own host, as `site(of:)` gives it.
  /// - Complexity: O(bytes looked at).
  static func of(_ address: Span<UInt8>, from site: [UInt8]) -> LinkKinds {
    let bytes = address.beginning(ofAtMost: maximumBytes)
    switch bytes.byte(at: 0) {
    case _ where bytes.isEmpty: return .place
    case UInt8(ascii: "#"): return kinds(ofPlace: bytes, at: 1).union(.place)
    case UInt8(ascii: "m") where bytes.hasPrefix("mailto:", at: 0): return .sharing
    case UInt8(ascii: "w") where bytes.hasPrefix("whatsapp:", at: 0): return .sharing
    default: break
    }
    var kinds: LinkKinds = []
    var index = 0
    let start = hostStart(bytes)
    if start > 0 {
      index = bytes.index(of: UInt8(ascii: "/"), from: start) ?? bytes.count
      let isOwn = !site.isEmpty && bytes.extracting(start..<index).ends(with: site.span)
      if !isOwn { kinds.insert(.host) }
      if isService(bytes, start..<index) { kinds.insert(.sharing) }
    }
    return kinds.union(LinkKinds.kinds(ofPath: bytes, from: index))
  }

  /// The last two parts of an address' host: other parts of the site share them.
  static func site(of address: String) -> [UInt8] {
    let bytes = Array(address.utf8)
    let start = hostStart(bytes.span)
    guard start > 0 else { return [] }
    let end = bytes.index(of: UInt8(ascii: "/"), from: start) ?? bytes.count
    let parts = bytes[start..<end].split(separator: UInt8(ascii: ".")).suffix(2)
    return Array(parts.joined(separator: [UInt8(ascii: ".")]))
  }

  /// Where the name of the host begins; 0 where none is named.
  private static func hostStart(_ bytes: Span<UInt8>) -> Int {
    if bytes.hasPrefix("https://", at: 0) { return 8 }
    if bytes.hasPrefix("http://", at: 0) { return 7 }
    return bytes.hasPrefix("//", at: 0) ? 2 : 0
  }

  /// Whether a host is that of a network where people share and follow.
  private static func isService(_ bytes: Span<UInt8>, _ host: Range<Int>) -> Bool {
    var index = host.lowerBound
    while index < host.upperBound {
      if services.word(in: bytes, at: index) != nil { return true }
      guard let point = bytes.index(of: UInt8(ascii: "."), from: index) else { return false }
      index = point + 1
    }
    return false
  }

  /// Digits in a row, and hyphens or underscores, that make the name of an article.
  private static let digitsOfArticle = 5
  private static let hyphensOfArticle = 3

  private static func kinds(
    ofPath bytes: Span<UInt8>, from start: Int
  ) -> LinkKinds {
    var kinds: LinkKinds = []
    var (digits, hyphens) = (0, 0)
    var index = start
    if start == 0, let kind = paths.word(in: bytes, at: 0) { kinds.insert(kind) }
    while index < bytes.count {
      let byte = bytes[index]
      index &+= 1
      if byte.isASCIIDigit {
        digits &+= 1
        if digits == digitsOfArticle { kinds.insert(.article) }
        continue
      }
      digits = 0
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"):
        hyphens &+= 1
        if hyphens == hyphensOfArticle { kinds.insert(.article) }
      case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: ";"):
        hyphens = 0
        if let kind = paths.word(in: bytes, at: index) { kinds.insert(kind) }
      case UInt8(ascii: "#"): return kinds.union(LinkKinds.kinds(ofPlace: bytes, at: index))
      default: break
      }
    }
    return kinds
  }

  private static func kinds(
    ofPlace bytes: Span<UInt8>, at index: Int
  ) -> LinkKinds {
    places.word(in: bytes, at: index) ?? []
  }

  private static let services = LinkWords([
    (
      .sharing,
      """
      facebook twitter x.com instagram linkedin pinterest whatsapp wa.me t.me telegram vk.com vkontakte ok.ru
      odnoklassniki reddit tumblr flipboard getpocket addtoany addthis sharethis bsky threads weibo line.me hatena
      xing youtube tiktok wykop nk.pl livejournal digg delicious plus.google stumbleupon mastodon kakao zalo viber
      """
    )
  ])

  private static let paths = LinkWords([
    (
      .topic,
      """
      tag topic category categorie author autor auteur autore user profile profil search label keyword section rubric
      rubrik tema thema staff people contributor member archive tagi temat theme person
      """
    ),
    (.sharing, "feed rss share sharer print email newsletter drukuj subscribe"),
    (
      .response,
      "comment reply replytocom login register signin signup account forum subscription abo"
    ),
  ])

  private static let places = LinkWords([(.response, "comment disqus respond reply")])
}

/// Words of addresses by their first letters, so that most places are looked at once.
private struct LinkWords {
  private var byLetter = [[(word: [UInt8], kind: LinkKinds)]](repeating: [], count: 26)

  /// - Parameter groups: Words parted by white space, in small letters.
  init(_ groups: [(LinkKinds, String)]) {
    for (kind, words) in groups {
      for word in words.utf8.split(whereSeparator: \.isHTMLSpace) {
        guard let first = word.first else { continue }
        byLetter[Int(first - UInt8(ascii: "a"))].append((Array(word), kind))
      }
    }
  }

  /// The kind that a whole word at `index`, in the singular or plural, means.
  @inline(__always)
  func word(in bytes: Span<UInt8>, at index: Int) -> LinkKinds? {
    guard index < bytes.count else { return nil }
    let letter = bytes[index].asciiLowercased
    guard letter.isASCIISmallLetter else { return nil }
    for (word, kind) in byLetter[Int(letter &- UInt8(ascii: "a"))] {
      var place = 1
      while place < word.count, index &+ place < bytes.count,
        bytes[index &+ place].asciiLowercased == word[place]
      {
        place &+= 1
      }
      guard place == word.count else { continue }
      var end = index &+ place
      if end < bytes.count, bytes[end] == UInt8(ascii: "s") { end &+= 1 }
      if end == bytes.count || !bytes[end].asciiLowercased.isASCIISmallLetter { return kind }
    }
    return nil
  }
}
