import Bytes
import Pipeline

/// Chooses who wrote a page.
struct PageAuthor {
  private(set) var name: String?

  /// Longest list of names, in bytes.
  private static let maximumName = 160

  init(_ page: Page, _ facts: PageFacts, _ linked: LinkedData, site: String?) {
    let bylines = facts.bylines.filter { $0.text != nil }
    var candidates = [linked.author] + MetadataKeys.author.map { facts.meta[$0] }
    for mark in [PageFacts.Byline.Mark.rel, .itemprop, .className] {
      candidates += bylines.filter { $0.mark == mark }.prefix(1).map(\.text)
    }
    for candidate in candidates {
      guard let candidate, let name = PageAuthor.name(in: candidate) else { continue }
      self.name = name
      return
    }
  }

  /// The names in a byline: without "By", without what follows them, and nil when it can be no name.
  static func name(in byline: String) -> String? {
    let firstLine = byline.split(separator: "\n").first { line in
      line.unicodeScalars.contains { ScalarClass.table[$0.value].isWord }
        && !introductions.contains(line.lowercased().filter { $0 != ":" && $0 != " " })
    }
    guard let firstLine, var line = PlainText.line(String(firstLine)) else { return nil }
    for introduction in introductions {
      let lower = line.lowercased()
      for end in [": ", " ", ":"] where lower.hasPrefix(introduction + end) {
        line = String(line.dropFirst(introduction.count + end.count))
        break
      }
    }
    for separator in [" | ", " • ", " · ", " – ", " — ", " / "] {
      if let end = line.range(ofASCII: separator) {
        line = String(line[..<line.utf8.index(end, offsetBy: -separator.utf8.count)])
      }
    }
    line = PlainText.line(line) ?? ""
    while let last = line.last, last == "," || last == ":" || last == "|" || last == "-" {
      line = PlainText.line(String(line.dropLast())) ?? ""
    }
    let isName =
      line.utf8.count <= maximumName && line.unicodeScalars.contains { $0.properties.isAlphabetic }
      && !line.contains("://") && !line.contains("@") && !placeholders.contains(line.lowercased())
      && line.split(separator: " ").count <= 16
    return isName ? line : nil
  }

  /// Words before a name, longer ones first.
  private static let introductions = [
    "written by", "posted by", "published by", "story by", "words by", "text by", "reviewed by",
    "article by", "author", "authors", "by", "von", "par", "por", "di", "door", "av", "af", "autor",
    "autorin", "auteur", "автор", "text", "texte",
  ]

  /// What publishing systems write where no author is known.
  private static let placeholders: Set<String> = [
    "admin", "administrator", "author", "unknown", "anonymous", "editor", "webmaster", "null",
    "undefined", "default", "none", "n/a", "root", "user", "staff",
  ]
}
