import Foundation
import TestSupport
import Testing

/// `winnow explain` with its arguments, exit codes and streams.
@Suite struct ExplainCommandTests {
  private static let rules = #"{"use": "html"}, {"use": "boilerplate", "classifier": "rules"}"#

  private static let page = """
    <html lang=en><head><title>Dredger leaves</title></head><body>
    <nav class="menu"><ul><li><a href=a>Home</a><li><a href=b>News</a></ul></nav>
    <main><h1>Dredger leaves</h1>
    <p>The dredger left the harbour on Monday, two weeks later than the port had announced in spring.</p>
    <h2>The work</h2>
    <blockquote><p>We have eleven men and a single channel to clear before the first of the autumn
    storms comes.</p></blockquote>
    <p>Ferries to the islands will leave from the old coal pier until the work is done in November.</p>
    </main></body></html>
    """

  @Test(
    "a page is explained stage by stage and block by block, at a width of 100 where there is no screen"
  )
  func text() throws {
    let place = try Workplace(stages: Self.rules)
    try place.write("page.html", Self.page)
    let result = try place.run("winnow explain pipeline.json page.html")
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(
      result.text == """
        page.html
           title               Dredger leaves
           outcome             kept: 293 characters, 55 words

        1  html  kept
           text                made: 315 characters, 59 words
           title               Dredger leaves
           declared_language   en
           not found           author, date, modified, description, site, canonical_url, page_type

        2  boilerplate  kept
           text                rewritten: 293 characters, 55 words, before 315 characters, 59 words
           judged by           rules
           read as             an article in main, the smallest element with most of the prose
           favor               balanced
           cut                 a score of 0.50
           blocks              4 of 7 kept, with 287 of 309 characters

           drop 0.00 ········ item    Home
                in nav.menu > ul > li
                stands in boilerplate: nav.menu, which speaks of navigation
           drop 0.00 ········ item    News
                in nav.menu > ul > li
                stands in boilerplate: nav.menu, which speaks of navigation
           drop 0.20 ██······ h1      Dredger leaves
                in main > h1
                stands in main: yes
                heading of level 1: the page's title, which is metadata
           keep 0.95 ████████ text    The dredger left the harbour on Monday, two weeks later than the port…
                in main > p
                stands in main: yes
                words: 17
                share of the text in links: 0 %
           keep 0.86 ███████· h2      The work
                in main > h2
                stands in main: yes
                heading: nearly as good as what it stands above
           keep 0.95 ████████ quote   We have eleven men and a single channel to clear before the first of …
                in main > blockquote > p
                stands in main: yes
                words: 18
                share of the text in links: 0 %
           keep 0.95 ████████ text    Ferries to the islands will leave from the old coal pier until the wo…
                in main > p
                stands in main: yes
                words: 18
                share of the text in links: 0 %

        """)
  }

  @Test("standard input is read as what it is")
  func standardInput() throws {
    let place = try Workplace(stages: Self.rules)
    try place.write("page.html", Self.page)
    let page = try place.run("winnow explain pipeline.json - < page.html")
    #expect(page.code == 0)
    #expect(page.text.hasPrefix("-\n   title               Dredger leaves\n"))
    let record = try place.run(
      #"echo '{"id":"one","url":"https://courier.example/a","text":"Words."}' "#
        + "| gzip | winnow explain pipeline.json - --format ndjson")
    #expect(record.code == 0)
    #expect(record.lines.prefix(2) == ["one", "   url                 https://courier.example/a"])
  }

  static let records = """
    {"id":"one","url":"https://courier.example/1","text":"The first text."}
    {"id":"two","url":"https://courier.example/2","html":"<p>The <b>second</b> text, as a page of its own."}
    no record

    """

  @Test("a record is named by its id or by its place, in compressed files too")
  func records() throws {
    let place = try Workplace(stages: #"{"use": "html"}"#)
    try place.write("pages.ndjson", Self.records)
    #expect(try place.run("gzip -k pages.ndjson").code == 0)
    let byID = try place.run("winnow explain pipeline.json pages.ndjson.gz --id two")
    #expect(byID.code == 0)
    #expect(byID.lines.prefix(2) == ["two", "   url                 https://courier.example/2"])
    let byPlace = try place.run("winnow explain pipeline.json pages.ndjson --id pages.ndjson:2")
    #expect(byPlace.text == byID.text)
    let bad = try place.run("winnow explain pipeline.json pages.ndjson --id pages.ndjson:3")
    #expect(bad.code == 0)
    #expect(
      bad.text == """
        pages.ndjson:3
           outcome             dropped by input: malformed_record

        input  dropped
           reason              malformed_record: The line is no JSON object, or a member has the wrong type.
           message             the line is no JSON: expected a value, found 'n', at byte 0
           starts              no record

        not reached: html

        """)
  }

