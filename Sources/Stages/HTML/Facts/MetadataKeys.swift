/// Names of `meta` elements that say one thing, the most reliable first: Open Graph, Dublin Core, the
/// Highwire tags of journals, and the habits of publishers.
enum MetadataKeys {
  static let title = [
    "og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "dc:title",
    "parsely-title", "sailthru.title", "headline",
  ]
  static let author = [
    "author", "article:author", "article:author_name", "citation_author", "dc.creator",
    "dc:creator", "dcterms.creator", "byl", "byline", "parsely-author", "sailthru.author",
    "og:article:author", "book:author", "article.author", "authors", "twitter:misc:written by",
  ]
  /// The two halves of what plug-ins for search engines say to Twitter: a label such as "Written by", in
  /// the page's language, and the name.
  static let labelledAuthor = (label: "twitter:label1", name: "twitter:data1")
  static let date = [
    "article:published_time", "datepublished", "og:article:published_time", "article:published",
    "citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued",
    "dcterms.issued", "dc.issued", "dcterms.created", "dc.date.created", "dc.created", "dc.date",
    "dc:date", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
    "publish_date", "publish-date", "published", "published-date", "published_date",
    "publication_date", "publication-date", "article.published", "article.created",
    "originalpublicationdate", "release_date", "date", "published_time", "og:published_time",
    "datecreated", "created", "w-published-date", "ms.date",
  ]
  static let modified = [
    "article:modified_time", "datemodified", "og:updated_time", "article:modified",
    "og:article:modified_time", "dcterms.modified", "dc.date.modified", "dc.modified",
    "last-modified", "last_modified", "lastmod", "modified", "updated", "article.updated",
    "revision_date",
  ]
  static let description = [
    "og:description", "description", "twitter:description", "dc.description", "dcterms.description",
  ]
  static let site = ["og:site_name", "application-name", "dc.publisher", "citation_journal_title"]
  static let url = ["og:url"]
  static let language = ["og:locale", "dc.language", "language"]
  static let type = "og:type"

  static let all: Set<String> = Set(
    title + author + date + modified + description + site + url + language
      + [type, labelledAuthor.label, labelledAuthor.name])
}

extension PageFacts {
  /// The content of the first of these `meta` elements that the page has.
  func first(_ names: [String]) -> String? {
    for name in names {
      if let content = meta[name] { return content }
    }
    return nil
  }
}
