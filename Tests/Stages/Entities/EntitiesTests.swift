import Bytes
import Pipeline
import TestSupport
import Testing

@testable import EntitiesStage

struct EntitiesTests {
  // MARK: Settings

  @Test("the example of the manual is valid")
  func example() throws {
    let settings = try Entities.Settings.read(from: Entities.manual.example)
    #expect(settings.patterns == [.date, .money])
    #expect(settings.positions == .scalars)
  }

  @Test("without a gazetteer and without a pattern there is nothing to look for")
  func nothingToDo() {
    var settings = Entities.Settings()
    settings.patterns = []
    #expect(
      throws: Complaint(nil, "has nothing to look for: it needs a gazetteer or a pattern")
    ) { try Entities(settings: settings, context: .test) }
  }

  @Test("labels need a gazetteer")
  func labelsAlone() {
    var settings = Entities.Settings()
    settings.labels = ["ORG"]
    #expect(
      throws: Complaint("labels", "chooses among the entries of a gazetteer, and there is none")
    ) { try Entities(settings: settings, context: .test) }
  }

  @Test("a gazetteer that is not there is complained about")
  func missingFile() {
    var settings = Entities.Settings()
    settings.gazetteer = FilePath("no/such/file.ndjson")
    #expect(
      throws: Complaint(
        "gazetteer", "cannot be read: no/such/file.ndjson: No such file or directory")
    ) { try Entities(settings: settings, context: .test) }
  }

  @Test("mentions stand under the stage's label, with keys in a fixed order")
  func record() throws {
    let mentions = try annotation("Daesh fled on 20 November 2026.", names)
    #expect(
      mentions.jsonText == """
        [{"start":0,"end":5,"label":"ORG","text":"Daesh","id":"isil"},\
        {"start":14,"end":30,"label":"DATE","text":"20 November 2026","id":null}]
        """)
  }

  @Test("a text without mentions has an empty list")
  func empty() throws {
    #expect(try annotation("", names) == .array([]))
    #expect(try annotation("nothing here", names) == .array([]))
  }

  @Test("positions are scalars or, by setting, bytes")
  func positions() throws {
    let text = "Ærø 😀 Daesh"
    #expect(try annotation(text, names).jsonText.hasPrefix(#"[{"start":6,"end":11,"#))
    #expect(try annotation(text, names, .bytes).jsonText.hasPrefix(#"[{"start":11,"end":16,"#))
  }

  @Test("only the patterns that are asked for are found, but no date inside a URL")
  func chosenPatterns() throws {
    let text = "a@b.org $5 2026-11-20 http://x.org/a?on=2026-11-20"
    #expect(try found(text, "", patterns: [.date]) == ["DATE 2026-11-20"])
    #expect(try found(text, names, patterns: []) == [])
  }

  // MARK: Worked examples

  @Test("Daesh, ISIS and Islamic State on one page are one id")
  func oneID() throws {
    let text = """
      Islamic State lost the town. “Daesh is gone”, a general said.
      Others call the group ISIS, or the ISLAMIC STATE of Iraq and the Levant.
      """
    #expect(
      try found(text, names) == [
        "isil Islamic State", "isil Daesh", "isil ISIS",
        "isil ISLAMIC STATE of Iraq and the Levant",
      ])
  }

  @Test(
    "a name is found however it is written",
    arguments: [
      "Hashd al-Sha'abi", "Hashd al-Sha’abi", "Hashd al-Shaʿabi", "Hashd al-Sha`abi",
      "Hashd al-Shaabi", "hashd al‑sha'abi", "HASHD AL-SHA'ABI", "Hashd\u{A0}al Sha'abi",
      "Hashd  al–Sha'abi", "Ḥashd al-Shaʻabī", "Has\u{AD}hd al-Sha'abi", "Ｈａｓｈｄ ａｌ－Ｓｈａａｂｉ",
      "Ha\u{301}shd al-Sha'abi",
    ])
  func spellings(name: String) throws {
    #expect(try found("(\(name))", names) == ["pmf \(name)"])
  }

  @Test("a name ends where its accents end")
  func trailingAccent() throws {
    #expect(try found("Cafe\u{301}!", entry("cafe", "Café")) == ["cafe Cafe\u{301}"])
  }

  @Test(
    "mentions are whole words",
    arguments: [
      ("Iraq's army", ["iraq Iraq"]), ("Iraq’s", ["iraq Iraq"]), ("l'Iraq", ["iraq Iraq"]),
      ("Iraq-based", ["iraq Iraq"]), ("pre-Iraq", ["iraq Iraq"]), ("Iraq'ta", ["iraq Iraq"]),
      ("(Iraq)", ["iraq Iraq"]), ("Iraq_", ["iraq Iraq"]),
      ("Iraqi", []), ("Iraq2", []), ("xIraq", []), ("éIraq", []), ("Iraqé", []),
      ("Iraq\u{94D}", []),
    ])
  func wholeWords(text: String, expected: [String]) throws {
    #expect(try found(text, names) == expected)
  }

  @Test("a contraction is not a name without its apostrophe, a name with one is")
  func contractions() throws {
    let names = entry("shell", "Shell") + entry("were", "Were") + entry("wendy", "Wendy's")
    #expect(try found("She'll say we’re at Wendy’s.", names) == ["wendy Wendy’s"])
    #expect(try found("Shell's, Wendys", names) == ["shell Shell"])
  }

  @Test("apostrophes at the ends of a name count for nothing")
  func outerApostrophes() throws {
    let names = entry("abd", "ʿAbd al-Rafiʿ") + entry("roses", "Guns N' Roses")
    #expect(
      try found("'Abd al-Rafi' and Abd al-Rafi", names)
        == ["abd Abd al-Rafi", "abd Abd al-Rafi"])
    #expect(try found("Guns N’ Roses, Guns 'n' Roses", names).count == 2)
  }

  @Test("the longest name counts, wherever a shorter one begins")
  func longest() throws {
    let names = entry("ny", "New York") + entry("nyt", "New York Times") + entry("york", "York")
    #expect(
      try found("New York, the New York Times, York; New Yorkers", names)
        == ["ny New York", "nyt New York Times", "york York"])
  }

  @Test("a name that breaks off leaves the words behind it")
  func brokenOff() throws {
    let names = entry("long", "a b c d") + entry("short", "b c")
    #expect(try found("a b c e", names) == ["short b c"])
  }

  @Test("short names in capitals are found in capitals only")
  func initials() throws {
    let names = entry("who", "WHO") + entry("us", "US") + entry("unesco", "UNESCO")
    #expect(
      try found("Who told us? The WHO, the US and Unesco. US’s", names)
        == ["who WHO", "us US", "unesco Unesco", "us US"])
    #expect(try found("ООН и оон", entry("un", "ООН")) == ["un ООН"])
  }

  @Test("a name in capitals stands beside the same name in small letters")
  func twoCases() throws {
    let names = entry("film", "Us") + entry("usa", "US")
    #expect(try found("US, us, Us", names) == ["usa US", "film us", "film Us"])
  }

  @Test("of two ids with one alias the first counts")
  func firstID() throws {
    let names = entry("b", "Georgia") + entry("a", "georgia")
    #expect(try found("GEORGIA", names) == ["b GEORGIA"])
  }

  @Test("in scripts without spaces names stand anywhere, in Korean before particles")
  func scriptsWithoutSpaces() throws {
    let names =
      entry("tokyo", "東京") + entry("who", "世界保健機関") + entry("iraq", "이라크")
      + entry("bkk", "กรุงเทพ")
    #expect(
      try found("昨日の東京で世界保健機関は", names) == ["tokyo 東京", "who 世界保健機関"])
    #expect(try found("이라크는 새이라크", names) == ["iraq 이라크"])
    #expect(try found("ในกรุงเทพฯ", names) == ["bkk กรุงเทพ"])
    #expect(try found("NATO東京NATO", names + entry("nato", "NATO")).count == 3)
  }

  @Test("punctuation belongs to a name that has it")
  func punctuation() throws {
    let names =
      entry("usa", "U.S.") + entry("net", ".NET") + entry("yahoo", "Yahoo!") + entry("att", "AT&T")
      + entry("dc", "Washington, D.C.")
    #expect(
      try found("The U.S.-led .NET, Yahoo!, AT&T in WASHINGTON, D.C., U.S.A.", names)
        == ["usa U.S.", "net .NET", "yahoo Yahoo!", "att AT&T", "dc WASHINGTON, D.C."])
    #expect(try found("ASP.NET, Yahoo, AT T", names) == [])
  }

  @Test("the longer mention counts, of equal ones the name")
  func overlaps() throws {
    let names =
      entry("state", "Islamic State") + entry("x", "May 5") + entry("y", "5 June 2026 Committee")
      + entry("z", "Euro 5")
    #expect(
      try found("http://islamic.org/Islamic State", names)
        == ["URL http://islamic.org/Islamic"])
    #expect(try found("on May 5", names) == ["x May 5"])
    #expect(try found("on May 5, 2026", names) == ["DATE May 5, 2026"])
    #expect(try found("the 5 June 2026 Committee", names) == ["y 5 June 2026 Committee"])
  }

  @Test("the page of the fixtures gives its names under their ids")
  func fixture() throws {
    var settings = Entities.Settings()
    settings.gazetteer = FilePath(Fixture.path("gazetteer.ndjson"))
    settings.labels = ["ORG"]
    settings.patterns = [.money, .email]
    let stage = try Entities(settings: settings, context: .test)
    let text = "The WHO’s World Health Organization paid MSF €350,000: who@un.example."
    #expect(
      try list(text, stage.makeWorker()) == [
        "who WHO", "who World Health Organization", "msf MSF", "MONEY €350,000",
        "EMAIL who@un.example",
      ])
  }

  // MARK: Edges

  @Test("a mention extends over spaces, not over ends of lines and tabs")
  func lineEnds() throws {
    for gap in [" ", "  ", "\u{3000}", " \u{2009} "] {
      #expect(try found("Islamic\(gap)State", names).count == 1)
    }
    for gap in ["\n", " \n", "\n\n", "\r\n", "\t", "\u{2028}", "\u{85}"] {
      #expect(try found("Islamic\(gap)State", names).isEmpty)
    }
  }

  @Test("a mention may be the whole text, and texts may break off in one")
  func ends() throws {
    #expect(try found("Islamic State", names) == ["isil Islamic State"])
    for text in ["Islamic", "Islamic ", "Islamic St", "Hashd al-", "Hashd al-Sha'", "'", "-"] {
      #expect(try found(text, names).isEmpty)
    }
  }

  @Test("a name of the greatest length is found, and no text beyond the span is read for it")
  func longNames() throws {
    let name = String(repeating: "ab ", count: AliasTable.maximumKey / 3) + "z"
    #expect(try found("x \(name) y", entry("long", name)) == ["long \(name)"])
    let spaced = "Islamic" + String(repeating: " ", count: NameReader.maximumSpan) + "State"
    #expect(try found(spaced, names).isEmpty)
  }

  @Test(
    "hostile texts come to an end",
    arguments: [
      "a", "@", "1", "(", ".", ":", "http://a(", "http://", "www.", "a@", "a@b.", "1,", "$1", "1億",
      "'", "-", "\u{301}", "\u{200B}", " ", "a'", "a b ", "1 May ", "Islamic ", "1.1.", "東",
    ])
  func hostile(unit: String) throws {
    let text = String(repeating: unit, count: 20_000 / unit.utf8.count)
    let names = names + entry("deep", String(repeating: "a b ", count: 12) + "c")
    _ = try found(text, names)
    _ = try found("http://a" + text, names)
  }

  // MARK: Properties

  @Test("names are found as by comparing every piece of the text with every name")
  func naive() throws {
    var seed = Seed(11)
    let alphabet = Array("aAbBé'’s -\u{301}\u{AD}.\n東한\u{94D}1".unicodeScalars)
    for _ in 0..<400 {
      let names = (0..<8).map { _ in randomText(alphabet, 1...5, &seed) }
      let text = randomText(alphabet, 0...60, &seed)
      var gazetteer = Gazetteer()
      var naive = NaiveGazetteer()
      for (index, name) in names.enumerated() {
        let entry = gazetteer.addEntry(id: "\(index)", label: "X")
        let isName = (try? gazetteer.add(name, entry: entry)) != nil
        if isName { naive.add(name, entry: entry) }
      }
      var mentions: [Mention] = []
      gazetteer.findMentions(in: text.utf8.span, into: &mentions, limit: .max)
      #expect(mentions == naive.mentions(in: text), "\(names) in \(text.debugDescription)")
    }
  }

  @Test("positions are those of the scalars of a Swift string, and texts what stands there")
  func scalarPositions() throws {
    var seed = Seed(12)
    let parts = ["Daesh", " ", "é", "😀", "東", "2026-11-20", "\n", "Islamic State", "$5", "x"]
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<20 { text += parts.randomElement(using: &seed) ?? "" }
      let scalars = Array(text.unicodeScalars)
      guard case .array(let mentions) = try annotation(text, names) else { continue }
      var last: Int64 = 0
      for mention in mentions {
        guard case .int(let start)? = mention.object?["start"],
          case .int(let end)? = mention.object?["end"]
        else {
          Issue.record("a mention without positions")
          continue
        }
        #expect(start >= last && start < end)
        last = end
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[Int(start)..<Int(end)])
        #expect(mention.object?["text"]?.string == String(piece))
      }
    }
  }

  @Test("of overlapping mentions the longest are kept, as by trying them one after another")
  func merging() {
    var seed = Seed(13)
    for _ in 0..<500 {
      let names = randomMentions(.entry(0), &seed)
      let patterns = randomMentions(.pattern(.date), &seed)
      var kept: [Mention] = []
      let ranked = (names + patterns).enumerated().sorted {
        ($1.element.range.count, $0.offset) < ($0.element.range.count, $1.offset)
      }
      for (_, mention) in ranked where !kept.contains(where: { $0.range.overlaps(mention.range) }) {
        kept.append(mention)
      }
      kept.sort { $0.range.lowerBound < $1.range.lowerBound }
      var merged: [Mention] = []
      merged.append(mergedFrom: names, patterns)
      #expect(merged == kept)
    }
  }

  // MARK: Support

  private let names =
    entry("isil", "Islamic State", "Daesh", "ISIS", "Islamic State of Iraq and the Levant")
    + entry("pmf", "Hashd al-Sha'abi") + entry("iraq", "Iraq")

  private func randomText(
    _ alphabet: [Unicode.Scalar], _ length: ClosedRange<Int>, _ seed: inout Seed
  ) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: length, using: &seed) {
      if let scalar = alphabet.randomElement(using: &seed) { text.append(scalar) }
    }
    return String(text)
  }

  private func randomMentions(_ kind: Mention.Kind, _ seed: inout Seed) -> [Mention] {
    var mentions: [Mention] = []
    var index = 0
    for _ in 0..<Int.random(in: 0...8, using: &seed) {
      let start = index + Int.random(in: 0...3, using: &seed)
      index = start + Int.random(in: 1...6, using: &seed)
      mentions.append(Mention(range: start..<index, kind: kind))
    }
    return mentions
  }
}

