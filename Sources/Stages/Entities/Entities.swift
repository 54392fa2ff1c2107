import Bytes
public import Pipeline

/// Tags the places of a text that name known things, or that are e-mail addresses, URLs, dates or
/// sums of money.
public struct Entities: Stage {
  public struct Settings: ComponentSettings {
    var gazetteer: FilePath?
    var labels: [String]?
    var patterns = Pattern.allCases
    var positions = Positions.scalars

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "gazetteer", \.gazetteer,
        "File of known things and their names, one JSON object per line. Without it only patterns "
          + "are looked for."),
      Field(
        "labels", \.labels,
        "Labels of the gazetteer's entries that are looked for. Without it all are.",
        must: .holdSomething()),
      Field("patterns", \.patterns, "What is looked for beside the gazetteer; may be empty."),
      Field(
        "positions", \.positions,
        "What `start` and `end` count: Unicode scalars, as Python indexes strings, or bytes of UTF-8."
      ),
    ]
  }

  public enum Positions: String, SettingChoice { case scalars, bytes }

  public static let manual = Manual(
    name: "entities",
    summary: "Tags names from a gazetteer, e-mail addresses, URLs, dates and sums of money.",
    discussion: """
      Under the stage's label the annotations hold a list of mentions in the order of the text, \
      empty where there are none: `{"start":0,"end":5,"label":"ORG","text":"Daesh","id":"isil"}`. \
      Positions are half-open and point into `text`. `id` is null for patterns, whose labels are \
      `EMAIL`, `URL`, `DATE` and `MONEY`. Mentions never overlap: the longer one is kept, of \
      equally long ones that of the gazetteer. In a text with \(maximumMentions) names or as many \
      patterns nothing is looked for behind the last of them: the annotation `LABEL_cut` says at \
      which position that was.

      **The gazetteer** is newline-delimited JSON. An entry has an `id`, a `label`, a `name`, and \
      may have `aliases`; the name is an alias like the others:

          {"id":"isil","label":"ORG","name":"Islamic State","aliases":["Daesh","ISIS","ISIL"]}

      An id may stand on several lines with one label. An alias of several ids stands for the one \
      that comes first in the file. Mistakes are reported together, with line and column.

      At each word the longest alias counts. Case, accents and full-width forms do not matter \
      (`Médecins`, `MEDECINS`), nor which kind of apostrophe, hyphen or space is written, nor \
      whether a hyphen or a space is (`Al-Jazeera`, `Al Jazeera`), nor whether there is an \
      apostrophe (`al-Sha'abi`, `al-Shaabi`), unless it begins the end of an English contraction \
      or possessive: `she'll` is not `Shell`. Vowel points of Arabic and Hebrew do not matter \
      either. Mentions begin and end with words: `Iraq` is found in `Iraq's`, `l'Iraq` and \
      `Iraq-based`, not in `Iraqi`. In scripts without spaces between words any letter can be the \
      first or last, and in Korean any syllable the last. A mention does not extend over the end \
      of a line, nor over a tab.

      An alias of at most \(Gazetteer.maximumInitials) letters, all capitals, is found only where \
      the text has capitals too, so that `who`, `us` and `it` are words and `WHO`, `US` and `IT` \
      are names. An alias has at most \(AliasTable.maximumKey) bytes.

      **Patterns.** URLs begin with `http://`, `https://`, `ftp://` or `www.`; punctuation at \
      their end belongs to the sentence, a closing bracket to the URL only if it was opened \
      there. Dates have a day and a month that exist: `2026-11-20` (with a time at will), \
      `20.11.2026`, `20/11/2026`, `20 November 2026`, `Nov. 20`, `2026年11月20日`; months are known \
      in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Russian. Money \
      is a number with a currency before or behind it, as a symbol, a code or a word, and with \
      multipliers: `$1,200.50`, `€5 million`, `12 EUR`, `1.200,50 €`, `5 Mrd. Euro`, `500万円`. \
      Numbers are those with the digits 0 to 9.
      """,
    example: """
      { "use": "entities", "gazetteer": "gazetteer.ndjson", "patterns": ["date", "money"] }
      """,
    effects: [.locatesText, .needsText])

  /// Mentions of one kind that are looked for in a text, names and patterns: each takes half a kilobyte,
  /// and a text of a book's length has a tenth as many.
  static let maximumMentions = 1 << 16

  private let label: String
  private let gazetteer: Gazetteer?
  private let patterns: PatternScanner
  private let positions: Positions

  public init(settings: Settings, context: Context) throws(Complaint) {
    guard settings.gazetteer != nil || !settings.patterns.isEmpty else {
      throw Complaint(nil, "has nothing to look for: it needs a gazetteer or a pattern")
    }
    if settings.gazetteer == nil, settings.labels != nil {
      throw Complaint("labels", "chooses among the entries of a gazetteer, and there is none")
    }
    label = context.label
    patterns = PatternScanner(settings.patterns)
    positions = settings.positions
    if let file = settings.gazetteer {
      gazetteer = try GazetteerReader.read(file.path, labels: settings.labels)
    } else {
      gazetteer = nil
    }
  }

  public func makeWorker() -> sending Tagger {
    Tagger(label: label, gazetteer: gazetteer, patterns: patterns, positions: positions)
  }

  /// One thread's share of the stage.
  public struct Tagger: StageWorker {
    private let label: String
    private let gazetteer: Gazetteer?
    private let patterns: PatternScanner
    private let positions: Positions
    private var names: [Mention] = []
    private var found: [Mention] = []
    private var mentions: [Mention] = []

    init(
      label: String, gazetteer: Gazetteer?, patterns: PatternScanner, positions: Positions
    ) {
      self.label = label
      self.gazetteer = gazetteer
      self.patterns = patterns
      self.positions = positions
    }

    public mutating func process(_ document: inout Document) -> Verdict {
      names.removeAll(keepingCapacity: true)
      found.removeAll(keepingCapacity: true)
      mentions.removeAll(keepingCapacity: true)
      let (list, end) = document.text.bytes.withUnsafeBufferPointer { text in
        gazetteer?.findMentions(in: text, into: &names, limit: Entities.maximumMentions)
        patterns.findMentions(in: text, into: &found, limit: Entities.maximumMentions)
        let end = cut()
        mentions.append(mergedFrom: names, found)
        return (annotation(of: text), end.map { TextPlace.position(of: $0, in: text, positions) })
      }
      document.annotations[label] = .array(list)
      if let end { document.annotations[label + "_cut"] = .int(Int64(end)) }
      return .keep
    }

    /// Leaves out, in both lists, what stands behind the place where one of them is full.
    /// - Returns: That place, in bytes; nil when everything was found.
    private mutating func cut() -> Int? {
      let full = [names, found].filter { $0.count == Entities.maximumMentions }
      guard let end = full.compactMap({ $0.last?.range.upperBound }).min() else { return nil }
      names.removeAll { $0.range.upperBound > end }
      found.removeAll { $0.range.upperBound > end }
      return end
    }

    private func annotation(of text: UnsafeBufferPointer<UInt8>) -> [JSONValue] {
      var place = TextPlace(text, counts: positions)
      return mentions.map { mention in
        let start = place.advance(to: mention.range.lowerBound)
        let end = place.advance(to: mention.range.upperBound)
        let (label, id): (String, String?) =
          switch mention.kind {
          case .entry(let entry):
            (gazetteer?.label(of: entry) ?? "", gazetteer?.id(of: entry))
          case .pattern(let pattern): (pattern.label, nil)
          }
        return [
          "start": .int(Int64(start)), "end": .int(Int64(end)), "label": .string(label),
          "text": .string(String(decoding: text[mention.range], as: UTF8.self)),
          "id": JSONValue(id),
        ]
      }
    }
  }

  /// Turns byte offsets into positions, from left to right in one pass.
  private struct TextPlace {
    private let text: UnsafeBufferPointer<UInt8>
    private let counts: Positions
    private var offset = 0
    private var scalars = 0

    init(_ text: UnsafeBufferPointer<UInt8>, counts: Positions) {
      self.text = text
      self.counts = counts
    }

    static func position(
      of offset: Int, in text: UnsafeBufferPointer<UInt8>, _ counts: Positions
    ) -> Int {
      var place = TextPlace(text, counts: counts)
      return place.advance(to: offset)
    }

    /// The position of a byte offset that is not before the last one.
    mutating func advance(to offset: Int) -> Int {
      guard counts == .scalars else { return offset }
      var starts = 0
      for byte in text[self.offset..<offset] where byte & 0xC0 != 0x80 { starts &+= 1 }
      scalars += starts
      self.offset = offset
      return scalars
    }
  }
}
