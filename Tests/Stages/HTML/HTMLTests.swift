import Bytes
import Pipeline
import TestSupport
import Testing

@testable import HTMLStage

/// What the `html` stage makes of a page.
private struct Parsed {
  let document: Document
  let reason: DropReason?

  init(
    _ bytes: [UInt8], charset: String? = nil, metadata: JSONObject = [:], keepsHidden: Bool = false
  ) throws {
    var settings = HTML.Settings()
    settings.keepsHidden = keepsHidden
    (document, reason) = try processedByBothReaders(
      Document(
        id: "page", html: RawHTML(bytes: bytes, charset: charset), metadata: metadata,
        origin: Origin(file: "page.html")), settings)
  }

  init(_ html: String, keepsHidden: Bool = false) throws {
    try self.init(Array(html.utf8), keepsHidden: keepsHidden)
  }

  var text: String { document.text.string }

  /// Kind and text of each block.
  var blocks: [String] {
    guard let page = document.page else { return [] }
    return page.blocks.map { block in
      let text = page.text[Int(block.text.lowerBound)..<Int(block.text.upperBound)]
      return
        "\(block.kind)\(block.level > 0 ? "\(block.level)" : ""): \(String(decoding: text, as: UTF8.self))"
    }
  }
}

@Suite("html: blocks")
struct HTMLBlockTests {
  // MARK: Worked examples

