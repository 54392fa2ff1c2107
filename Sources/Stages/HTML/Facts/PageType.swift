/// The type that a page declares: one vocabulary for Open Graph and schema.org.
///
/// A type that does not describe the form of the page ("website", "WebPage", "Organization") is left out.
enum PageType: String, CaseIterable, Sendable {
  case article, product, discussion, collection, documentation, profile, recipe, event, job, course
  case book, media, software, service

  /// Whether such pages are not published on a day: what they declare is the day on which a thing was
  /// released or entered into a shop's database.
  var isUndated: Bool {
    switch self {
    case .product, .service, .software, .course: true
    default: false
    }
  }

  /// By a type of schema.org, as a name or an address.
  init?(schema type: String) {
    func isMark(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":")
    }
    let first = type.utf8.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    guard let last = first.lastIndex(where: { !isMark($0) }) else { return nil }
    let before = first[..<last].lastIndex(where: isMark)
    let name = String(type[(before.map(type.utf8.index(after:)) ?? first.startIndex)...last])
    if let known = PageType.schemaTypes[name] {
      self = known
    } else if name.hasSuffix("Article") {
      self = .article
    } else if name.hasSuffix("Event") {
      self = .event
    } else {
      return nil
    }
  }

  /// By an `og:type` (The Open Graph protocol, "Object Types", and those of its users).
  init?(openGraph type: String) {
    let name = type.lowercased()
    if name.hasPrefix("video") || name.hasPrefix("music") {
      self = .media
    } else if let known = PageType.openGraphTypes[name] {
      self = known
    } else {
      return nil
    }
  }

  private static let schemaTypes: [String: PageType] = [
    "Article": .article, "BlogPosting": .article, "LiveBlogPosting": .article, "Report": .article,
    "Review": .article, "HowTo": .article, "Product": .product, "ProductGroup": .product,
    "IndividualProduct": .product, "ItemPage": .product, "Vehicle": .product, "Car": .product,
    "DiscussionForumPosting": .discussion, "SocialMediaPosting": .discussion,
    "QAPage": .discussion, "Question": .discussion, "CollectionPage": .collection,
    "ItemList": .collection, "OfferCatalog": .collection, "SearchResultsPage": .collection,
    "Blog": .collection, "TechArticle": .documentation, "APIReference": .documentation,
    "ProfilePage": .profile,
    "Recipe": .recipe, "Event": .event, "JobPosting": .job, "Course": .course, "Book": .book,
    "VideoObject": .media, "AudioObject": .media, "PodcastEpisode": .media, "Movie": .media,
    "TVSeries": .media, "TVEpisode": .media, "MusicAlbum": .media, "MusicRecording": .media,
    "SoftwareApplication": .software, "WebApplication": .software,
    "MobileApplication": .software, "SoftwareSourceCode": .software, "Service": .service,
  ]

  private static let openGraphTypes: [String: PageType] = [
    "article": .article, "blog": .collection, "news": .article, "product": .product,
    "product.item": .product, "og:product": .product, "product.group": .collection,
    "profile": .profile, "book": .book, "books.book": .book, "recipe": .recipe,
    "event": .event, "course": .course, "podcast": .media,
  ]
}
