import Bytes
import Pipeline
import Testing

@testable import Components

@Suite("html: metadata")
struct HTMLMetadataTests {
  /// The metadata of a page, those that are null left out, and what was annotated.
  private func metadata(
    _ html: String, given: JSONObject = [:]
  ) throws -> (stated: [String: String], document: Document) {
    var document = Document(
      id: "page", html: RawHTML(bytes: Array(html.utf8)), metadata: given,
      origin: Origin(file: "page.html"))
    let context = Context(label: "html", standardInput: .standardInput)
    _ = try HTML(settings: .init(), context: context).makeWorker().process(&document)
    let pairs = document.metadata.members.compactMap { member in
      member.value.string.map { (member.key, $0) }
    }
    return (Dictionary(uniqueKeysWithValues: pairs), document)
  }

  // MARK: Worked examples

  @Test("linked data, in a graph, with authors by reference")
  func linkedData() throws {
    let page = try metadata(
      """
      <html lang="en-GB"><head><title>Gulls &amp; terns | Shore Gazette</title>
      <link rel="canonical" href="https://shore.example/gulls">
      <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
      {"@type":"WebSite","name":"Shore Gazette"},
      {"@type":"Person","@id":"#p","name":"Ada Finch"},
      {"@type":["Article","NewsArticle"],"headline":"Gulls &amp; terns","author":{"@id":"#p"},
      "datePublished":"2024-05-02T23:30:00-05:00","dateModified":"2024-05-04",
      "description":"Who nests
      where."}]}</script></head><body><h1>Gulls &amp; terns</h1><p>Text.</p></body></html>
      """)
    #expect(
      page.stated == [
        "title": "Gulls & terns", "author": "Ada Finch", "date": "2024-05-02",
        "modified": "2024-05-04", "description": "Who nests where.", "site": "Shore Gazette",
        "canonical_url": "https://shore.example/gulls", "declared_language": "en-GB",
      ])
    #expect(page.document.created == "2024-05-02T00:00:00.000Z")
  }

  @Test("meta elements and Open Graph")
  func metaElements() throws {
    let page = try metadata(
      """
      <head><title>Shore Gazette - Low tide</title><meta property="og:title" content="Low tide">
      <meta property="og:site_name" content="Shore Gazette"><meta name=author content="By Ben Rook">
      <meta property="article:published_time" content="2023-11-30T08:00:00Z">
      <meta name=description content=" What the  sea leaves "></head><body><p>Text.</p>
      """)
    #expect(
      page.stated == [
        "title": "Low tide", "author": "Ben Rook", "date": "2023-11-30",
        "description": "What the sea leaves", "site": "Shore Gazette",
      ])
  }

  @Test("what readers see: heading, byline, date")
  func visible() throws {
    let page = try metadata(
      """
      <title>The new slipway – Shore Gazette</title><body><h1>The new slipway</h1>
      <p class="post-byline">Written by <a rel=author href=/cleo>Cleo Heron</a></p>
      <p>14 March 2022 · 3 min read</p><p>Text of 1 January 1999.</p>
      """)
    #expect(
      page.stated == ["title": "The new slipway", "author": "Cleo Heron", "date": "2022-03-14"])
  }

  @Test("a time element near the heading is the page's, one far below is not")
  func times() throws {
    let near = "<h1>A</h1><time datetime='2021-06-01T10:00'>June</time><p>Text.</p>"
    #expect(try metadata(near).stated["date"] == "2021-06-01")
    let filler = String(repeating: "<p>Some text of the page.</p>", count: 100)
    #expect(
      try metadata("<h1>A</h1>\(filler)<time datetime=2021-06-01>x</time>").stated["date"] == nil)
  }

  @Test("the day in an address")
  func address() throws {
    let given: JSONObject = ["url": "https://shore.example/2020/02/29/leap"]
    #expect(try metadata("<p>Text.", given: given).stated["date"] == "2020-02-29")
  }

  @Test(
    "the site's name is taken off a title when the page or its address knows it",
    arguments: [
      ("Low tide | Shore Gazette", "Low tide"), ("Shore Gazette: Low tide", "Low tide"),
      ("Low tide - Shore", "Low tide"), ("Low tide - High tide", "Low tide - High tide"),
    ])
  func siteNames(title: String, expected: String) {
    let names = SiteNames(site: "Shore Gazette", addresses: ["https://www.shore.example/x"])
    #expect(PageTitle.withoutSite(title, names) == expected)
  }

  @Test(
    "names in bylines",
    arguments: [
      ("By Ada Finch", "Ada Finch"), ("Written by: Ada Finch | 3 May", "Ada Finch"),
      ("Von Änne Müller,", "Änne Müller"), ("By\nAda Finch\nReporter", "Ada Finch"),
      ("admin", nil), ("https://shore.example/ada", nil), ("ada@shore.example", nil), ("42", nil),
      ("Byron Wells", "Byron Wells"),
    ] as [(String, String?)])
  func bylines(byline: String, name: String?) {
    #expect(Byline.name(in: byline) == name)
  }

  @Test(
    "spellings of days",
    arguments: [
      ("2016-12-14", "2016-12-14"), ("2016-12-14T10:00:00+01:00", "2016-12-14"),
      ("20161214", "2016-12-14"), ("2016/12/4", "2016-12-04"), ("14 December 2016", "2016-12-14"),
      ("Published: Dec. 14th, 2016", "2016-12-14"), ("14. Dezember 2016", "2016-12-14"),
      ("14 de diciembre de 2016", "2016-12-14"), ("14 grudnia 2016", "2016-12-14"),
      ("14 декабря 2016", "2016-12-14"), ("14 Δεκεμβρίου 2016", "2016-12-14"),
      ("2016年12月14日", "2016-12-14"), ("14.12.2016", "2016-12-14"), ("12/14/2016", "2016-12-14"),
      ("Wed, 14 Dec 2016 10:00:00 GMT", "2016-12-14"),
      ("03/04/2016", nil), ("2016-02-30", nil), ("December 2016", nil), ("1216-12-14", nil),
      ("14", nil), ("", nil), ("99999999999999999999", nil),
    ] as [(String, String?)])
  func dates(text: String, day: String?) {
    #expect(CalendarDate(metadata: text)?.iso == day)
  }

  // MARK: Edges

  @Test("what the input says stays, and what the page says otherwise is noted")
  func inputFirst() throws {
    let page = try metadata("<title>Theirs</title><p>Text.", given: ["title": "Ours"])
    #expect(page.document.metadata["title"] == "Ours")
    #expect(page.document.annotations["html"] == ["title": "Theirs"])
  }

  @Test("where nothing is said, everything is null, in the order of the manual")
  func nothing() throws {
    let page = try metadata("<p>Text.")
    #expect(page.stated.isEmpty)
    #expect(page.document.metadata.members.map(\.key) == HTML.manual.promises.map(\.key))
    #expect(page.document.created == nil)
  }

  @Test(
    "linked data that nobody can read counts as not there",
    arguments: [
      "", "{", "null", "[[[[[[[[{\"@type\":\"Article\",\"headline\":\"Deep\"}]]]]]]]]",
      "{\"@type\":\"Article\",\"headline\":7,\"author\":[[]],\"datePublished\":{}}", "\u{1}{]",
    ])
  func brokenLinkedData(script: String) throws {
    let html = "<script type=application/ld+json>\(script)</script><title>T</title><p>Text."
    #expect(try metadata(html).stated == ["title": "T"])
  }
}