/// A line of a gazetteer.
func entry(_ id: String, _ names: String...) -> String {
  let entry: JSONObject = [
    "id": .string(id), "label": "ORG", "name": .string(names[0]),
    "aliases": .array(names.dropFirst().map(JSONValue.string)),
  ]
  return JSONValue.object(entry).jsonText + "\n"
}

/// The stage's output for a text.
func annotation(
  _ text: String, _ gazetteer: String, _ positions: Entities.Positions = .scalars,
  patterns: [Entities.Pattern] = Entities.Pattern.allCases
) throws -> JSONValue {
  let gazetteer =
    gazetteer.isEmpty
    ? nil : try GazetteerReader.read(Array(gazetteer.utf8), path: "names.ndjson", labels: nil)
  var tagger = Entities.Tagger(
    label: "entities", gazetteer: gazetteer, patterns: PatternScanner(patterns),
    positions: positions)
  var document = Document(id: "a", text: UTF8Text(text), origin: Origin(file: "a.txt"))
  _ = tagger.process(&document)
  return document.annotations["entities"] ?? nil
}

/// The mentions of a text, each as its id, or its label where it has none, and its text.
func found(
  _ text: String, _ gazetteer: String, patterns: [Entities.Pattern] = Entities.Pattern.allCases
) throws -> [String] {
  brief(try annotation(text, gazetteer, patterns: patterns))
}

private func list(_ text: String, _ worker: Entities.Tagger) throws -> [String] {
  var worker = worker
  var document = Document(id: "a", text: UTF8Text(text), origin: Origin(file: "a.txt"))
  _ = worker.process(&document)
  return brief(document.annotations["test"] ?? nil)
}

private func brief(_ annotation: JSONValue) -> [String] {
  guard case .array(let mentions) = annotation else { return ["no list"] }
  return mentions.compactMap(\.object).map { mention in
    let name = mention["id"]?.string ?? mention["label"]?.string ?? ""
    return "\(name) \(mention["text"]?.string ?? "")"
  }
}

extension Context {
  fileprivate static var test: Context {
    Context(label: "test", standardInput: .standardInput)
  }
}
