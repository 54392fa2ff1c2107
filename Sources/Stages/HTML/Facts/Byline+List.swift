import Bytes

/// The parts of bylines beside names: words that join several names, roles, times.
extension Byline {
  /// The names in a list of the usual form, commas between them: "Ada Roe and Bo Lind; photos by Cy
  /// Vance" is "Ada Roe, Bo Lind". What is no list of names stays as it is.
  static func listed(_ text: String) -> String {
    let parts = text.split { $0 == "," || $0 == ";" || $0 == "、" || $0 == "，" }.map(trimmed)
    guard let first = parts.first, !parts.contains(where: \.isEmpty) else { return text }
    var names = joined(withoutRole(first))
    for part in parts.dropFirst() {
      // The rest is by and about others.
      if isOtherWork(part) { break }
      if isRole(part) || isDescription(part) || isAgency(part, behind: first) { continue }
      names += joined(withoutRole(part))
    }
    if parts.count == 1, names.count == 1, names[0] == text { return text }
    return names.joined(separator: ", ")
  }

  // MARK: Several names

  private static let joiners: Set<String> = [
    "and", "&", "et", "und", "y", "e", "и", "og", "och", "en", "i", "ja", "ve", "та", "και",
  ]

  /// The names between "and" and the like. Both sides must be names of two words or more: "Ada and Bo
  /// Lind" share one, "Ortega y Gasset" is one, and so is "Food and Drug Administration".
  private static func joined(_ text: String) -> [String] {
    let words = text.split(separator: " ")
    var names: [[Substring]] = [[]]
    for word in words {
      if joiners.contains(word.lowercased()), word.first?.isUppercase != true {
        names.append([])
      } else {
        names[names.count - 1].append(word)
      }
    }
    // "Ada Roe, and Bo Lind" is parted already.
    if names.count == 2, names[0].isEmpty, isFullName(names[1]) { names.removeFirst() }
    let full = names.map { $0.joined(separator: " ") }.map(withoutRole)
    guard full.count > 1 || names[0].count < words.count,
      full.allSatisfy({ isFullName($0.split(separator: " ")) })
    else { return [text] }
    return full
  }

  private static func isFullName(_ words: [Substring]) -> Bool {
    words.count >= 2
      && words.allSatisfy {
        particles.contains(String($0))
          || $0.unicodeScalars.first?.properties.generalCategory != .lowercaseLetter
      }
  }

  // MARK: Roles

  private static let roles: Set<String> = [
    "editor", "editors", "editor-in-chief", "reporter", "reporters", "correspondent", "writer",
    "writers", "journalist", "columnist", "contributor", "producer", "analyst", "critic",
    "photographer", "photojournalist", "blogger", "redakteur", "redakteurin", "korrespondent",
    "korrespondentin", "journalistin", "autorin", "reporterin", "rédacteur", "rédactrice",
    "journaliste", "correspondant", "correspondante", "redactor", "redactora", "periodista",
    "corresponsal", "giornalista", "redattore", "redattrice", "jornalista", "repórter",
    "correspondente", "redacteur", "verslaggever", "correspondent", "dziennikarz", "dziennikarka",
    "redaktor", "корреспондент", "журналист", "журналистка", "редактор",
  ]

  /// Whether a part of a list says what somebody is: its last word, or the one before "at" and the like.
  private static func isRole(_ part: String) -> Bool {
    let words = part.lowercased().split(separator: " ")
    if words.first == "staff" || words.starts(with: ["special", "to"]) { return true }
    guard let last = words.last else { return false }
    if roles.contains(String(last)) { return true }
    guard
      let link = words.firstIndex(where: { ["at", "for", "of", "in", "bei", "de"].contains($0) }),
      link > 0
    else { return false }
    return roles.contains(String(words[link - 1]))
  }

