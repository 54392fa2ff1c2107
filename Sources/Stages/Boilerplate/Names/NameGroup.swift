import Bytes

/// The kind of boilerplate that the words in an element's `class`, `id` and `role` point to. English words serve
/// for sites in all languages: designs and content management systems are written in English.
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

  /// The beginnings by their first letter, so that most words are looked at once: first all of "a".
  private static let byLetter: [Beginning] = beginnings.flatMap { group, words in
    words.map { Beginning($0, group) }
  }.sorted { $0.letter < $1.letter }

  /// For each letter, where its beginnings are in `byLetter`.
  private static let ranges: [Range<Int>] = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { letter in
    let start = byLetter.count { $0.letter < letter }
    return start..<start + byLetter.count { $0.letter == letter }
  }

  /// The beginning of a word: its first eight letters as one number, to be compared at once, and the others.
  private struct Beginning {
    let group: NameGroup
    let letter: UInt8
    private let letters: UInt64
    private let mask: UInt64
    private let rest: [UInt8]

    init(_ word: String, _ group: NameGroup) {
      self.group = group
      letter = word.utf8.first ?? 0
      letters = word.utf8.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      mask = word.utf8.count < 8 ? 1 << UInt64(word.utf8.count * 8) - 1 : .max
      rest = Array(word.utf8.dropFirst(8))
    }

    /// Whether the word at `index`, whose first letters are `word`, begins so.
    @inline(__always)
    func begins(_ word: UInt64, at index: Int, in names: Span<UInt8>) -> Bool {
      guard word & mask == letters else { return false }
      return rest.isEmpty || names.holds(rest.span, at: index &+ 8)
    }
  }

  /// A set of groups, a bit for each.
  struct Set: OptionSet {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }
    init(_ group: NameGroup) { rawValue = 1 << group.rawValue }
  }

  /// The groups that the words in `names` belong to.
  /// - Parameter names: In lower case; words are runs of letters.
  static func groups(in names: Span<UInt8>) -> Set {
    var groups: Set = []
    let byLetter = byLetter.span
    let ranges = ranges.span
    var isInWord = false
    for index in names.indices {
      let letter = Int(names[index]) &- Int(UInt8(ascii: "a"))
      let isLetter = letter >= 0 && letter < 26
      if isLetter, !isInWord, !ranges[letter].isEmpty {
        let word = names.upToEightBytes(at: index)
        for entry in ranges[letter] where byLetter[entry].begins(word, at: index, in: names) {
          groups.insert(Set(byLetter[entry].group))
        }
      }
      isInWord = isLetter
    }
    return groups
  }
}