  @Test("an article becomes blocks in reading order, each with its kind")
  func article() throws {
    let page = try Parsed(
      """
      <!DOCTYPE html><html><body><main><h1>The pier</h1><p>It was <b>long</b> and <i>old</i>.</p>
      <h2>Planks</h2><ul><li>oak<li>elm</ul><blockquote><p>Mind the gap.</p></blockquote>
      <figure><img src=a.jpg><figcaption>The pier at dawn</figcaption></figure>
      <pre>  one
          two</pre>
      <dl><dt>Length</dt><dd>90 m</dd></dl></main></body></html>
      """)
    #expect(
      page.blocks == [
        "heading1: The pier", "paragraph: It was long and old.", "heading2: Planks",
        "listItem: oak", "listItem: elm", "quote: Mind the gap.", "caption: The pier at dawn",
        "code:   one\n    two", "listItem: Length", "listItem: 90 m",
      ])
    #expect(page.document.html == nil)
  }

  @Test("a row of a table is one block, a bar between its cells")
  func table() throws {
    let page = try Parsed(
      "<table><caption>Fares</caption><tr><th>From<th>To<th>Fare<tr><td>Pier<td>Isle<td>4.20</table>"
    )
    #expect(page.text == "Fares\nFrom | To | Fare\nPier | Isle | 4.20")
    #expect(page.blocks.last == "tableRow: Pier | Isle | 4.20")
  }

  @Test("a table that lays out a page gives paragraphs")
  func layoutTable() throws {
    let page = try Parsed(
      "<table><tr><td><a href=/>Home</a></td><td><p>First.</p><p>Second.</p></td></tr></table>")
    #expect(page.blocks == ["tableRow: Home", "paragraph: First.", "paragraph: Second."])
  }

  @Test("one line break stays in the block, two end it")
  func lineBreaks() throws {
    #expect(try Parsed("<p>a<br>b<br><br>c").blocks == ["paragraph: a\nb", "paragraph: c"])
    #expect(try Parsed("<h1>Part<br/>two</h1>").blocks == ["heading1: Part two"])
  }

  @Test(
    "inline tags neither split words nor glue them",
    arguments: [
      ("<p>re<b>mark</b>able", "remarkable"), ("<p><span>one</span><span>two</span>", "one two"),
      ("<p><a href=1>one</a><a href=2>two</a>", "one two"),
      ("<p><span>end</span><span>.</span>", "end."), ("<p><span>港</span><span>口</span>", "港口"),
      ("<p>H<sub>2</sub>O", "H2O"), ("<p>a<wbr>b", "ab"),
    ])
  func inlineTags(html: String, text: String) throws {
    #expect(try Parsed(html).text == text)
  }

  @Test("white space of any kind becomes one space, invisible characters vanish")
  func whiteSpace() throws {
    let html = "<p>\n a&nbsp;\u{2003}b\u{3000}c\t d\u{200B}e\u{AD}f\u{FEFF} </p>"
    #expect(try Parsed(html).text == "a b c def")
  }

  @Test(
    "a line feed between wide characters of East Asia is no space, but one between words of Korean")
  func wrappedText() throws {
    #expect(try Parsed("<p>灯台の\n  道具、\n<b>\n霧笛</b> と\nhorn\nを").text == "灯台の道具、霧笛 と horn を")
    #expect(try Parsed("<p>등대의\n도구").text == "등대의 도구")
  }

  @Test("the mark by which a heading links to itself is no part of it")
  func permalink() throws {
    let page = try Parsed("<h2>Writing one <a href=#w>¶</a></h2><h2>¶</h2><p>See ¶")
    #expect(page.blocks == ["heading2: Writing one", "heading2: ¶", "paragraph: See ¶"])
  }

  @Test("joiners stay, because words of Persian and emoji are spelt with them")
  func joiners() throws {
    #expect(try Parsed("<p>می\u{200C}خواهم 👩\u{200D}🚀").text == "می\u{200C}خواهم 👩\u{200D}🚀")
  }

  @Test("references are decoded, those to C1 controls as browsers do it")
  func references() throws {
    #expect(
      try Parsed("<p>Salt &amp; pepper &#150; &#8220;fine&#8221; &eacute;").text
        == "Salt & pepper – “fine” é")
  }

  @Test("scripts, styles, controls and hidden parts are no text")
  func skipped() throws {
    let page = try Parsed(
      """
      <head><title>T</title><style>p { color: red }</style></head><body>
      <script>document.write("<p>no</p>")</script><!-- <p>no</p> --><noscript><p>no</p></noscript>
      <p>yes</p><select><option>no</select><textarea><p>no</textarea><button>no</button>
      <svg><title>no</title><svg></svg><text>no</text></svg><template><p>no</p></template>
      <div hidden>no</div><div style="color:red; Display : none">no</div>
      <p style="visibility:hidden">no</p><p style="--font-display:none">yes</p><iframe>no</iframe>
      """)
    #expect(page.text == "yes\nyes")
  }

  @Test("a button inside a heading holds the heading's text")
  func headingButton() throws {
    #expect(
      try Parsed("<h3><button>Who may swim?</button></h3>").blocks == ["heading3: Who may swim?"])
  }

  @Test("a script ends where browsers end it")
  func scriptEnds() throws {
    let escaped = "<script><!-- x(\"<script>y<\\/script>\") </script> --></script><p>after"
    #expect(try Parsed(escaped).text == "after")
    let double = "<script><!-- <script>1</script> <p>no --></script><p>after"
    #expect(try Parsed(double).text == "after")
  }

  @Test("links are counted in bytes")
  func links() throws {
    let page = try #require(
      try Parsed("<p>See <a href=x>the harbour</a> or <a name=y>not</a>").document.page)
    #expect(page.blocks.map(\.linkBytes) == [11])
  }

  @Test("elements form a tree whose names are in lower case")
  func tree() throws {
    let page = try #require(
      try Parsed(
        #"<body><div class="Post Body" id=P1 role=main><a><p>x</p></a><span>y</span></div>"#
      )
      .document.page)
    let tags = page.elements.map(\.tag)
    #expect(tags == [.html, .body, .div, .a, .p])
    #expect(page.elements.map(\.parent) == [-1, 0, 1, 2, 3])
    let names = page.elements[2].names
    #expect(
      String(decoding: page.names[Int(names.lowerBound)..<Int(names.upperBound)], as: UTF8.self)
        == "post body p1 main")
    #expect(page.elements.map(\.blocks) == [0..<2, 0..<2, 0..<2, 0..<1, 0..<1])
    #expect(page.blocks.map(\.element) == [4, 2])
  }

  @Test("a page that shows nothing without scripts gives what it keeps in noscript")
  func scriptedPage() throws {
    let paragraph = String(repeating: "The ferry leaves at noon. ", count: 40)
    let page = try Parsed("<body><p>Loading</p><noscript><p>\(paragraph)</p></noscript></body>")
    #expect(page.text.hasPrefix("Loading\nThe ferry leaves"))
  }

  // MARK: Settings

  @Test("hidden blocks stand in the page, marked, and not in the text; hidden words stand nowhere")
  func hiddenBlocks() throws {
    let page = try Parsed(
      "<p>a <span hidden>no</span>b</p><div style=display:none><p>c</p></div><p>d</p>")
    #expect(page.text == "a b\nd")
    #expect(page.blocks == ["paragraph: a b", "paragraph: c", "paragraph: d"])
    #expect(page.document.page?.blocks.map(\.isHidden) == [false, true, false])
  }

  @Test("the links of a block are counted where they begin")
  func linkCounts() throws {
    let page = try Parsed(
      "<p><a href=a>a</a> and <a href=b>b</a></p><a href=c><p>c</p><p>d</p></a>")
    #expect(page.document.page?.blocks.map(\.links) == [2, 1, 0])
    #expect(page.document.page?.blocks.map(\.linkBytes) == [2, 1, 1])
  }

  @Test("hidden parts count when the settings say so")
  func keepsHidden() throws {
    #expect(try Parsed("<p>a<p hidden>b", keepsHidden: true).text == "a\nb")
  }

  // MARK: Edges

  @Test(
    "a page without text is dropped",
    arguments: ["", " ", "<html>", "<p> &nbsp; </p>", "<!--", "<"])
  func noText(html: String) throws {
    let page = try Parsed(html)
    #expect(page.reason?.name == (html == "<" ? nil : "no_text"))
  }

  @Test("a document without a page passes, with the promised keys")
  func plainText() throws {
    let (document, reason) = try processedByBothReaders(
      Document(
        id: "t", text: UTF8Text("Plain."), metadata: ["title": "Given"],
        origin: Origin(file: "t.txt")))
    #expect(reason == nil)
    #expect(document.text.string == "Plain.")
    #expect(document.metadata.members.map(\.key) == HTML.manual.promises.map(\.key))
    #expect(document.metadata["title"] == "Given")
    #expect(document.metadata["author"] == .null)
  }

  @Test(
    "broken markup loses no text",
    arguments: [
      ("<p>a < b & c > d", "a < b & c > d"), ("<p>one</b></div></p>two", "one\ntwo"),
      ("<p class=x' id=\"y>one<p>two", "one\ntwo"), ("<div/>a<span/>b", "ab"),
      ("<p>one<日本>two", "one<日本>two"), ("<p日本>three", "three"), ("<p>cut off <a hre", "cut off"),
      ("</>x<?php y ?>z<!x>", "xz"),
      ("<b><p>one</b><p>two", "one\ntwo"), ("<p>a\u{0}b", "ab"), ("<title>t <p>one", "one"),
    ])
  func brokenMarkup(html: String, text: String) throws {
    #expect(try Parsed(html).text == text)
  }

  // MARK: Hostile pages

  @Test(
    "text beyond the greatest depth belongs to the last element that fits, and the record says so")
  func deepNesting() throws {
    let page = try Parsed("<p>before</p>" + String(repeating: "<div>x", count: 100_000))
    #expect(page.document.annotations["html"] == ["cut": ["depth"]])
    #expect(page.text.hasPrefix("before\nx\nx"))
    #expect(page.text.utf8.count { $0 == UInt8(ascii: "x") } == 100_000)
  }

  @Test("the worker is as good as new after a page that was cut")
  func afterCut() throws {
    let context = Context(label: "html", standardInput: .standardInput)
    let worker = try HTML(settings: .init(), context: context).makeWorker()
    for html in [String(repeating: "<div>x", count: 1000), "<p>good"] {
      var document = Document(
        id: "d", html: RawHTML(bytes: Array(html.utf8)), origin: Origin(file: "d.html"))
      _ = try worker.process(&document)
      if html == "<p>good" { #expect(document.text.string == "good") }
    }
  }

  @Test("a million attributes, entities, open comments and quotes end")
  func floods() throws {
    let many = 1_000_000
    #expect(try Parsed("<p " + String(repeating: "a=1 ", count: many) + ">x").text == "x")
    #expect(
      try Parsed("<p>" + String(repeating: "&amp;", count: many / 10)).text.utf8.count == many / 10)
    #expect(try Parsed("<p>x" + String(repeating: "<!--", count: many)).text == "x")
    #expect(try Parsed("<p>x" + String(repeating: "<svg><noscript>", count: many / 10)).text == "x")
    #expect(try Parsed("<p>x" + String(repeating: "<a b='", count: many / 10)).text.hasPrefix("x"))
    #expect(try Parsed("<p>x" + String(repeating: "</i></div>", count: many / 10)).text == "x")
    #expect(
      try Parsed("<p>x<script>" + String(repeating: "<!--<script", count: many / 10)).text == "x")
    #expect(try Parsed(String(repeating: "<b>x", count: many / 10)).text.utf8.count == many / 10)
  }

  @Test("invented names do not stay in memory or break the parser")
  func inventedNames() throws {
    let html = (0..<20_000).map { "<n\($0)x>\($0)</n\($0)x> " }.joined()
    #expect(try Parsed(html).text.hasPrefix("0 1 2 3 4"))
  }

  @Test("a formula or title that is too long is cut between two characters")
  func longParts() throws {
    let letters = String(repeating: "é \n <mi>ü", count: 20_000)
    let formula = try Parsed("<p><math>x\(letters)</math>").text
    #expect(formula.utf8.count < 1 << 14 && formula.hasSuffix("é") || formula.hasSuffix("ü"))
    let title = try Parsed("<title>x\(letters)</title><p>y").document.metadata["title"]?.string
    #expect(title?.utf8.count ?? 0 > 500 && !(title?.contains("\u{FFFD}") ?? true))
  }

  // MARK: Properties

  @Test("no damage to a page makes one that crashes", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func mutations(seed: UInt64) throws {
    var generator = Seed(seed)
    let original = Array(
      """
      <!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A — b</title>
      <script type="application/ld+json">{"@type":"Article","headline":"A"}</script></head>
      <body class="x y"><!-- c --><div id=a><p>One “two” <a href="/x">three</a></p><table><tr><td>é<td>f
      </table><pre> g </pre><svg><path d=""/></svg><style>p{}</style></div></body></html>
      """.utf8)
    let context = Context(label: "html", standardInput: .standardInput)
    let worker = try HTML(settings: .init(), context: context).makeWorker()
    for _ in 0..<400 {
      var bytes = original
      for _ in 0..<Int(generator.next() % 8 + 1) {
        let place = Int(generator.next() % UInt64(bytes.count))
        switch generator.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes.removeSubrange(place..<min(place + 5, bytes.count))
        default:
          bytes.insert(
            contentsOf: original.suffix(from: place % original.count).prefix(20), at: place)
        }
      }
      var document = Document(id: "m", html: RawHTML(bytes: bytes), origin: Origin(file: "m"))
      guard case .keep = try worker.process(&document), let page = document.page else { continue }
      #expect(UTF8Text.firstIllFormed(in: document.text.bytes.span) == nil)
      // Between two blocks stands a line feed, or what stands between two cells of a row.
      var end = 0
      for block in page.blocks {
        let between = page.text[end..<Int(block.text.lowerBound)]
        #expect(
          between.elementsEqual(end == 0 ? "".utf8 : "\n".utf8)
            || end > 0 && between.elementsEqual(" | ".utf8))
        end = Int(block.text.upperBound)
      }
      #expect(end == page.text.count)
      for (index, element) in page.elements.enumerated().dropFirst() {
        let parent = page.elements[Int(element.parent)]
        #expect(element.parent < index && element.end <= parent.end)
        #expect(parent.blocks.lowerBound <= element.blocks.lowerBound)
        #expect(element.blocks.upperBound <= parent.blocks.upperBound)
      }
    }
  }

  @Test("a long text is the same however the parser cuts it")
  func longText() throws {
    let words = (0..<20_000).map { "wörd\($0)" }
    #expect(try Parsed("<p>" + words.joined(separator: "\n ")).text == words.joined(separator: " "))
  }
}