  /// Whether a part after a name tells where somebody works: the address of a site, or many words.
  private static func isDescription(_ part: String) -> Bool {
    let words = part.split(separator: " ")
    if words.count > maximumWords { return true }
    guard words.count == 1, let point = part.lastIndex(of: "."), point > part.startIndex else {
      return false
    }
    let ending = part[part.index(after: point)...]
    return ending.count >= 2 && ending.allSatisfy { $0.isLowercase && $0.isASCII }
  }

  /// Whether a part in capitals follows a name that is not in capitals: "Ada Finch, BBC".
  private static func isAgency(_ part: String, behind name: String) -> Bool {
    part.count(where: \.isUppercase) > 1 && !part.contains(where: \.isLowercase)
      && name.contains(where: \.isLowercase)
  }

  /// The name without a role in brackets.
  private static func withoutRole(_ text: String) -> String {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex,
      isRole(String(text[text.index(after: open)...].dropLast()))
    else { return text }
    return trimmed(text[..<open])
  }

  private static let otherWork = [
    "photo", "illustration", "graphic", "video by", "edited by", "translated by", "additional",
    "foto", "illustrazion", "ilustrac", "fotograf", "übersetz", "traduit", "traducción", "vidéo",
  ]

  private static func isOtherWork(_ part: String) -> Bool {
    let lower = part.lowercased()
    return otherWork.contains { lower.hasPrefix($0) }
  }

  // MARK: Times

  /// Units of time by the beginning of their names, in the languages of most pages.
  private static let units = [
    "sec", "min", "hour", "hr", "day", "week", "month", "year", "sekund", "stund", "tag", "woche",
    "monat", "jahr", "heure", "jour", "semaine", "mois", "hora", "día", "dia", "semana", "mes",
    "mês", "giorn", "ore", "settiman", "uur", "uren", "dagen", "godzin", "dni", "мин", "час", "дн",
    "недел",
  ]

  /// Words after a number of minutes: "ago", "read".
  private static let ageWords: Set<String> = [
    "ago", "read", "reading", "time", "lesezeit", "de", "lecture", "lectura", "leitura", "lettura",
    "fa", "temu", "назад", "siden", "sedan", "geleden",
  ]

  /// The parts before and after "3 minutes ago", "5 min read" and the like; the whole line if it has none.
  static func partsAroundAge(_ line: String) -> [String] {
    guard line.utf8.contains(where: \.isASCIIDigit) else { return [line] }
    let words = line.split(separator: " ")
    for (index, word) in words.enumerated() where index + 1 < words.count {
      guard word.allSatisfy(\.isWholeNumber), case let unit = words[index + 1].lowercased(),
        units.contains(where: unit.hasPrefix)
      else { continue }
      let behind = words[(index + 2)...].drop { ageWords.contains(trimmed($0.lowercased())) }
      let before = withoutTimeWords(line[..<words[index].startIndex])
      // A space keeps the separator at the end, which nothing follows, what it is.
      return ["\(before) ", behind.first.map { " " + line[$0.startIndex...] } ?? ""]
    }
    return [line]
  }

  /// Words between a name and a time.
  private static let timeWords: Set<String> = [
    "on", "at", "in", "the", "last", "first", "updated", "update", "published", "posted",
    "modified",
    "le", "du", "il", "y", "a", "mis", "à", "jour", "mise", "publié", "el", "actualizado",
    "publicado", "hace", "em", "há", "atualizado", "am", "vor", "um", "aktualisiert",
    "veröffentlicht",
    "aggiornato", "pubblicato", "op", "bijgewerkt", "gepubliceerd", "dnia", "в", "опубликовано",
    "обновлено",
  ]

  /// The text before a time without the words that link it with a name.
  static func withoutTimeWords(_ text: Substring) -> Substring {
    var text = text
    while true {
      while let last = text.last, last == " " || last == ":" || last == "," { text.removeLast() }
      let start = text.lastIndex(of: " ").map { text.index(after: $0) } ?? text.startIndex
      guard start > text.startIndex,
        text[start...].first?.isUppercase != true || text[start...].count >= 4,
        timeWords.contains(text[start...].lowercased())
      else { return text }
      text = text[..<start]
    }
  }
}
