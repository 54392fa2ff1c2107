import Bytes
import Foundation
import Pipeline
import TestSupport
import Testing

@testable import Formats
@testable import HTMLStage

/// The two readers of pages take the same filtered markup two ways: libxml2 makes events of it, the fast reader
/// takes it as it comes. Whatever the page, they must come to the same tree and text.
@Suite("html: each reader is the other's oracle")
struct ReaderOracleTests {
  /// What a reader makes of a page.
  private struct Reading: Equatable {
    let text: String
    let blocks: [Block]
    let elements: [Element]
    let names: [UInt8]
    let limits: [String]
    let title: String

    struct Block: Equatable {
      let text: Range<UInt32>
      let element: Int32
      let kind: Page.Block.Kind
      let linkBytes: UInt32
      let links: UInt16
      let linkKinds: LinkKinds
      let isHidden: Bool
    }

    struct Element: Equatable {
      let tag: Pipeline.Tag
      let parent: Int32
      let names: Range<UInt32>
    }

    /// In what it differs from another one.
    func parts(otherThan other: Reading) -> String {
      var parts: [String] = []
      if text != other.text { parts.append("text") }
      for (one, two) in zip(blocks, other.blocks) where one != two {
        parts.append("\(one) \(two)")
        break
      }
      for (one, two) in zip(elements, other.elements) where one != two {
        parts.append("\(one) \(two)")
        break
      }
      if elements.count != other.elements.count || blocks.count != other.blocks.count {
        parts.append("\(elements.last as Any) \(other.elements.last as Any)")
      }
      if title != other.title { parts.append("\(title) \(other.title)") }
      if limits != other.limits { parts.append("\(limits) \(other.limits)") }
      if names != other.names {
        parts.append(
          String(decoding: names, as: UTF8.self) + "/"
            + String(decoding: other.names, as: UTF8.self))
      }
      return parts.joined(separator: ", ")
    }

    init(_ result: PageParser.Result) {
      let page = result.page
      text = String(decoding: page.text, as: UTF8.self)
      blocks = page.blocks.map {
        Block(
          text: $0.text, element: $0.element, kind: $0.kind, linkBytes: $0.linkBytes,
          links: $0.links, linkKinds: $0.linkKinds, isHidden: $0.isHidden)
      }
      elements = page.elements.map { Element(tag: $0.tag, parent: $0.parent, names: $0.names) }
      names = page.names
      limits = result.limits
      title = result.facts.title
    }
  }

  /// Both readers, in plain text and with everything collected, each with its own scratch of all pages before.
  private struct Readers {
    private var parsers: [PageParser]

    init(_ style: Page.Style) {
      parsers = PageParser.Reader.allCases.map { PageParser(style: style, reader: $0) }
    }

    static var all: [Readers] {
      var full = Page.Style()
      full.format = .markdown
      full.writesLinks = true
      full.writesImages = true
      return [Readers(Page.Style()), Readers(full)]
    }

    mutating func results(_ html: [UInt8]) throws -> [PageParser.Result] {
      try parsers.indices.map { index in
        try parsers[index].parse(
          MarkupText(html), address: "https://example.org/a/b", keepsHidden: false)
      }
    }
  }

  /// - Returns: What differs, for people; nil where nothing does.
  private func difference(_ html: [UInt8], _ readers: inout [Readers]) throws -> String? {
    for index in readers.indices {
      let results = try readers[index].results(html)
      let readings = results.map(Reading.init)
      if readings[0] != readings[1] {
        return "\(readings[0].parts(otherThan: readings[1]))\n"
          + "\(readings[0].text)\n--- fast:\n\(readings[1].text)\n--- of:\n"
          + String(decoding: html, as: UTF8.self)
      }
    }
    return nil
  }

