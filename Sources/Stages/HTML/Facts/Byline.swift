import Bytes
import Pipeline

/// Reads names in the lines that say who wrote a page.
enum Byline {
  /// Longest list of names, in bytes: papers have dozens of authors.
  private static let maximumList = 512
  /// Longest line around the title that may hold a name, in bytes; longer ones are text.
  private static let maximumLine = 160
  /// Most words of a name with its titles. More are a sentence.
  static let maximumWords = 8
  /// Longest name in a line that nothing marks as a byline.
  private static let maximumName = (bytes: 60, words: 5)

  /// Longest abbreviation in a name, with its full stop, if it has none inside as "Ph.D." has.
  private static let maximumAbbreviation = 4

  /// The names in what is said to be a byline: without "By", without what follows them, and nil when it
  /// can be no name.
  static func name(in byline: String) -> String? {
    let lines = byline.utf8.split(separator: 0x0A).lazy.map { String(Substring($0)) }
    guard let line = lines.first(where: { hasWord($0) && !isIntroduction($0) }) else { return nil }
    for part in parts(line) {
      let name = listed(withoutIntroduction(part).name)
      if isName(name) { return name }
    }
    return nil
  }

  /// The name in the lines around the title: in "By Ada Finch", or in the line below "Written by".
  static func name(_ page: Page, _ head: PageHead) -> String? {
    var isExpected = false
    for index in head.parts.map(\.blocks).joined() {
      let block = page.blocks[index]
      guard block.text.count <= maximumLine else { continue }
      // Most lines are spared the pains of taking them apart.
      guard isExpected || mentionsIntroduction(page.bytes(of: block)) else { continue }
      for line in page.string(of: block).split(separator: "\n") {
        for part in parts(String(line)) {
          if isExpected, isPlainName(part) { return listed(part) }
          isExpected = isIntroduction(part)
          let (name, isIntroduced) = withoutIntroduction(part)
          if isIntroduced, isPlainName(name) { return listed(name) }
        }
      }
    }
    return nil
  }

  // MARK: Parts

  private static let separators = [
    " | ", " • ", " · ", " – ", " — ", " / ", " - ", " ⋅ ", " » ", " ・ ", " ● ", "|", "｜", "／", "丨",
  ]

