import Bytes

/// Names of known things, compiled for search.
struct Gazetteer: Sendable {
  private var aliases = AliasTable()

  /// The entries' ids, one after another, and where each ends: 1 million `String`s would take three
  /// times the memory.
  private var ids: [UInt8] = []
  private var idEnds: [UInt32] = []
  private var entryLabels: [UInt32] = []
  private var labels: [String] = []
  private var labelNumbers: [String: UInt32] = [:]

  // MARK: Entries

  /// The longest name of a few letters that is looked for in capitals only, because it may be a
  /// word otherwise: WHO, US, IT.
  static let maximumInitials = 5

  /// Adds an entry without names. Returns its number.
  mutating func addEntry(id: String, label: String) -> UInt32 {
    ids += id.utf8
    idEnds.append(UInt32(truncatingIfNeeded: ids.count))
    let number = labelNumbers[label] ?? UInt32(truncatingIfNeeded: labels.count)
    if number == labels.count {
      labels.append(label)
      labelNumbers[label] = number
    }
    entryLabels.append(number)
    return UInt32(truncatingIfNeeded: idEnds.count - 1)
  }

  /// Adds a name of an entry. A name that an entry before has already stays with that one.
  mutating func add(_ name: String, entry: UInt32) throws(AliasTable.Refusal) {
    let letters = LetterCase(name.unicodeScalars)
    let capitalsOnly = letters.isCapitals && letters.letterCount <= Gazetteer.maximumInitials
    try aliases.add(AliasTable.Key(name), value: entry, capitalsOnly: capitalsOnly)
  }

  func id(of entry: UInt32) -> String {
    let start = entry == 0 ? 0 : idEnds[Int(entry) - 1]
    return String(decoding: ids[Int(start)..<Int(idEnds[Int(entry)])], as: UTF8.self)
  }

  func hasLabel(_ label: String) -> Bool { labelNumbers[label] != nil }

  func label(of entry: UInt32) -> String { labels[Int(entryLabels[Int(entry)])] }

  // MARK: Mentions

  /// Appends the mentions in a text, in order: at each place the longest name, and of those that overlap the
  /// longest one.
  /// - Parameter limit: After so many names nothing more is looked for.
  /// - Complexity: O(`text.count`) for a given gazetteer, and O(n log n) for n names that overlap.
  func findMentions(
    in text: Span<UInt8>, into mentions: inout [Mention], limit: Int
  ) {
    let first = mentions.count
    let table = NameScalar.table
    var reader = NameReader(text)
    var previous = NameScalar.Kind.lineEnd
    var index = 0
    while index < text.count {
      let start = index
      let (value, length) = text.composedScalar(at: start)
      let kind = table[value].kind
      if kind == .mark || kind == .accent || kind == .invisible {
        index += length
        continue
      }
      let canStart = kind.canStart(behind: previous)
      previous = kind
      if kind == .word, canStart, length == 1 {
        // Most words begin no name, and one probe says so.
        guard aliases.mayBegin(in: text, wordAt: &index) else { continue }
      } else {
        index += length
        guard canStart, aliases.mayBegin(in: text, scalarAt: start) else { continue }
      }
      if let match = aliases.longestMatch(in: text, at: start, &reader) {
        mentions.append(Mention(range: start..<match.end, kind: .entry(match.value)))
        if mentions.count == limit { break }
      }
    }
    mentions.dropOverlaps(from: first)
  }
}