  @Test("a page that is dropped says by which stage, why, and which stages did not see it")
  func dropped() throws {
    let place = try Workplace(
      stages: #"{"use": "language", "keep": ["de"]}, {"use": "near_duplicates"}"#)
    try place.write(
      "page.txt", "The dredger left the harbour on Monday, two weeks later than announced.")
    let result = try place.run("winnow explain pipeline.json page.txt")
    #expect(result.code == 0)
    #expect(result.text.contains("   outcome             dropped by language: "))
    #expect(result.text.contains("\n1  language  dropped\n   reason      "))
    #expect(result.text.hasSuffix("\nnot reached: near_duplicates\n"))
    let page = try place.run(
      #"echo '<p>No stage makes a text of this.' | winnow explain pipeline.json - --set 'stages=[]'"#
    )
    #expect(
      page.text.hasPrefix(
        "-\n   outcome             dropped by output: empty_text\n\noutput  dropped\n"))
  }

  @Test("no state, no output and no rejects are touched, and the account says so")
  func state() throws {
    let place = try Workplace()
    try place.write(
      "pipeline.json",
      Workplace.definition(stages: #"{"use": "near_duplicates"}"#, run: #"{"state": "memory"}"#))
    try place.write("page.txt", "The dredger left the harbour on Monday.")
    let result = try place.run("winnow explain pipeline.json page.txt")
    #expect(result.code == 0)
    #expect(
      result.text == """
        page.txt
           outcome             kept: 39 characters, 7 words
           state               none is read or written: other documents, and earlier runs, play no part

        1  near_duplicates  kept
           nothing changed
           decides by the documents before, and here there are none: in a run it may do more

        """)
    #expect(try place.names("").filter { !$0.hasPrefix(".") } == ["page.txt", "pipeline.json"])
  }

  @Test("wrong pages and ids end with exit code 2 and say why")
  func wrongArguments() throws {
    let place = try Workplace(stages: Self.rules)
    try place.write("pages.ndjson", Self.records)
    try place.write("empty.ndjson", "\n")
    let cases = [
      (
        "pages.ndjson",
        "winnow: error: pages.ndjson holds several records; say which one with --id, as in --id one\n"
      ),
      (
        "pages.ndjson --id three",
        "winnow: error: pages.ndjson holds no record with the id three among its 3\n"
      ),
      ("empty.ndjson", "winnow: error: empty.ndjson holds no record\n"),
      ("empty.ndjson --id one", "winnow: error: empty.ndjson holds no record\n"),
      (
        "nothing.html",
        "nothing.html:1:1: error: input.paths names nothing.html, which cannot be read: "
          + "No such file or directory\n"
      ),
      (
        "pages.ndjson --id one --set stages.boilerplate.favor=best",
        "--set:1:26: error: stages[1].favor must be one of \"precision\", \"balanced\", \"recall\", "
          + "is \"best\"\n"
      ),
    ]
    for (arguments, message) in cases {
      let result = try place.run("winnow explain pipeline.json \(arguments)")
      #expect(result.code == 2, "\(arguments)")
      #expect(result.errors == message)
      #expect(result.text == "")
    }
  }

  @Test("a page of HTML that cannot be written is a failure, and a closed pipe is none")
  func output() throws {
    let place = try Workplace(stages: Self.rules)
    try place.write("page.html", Self.page)
    let failed = try place.run("winnow explain pipeline.json page.html --html no/folder.html")
    #expect(failed.code == 1)
    #expect(
      failed.errors == "winnow: error: cannot write no/folder.html: No such file or directory\n")
    // So long that no pipe holds it.
    try place.write("long.txt", String(repeating: "A word, and another.\n\n", count: 20_000))
    let closed = try place.run(
      "winnow explain pipeline.json long.txt | head -n 1; echo ${PIPESTATUS[0]}")
    #expect(closed.lines == ["long.txt", "0"])
    #expect(closed.errors == "")
  }

  // MARK: HTML

  private static let hostile = [
    "id": "\"></bdi><script>alert(1)</script>",
    "url": "javascript:alert('2')//\"<img src=x onerror=alert(3)>",
    "html": """
    <html lang='"><script>'><head><title>&lt;script&gt;alert(4)&lt;/script&gt;</title></head>
    <body><main class='"><script>alert(5)</script>' id="a'onclick='alert(6)">
    <p>&lt;img src=x onerror=alert(7)&gt; and &lt;/details&gt;&lt;/style&gt; &amp;lt;b&amp;gt; \u{1B}[31m
    \u{202E}turned and enough further words to be kept as a sentence of the page.</p>
    <pre>&lt;/pre&gt;&lt;iframe src="//evil.example"&gt;</pre>
    <p>--&gt; ]]&gt; &quot; onmouseover=&quot;alert(8) is what this paragraph says to its readers today.</p>
    </main></body></html>
    """,
  ]

