import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: terms and what is said of them")
struct DefinitionPairsTests {
  /// The blocks that are kept of those that a judgement has chosen.
  private func kept(_ html: String, chosen: Set<String>) throws -> [String] {
    var pairs = DefinitionPairs()
    return try BlockFeaturesTests.page(html).keptTexts(of: chosen.contains) {
      pairs.complete($0, &$1)
    }
  }

  @Test(
    "a term and its definition are kept or dropped together",
    arguments: [
      ("<dl><dt>Pier</dt><dd>What carries it</dd></dl>", ["Pier"], ["Pier", "What carries it"]),
      (
        "<dl><dt>Pier</dt><dd>What carries it</dd></dl>", ["What carries it"],
        ["Pier", "What carries it"]
      ),
      ("<dl><dt>A long name of a thing</dt><dd>Short</dd></dl>", ["Short"], []),
      (
        "<dl><dt>a<dd>one<dt>b<dt>c<dd>two<dd>three</dl>", ["b", "c"], ["b", "c", "two", "three"]
      ),
      ("<dl><div><dt>a<dd>one</div><div><dt>b<dd>two</div></dl>", ["a"], ["a", "one"]),
      ("<dl><dt>a<dd>one<dt>b<dd>two</dl><dl><dt>c<dd>three</dl>", ["b"], ["b", "two"]),
      ("<dl><dd>no term<dt>no definition</dl>", ["no term"], ["no term"]),
      ("<dl><dt>a<dd>one<dd hidden>unseen</dl>", ["a"], ["a", "one"]),
      ("<dl><dt>a<dd><dl><dt>b<dd>two</dl></dl>", ["b"], ["b", "two"]),
    ] as [(String, Set<String>, [String])])
  func pairs(html: String, chosen: Set<String>, expected: [String]) throws {
    #expect(try kept(html, chosen: chosen) == expected)
  }

  @Test("what is said at length is judged by itself")
  func long() throws {
    let text = String(repeating: "word ", count: 300) + "end"
    #expect(try kept("<dl><dt>a<dd>\(text)</dl>", chosen: ["a"]) == ["a"])
  }
}
