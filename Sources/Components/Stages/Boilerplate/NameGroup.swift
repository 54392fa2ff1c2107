/// What kind of boilerplate the words in an element's `class`, `id` and `role` say that it is. English words serve for sites
/// in all languages: designs and content management systems are written in it.
enum NameGroup: UInt8, CaseIterable {
  case navigation, footer, sidebar, comments, share, related, advertisement, subscription, overlay
  case consent

  /// The beginnings of words by which a group is known.
  private static let beginnings: [(NameGroup, [String])] = [
    (
      .navigation,
      ["nav", "menu", "breadcrumb", "crumb", "pagination", "pager", "toolbar", "skip", "toc"]
    ),
    (.footer, ["footer", "colophon", "copyright", "contentinfo", "bottombar"]),
    (.sidebar, ["sidebar", "aside", "widget", "complementary", "rail"]),
    (.comments, ["comment", "disqus", "respond", "reply", "replies", "livefyre"]),
    (.share, ["share", "sharing", "social", "addthis", "sharedaddy", "follow"]),
    (
      .related,
      [
        "related", "recommend", "similar", "readmore", "morefrom", "outbrain", "taboola",
        "trending",
        "popular", "mostread", "upsell", "crosssell", "teaser", "alsolike",
      ]
    ),
    (.advertisement, ["advert", "ads", "adsense", "banner", "sponsor", "promo"]),
    (.overlay, ["modal", "popup", "overlay", "lightbox", "alert"]),
    (.consent, ["cookie", "consent", "gdpr"]),
    (
      .subscription,
      ["newsletter", "subscribe", "subscription", "signup", "login", "register", "search"]
    ),
  ]

  /// The beginnings by their first letter, so that most words are looked at once.
  private static let byLetter: [[(beginning: [UInt8], group: NameGroup)]] = {
    var table = [[(beginning: [UInt8], group: NameGroup)]](repeating: [], count: 26)
    for (group, words) in beginnings {
      for word in words.map({ Array($0.utf8) }) {
        table[Int(word[0] - UInt8(ascii: "a"))].append((word, group))
      }
    }
    return table
  }()

  /// A set of groups, a bit for each.
  struct Set: OptionSet {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }
    init(_ group: NameGroup) { rawValue = 1 << group.rawValue }
  }

  /// The groups that the words in `names` belong to.
  /// - Parameter names: In lower case; words are runs of letters.
  static func groups(in names: UnsafeBufferPointer<UInt8>) -> Set {
    var groups: Set = []
    var isInWord = false
    for index in names.indices {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(names[index])
      if isLetter, !isInWord {
        for entry in byLetter[Int(names[index] - UInt8(ascii: "a"))]
        where names[index...].starts(with: entry.beginning) { groups.insert(Set(entry.group)) }
      }
      isInWord = isLetter
    }
    return groups
  }
}
