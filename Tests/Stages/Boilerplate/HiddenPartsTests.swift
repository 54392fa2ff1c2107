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
    var hidden = HiddenParts()
    let page = try BlockFeaturesTests.page(html)
    let kept = page.keptTexts(of: Set(page.blockTexts).contains) { hidden.drop($0, &$1) }
    #expect(kept == expected)
  }
}
