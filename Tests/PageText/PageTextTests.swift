import Bytes
import Pipeline
import TestSupport
import Testing

@testable import HTMLStage
@testable import PageText

/// The text that the `html` stage alone makes of a page.
private func text(
  _ html: String, _ format: Page.Style.Format = .markdown, links: Bool = false,
  images: Bool = false, url: String? = nil
) throws -> String {
  var settings = HTML.Settings()
  settings.style.format = format
  settings.style.writesLinks = links
  settings.style.writesImages = images
  var document = Document(
    id: "page", html: RawHTML(bytes: Array(html.utf8)),
    metadata: url.map { ["url": .string($0)] } ?? [:], origin: Origin(file: "page.html"))
  let context = Context(label: "html", standardInput: .standardInput)
  _ = try HTML(settings: settings, context: context).makeWorker().process(&document)
  return document.text.string
}

@Suite("Markdown")
struct MarkdownTests {
  // MARK: Worked examples

  @Test("headings, paragraphs, line breaks, quotations and captions")
  func blocks() throws {
    let html = """
      <h1>The <b>pier</b></h1><p>First<br>line.</p><h3><strong>Planks</strong></h3>
      <blockquote><p>Mind the gap.</p><p>And the step.</p><blockquote>Deep.</blockquote></blockquote>
      <figure><figcaption>At dawn</figcaption></figure>
      """
    #expect(
      try text(html) == """
        # The **pier**

        First\u{20}\u{20}
        line.

        ### Planks

        > Mind the gap.
        >
        > And the step.
        >
        > > Deep.

        At dawn
        """)
  }

  @Test("lists, nested, numbered, with paragraphs and code in their items")
  func lists() throws {
    let html = """
      <ul><li>oak<ul><li>red<li>white</ul><li>elm</ul><p>Then:</p>
      <ol start=9><li><p>nine</p><p>more of it</p><li value=20>twenty<pre>a
        b</pre></ol>
      """
    #expect(
      try text(html) == """
        - oak
          - red
          - white
        - elm

        Then:

        9. nine

           more of it
        20. twenty

            ```
            a
              b
            ```
        """)
  }

  @Test("code keeps its white space, its language and its backticks")
  func code() throws {
    let html = """
      <pre><code class="hljs language-swift">let x = 1
        let y = "```"

      </code></pre><div class="highlight-python"><pre>
      a *b* &lt;c&gt;</pre></div><pre class=language-none><div>one</div><div>  two</div></pre>
      <p>Call <code>f(`x`)</code> or <code>a*b</code>, <a href=/y><code>g|h</code></a>.
      """
    #expect(
      try text(html, links: true) == """
        ````swift
        let x = 1
          let y = "```"
        ````

        ```python
        a *b* <c>
        ```

        ```
        one
          two
        ```

        Call ``f(`x`)`` or `a*b`, [`g|h`](/y).
        """)
  }

  @Test("tables of data become pipe tables, whatever is in their cells")
  func tables() throws {
    let html = """
      <table><caption>Fares</caption><thead><tr><th>From<th>To<th>Fare</thead>
      <tr><td>Pier<td><td>4|20<tr><td><p>Isle</p><p>of Man</p><td>Pier<br>2<td><b>5</b></table>
      <table><tr><th>Weight<td>2 kg<tr><th>Length<td>3 m</table>
      """
    #expect(
      try text(html) == """
        Fares

        | From | To | Fare |
        | --- | --- | --- |
        | Pier | | 4\\|20 |
        | Isle<br>of Man | Pier<br>2 | **5** |

        | | |
        | --- | --- |
        | Weight | 2 kg |
        | Length | 3 m |
        """)
  }

  @Test(
    "tables that lay out a page do not",
    arguments: [
      "<table role=presentation><tr><th>a<td>b<tr><td>c<td>d</table>",
      "<table><tr><td>a<td><h2>b</h2><tr><td>c<td>d</table>",
      "<table><tr><td>a<td>b</table>", "<table><tr><th>a<tr><td>b</table>",
      "<table><tr><td><table><tr><td>a</table><td>b<tr><td>c<td>d</table>",
    ])
  func layoutTables(html: String) throws {
    #expect(try !text(html).contains("---"))
  }

  @Test("definition lists; a definition whose term is missing is a paragraph")
  func definitions() throws {
    let html =
      "<dl><dt>Length<dd>90 m<dd>95 m<dt>Width<dd>9 m</dl><dl><dd>alone</dl>"
    #expect(
      try text(html) == "Length\n: 90 m\n: 95 m\n\nWidth\n: 9 m\n\nalone")
  }

  @Test(
    "emphasis",
    arguments: [
      ("<b>long</b> and <i>old</i>", "**long** and *old*"), ("<b>W</b>ord", "**W**ord"),
      ("<b>a</b><strong>b</strong>", "**ab**"), ("<b><i>x</i></b>", "***x***"),
      ("<b><strong>x</strong></b>", "**x**"), ("<b> x </b> y", "**x** y"), ("<b></b>y", "y"),
      ("<b>a <i>b</b> c</i>", "**a *b*** c"), ("<i>a</i><b>b</b>", "*a*b"),
      ("x<b>!</b>y", "x!y"), ("<b>「港」</b>は", "「港」は"), ("<b>港</b>は", "**港**は"),
      ("<b class=lead>x</b> y", "**x** y"), ("a <b>open", "a **open**"),
    ])
  func emphasis(html: String, markdown: String) throws {
    #expect(try text("<p>\(html)</p>") == markdown)
  }

  @Test("what is not closed ends with the element around it")
  func unclosed() throws {
    #expect(try text("<div><p><b>one</p><p>two</p></div>") == "**one**\n\ntwo")
    #expect(try text("<div><b><p>one</p><p>two</p></b></div>") == "**one**\n\n**two**")
  }

  @Test(
    "what would mean something else is escaped, and nothing else",
    arguments: [
      ("2 * 3 * 4", "2 \\* 3 \\* 4"), ("snake_case _x_", "snake_case \\_x\\_"),
      ("a [b] c", "a [b] c"), ("[b](c)", "[b\\](c)"), ("[b]: c", "[b\\]: c"), ("1. a", "1\\. a"),
      ("1.5 m", "1.5 m"), ("- a", "\\- a"), ("-5", "-5"), ("# a", "\\# a"), ("#tag", "#tag"),
      ("&gt; a", "\\> a"), ("&lt;b&gt; 1 &lt; 2", "\\<b> 1 < 2"),
      ("&amp;lt; A &amp; B", "\\&lt; A & B"),
      ("a`b", "a\\`b"), ("C:\\dir \\* \\", "C:\\dir \\\\\\* \\\\"),
      ("~~a~~ ~5", "\\~\\~a\\~\\~ ~5"),
      ("a<br>- b<br>+ c", "a  \n\\- b  \n\\+ c"), ("== a", "\\== a"),
    ])
  func escapes(html: String, markdown: String) throws {
    #expect(try text("<p>\(html)</p>") == markdown)
  }

  @Test("a heading does not lose the marks at its end")
  func headingEnd() throws { #expect(try text("<h2>C #</h2>") == "## C \\#") }

  // MARK: Links and pictures

  @Test("links are resolved, those to nowhere else are left out")
  func links() throws {
    let html = """
      <base href="/docs/"><p>See <a href="../b c?x=1&amp;y=2">the [other] one</a>, <a href="#x">this</a>,
      <a href="javascript:f()">that</a>, <a href="HTTPS://e.example/(a)">these</a><a href=m>M</a>.</p>
      <a href="card"><h3>Card</h3><p>Text</p></a>
      """
    #expect(
      try text(html, links: true, url: "https://h.example/a/") == """
        See [the \\[other\\] one](https://h.example/b%20c?x=1&y=2), this, that, \
        [these](<HTTPS://e.example/(a)>) [M](https://h.example/docs/m).

        ### [Card](https://h.example/docs/card)

        Text
        """)
  }

  @Test("pictures stand by their alternative texts, where they are")
  func images() throws {
    let html = """
      <p>One <img src="a.png" alt="an [A]">two</p><figure><img src="data:x" alt="B  b"><figcaption>Cap
      </figcaption></figure><img src=c.png alt=""><img src=d.png><p>End</p>
      """
    #expect(
      try text(html, images: true, url: "https://h.example/a/b")
        == "One ![an \\[A\\]](https://h.example/a/a.png) two\n\n![B b]()\n\nCap\n\nEnd")
  }

  // MARK: Bounds

  @Test("nesting is bounded: the innermost levels count")
  func nesting() throws {
    let html = String(repeating: "<blockquote>", count: 100) + "deep"
    let marks = String(repeating: "> ", count: MarkdownWriter.maximumNesting)
    #expect(try text(html) == marks + "deep")
  }

  @Test("addresses longer than any that people write are left out")
  func longAddresses() throws {
    let long = String(repeating: "x", count: BaseAddress.maximumLength + 1)
    #expect(try text("<p><a href=\(long)>a</a>", links: true) == "a")
  }

  // MARK: Properties

  @Test(
    "the blocks are the same in every style, whatever the page", arguments: [1, 2, 3] as [UInt64])
  func sameBlocks(seed: UInt64) throws {
    var generator = Seed(seed)
    let parts = [
      "<b>", "</b>", "<i class=x>", "</i>", "<p>", "</p>", "<a href=/y>", "</a>",
      "<img alt=q src=z>",
      "<ul><li>", "</ul>", "<ol start=3><li value=7>", "<table><tr><th>", "<td>", "</table>",
      "<pre>",
      "</pre>", "<code class=language-c>", "</code>", "word", " two words ", "é", "港", "<br>",
      "<blockquote>", "</div>", "<dl><dt>", "<dd>", "&#xFDD0;", "&#xFDD3;x", "*", "`", "&lt;", "\n",
      "<h2>", "<base href=/>",
    ]
    for _ in 0..<300 {
      let count = generator.below(40) + 1
      let html = (0..<count).map { _ in parts[generator.below(parts.count)] }.joined()
      let pages = try [false, true].map { isFull in
        var settings = HTML.Settings()
        if isFull {
          settings.style.format = .markdown
          settings.style.writesLinks = true
          settings.style.writesImages = true
        }
        var document = Document(
          id: "p", html: RawHTML(bytes: Array(html.utf8)), origin: Origin(file: "p"))
        let context = Context(label: "html", standardInput: .standardInput)
        _ = try HTML(settings: settings, context: context).makeWorker().process(&document)
        #expect(UTF8Text.firstIllFormed(in: document.text.bytes.span) == nil)
        return document.page
      }
      let texts = pages.map { $0.map { String(decoding: $0.text, as: UTF8.self) } }
      #expect(texts[0] == texts[1], "\(html)")
      #expect(pages[0]?.blocks.map(\.element) == pages[1]?.blocks.map(\.element), "\(html)")
      for span in pages[1]?.markup.spans ?? [] {
        #expect(!span.text.isEmpty)
        #expect(
          pages[1]?.blocks.contains {
            $0.text.lowerBound <= span.text.lowerBound && span.text.upperBound <= $0.text.upperBound
          } == true, "\(html)")
      }
    }
  }
}