@Suite("html: character sets")
struct HTMLCharsetTests {
  // MARK: Worked examples

  @Test(
    "declared character sets",
    arguments: [
      ("iso-8859-1", [0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x78, 0x94], "café “x”"),
      ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "Привет"),
      ("koi8-r", [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
      ("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA], "日本語"),
      ("euc-jp", [0xC6, 0xFC, 0xCB, 0xDC, 0xB8, 0xEC], "日本語"),
      ("gb2312", [0xD6, 0xD0, 0xCE, 0xC4], "中文"),
      ("big5", [0xA4, 0xA4, 0xA4, 0xE5], "中文"),
      ("ks_c_5601-1987", [0xC7, 0xD1, 0xB1, 0xB9], "한국"),
      ("iso-8859-2", [0xB3, 0xF3, 0x64, 0xBC], "łódź"),
      ("windows-1253", [0xEB, 0xE9, 0xEC, 0xDC, 0xED, 0xE9], "λιμάνι"),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42], "日本"),
    ] as [(String, [UInt8], String)])
  func declared(charset: String, bytes: [UInt8], text: String) throws {
    let inMarkup = try Parsed(Array("<meta charset=\"\(charset)\"><p>".utf8) + bytes)
    #expect(inMarkup.text == text)
    let byTransport = try Parsed(Array("<p>".utf8) + bytes, charset: charset)
    #expect(byTransport.text == text)
    let byEquiv =
      "<meta http-equiv=Content-Type content='text/html; charset=\(charset)'><p>"
    #expect(try Parsed(Array(byEquiv.utf8) + bytes).text == text)
  }

