import Bytes
import Pipeline
import Testing

@testable import HTMLStage

@Suite("html: metadata")
struct HTMLMetadataTests {
  /// The metadata of a page, those that are null left out, and what was annotated.
  private func metadata(
    _ html: String, given: JSONObject = [:]
  ) throws -> (stated: [String: String], document: Document) {
    let document = try processedByBothReaders(
      Document(
        id: "page", html: RawHTML(bytes: Array(html.utf8)), metadata: given,
        origin: Origin(file: "page.html"))
    ).document
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
        "page_type": "article",
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

  @Test(
    "the day in an address",
    arguments: [
      ("https://shore.example/2020/02/29/leap", "2020-02-29"),
      ("https://shore.example/2020-02-29-leap", "2020-02-29"),
      ("https://shore.example/news/20200229/leap", "2020-02-29"),
      ("https://shore.example/2020/february/29/leap", "2020-02-29"),
      ("https://shore.example/2020/02/leap", nil),
      ("https://shore.example/leap?day=2020-02-29", nil),
      ("https://shore.example/v2020.02.29", nil), ("https://shore.example/20200230/leap", nil),
    ] as [(String, String?)])
  func address(url: String, day: String?) throws {
    #expect(try metadata("<p>Text.", given: ["url": .string(url)]).stated["date"] == day)
  }

  @Test("of two neighbouring days the address has the publisher's")
  func localDay() throws {
    let html = "<meta property=article:published_time content='2020-03-01T03:10:00Z'><p>Text."
    let near = JSONObject([("url", "https://shore.example/2020/02/29/leap")])
    #expect(try metadata(html, given: near).stated["date"] == "2020-02-29")
    let far = JSONObject([("url", "https://shore.example/2019/02/28/leap")])
    #expect(try metadata(html, given: far).stated["date"] == "2020-03-01")
  }

  @Test(
    "days in elements and lines at the head of the page",
    arguments: [
      "<p class=entry-date>3 May 2021</p>", "<span class=PostDate>May 3rd, 2021</span>",
      "<time pubdate datetime=2021-05-03>this spring</time>",
      "<time-ago ts='2021-05-03T09:47:05.754000+0000'></time-ago>", "<time>3. Mai 2021</time>",
      "<span itemprop=datePublished content=2021-05-03>a while ago</span>",
      "<h5>May 3, 2021</h5>", "<p>2021年5月3日</p>", "<p>2021년 5월 3일</p>", "<p>2021. 5. 3.</p>",
      "<p>2021. május 3.</p>", "<p>Le 3 mai 2021 à 10 h</p>", "<p>3 мая 2021 г.</p>",
      "<p>Updated 9 June 2022</p><p>3 May 2021</p>", "<h2>A subtitle</h2><p>3 Μαΐου 2021</p>",
    ])
  func headDates(markup: String) throws {
    let html = "<p>Today is 1 January 2023</p><h2>Menu</h2><h1>Low tide</h1>\(markup)<p>Text.</p>"
    #expect(try metadata(html).stated["date"] == "2021-05-03")
  }

  @Test("a day without a name for its month counts where the page's language says its order")
  func orders() throws {
    func day(_ language: String) throws -> String? {
      try metadata("<html lang=\(language)><h1>A</h1><p>03/04/2021</p>").stated["date"]
    }
    #expect(try day("de") == "2021-04-03")
    #expect(try day("fr-FR") == "2021-04-03")
    #expect(try day("en-GB") == "2021-04-03")
    #expect(try day("en-US") == "2021-03-04")
    #expect(try day("en") == nil)
  }

  @Test("labelled days count anywhere, if there is one")
  func labelled() throws {
    let filler = String(repeating: "<p>Some text of the page.</p>", count: 100)
    let one = "<h1>A</h1>\(filler)<p>Veröffentlicht am 3. Mai 2021</p><p>Zuletzt geändert: 4.6.2022"
    let page = try metadata(one).stated
    #expect(page["date"] == "2021-05-03")
    #expect(page["modified"] == "2022-06-04")
    let two = "<h1>A</h1>\(filler)<p>Published 3 May 2021</p><p>Published 4 May 2021</p>"
    #expect(try metadata(two).stated["date"] == nil)
  }

  @Test("a page that shows only when it was changed is of that day, one that only says so is not")
  func changed() throws {
    let shown = try metadata("<h1>A</h1><p>Last updated: 3 May 2021</p><p>Text.").stated
    #expect(shown["date"] == "2021-05-03")
    #expect(shown["modified"] == "2021-05-03")
    let said = try metadata(
      "<meta property=article:modified_time content=2021-05-03><h1>A</h1><p>Text.")
    #expect(said.stated["date"] == nil)
    #expect(said.stated["modified"] == "2021-05-03")
  }

  @Test("no days are taken from what a page leads to, from comments, or from members of a forum")
  func foreignDates() throws {
    let cards = (1...4).map {
      "<div><h2>Page \($0)</h2><time datetime=2021-05-0\($0)></time></div>"
    }
    #expect(try metadata("<h1>News</h1>\(cards.joined())").stated["date"] == nil)
    let front: JSONObject = ["url": "https://shore.example/"]
    #expect(try metadata("<h1>A</h1><p>3 May 2021", given: front).stated["date"] == nil)
    let comment = "<h1>A</h1><div class=comments><time datetime=2021-05-03>x</time></div>"
    #expect(try metadata(comment).stated["date"] == nil)
    #expect(try metadata("<h1>A</h1><p>Joined: 3 May 2021</p>").stated["date"] == nil)
  }

  @Test("the days of a thread's posts are in order, and the first is its own")
  func threads() throws {
    func page(_ headings: [String]) -> String {
      "<h1>Low tide</h1><p>Text.</p>\(String(repeating: "<p>Some more of the text.</p>", count: 40))"
        + headings.enumerated().map {
          "<div>\($1)<time datetime=2021-05-0\($0 + 3)></time><p>A post.</p></div>"
        }.joined()
    }
    let day = "2021-05-03"
    #expect(try metadata(page(["", "", ""])).stated["date"] == day)
    #expect(
      try metadata(
        page(["<h3>Re: Low tide</h3>", "<h3>Re: Low tide</h3>", "<h3>Re: Low tide</h3>"])
      )
      .stated["date"] == day)
    #expect(
      try metadata(page(["<h4>Ada</h4>", "<h4>Ben</h4>", "<h4>Cleo</h4>"])).stated["date"] == day)
    #expect(
      try metadata(page(["<h2>High</h2>", "<h2>Low</h2>", "<h2>Ebb</h2>"])).stated["date"] == nil)
  }

  @Test("the day that is shown comes before a later one in the metadata")
  func shownDays() throws {
    func day(_ published: String) throws -> String? {
      try metadata(
        "<meta property=article:published_time content=\(published)><h1>A</h1><p>3 May 2021</p>"
      ).stated["date"]
    }
    #expect(try day("2023-01-01") == "2021-05-03")
    #expect(try day("2021-05-04T03:00:00Z") == "2021-05-04", "the same one, perhaps, elsewhere")
    #expect(try day("2020-01-01") == "2020-01-01")
  }

  @Test("of many days with a label the one beside the only change is the page's")
  func dayBesideChange() throws {
    func day(_ lines: String...) throws -> String? {
      let filler = String(repeating: "<p>Some text of the page.</p>", count: 100)
      return try metadata(filler + lines.map { "<p>\($0)</p>" }.joined()).stated["date"]
    }
    let (own, change) = ("Published 3 May 2021", "Last updated 4 May 2022")
    let (first, second) = ("Published 1 January 2023", "Published 2 January 2023")
    #expect(try day(own, change, first, second) == "2021-05-03")
    #expect(try day(change, own, first, second) == "2021-05-03")
    #expect(try day(first, own, change, second) == "2021-05-03")
    #expect(try day(own, change, first, "Updated 5 May 2022", second) == nil)
    #expect(try day(own, first, second) == nil)
  }

  @Test("an article that shows nothing but its last change, anywhere, is of that day")
  func shownChange() throws {
    let filler = String(repeating: "<p>Some text of the page.</p>", count: 100)
    let html = "<h1>A</h1>\(filler)<p>Last updated: 3 May 2021</p>"
    let article = "<meta property=og:type content=article>"
    #expect(try metadata(article + html).stated["date"] == "2021-05-03")
    #expect(try metadata(html).stated["date"] == nil)
  }

  @Test("the day in the line with the number of a thread's first post is the thread's")
  func firstPost() throws {
    let posts = ["#10", "#1", "#2"].map { "<h2>\($0) 2021-05-03 10:04:00</h2><p>A post.</p>" }
    #expect(
      try metadata("<p>Low tide</p>\(posts[1])<p>Registered: 2020-01-01</p>\(posts[2])").stated[
        "date"] == "2021-05-03")
    #expect(try metadata("<p>Low tide</p>\(posts[0])\(posts[2])").stated["date"] == nil)
  }

  @Test("a title that stands twice is one")
  func repeatedTitle() throws {
    let html = "<h1>Low tide</h1><h2>Low tide</h2><h2>Low tide</h2><p>By Ada Finch</p><p>3.5.2021"
    let stated = try metadata("<p>Friday, 7 May 2021</p>\(html)").stated
    #expect(stated["date"] == "2021-05-03")
    #expect(stated["author"] == "Ada Finch")
  }

  @Test("the day on which a film was put on the page counts where there is no other")
  func films() throws {
    let film = """
      <script type="application/ld+json">{"@type":"VideoObject","name":"Tide","uploadDate":"2022-01-01"}
      </script><h1>Low tide</h1><p>Text.
      """
    #expect(try metadata(film).stated["date"] == "2022-01-01")
    let dated = "<meta property=article:published_time content=2021-05-03>\(film)"
    #expect(try metadata(dated).stated["date"] == "2021-05-03")
  }

  @Test("a product has no day of publication")
  func product() throws {
    let html = """
      <script type="application/ld+json">{"@type":"Product","name":"Oar","releaseDate":"2021-05-03"}
      </script><meta property=article:published_time content=2021-05-03><h1>Oar</h1><p>Ash wood.
      """
    let stated = try metadata(html).stated
    #expect(stated == ["title": "Oar", "page_type": "product"])
  }

  @Test(
    "authors at the head of the page",
    arguments: [
      "<p>By Ada Finch</p>", "<p>Written by</p><p>Ada Finch</p>", "<p>3 May 2021 by Ada Finch</p>",
      "<p><a href=/authors/ada-finch>Ada Finch</a></p>", "<p>Von Ada Finch | 3. Mai 2021</p>",
      "<p>作者：Ada Finch</p>", "<p class=author-name>Ada Finch</p>", "<p>Par : Ada Finch</p>",
      "<a rel=author href=/x>Ada Finch</a>", "<span itemprop=author>Ada Finch</span>",
    ])
  func headAuthors(markup: String) throws {
    #expect(try metadata("<h1>Low tide</h1>\(markup)<p>Text.").stated["author"] == "Ada Finch")
  }

  @Test(
    "no authors are made of other lines",
    arguments: [
      "<p>By signing up you agree.</p>", "<p>By the sea, a house stands empty!</p>",
      "<a href=/authors>Our authors</a>",
      "<div class=testimonial><p class=author>Ben Rook</p></div>",
      "<p class=author>3 May 2021</p>", "<p class=byline>By</p>", "<p class=author>admin</p>",
    ])
  func noAuthors(markup: String) throws {
    #expect(try metadata("<h1>Low tide</h1>\(markup)<p>Text.").stated["author"] == nil)
  }

  @Test("a person beside the text comes before the site that names itself")
  func organisations() throws {
    let site =
      "<meta property=og:site_name content='Shore Gazette'><meta name=author content='Shore Gazette'>"
    let signed = "\(site)<h1>Low tide</h1><p>By Ada Finch</p>"
    #expect(try metadata(signed).stated["author"] == "Ada Finch")
    let article = "\(site)<meta property=og:type content=article><h1>Low tide</h1><p>Text."
    #expect(try metadata(article).stated["author"] == "Shore Gazette")
    #expect(try metadata("\(site)<h1>Fares</h1><p>Text.").stated["author"] == nil)
  }

  @Test("several authors of a paper, and the pair of tags that plug-ins write")
  func metaAuthors() throws {
    let paper =
      "<meta name=citation_author content='A. Finch'><meta name=citation_author content='B. Rook'>"
    #expect(try metadata("\(paper)<p>Text.").stated["author"] == "A. Finch, B. Rook")
    let pair =
      "<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Ada Finch'>"
    #expect(try metadata("\(pair)<p>Text.").stated["author"] == "Ada Finch")
    let other =
      "<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='Five'>"
    #expect(try metadata("\(other)<p>Text.").stated["author"] == nil)
  }

  @Test("readers' wording of an article's title comes before that for search engines")
  func titleWording() throws {
    let head = "<title>Top 10 tides of the coast in 2024</title>"
    let heading = "<h1>Ten tides of our coast to wait for</h1><p>Text."
    let article = "<meta property=og:type content=article>"
    #expect(
      try metadata(head + article + heading).stated["title"] == "Ten tides of our coast to wait for"
    )
    #expect(try metadata(head + heading).stated["title"] == "Top 10 tides of the coast in 2024")
  }

  @Test("a heading that is the site's name is no title")
  func siteHeadings() throws {
    let site = "<meta property=og:site_name content='Shore Gazette'><h1>Shore Gazette</h1>"
    #expect(
      try metadata("<title>Shore Gazette – Low tide</title>\(site)<h2>Low tide</h2>").stated[
        "title"]
        == "Low tide")
    #expect(
      try metadata("<title>Low tide – Shore Gazette</title>\(site)<h1>Low tide</h1>").stated[
        "title"]
        == "Low tide")
    // What the title has more than the one for sharing is the site's name.
    let unnamed = "<title>Notes of Ada: Low tide</title><meta property=og:title content='Low tide'>"
    #expect(try metadata("\(unnamed)<h1>Notes of Ada</h1><p>Text.").stated["title"] == "Low tide")
    #expect(try metadata("\(site)<p>Text.").stated["title"] == "Shore Gazette")
  }

  @Test("of a heading and metadata that do not agree, the one that made the address is the title")
  func addressTitles() throws {
    func title(_ address: String) throws -> String? {
      let html = "<title>Tides of our coast in 2024</title><h1>When to cross the sands</h1><p>Text."
      return try metadata(html, given: ["url": .string(address)]).stated["title"]
    }
    #expect(
      try title("https://shore.example/news/when-to-cross-the-sands.html")
        == "When to cross the sands")
    #expect(
      try title("https://shore.example/Tides_of_our_coast/?page=2") == "Tides of our coast in 2024")
    #expect(try title("https://shore.example/7421") == "Tides of our coast in 2024")
    #expect(try title("https://shore.example/") == "Tides of our coast in 2024")
  }

  @Test("a heading that begins the metadata's title is the title, be it one word")
  func shortHeadings() throws {
    let page = "<title>Tides and how to read them in a table</title>"
    #expect(try metadata("\(page)<h1>Tides</h1><p>Text.").stated["title"] == "Tides")
    #expect(
      try metadata("<title>Tides</title><h1>Tides and how to read them</h1><p>Text.").stated[
        "title"]
        == "Tides")
  }

  @Test("a title is read up to 1,024 bytes, to the end of a character")
  func longTitle() throws {
    let long = String(repeating: "é", count: 600)
    #expect(
      try metadata("<title>x\(long)</title><p>Text.").stated["title"]
        == "x" + String(repeating: "é", count: 511))
  }

  @Test("a title of nothing but separators ends", arguments: [" | ", " - : ", "a | "])
  func separators(part: String) throws {
    let title = String(repeating: part, count: 50_000)
    let metas = "<meta property=og:title content='\(title)'>"
    let html = "<title>\(title)</title>\(metas)<h1>Low tide</h1><p>Text."
    #expect(try metadata(html).stated["title"] != nil)
  }

  @Test("a book's name that is the heading of every chapter is taken off")
  func books() throws {
    let html = "<title>Reading tables - The Book of Tides</title><h1>The Book of Tides</h1><p>Text."
    let given: JSONObject = ["url": "https://shore.example/book/ch04-reading-tables.html"]
    #expect(try metadata(html, given: given).stated["title"] == "Reading tables")
  }

  @Test(
    "addresses of the page, from where it was fetched",
    arguments: [
      ("https://a.example/x", "https://a.example/x"), ("//b.example/x", "https://b.example/x"),
      ("/x?y#z", "https://shore.example/x?y#z"), ("x", "https://shore.example/news/x"),
      ("?page=2", "https://shore.example/news/low?page=2"), ("mailto:x@shore.example", nil),
      ("#top", nil), ("", nil), ("a b", "https://shore.example/news/a%20b"),
      ("../x", "https://shore.example/x"),
    ] as [(String, String?)])
  func canonical(href: String, url: String?) throws {
    let given: JSONObject = ["url": "https://shore.example/news/low?x=1"]
    #expect(
      try metadata("<link rel=canonical href='\(href)'><p>Text.", given: given)
        .stated["canonical_url"] == url)
  }

  @Test(
    "types of pages",
    arguments: [
      ("<meta property=og:type content=article>", "article"),
      ("<meta property=og:type content=website>", nil),
      ("<meta property=og:type content=video.other>", "media"),
      ("<div itemscope itemtype=https://schema.org/Product>", "product"),
      ("<i itemtype=http://schema.org/Product></i><i itemtype=http://schema.org/Product></i>", nil),
      ("<script type=application/ld+json>{\"@type\":\"WebPage\"}</script>", nil),
      ("<script type=application/ld+json>{\"@type\":\"QAPage\"}</script>", "discussion"),
      (
        "<script type=application/ld+json>{\"@type\":\"schema:TechArticle\"}</script>",
        "documentation"
      ),
      (
        "<script type=application/ld+json>[{\"@type\":\"CollectionPage\"},{\"@type\":\"NewsArticle\"}]</script>",
        "article"
      ),
    ] as [(String, String?)])
  func types(markup: String, type: String?) throws {
    #expect(try metadata("\(markup)<p>Text.").stated["page_type"] == type)
  }

  @Test(
    "linked data as publishers write it",
    arguments: [
      "{\"@type\":\"Article\",\"headline\":\"Low\ntide\",}",
      "<!-- {\"@type\":\"Article\",\"headline\":\"Low tide\"} -->",
      "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Low tide\"}\n//]]>",
      "/* note */{\"@type\":\"Article\",/* {[ */\"headline\":\"Low tide\"};",
      "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Low tide&quot;}",
      "{\"@type\":\"Article\",\"headline\":\"Low\\ tide\",\"keywords\":[\"a\",]}",
      "{\"@type\":\"WebSite\"}{\"@type\":\"Article\",\"headline\":\"Low tide\"}",
    ])
  func lenientLinkedData(script: String) throws {
    #expect(
      try metadata("<script type=application/ld+json>\(script)</script><p>Text.").stated
        == ["title": "Low tide", "page_type": "article"])
  }

  @Test("a page that needs its scripts gives the text that its linked data hold")
  func articleBody() throws {
    let line = String(repeating: "The ferry leaves at noon & returns. ", count: 10)
    let body = "\(line)\\n\(line)"
    let page = try metadata(
      "<script type=application/ld+json>{\"articleBody\":\"\(body)\"}</script><h1>Fares</h1>")
    #expect(page.document.text.string == "\(line.dropLast())\n\(line.dropLast())")
    #expect(page.stated["title"] == "Fares")
  }

  @Test("a page without text that is dropped still says what it says of itself")
  func rejected() throws {
    #expect(try metadata("<meta property=og:title content=Fares>").stated == ["title": "Fares"])
  }

  @Test(
    "the site's name is taken off a title when the page or its address knows it",
    arguments: [
      ("Low tide | Shore Gazette", "Low tide"), ("Shore Gazette: Low tide", "Low tide"),
      ("Low tide - Shore", "Low tide"), ("Low tide - High tide", "Low tide - High tide"),
    ])
  func siteNames(title: String, expected: String) throws {
    let address = try #require(AddressParts("https://www.shore.example/x"))
    let names = SiteNames(site: "Shore Gazette", addresses: [address])
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

  @Test("punctuation around a name is taken off, however much of it there is")
  func punctuation() {
    let dashes = String(repeating: " -", count: 300_000)
    #expect(Byline.name(in: dashes + " Ada Finch" + dashes) == "Ada Finch")
    #expect(Byline.name(in: dashes + "(" + dashes) == nil)
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
      ("Wed, 14 Dec 2016 10:00:00 GMT", "2016-12-14"), ("20161214103000", "2016-12-14"),
      ("201612141030", "2016-12-14"), ("1481709600", "2016-12-14"), ("1481709600000", "2016-12-14"),
      ("951782400", nil), ("0951782400", "2000-02-29"), ("1709164800", "2024-02-29"),
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
    let stated = try metadata(html).stated
    #expect(stated.filter { $0.key != "page_type" } == ["title": "T"])
  }
}