  /// Whether a byte may be part of one of them, a space aside. Few lines have any.
  private static func isOfSeparator(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "-")
  }

  /// The parts of a line between separators and dates, without white space and punctuation around
  /// them.
  private static func parts(_ line: String) -> [String] {
    guard let line = PlainText.line(line) else { return [] }
    var parts = partsAroundAge(line).flatMap(partsAroundDate)
    if line.utf8.contains(where: isOfSeparator) {
      for separator in separators {
        parts = parts.flatMap { $0.parts(separatedBy: separator).map(String.init) }
      }
    }
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func partsAroundDate(_ line: String) -> [String] {
    guard let found = CalendarDate.first(in: line.utf8) else { return [line] }
    let start = line.utf8.index(line.startIndex, offsetBy: found.range.lowerBound)
    let end = line.utf8.index(line.startIndex, offsetBy: found.range.upperBound)
    return [withoutLink(line[..<start]) + " ", String(line[end...])]
  }

  /// The text before a date without ", le", ", on" or the like.
  private static func withoutLink(_ text: Substring) -> String {
    let text = withoutTimeWords(text)
    guard let comma = text.lastIndex(of: ","),
      trimmed(text[comma...]).utf8.count <= maximumLink
    else { return String(text) }
    return String(text[..<comma])
  }

  /// Longest word that links a name with a date.
  private static let maximumLink = 3

  /// The text without spaces, punctuation and quotation marks around it; brackets may belong to it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !edges.contains($0) || $0 == "(" }),
      let end = scalars[start...].lastIndex(where: { !edges.contains($0) || $0 == ")" })
    else { return "" }
    return String(text[start...end])
  }

  private static let edges = Set<Unicode.Scalar>(" ,:;|-–—•·\"“”()".unicodeScalars)

  // MARK: Introductions

  /// Whether the text is nothing but "By", "Written by" or the like.
  static func isIntroduction(_ text: String) -> Bool {
    introductionSet.contains(trimmed(text.lowercased()))
  }

  /// Whether one of the introductions stands in a line, as far as the beginning of its words tells.
  private static func mentionsIntroduction(_ line: ArraySlice<UInt8>) -> Bool {
    let folded = Folding.folded(String(decoding: line, as: UTF8.self))
    var isStart = true
    for index in folded.indices {
      if isStart,
        foldedIntroductions[Int(folded[index])].contains(where: {
          folded[index...].starts(with: $0)
        })
      {
        return true
      }
      isStart = !folded[index].isASCIILetter && folded[index] < 0x80
    }
    return false
  }

  private static let foldedIntroductions = byFirstByte(
    (introductions + roles).map(Folding.folded), \.self)

  private static let introductionsByFirst = byFirstByte(introductions, \.utf8)

  /// Texts in their order, at the number of their first byte.
  private static func byFirstByte<Text>(
    _ texts: [Text], _ bytes: (Text) -> some Collection<UInt8>
  ) -> [[Text]] {
    var found = [[Text]](repeating: [], count: 256)
    for text in texts {
      if let first = bytes(text).first { found[Int(first)].append(text) }
    }
    return found
  }

  private static let introductionSet = Set(introductions)

  /// The text after "By" and the like, and whether there was such an introduction.
  private static func withoutIntroduction(_ text: String) -> (name: String, isIntroduced: Bool) {
    let lower = text.lowercased()
    let known = lower.utf8.first.map { introductionsByFirst[Int($0)] } ?? []
    for introduction in known where lower.hasPrefix(introduction) {
      // Case mapping may change a text's length: then it begins with no introduction of these.
      let rest = text.dropFirst(introduction.count)
      guard let next = rest.first, marks.contains(next) || isReporter(introduction, rest),
        rest.count + introduction.count == lower.count
      else { continue }
      return (trimmed(rest.drop { marks.contains($0) }), true)
    }
    // "홍길동 기자" is the reporter 홍길동.
    for role in roles where text.hasSuffix(" \(role)") {
      return (trimmed(text.dropLast(role.count)), true)
    }
    return (text, false)
  }

  /// Characters between an introduction and the name.
  private static let marks: Set<Character> = [" ", ":", "：", "/", "＝"]

  /// Whether "记者" or "記者" and a name of two to four characters are written together.
  private static func isReporter(_ introduction: String, _ name: Substring) -> Bool {
    (introduction == "记者" || introduction == "記者") && (2...4).contains(name.count)
      && name.unicodeScalars.allSatisfy { ScalarClass.table[$0.value] == .unspacedLetter }
  }

  /// Words after the names of reporters.
  private static let roles = ["기자", "특파원"]

  /// Words before a name, longer ones before those that they begin with.
  private static let introductions = [
    "written by", "posted by", "post by", "submitted by", "published by", "authored by",
    "contributed by", "reported by", "story by", "words by", "text by", "reviewed by",
    "article by", "report by", "authors", "author(s)", "author", "by", "geschrieben von",
    "verfasst von", "ein beitrag von", "von", "autorin", "autor", "autora", "escrito por", "por",
    "écrit par", "publié par", "rédigé par", "par", "auteur", "autrice", "scritto da",
    "a cura di", "autore", "di", "geschreven door", "door", "skrevet av", "skriven av", "av",
    "skrevet af", "af", "teksti", "kirjoittaja", "autorzy", "autorka", "opracowanie", "opracował",
    "opracowała", "tekst", "napsal", "napsala", "írta", "szerző", "scris de", "автор", "авторы",
    "текст", "συντάκτης", "συντάκτρια", "από τον", "από την", "από", "γράφει ο", "γράφει η",
    "γράφουν οι", "yazan", "yazar", "بقلم", "كتب", "מאת", "作者", "文", "撰文", "撰稿", "采写", "记者", "記者",
    "著者", "執筆者", "執筆", "取材・文", "ライター", "投稿者", "글쓴이", "작성자", "글", "text", "texte", "texto",
    "testo",
  ]

  // MARK: Names

  private static func hasWord(_ text: String) -> Bool {
    text.unicodeScalars.contains { ScalarClass.table[$0.value].isWord }
  }

  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= maximumList && text.utf8.count > 1
      && text.unicodeScalars.contains { $0.properties.isAlphabetic }
      && text.index(behind: "://") == nil && !text.utf8.contains(UInt8(ascii: "@"))
      && !placeholders.contains(text.lowercased()) && !isIntroduction(text)
      && text.utf8.split(separator: UInt8(ascii: ","))
        .allSatisfy { $0.split(separator: 0x20).count <= maximumWords }
      && !DateLabels.saysModified(text.utf8) && !DateLabels.saysPublished(text.utf8)
      && CalendarDate.first(in: text.utf8) == nil
  }

  /// Whether a text is spelt like a name, though nothing marks it as one: few words that begin with
  /// capitals, but for particles such as "van".
  static func isPlainName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    // A full stop ends a sentence, or an abbreviation.
    if text.hasSuffix("."),
      words.last.map({ $0.utf8.count > maximumAbbreviation && !$0.dropLast().contains(".") })
        ?? true
    {
      return false
    }
    guard isName(text), text.utf8.count <= maximumName.bytes, words.count <= maximumName.words,
      !text.contains(where: { $0.isNumber || $0 == "!" || $0 == "?" })
    else { return false }
    return words.enumerated().allSatisfy { index, word in
      guard let first = word.unicodeScalars.first else { return false }
      return first.properties.generalCategory != .lowercaseLetter
        || index > 0 && particles.contains(String(word))
    }
  }

  static let particles: Set<String> = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le",
    "el", "al", "bin", "ibn", "ter", "ten", "zu", "and", "und", "et", "e", "y", "i", "og", "och",
    "en",
  ]

  /// Texts that publishing systems write if no author is known, and texts of buttons.
  private static let placeholders: Set<String> = [
    "admin", "administrator", "author", "the author", "from the author", "topic author", "unknown",
    "anonymous", "editor", "webmaster", "null", "undefined", "default", "none", "n/a", "root",
    "user", "staff", "guest", "sun", "mon", "tue", "wed", "thu", "fri", "sat", "sign in",
    "get in touch", "follow", "more", "share",
  ]
}
