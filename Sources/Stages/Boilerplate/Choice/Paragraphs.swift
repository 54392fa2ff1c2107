import Bytes

/// Cuts text without markup into paragraphs, and finds where the site's own lines at its end begin.
struct Paragraphs {
  private var ranges: [Range<Int>] = []

  /// A site's lines are short and few; an article that ends in its own long paragraph on copyright is
  /// left whole.
  private static let maximumTail = 6

  /// Words that stand in a site's own lines and seldom in an article's last ones, in lower case. Two
  /// different ones make a paragraph suspect, and one if what follows it is the site's already.
  private static let siteWords: [[UInt8]] = [
    "all rights reserved", "copyright", "©", "terms of use", "terms of service", "privacy policy",
    "policies", "disclosures", "comment policy", "disclaimer", "subscribe", "newsletter", "sign up",
    "views expressed", "expressed opinions", "opinions expressed", "not necessarily", "owned by",
    "responsibility of", "advertis", "contact us", "about us", "follow us", "editorial team",
    "cannot guarantee", "accuracy of", "strongly encourage", "alle rechte vorbehalten", "impressum",
    "datenschutz", "tous droits réservés", "mentions légales", "todos los derechos reservados",
    "política de privacidad", "wszelkie prawa zastrzeżone", "все права защищены", "版权所有",
    "無断転載",
  ].map { Array($0.utf8) }

  /// The paragraphs of `text` without the site's own ones at the end, in order. White space around them
  /// is left out.
  /// - Complexity: O(`text.count`).
  mutating func main(of text: Span<UInt8>) -> [Range<Int>] {
    ranges.removeAll(keepingCapacity: true)
    TextBlocks.forEachParagraph(in: text) { ranges.append($0) }
    var end = ranges.count
    for index in ranges.indices.suffix(Paragraphs.maximumTail).reversed() where index > 0 {
      let paragraph = text.extracting(ranges[index])
      guard Paragraphs.isOfTheSite(paragraph, isFollowedBySite: end < ranges.count) else { break }
      end = index
    }
    return Array(ranges[..<end])
  }

  /// Whether a paragraph speaks of the site: it has two of the words, or one and is short or a row of
  /// items such as `About – Policies – Contact`.
  private static func isOfTheSite(
    _ paragraph: Span<UInt8>, isFollowedBySite: Bool
  ) -> Bool {
    // Longer paragraphs are looked at in their first part.
    let folded = paragraph.indices.prefix(longestLookedAt).map { paragraph[$0].asciiLowercased }
    let hits = siteWords.count { folded.holds($0) }
    return hits >= 2 || hits == 1 && (isFollowedBySite || folded.count < 80 || isRow(folded))
  }

  private static let longestLookedAt = 2000

  /// Whether the line is items between bars, dashes or dots, without an end like that of a sentence.
  private static func isRow(_ line: [UInt8]) -> Bool {
    let separators = ["|", " - ", " – ", " · ", " • "].map { Array($0.utf8) }
    return line.count < 200 && line.last != UInt8(ascii: ".")
      && separators.contains { line.holds($0) }
  }
}

extension [UInt8] {
  /// Whether `part` occurs.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    var start = 0
    while let index = index(of: part[0], from: start) {
      if self[index...].starts(with: part) { return true }
      start = index + 1
    }
    return false
  }
}
