import Pipeline
import Testing

@testable import HTMLStage

/// The parser by itself: which elements there are, what stands in which. Both readers say the same.
private func outline(_ html: String) throws -> String {
  let outlines = try PageParser.Reader.allCases.map { try outline(html, $0) }
  #expect(outlines[0] == outlines[1])
  return outlines[0]
}

private func outline(_ html: String, _ reader: PageParser.Reader) throws -> String {
  var parser = PageParser(reader: reader)
  let bytes = Array(html.utf8)
  let page = try parser.parse(MarkupText(bytes), keepsHidden: false).page
  var text = ""
  write(0, of: page, to: &text)
  return text
}

/// `tag(children)`; blocks by their text. A row is one block, behind its cells.
private func write(_ element: Int, of page: Page, to text: inout String) {
  let whole = page.elements[element]
  text += whole.tag.name
  var parts: [String] = []
  var block = Int(whole.blocks.lowerBound)
  var child = element + 1
  func writeBlocks(until end: Int) {
    while block < end {
      let range = page.blocks[block].text
      parts.append(
        String(
          decoding: page.text[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self))
      block += 1
    }
  }
  while child < Int(whole.end) {
    let inner = page.elements[child]
    writeBlocks(until: Int(inner.blocks.lowerBound))
    var part = ""
    write(child, of: page, to: &part)
    parts.append(part)
    block = max(block, Int(inner.blocks.upperBound))
    child = Int(inner.end)
  }
  writeBlocks(until: Int(whole.blocks.upperBound))
  if !parts.isEmpty { text += "(" + parts.joined(separator: " ") + ")" }
}

@Suite("html: nesting of elements")
struct PageParserTests {
  @Test(
    "end tags that may be left out are put in",
    arguments: [
      ("<p>a<p>b<div>c</div>", "html(p(a) p(b) div(c))"),
      ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "html(ul(li(a) li(b ul(li(c))) li(d)) e)"),
      ("<dl><dt>a<dd>b<dt>c</dl>", "html(dl(dt(a) dd(b) dt(c)))"),
      (
        "<table><tr><td>a<td>b<tr><th>c</table>d",
        "html(table(tr(td td a | b) tr(th c)) d)"
      ),
      (
        "<table><thead><tr><th>a<tbody><tr><td>b</table>",
        "html(table(thead(tr(th a)) tbody(tr(td b))))"
      ),
      ("<h2>a<h3>b</h2>c", "html(h2(a) h3(b) c)"),
      ("<title>t</title><p>a", "html(p(a))"),
      ("<head><meta name=a><p>a", "html(p(a))"),
      ("<head><body class=x><p>a</body></html>b", "html(body(p(ab)))"),
    ])
  func impliedEnds(html: String, tree: String) throws { #expect(try outline(html) == tree) }

  @Test(
    "an end tag ends no more than it may",
    arguments: [
      ("<div><p>a</div></p>b", "html(div(p(a)) p b)"),
      ("<div>a</span>b</div>", "html(div(ab))"),
      ("<div><span><div>a</span>b</div>c</div>d", "html(div(span(div(ab)) c) d)"),
      ("<table><tr><td><div>a</tr></table>b", "html(table(tr(td(div(a)))) b)"),
      ("<div><table><tr><td></div>a</table>b</div>", "html(div(table(tr(td a)) b))"),
      ("<form><div>a</form>b</div>c", "html(form(div(ab) c))"),
      ("<section><x-y>a</section>b</x-y>c", "html(section(custom(a)) bc)"),
    ])
  func strayEnds(html: String, tree: String) throws { #expect(try outline(html) == tree) }

  /// The attributes of a start tag point into the page: an end tag that makes an element of its own at
  /// the beginning of the next page once read them there, from bytes that were gone.
  @Test(
    "an end tag that makes an element has no attributes, its own page's or another's",
    arguments: [
      ("<p>x<i hidden>", "</br>one</br>two", "html(one\ntwo)"),
      ("<p>x<b style='display:none'>", "one</p>two", "html(one p two)"),
      ("<p>x", "<b hidden>a</b>one</br>two", "html(one\ntwo)"),
      ("<p>x", "<p>one</p><i class=c hidden></i></p>two", "html(p(one) p two)"),
    ])
  func attributesOfEndTags(before: String, html: String, tree: String) throws {
    for reader in PageParser.Reader.allCases {
      var parser = PageParser(reader: reader)
      for (html, tree) in [(before, nil), (html, tree)] {
        let bytes = Array(html.utf8)
        let page = try parser.parse(MarkupText(bytes), keepsHidden: false).page
        var text = ""
        write(0, of: page, to: &text)
        if let tree { #expect(text == tree) }
      }
    }
  }

  @Test(
    "a link that ends too late or too early leaves the blocks as they are",
    arguments: PageParser.Reader.allCases)
  func misnestedLinks(reader: PageParser.Reader) throws {
    var parser = PageParser(reader: reader)
    let html = Array(
      "<div><a href=1><p>one</a> two</p></div><p>three <a href=2>four <a href=3>five".utf8)
    let page = try parser.parse(MarkupText(html), keepsHidden: false).page
    #expect(page.blocks.map(\.linkBytes) == [3, 8])
    #expect(page.blocks.map(\.text.count) == [7, 15])
  }

  @Test("what stands beyond the greatest depth keeps its text, and its end tags end nothing else")
  func depth() throws {
    let deep = TreeConstruction.maximumDepth + 10
    let html =
      "<main>" + String(repeating: "<div>", count: deep) + "in"
      + String(repeating: "</div>", count: deep) + "out</main>behind"
    let tree = try outline(html)
    #expect(tree.hasPrefix("html(main(div(div("))
    #expect(tree.hasSuffix(")) out) behind)"))
  }
}

@Suite("html: character references")
struct CharacterReferencesTests {
  private func decoded(_ text: String) -> String {
    String(decoding: CharacterReferences.shared.decoded(text.utf8.span), as: UTF8.self)
  }

  @Test(
    "in an attribute",
    arguments: [
      ("&amp;&lt;&eacute;&NotEqualTilde;", "&<é≂̸"), ("&#233;&#xE9;&#XE9;", "ééé"),
      ("?a=1&copy=2&reg3", "?a=1&copy=2&reg3"), ("&copy &eacute", "© é"),
      ("&#150;&#x99;", "–™"), ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("& &; &# &#x; &nosuch; &CounterClockwiseContourIntegral;", "& &; &# &#x; &nosuch; ∳"),
    ])
  func attributes(text: String, meaning: String) { #expect(decoded(text) == meaning) }

  @Test(
    "in text, where a name without semicolon may be the beginning of a word",
    arguments: [
      ("<p>&notit; &ampx &copy2", "¬it; &x ©2"), ("<p>a&nbsp;&nbsp;b&shy;c", "a bc"),
      ("<p>&eacute", "é"), ("<title>x</title><p>&unknown;&", "&unknown;&"),
    ])
  func text(html: String, text: String) throws {
    for reader in PageParser.Reader.allCases {
      var parser = PageParser(reader: reader)
      let bytes = Array(html.utf8)
      let page = try parser.parse(MarkupText(bytes), keepsHidden: false).page
      #expect(String(decoding: page.text, as: UTF8.self) == text)
    }
  }

  @Test("every name of the standard is known, with its scalars")
  func names() {
    let names = CharacterReferences.names.description.split(separator: " ")
    #expect(names.count == 2125)
    for entry in names {
      let parts = entry.split(separator: "=")
      let name = parts[0].last == "!" ? parts[0].dropLast() : parts[0]
      let scalars = parts[1].split(separator: "+").compactMap { UInt32($0, radix: 16) }
      let text = String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
      #expect(decoded("&\(name);") == text)
    }
  }
}
