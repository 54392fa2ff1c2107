import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: lists and tables of data are kept whole")
struct WholeListsTests {
  /// The blocks that are kept of those that a judgement has chosen.
  private func kept(_ html: String, chosen: Set<String>) throws -> [String] {
    try BlockFeaturesTests.page(html).keptTexts(of: chosen.contains) {
      WholeLists.complete($0, &$1)
    }
  }

  @Test(
    "all or none, by the greater part of the bytes",
    arguments: [
      ("<ul><li>one<li>two<li>six</ul>", ["one", "two"], ["one", "two", "six"]),
      ("<ul><li>one<li>two<li>six</ul>", ["one"], []),
      ("<ol><li>one<li>two<ul><li>in</ul></ol>", ["one", "two"], ["one", "two", "in"]),
      ("<dl><dt>a<dd>long<dt>b<dd>more</dl>", ["a", "long"], []),
      (
        "<table><tr><th>A<th>B<tr><td>1<td>2<tr><td>3<td>4</table>", ["A | B", "1 | 2"],
        ["A | B", "1 | 2", "3 | 4"]
      ),
      ("<p>text<ul><li>one<li>two</ul><p>end", ["text", "end"], ["text", "end"]),
      ("<ul><li>one</ul>", ["one"], ["one"]),
    ] as [(String, Set<String>, [String])])
  func wholes(html: String, chosen: Set<String>, expected: [String]) throws {
    #expect(try kept(html, chosen: chosen) == expected)
  }

  @Test("items that lead elsewhere, hidden ones and long lists are judged one by one")
  func others() throws {
    let links = "<ul><li>one<li>two<li><a href=/x>six</a></ul>"
    #expect(try kept(links, chosen: ["one", "two"]) == ["one", "two"])
    let hidden = "<ul><li>one<li>two<li><div hidden>six</div></ul>"
    #expect(try kept(hidden, chosen: ["one", "two"]) == ["one", "two"])
    let long = String(repeating: "word ", count: 500) + "end"
    #expect(try kept("<ul><li>\(long)<li>\(long)<li>x</ul>", chosen: ["x"]) == ["x"])
  }
}