  /// Everything in a page of HTML that is markup.
  private static func tags(_ html: String) -> [String] {
    html.matches(of: /<[^>]*>/).map { String($0.output) }
  }

  @Test("no text of a page becomes markup of the account")
  func escaping() throws {
    let place = try Workplace(
      stages: #"{"use": "html", "links": true}, {"use": "boilerplate", "classifier": "rules"}"#)
    try place.write(
      "hostile.ndjson", try JSONSerialization.data(withJSONObject: Self.hostile) + Data("\n".utf8))
    let result = try place.run("winnow explain pipeline.json hostile.ndjson --html -")
    #expect(result.code == 0)
    #expect(result.errors == "")
    let html = result.text
    #expect(html.contains("&lt;script&gt;alert(4)&lt;/script&gt;"))
    #expect(
      html.contains(
        "&lt;img src=x onerror=alert(7)&gt; and &lt;/details&gt;&lt;/style&gt; &amp;lt;b"))
    #expect(html.contains("&quot; onmouseover=&quot;alert(8)"))
    for mark in ["\u{1B}", "\u{202E}", "\u{0}"] { #expect(!html.contains(mark)) }
    let tags = Self.tags(html)
    #expect(tags.count > 60)
    let allowed = [
      #"<!DOCTYPE html>"#, #"<meta charset="utf-8">"#,
      #"<meta name="referrer" content="no-referrer">"#,
      #"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
      #"<nav aria-label="Stages">"#, #"<html lang="en">"#, #"<pre dir="auto">"#,
      #"<th scope="row">"#,
    ]
    let pattern =
      #/<\/?[a-z]+[1-6]?( class="[a-z0-9 -]+")?( (id|href)="#?(stage-[0-9]+|text)")?( style="--[a-z]+:[0-9.]+(;--cut:[0-9.]+)?")?( dir="auto")?>/#
    let input = #/<input type="radio" name="shown-[0-9]+" class="only-[a-z]+"( checked)?>/#
    for tag in tags {
      let isPolicy = tag.hasPrefix(
        #"<meta http-equiv="Content-Security-Policy" content="default-src 'none';"#)
      let isKnown =
        isPolicy || allowed.contains(tag) || tag.wholeMatch(of: pattern) != nil
        || tag.wholeMatch(of: input) != nil
      #expect(isKnown, "\(tag)")
    }
    let names = Set(tags.map { $0.prefix { $0 != " " && $0 != ">" } })
    #expect(names.isDisjoint(with: ["<script", "<img", "<iframe", "<link", "<base", "<object"]))
  }

  @Test("the page of HTML needs nothing but itself, and shows headings and quotations as such")
  func page() throws {
    let place = try Workplace(stages: Self.rules)
    try place.write("page.html", Self.page)
    let result = try place.run("winnow explain pipeline.json page.html --html explained.html")
    #expect(result.code == 0)
    #expect(result.text == "")
    #expect(result.errors == "")
    let html = try place.read("explained.html")
    for foreign in ["src=", "url(", "@import", "<script", "<link", "http://", "https://"] {
      #expect(!html.contains(foreign), "\(foreign)")
    }
    #expect(html.contains("<h1><bdi>Dredger leaves</bdi></h1>"))
    #expect(html.contains(#"<span class="text h2" dir="auto">The work</span>"#))
    #expect(html.contains(#"<span class="text quote" dir="auto">We have eleven men"#))
    #expect(html.contains(#"<span class="text item" dir="auto">Home</span>"#))
    #expect(html.contains("<p><b>dropped</b>: the score is below the cut</p>"))
    #expect(html.hasSuffix("</html>\n"))
  }

  @Test("the terminal sees no commands of a page")
  func terminal() throws {
    let place = try Workplace(stages: #"{"use": "html"}"#)
    try place.write(
      "page.html", "<title>a\u{1B}]0;owned\u{7}b</title><p>Text.\u{9B}31m and \u{202E}more.")
    let result = try place.run("winnow explain pipeline.json page.html")
    #expect(result.code == 0)
    let controls = result.text.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E
    }
    #expect(controls.isEmpty)
    #expect(result.text.contains("owned"))
  }
}
