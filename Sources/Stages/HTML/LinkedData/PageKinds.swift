import Bytes
import Pipeline

/// Finds out what a page says of itself that it is.
extension Page.Kinds {
  /// Adds the types that a script of linked data (JSON-LD) names, wherever they stand in it.
  mutating func insert(linkedData script: Span<UInt8>) {
    var index = 0
    while let at = script.index(of: UInt8(ascii: "@"), from: index) {
      index = at + 1
      guard script.holds("type\"", at: index) else { continue }
      index += 5
      insertTypes(script, at: &index)
    }
  }

  /// Reads the string, or the list of strings, after a key.
  private mutating func insertTypes(_ script: Span<UInt8>, at index: inout Int) {
    var isList = false
    while index < script.count {
      switch script[index] {
      case UInt8(ascii: "["): isList = true
      case UInt8(ascii: "\""):
        let start = index + 1
        guard let end = script.index(of: UInt8(ascii: "\""), from: start) else { return }
        insert(type: script.extracting(start..<end))
        index = end
        if !isList { return }
      case UInt8(ascii: ":"), UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: break
      default: return
      }
      index += 1
    }
  }

  private mutating func insert(type: Span<UInt8>) {
    // The longest name that counts has 22 letters; an address may stand before it.
    let name = type.suffix(while: {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":")
    })
    guard name.count <= 32 else { return }
    formUnion(Self.types[String(decoding: name)] ?? [])
  }

  /// Types of schema.org.
  private static let types: [String: Self] = [
    "Article": .article, "NewsArticle": .article, "BlogPosting": .article, "Report": .article,
    "TechArticle": .article, "ScholarlyArticle": .article, "AdvertiserContentArticle": .article,
    "OpinionNewsArticle": .article, "AnalysisNewsArticle": .article, "LiveBlogPosting": .article,
    "Product": .product, "ProductGroup": .product, "Vehicle": .product, "Book": .product,
    "Offer": .offer, "AggregateOffer": .offer,
    "ItemList": .list, "OfferCatalog": .list, "Blog": .list,
    "CollectionPage": .collection, "SearchResultsPage": .collection,
    "DiscussionForumPosting": .discussion, "SocialMediaPosting": .discussion,
    "Comment": .discussion,
    "QAPage": .question, "Question": .question, "FAQPage": .answers,
    "Recipe": .instruction, "HowTo": .instruction, "Course": .instruction,
    "SoftwareApplication": .software, "WebApplication": .software, "MobileApplication": .software,
    "VideoGame": .software,
    "LocalBusiness": .business, "Service": .business, "ProfessionalService": .business,
    "Review": .review, "AggregateRating": .review,
  ]

  /// Adds what Open Graph says.
  mutating func insert(openGraph type: String?) {
    guard let type = type?.lowercased() else { return }
    if type.hasSuffix("article") { insert(.openGraphArticle) }
    if type.hasPrefix("product") || type.hasPrefix("og:product") { insert(.openGraphProduct) }
    if type == "website" { insert(.openGraphSite) }
  }
}

extension Span<UInt8> {
  /// The bytes after the last one that does not meet the condition.
  @_lifetime(copy self)
  fileprivate func suffix(while condition: (UInt8) -> Bool) -> Self {
    extracting((lastIndex(in: indices) { !condition($0) }.map { $0 + 1 } ?? 0)...)
  }
}