@Suite("Plain text")
struct PlainTextTests {
  @Test("links and pictures on request")
  func linksAndImages() throws {
    let html = """
      <p>See <a href=b>the other</a>, or <a href="https://e.example">https://e.example</a>
      <img alt=Map src=m.png></p><img alt=Dawn src=d.png><p>End</p>
      """
    #expect(
      try text(html, .text, links: true, images: true, url: "https://h.example/a")
        == """
        See the other (https://h.example/b), or https://e.example [Map]
        [Dawn]
        End
        """)
  }

  @Test("rows of data are lines, even if their cells hold paragraphs")
  func rows() throws {
    let html = """
      <table><tr><th>Gauge<th>Datum<tr><td><p>Kittle</p><td><p>chart</p><p>or land</p></table><p>End
      """
    #expect(
      try text(html, .text, links: true) == "Gauge | Datum\nKittle | chart or land\nEnd")
  }
}

@Suite struct BaseAddressTests {
  /// RFC 3986, section 5.4, but for the references that lead to the page itself or to other schemes.
  @Test(
    "the examples of RFC 3986",
    arguments: [
      ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
      ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
      ("g?y", "http://a/b/c/g?y"), ("g#s", "http://a/b/c/g#s"), (";x", "http://a/b/c/;x"),
      (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
      ("../g", "http://a/b/g"),
      ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"),
      ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
      ("..g", "http://a/b/c/..g"), ("./g/.", "http://a/b/c/g/"), ("g/../h", "http://a/b/c/h"),
      ("g?y/../x", "http://a/b/c/g?y/../x"), ("http://x/y", "http://x/y"),
    ])
  func examples(reference: String, address: String) {
    #expect(resolve(reference, "http://a/b/c/d;p?q") == address)
  }

  @Test("references that lead nowhere else", arguments: ["", " ", "#s", "javascript:x", "data:,x"])
  func nowhere(reference: String) { #expect(resolve(reference, "http://a/b") == nil) }

  @Test("without a base, references stay as they are")
  func noBase() {
    #expect(resolve(" ../x y ", "") == "../x%20y")
    #expect(resolve("//x", "page.html") == "//x")
  }

  private func resolve(_ reference: String, _ base: String) -> String? {
    var output: [UInt8] = []
    let isAddress = BaseAddress(base.utf8.span).append(reference.utf8.span, to: &output)
    return isAddress ? String(decoding: output, as: UTF8.self) : nil
  }
}