  private static func pages(in folder: String) throws -> [[UInt8]] {
    let names = FileManager.default.enumerator(atPath: Fixture.path(folder))
    return try (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".html") }
      .sorted().map { try Fixture.bytes("\(folder)/\($0)") }
  }

  /// Those of the fixtures that are UTF-8.
  private static var fixtures: [[UInt8]] {
    get throws {
      try (pages(in: "pages") + pages(in: "types")).filter {
        UTF8Text.firstIllFormed(in: $0.span) == nil
      }
    }
  }

  @Test("by default every page goes through libxml2, element by element; with `fast` none does")
  func isRead() throws {
    let settings = HTML.Settings()
    #expect(settings.parser == .libxml2)
    for html in try Self.fixtures where !html.isEmpty {
      var readers = Readers(Page.Style())
      let results = try readers.results(html)
      #expect(results[0].elementsByLibXML2 >= results[0].page.elements.count - 1)
      #expect(results[0].elementsByLibXML2 > 0)
      #expect(results[1].elementsByLibXML2 == 0)
    }
  }

  @Test("the fixtures")
  func fixturePages() throws {
    var readers = Readers.all
    for html in try Self.fixtures {
      let difference = try difference(html, &readers)
      #expect(difference == nil)
    }
  }

  @Test("mutated pages: tags dropped, doubled, moved, cut", arguments: 1...8 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) throws {
    var generator = Seed(seed)
    var readers = Readers.all
    let pages = try Self.fixtures.filter { $0.count < 8000 }
    for _ in 0..<300 {
      var pieces = Self.pieces(pages[generator.below(pages.count)])
      for _ in 0...generator.below(12) { Self.mutate(&pieces, &generator) }
      let difference = try difference(
        Array(String(decoding: Array(pieces.joined()), as: UTF8.self).utf8), &readers)
      #expect(difference == nil)
      if difference != nil { return }
    }
  }

  @Test("pages of tags at random", arguments: 1...8 as ClosedRange<UInt64>)
  func tagSoup(seed: UInt64) throws {
    var generator = Seed(seed)
    var readers = Readers.all
    for _ in 0..<400 {
      let count = generator.below(60) + 1
      let html = (0..<count).map { _ in Self.parts[generator.below(Self.parts.count)] }.joined()
      let difference = try difference(Array(html.utf8), &readers)
      #expect(difference == nil)
      if difference != nil { return }
    }
  }

  @Test("pages deeper than libxml2 is let go")
  func deepPages() throws {
    var readers = Readers.all
    for part in [
      "<div>x", "<span class=a>x", "<section><b id=i>x</b>", "<x-y>", "<a href=b>x<table><td>",
    ] {
      for end in ["", "</div>", "</span></section>y", "</x-y>z</table>"] {
        let html =
          String(repeating: part, count: 1500) + "in" + String(repeating: end, count: 1500) + "out"
        let difference = try difference(Array(html.utf8), &readers)
        #expect(difference == nil, "\(part) \(end)")
      }
    }
  }

  /// Collected pages, where they lie beside the project.
  private static let collected = "\(Fixture.root)/../shared/pages/wcxb-dev.ndjson.zst"

  @Test(
    "collected pages: the same text for at least 97 of 100",
    .enabled(
      if: FileManager.default.fileExists(atPath: collected),
      "no collected pages lie beside the project"))
  func collectedPages() throws {
    var readers = Readers(Page.Style())
    var (count, different) = (0, 0)
    let source = try NDJSONSource(
      settings: NDJSONSource.Settings(path: Self.collected),
      context: Context(label: "input", standardInput: .standardInput))
    let reader = source.makeReader(nil)
    var decoder = try source.makeDecoder()
    var hasMore = true
    while hasMore {
      var batch = RawBatch(byteBudget: 1 << 22)
      hasMore = try reader.fill(&batch)
      // One page of each batch: they take long without optimisation.
      guard let record = batch.records.first,
        case .keep(let document) = try decoder.decode(record, of: batch),
        let html = document.html
      else { continue }
      let results = try readers.results(html.bytes)
      count += 1
      if Reading(results[0]) != Reading(results[1]) { different += 1 }
    }
    #expect(count > 50)
    #expect(different * 100 <= count * 3, "\(different) of \(count)")
  }

  // MARK: Mutations

  /// The page's tags and the text between them.
  private static func pieces(_ html: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for index in html.indices where html[index] == UInt8(ascii: "<") && index > start {
      pieces.append(html[start..<index])
      start = index
    }
    pieces.append(html[start...])
    return pieces
  }

  private static func mutate(_ pieces: inout [ArraySlice<UInt8>], _ generator: inout Seed) {
    guard pieces.count > 2 else { return }
    let index = generator.below(pieces.count)
    switch generator.below(6) {
    case 0: pieces.remove(at: index)
    case 1: pieces.insert(pieces[index], at: generator.below(pieces.count))
    case 2: pieces.insert(pieces.remove(at: index), at: generator.below(pieces.count))
    case 3: pieces[index] = pieces[index].prefix(generator.below(pieces[index].count + 1))
    case 4:
      let part = parts[generator.below(parts.count)]
      pieces.insert(ArraySlice(part.utf8), at: index)
    default: pieces.swapAt(index, generator.below(pieces.count))
    }
  }

  private static let parts = [
    "<b>", "</b>", "<i class=x>", "</i>", "<p>", "</p>", "</br>", "<a href='/y?a&amp;b&copy=1'>",
    "</a>", "<img alt='q&quot;' src=z>", "<ul><li>", "</ul>", "</li>", "<ol start=3><li value=7>",
    "<table><tr><th>", "<td>", "</td>", "</tr>", "</table>", "<tbody>", "<caption>", "<pre>",
    "</pre>",
    "<code class=language-c>", "</code>", "word", " two words ", "é", "港", "<br>", "<br/>", "<hr>",
    "<blockquote>", "</blockquote>", "<div>", "<div class='a  B' id=c hidden>", "</div>",
    "<dl><dt>",
    "<dd>", "</dt>", "&#xFDD0;", "&eacute", "&#150;", "&unknown;", "&", "< ", "\n", "\u{c}", "<h2>",
    "</h3>", "<base href=/>", "<span>", "<span style='display:none'>", "</span>", "<section>",
    "</section>", "<x-y role=z>", "</x-y>", "<foo$bar>", "</foo$bar>", "<button>", "</button>",
    "<form>", "</form>", "<select><option>", "</select>", "<option>", "<title>t < u</title>",
    "<title>",

    "<noscript>n</noscript>", "<svg><p></svg>", "<script>'<p>'</script>", "<!-- <p> -->", "<body>",
    "</body>", "<html lang=de>", "</html>", "<head>", "</head>",
    "<meta name=author content='A&amp;B'>", "<meta itemprop=parent class=m>", "<link id=l rel=x>",
    "<math alttext=a>", "<mi>x ", "</mi>", "<annotation encoding=tex>", "</annotation>", "</math>",
    "<a href='//x.example/tag/?a=1&amp;reply#comment'>", "<input type=text>", "<frameset>",
    "<time datetime='2026-01-02'>", "<p itemprop=author>", "<summary>", "<details>", "<template>",
    "</template>", "<font color=red>", "<em>", "</em>", "<h1>", "</h1>", "<center>",
    "<textarea>a<b>",
    "</textarea>", "<object>", "</object>", "<plaintext>", "<xmp>", "</xmp>", "<p", "<p class='",
  ]
}
