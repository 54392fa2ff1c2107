import TestSupport
import Testing

@testable import HTMLStage

@Suite("html: marks of classes")
struct PlaceMarkCacheTests {
  private static let words = [
    "author", "byline", "comment-body", "date", "datePublished", "entry-date", "modified", "post",
    "related", "review", "card", "col-md-6", "authority", "dates", "updated",
  ]

  private static func marks(_ value: [UInt8], _ read: (Span<UInt8>) -> PlaceMarks)
    -> PlaceMarks
  {
    read(value.span)
  }

  @Test("a value says the same whether it is remembered, forgotten or new")
  func remembering() {
    var random = Seed(7)
    var cache = PlaceMarkCache()
    // More values than there are places, many of them again.
    let values = (0..<600).map { _ in
      Array(
        (0...random.below(4)).map { _ in Self.words[random.below(Self.words.count)] }
          .joined(separator: " ").utf8)
    }
    for round in 0..<3 {
      for _ in 0..<2000 {
        let value = values[random.below(values.count)]
        #expect(Self.marks(value) { cache.marks($0) } == Self.marks(value, PlaceMarks.init))
      }
      if round == 1 { cache.reset() }
    }
  }
}
