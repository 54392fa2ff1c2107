import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: what is hidden in the midst of what is shown")
struct HiddenPartsTests {
  @Test(
    "a lone hidden part goes, a hidden part beside hidden ones stays",
    arguments: [
      ("<article><p>a</p><p hidden>b</p></article>", ["a"]),
      ("<article><p>a</p><div style='display:none'>b</div><p>c</p></article>", ["a", "c"]),
      ("<div><div><p>a</p></div><div hidden><p>b</p><p>c</p></div></div>", ["a", "b", "c"]),
      ("<div><div><p>a</p></div><div hidden><p>b</p></div></div>", ["a", "b"]),
      ("<ul><li>a<li hidden>b</ul>", ["a"]), ("<p>a</p><p>b</p>", ["a", "b"]),
    ])
  func parts(html: String, expected: [String]) throws {
    let page = try BlockFeaturesTests.page(html)
    let texts = page.blockTexts
    var isChosen = texts.map { _ in true }
    var hidden = HiddenParts()
    hidden.drop(page, &isChosen)
    #expect(texts.indices.filter { isChosen[$0] }.map { texts[$0] } == expected)
  }
}
