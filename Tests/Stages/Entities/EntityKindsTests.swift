import Bytes
import Pipeline
import TestSupport
import Testing

@testable import EntitiesStage

@Suite("entities: currencies, groupings, months")
struct EntityKindsTests {
  private func found(_ text: String, _ patterns: [Entities.Pattern]) -> [String] {
    var mentions: [Mention] = []
    let bytes = Array(text.utf8)
    PatternScanner(patterns).findMentions(in: bytes.span, into: &mentions, limit: .max)
    return mentions.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(
    "a currency belongs to one number",
    arguments: [
      ("Rates: EUR 100 USD 108 GBP 86", ["EUR 100", "USD 108", "GBP 86"]),
      ("USD 5 EUR 4", ["USD 5", "EUR 4"]), ("€ 100 $ 108", ["€ 100", "$ 108"]),
      ("$20 £15 €18", ["$20", "£15", "€18"]), ("USD 5, EUR 4", ["USD 5", "EUR 4"]),
      ("EUR 5 million USD 6 million", ["EUR 5 million", "USD 6 million"]),
      ("5 EUR 6 USD", ["5 EUR", "6 USD"]),
    ])
  func pairs(_ text: String, _ sums: [String]) { #expect(found(text, [.money]) == sums) }

  @Test(
    "numbers are read whole in every grouping",
    arguments: [
      "INR 12,34,567", "Rs 1,00,000.50", "CHF 1\u{2019}200.50", "€ 1.234.567,89", "EUR 1 234 567",
    ])
  func groupings(_ sum: String) { #expect(found("They paid \(sum) at once.", [.money]) == [sum]) }

  @Test(
    "months in the case in which a language writes them",
    arguments: [
      "12 april 2024", "12 juni 2024", "12 juli 2024", "12 september 2024", "12 oktober 2024",
      "12 november 2024", "12 december 2024", "12 mai 2024", "12 januari 2024", "1er mai 2024",
      "12 nov. 2024", "12 sept. 2024", "12 April 2024", "12 déc. 2024", "12 mrt 2024",
    ])
  func months(_ date: String) { #expect(found("Op \(date) hier", [.date]) == [date]) }

  @Test("a small word that is a month in English with a capital only")
  func words() { #expect(found("We 12 may come and 12 march on", [.date]).isEmpty) }

  @Test("of two names that overlap the longer one counts")
  func overlaps() {
    func mention(_ range: Range<Int>) -> Mention { Mention(range: range, kind: .entry(0)) }
    func kept(_ ranges: [Range<Int>]) -> [Range<Int>] {
      var mentions = ranges.map(mention)
      mentions.dropOverlaps(from: 0)
      return mentions.map(\.range)
    }
    #expect(kept([4..<13, 8..<36]) == [8..<36])
    #expect(kept([0..<5, 3..<8, 7..<12]) == [0..<5, 7..<12])
    #expect(kept([0..<4, 2..<8, 6..<9, 20..<22]) == [2..<8, 20..<22])
    #expect(kept([0..<9, 2..<4, 5..<12]) == [0..<9])
    #expect(kept([0..<2, 2..<4]) == [0..<2, 2..<4])
  }
}
