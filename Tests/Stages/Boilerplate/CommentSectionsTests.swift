import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage

@Suite("boilerplate: comments by names")
struct CommentSectionsTests {
  private static let names = [
    "comment", "comments", "postcomments", "post-comments", "comment-list", "disqus_thread",
    "comments-open", "has-comments", "no-comments", "comment-status-x", "recomment", "commen",
    "summary", "common", "disq", "mosque", "grid", "col-md-6", "äcomments", "x",
  ]

  /// The definition: one of an element's words is a name of comments.
  private static func isSection(_ words: [Substring]) -> Bool {
    let states = ["comments-open", "comments-closed", "comment-status"]
    let flags = ["has-", "no-", "with-", "show-", "hide-", "is-"]
    return words.contains { word in
      if word.hasPrefix("comment") || word.hasPrefix("disqus") {
        return !states.contains { word.hasPrefix($0) }
      }
      return word.hasSuffix("comments") && !flags.contains { word.hasPrefix($0) }
    }
  }

  private static func isInSection(_ block: Page.Block, _ page: Page) -> Bool {
    var element = Int(block.element)
    while element >= 0 {
      let range = page.elements[element].names
      let names = page.names[Int(range.lowerBound)..<Int(range.upperBound)]
      if isSection(String(decoding: names, as: UTF8.self).split(separator: " ")) { return true }
      element = Int(page.elements[element].parent)
    }
    return false
  }

  /// Nested elements, some of them inline, with none to three names each.
  private static func markup(_ random: inout Seed, depth: Int) -> String {
    (0...random.below(4)).map { _ in
      let tag = ["div", "section", "span", "p", "li"][random.below(5)]
      let names = (0..<random.below(4)).map { _ in Self.names[random.below(Self.names.count)] }
      let id = random.oneIn(3) ? " id=\(Self.names[random.below(Self.names.count)])" : ""
      let content = depth > 0 && !random.oneIn(3) ? markup(&random, depth: depth - 1) : "Text."
      return "<\(tag) class='\(names.joined(separator: " "))'\(id)>\(content)</\(tag)>"
    }.joined()
  }

  @Test("what stands in an element with such a name, and nothing else, is dropped")
  func againstDefinition() throws {
    var random = Seed(11)
    var sections = CommentSections()
    let article = "<article>" + String(repeating: "An article. ", count: 400) + "</article>"
    for _ in 0..<400 {
      let page = try BlockFeaturesTests.page(article + Self.markup(&random, depth: 4))
      var chosen = Array(page.blocks.indices)
      sections.settle(page, &chosen, keeps: false)
      #expect(chosen == page.blocks.indices.filter { !Self.isInSection(page.blocks[$0], page) })
    }
  }
}