  @Test("UTF-16 by its mark, and without one by its zeros")
  func utf16() throws {
    let units = Array("<p>łódź and the harbour of a town</p>".utf16)
    let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      #expect(try Parsed(bytes).text == "łódź and the harbour of a town")
    }
  }

  @Test("what is UTF-8 is read as UTF-8, whatever is declared, and the record says so")
  func wrongDeclaration() throws {
    let page = try Parsed("<meta charset=iso-8859-1><p>Größe: 3 µm</p>")
    #expect(page.text == "Größe: 3 µm")
    #expect(page.document.annotations["html"] == ["charset": "utf-8"])
  }

  @Test("nothing is said of a declaration that ASCII text cannot contradict")
  func ascii() throws {
    let page = try Parsed("<meta charset=iso-8859-1><p>plain</p>")
    #expect(page.document.annotations.isEmpty)
  }

  @Test("the character set is noted when it is another than UTF-8")
  func noted() throws {
    let page = try Parsed(Array("<p>caf".utf8) + [0xE9], charset: "latin1")
    #expect(page.document.annotations["html"] == ["charset": "windows-1252"])
  }

  @Test("an undeclared page is judged by the letters of its text, not of its markup")
  func detected() throws {
    // "The fishermen mend their nets on the old pier every morning before the sea grows rough."
    let sentence =
      "Рыбаки чинят сети на старом причале каждое утро, пока море ещё спокойно и ветер слаб. "
    let bytes = sentence.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar.value {
      case 0x410...0x44F: [UInt8(scalar.value - 0x410 + 0xC0)]
      case 0x451: [0xB8]
      default: [UInt8(scalar.value)]
      }
    }
    let markup = Array(String(repeating: "<div class=\"container wide\">", count: 50).utf8)
    let page = try Parsed(markup + Array("<p>".utf8) + bytes + bytes)
    #expect(page.text == sentence + sentence.dropLast())
    let wrong = try Parsed(markup + Array("<p>".utf8) + bytes + bytes, charset: "iso-8859-1")
    #expect(wrong.text == page.text)
  }

  @Test("a few ill-formed bytes do not make UTF-8 another character set")
  func damagedUTF8() throws {
    let good = String(repeating: "Häfen und Brücken über größere Flüsse. ", count: 10)
    let page = try Parsed(Array("<p>\(good)".utf8) + [0xE2, 0x80])
    #expect(page.text == good + "\u{FFFD}")
  }

  // MARK: Edges

  @Test("bytes that are no text in any character set are dropped")
  func binary() throws {
    var generator = Seed(7)
    let noise = (0..<4000).map { _ in UInt8(truncatingIfNeeded: generator.next() % 32) }
    #expect(try Parsed(noise).reason?.name == "undecodable")
    let picture = (0..<4000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    #expect(try Parsed(Array("<p>".utf8) + picture).reason?.name == "undecodable")
  }

  @Test("a page of replacement characters is dropped")
  func replaced() throws {
    let text = String(repeating: "\u{FFFD}\u{FFFD}\u{FFFD} \u{FFFD}\u{FFFD} ", count: 100)
    #expect(try Parsed("<p>\(text)").reason?.name == "undecodable")
  }

  @Test("an unknown label is no declaration")
  func unknownLabel() throws {
    #expect(try Parsed(Array("<p>caf".utf8) + [0xE9, 0x21], charset: "klingon").text == "café!")
  }
}
