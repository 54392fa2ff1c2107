import Bytes
import Pipeline
import TestSupport
import Testing

@testable import LanguageStage

@Suite("language")
struct LanguageTests {
  // MARK: Settings

  @Test("without settings nothing is dropped")
  func defaults() throws {
    let settings = try Language.Settings.read(from: "{}")
    #expect(settings.keep == [])
    #expect(settings.drop == [])
    #expect(settings.minimumScore == 0)
  }

  @Test("the minimum score is a share")
  func minimumScoreRule() {
    #expect(throws: WrongSettings(messages: ["minimum_score must be within 0...1, is 65"])) {
      try Language.Settings.read(from: #"{"minimum_score": 65}"#)
    }
  }

  @Test(
    "what can never match is a complaint",
    arguments: [
      ("eng", "en"), ("German", "de"), ("EN", "en"), ("en-US", "en"), ("iw", "he"), ("nb", "no"),
      ("jp", "ja"), ("pt_BR", "pt"),
    ])
  func unknownCode(code: String, suggestion: String) {
    let message = "holds \"\(code)\", which is no language that can be detected; did you mean "
    // A region is found only once the language is right.
    let expected =
      code == "en-US"
      ? "holds \"en-US\", but only a script can follow a language, as in \"zh-Hant\""
      : message + suggestion + "?"
    #expect(throws: Complaint("keep", expected)) {
      try stage(#"{"keep": ["fr", "\#(code)"]}"#)
    }
  }

  @Test("a code that resembles none is answered with the list")
  func hopelessCode() throws {
    let complaint = #expect(throws: Complaint.self) { try stage(#"{"drop": ["klingon"]}"#) }
    #expect(complaint?.key == "drop")
    #expect(
      complaint?.message.hasPrefix(
        #"holds "klingon", which is no language that can be detected; the codes are aa, ab, af,"#
      )
        == true)
  }

  @Test("a language in both lists is a complaint, a script of it is not")
  func bothLists() throws {
    #expect(throws: Complaint("drop", #"holds "de", which keep holds too"#)) {
      try stage(#"{"keep": ["en", "de"], "drop": ["de"]}"#)
    }
    _ = try stage(#"{"keep": ["zh"], "drop": ["zh-Hant"]}"#)
  }

  @Test("the example is valid, and the codes of the table are unique")
  func manual() throws {
    _ = try stage(Language.manual.example)
    let codes = LanguageCode.all.flatMap { [$0.code] + $0.others }
    #expect(Set(codes).count == codes.count)
    #expect(
      Language.manual.promises.map(\.key) == ["language", "language_score", "language_script"])
  }

  // MARK: Worked examples

  @Test("sentences in their languages and scripts", arguments: sentences)
  func sentence(language: String, script: String, text: String) throws {
    let (_, document) = try process(text, "{}")
    #expect(document.metadata["language"] == .string(language))
    #expect(document.metadata["language_script"] == .string(script))
    guard case .double(let score)? = document.metadata["language_score"] else {
      Issue.record("there is no score")
      return
    }
    #expect((0.9...1).contains(score))
    #expect(document.annotations == [:])
  }

  @Test("a document of another language than the kept ones is dropped with what was found")
  func notKept() throws {
    let (verdict, document) = try process(german, #"{"keep": ["en", "fr"]}"#)
    #expect(
      drop(verdict) == Drop(reason: .languageNotKept, details: ["language": "de", "score": 0.99]))
    #expect(document.metadata["language"] == "de")
  }

  @Test("a document of a dropped language is dropped, all others stay")
  func dropped() throws {
    let settings = #"{"drop": ["de"]}"#
    #expect(
      drop(try process(german, settings).verdict)
        == Drop(reason: .languageDropped, details: ["language": "de", "score": 0.99]))
    #expect(drop(try process(english, settings).verdict) == nil)
    #expect(drop(try process("12345", settings).verdict) == nil)
  }

  @Test("a script narrows a language down")
  func scriptOfLanguage() throws {
    let simplified = "委员会将于星期二开会讨论明年的预算，会后将向媒体公布结果。"
    let traditional = "委員會將於星期二開會討論明年的預算，會後將向媒體公布結果。"
    let settings = #"{"keep": ["zh-Hant"]}"#
    #expect(drop(try process(traditional, settings).verdict) == nil)
    #expect(drop(try process(simplified, settings).verdict)?.reason == .languageNotKept)
    #expect(drop(try process(simplified, #"{"keep": ["zh"]}"#).verdict) == nil)
    #expect(drop(try process(traditional, #"{"keep": ["zh"]}"#).verdict) == nil)
  }

  @Test("a text in two languages has the share of the larger one as its score")
  func mixed() throws {
    let text = english + " " + english + "\n\n" + greek
    let (verdict, document) = try process(text, #"{"minimum_score": 0.9}"#)
    #expect(document.metadata["language"] == "en")
    let score = document.metadata["language_score"] ?? .null
    #expect(
      drop(verdict)
        == Drop(reason: .languageUncertain, details: ["language": "en", "score": score]))
    guard case .double(let share) = score else { return }
    let letters = (english + english).unicodeScalars.count { $0.properties.isAlphabetic }
    let all = letters + greek.unicodeScalars.count { $0.properties.isAlphabetic }
    // CLD2 counts bytes, of which a Greek letter has two.
    #expect(share < Double(letters) / Double(all))
    #expect(share > 0.4)
    #expect(drop(try process(text, #"{"minimum_score": 0.4}"#).verdict) == nil)
  }

  @Test("what the input says of the language stays, and a different finding is annotated")
  func inputKnows() throws {
    var document = Document(
      id: "a", text: UTF8Text(german), metadata: ["language": "en", "language_script": "Latn"],
      origin: Origin(file: "-"))
    var worker = try stage(#"{"keep": ["de"]}"#).makeWorker()
    #expect(drop(worker.process(&document)) == nil)
    #expect(
      document.metadata == ["language": "en", "language_script": "Latn", "language_score": 0.99])
    #expect(document.annotations == ["speech": ["language": "de"]])
  }

  // MARK: Edges

  @Test(
    "without a language the keys are null",
    arguments: [
      ("", .null), ("12345 67890", .null), ("!?… – 😀", .null), ("\0\0", .null),
      ("Ok", "Latn"), ("𐌰𐌱𐌲𐌰𐌽𐍃", "Goth"),
    ] as [(String, JSONValue)])
  func noLanguage(text: String, script: JSONValue) throws {
    let (verdict, document) = try process(text, "{}")
    #expect(drop(verdict) == nil)
    #expect(
      document.metadata == ["language": nil, "language_score": nil, "language_script": script])
    #expect(
      drop(try process(text, #"{"keep": ["en"]}"#).verdict)
        == Drop(reason: .languageNotKept, details: ["language": nil, "score": nil]))
    #expect(
      drop(try process(text, #"{"keep": ["en"], "minimum_score": 0.1}"#).verdict)
        == Drop(reason: .languageUncertain, details: ["language": nil, "score": nil]))
  }

  @Test("a few words are enough", arguments: [("Hello world", "en"), ("Die Katze schläft.", "de")])
  func shortText(text: String, language: String) throws {
    #expect(try process(text, "{}").document.metadata["language"] == .string(language))
  }

  @Test("a long text is judged by pieces from its start to its end")
  func longText() throws {
    let introduction = String(repeating: english + "\n", count: 6)
    let body = String(repeating: german + "\n", count: 60)
    let (_, document) = try process(introduction + body, "{}")
    #expect(document.metadata["language"] == "de")
  }

  @Test("pieces of a long text are cut between scalars")
  func pieces() throws {
    // Three bytes a letter, so that no piece begins or ends where it would by its length.
    let thai =
      "xx" + String(repeating: "คณะกรรมการจะประชุมในวันอังคารเพื่อหารือ", count: 100)
    let (_, document) = try process(thai, "{}")
    #expect(document.metadata["language"] == "th")
    #expect(document.metadata["language_script"] == "Thai")
  }

  @Test("every scalar at the end of a text is survived, at any length", arguments: 0..<16)
  func hostileEnds(part: UInt32) throws {
    var worker = try stage("{}").makeWorker()
    var seed = Seed(UInt64(part))
    for value in stride(from: part, to: 0x3_0000, by: 16 * 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let count = Int.random(in: 0...700, using: &seed)
      let text = String(repeating: "аbс ", count: count) + String(Character(scalar))
      var document = Document(id: "a", text: UTF8Text(text), origin: Origin(file: "-"))
      #expect(drop(worker.process(&document)) == nil)
      #expect(document.metadata.members.count == 3)
    }
  }

  // MARK: Properties

  @Test("a worker finds the same whatever it read before")
  func noLeaks() throws {
    var worker = try stage("{}").makeWorker()
    for round in 0..<2 {
      for sentence in round == 0 ? sentences : sentences.reversed() {
        var document = Document(id: "a", text: UTF8Text(sentence.text), origin: Origin(file: "-"))
        _ = worker.process(&document)
        #expect(document.metadata == (try process(sentence.text, "{}").document.metadata))
      }
    }
  }
}

// MARK: Support

private let english = """
  The old mill by the river has been closed for twenty years, but last spring a young couple \
  bought it and began to repair the wheel.
  """

private let german = """
  Die alte Mühle am Fluss war zwanzig Jahre lang geschlossen, doch im letzten Frühling kaufte sie \
  ein junges Paar und begann, das Rad zu reparieren.
  """

private let greek = """
  Ο παλιός μύλος δίπλα στο ποτάμι ήταν κλειστός για είκοσι χρόνια, αλλά την περασμένη άνοιξη τον \
  αγόρασε ένα νεαρό ζευγάρι.
  """

private let sentences: [(language: String, script: String, text: String)] = [
  ("en", "Latn", english),
  ("de", "Latn", german),
  ("el", "Grek", greek),
  ("fr", "Latn", "Le vieux moulin au bord de la rivière était fermé depuis vingt ans."),
  ("es", "Latn", "El viejo molino junto al río llevaba veinte años cerrado cuando lo compraron."),
  ("it", "Latn", "Il vecchio mulino vicino al fiume era chiuso da vent'anni quando lo comprarono."),
  (
    "pt", "Latn",
    "O velho moinho à beira do rio esteve fechado durante vinte anos, mas não está mais."
  ),
  ("nl", "Latn", "De oude molen bij de rivier was al twintig jaar gesloten toen zij hem kochten."),
  ("pl", "Latn", "Stary młyn nad rzeką był zamknięty przez dwadzieścia lat, zanim go kupiono."),
  ("cs", "Latn", "Starý mlýn u řeky byl dvacet let zavřený, než ho koupil mladý pár z města."),
  ("ro", "Latn", "Vechea moară de lângă râu a fost închisă timp de douăzeci de ani și acum merge."),
  (
    "hu", "Latn",
    "A folyó melletti régi malom húsz évig zárva volt, mielőtt megvették és felújították."
  ),
  ("fi", "Latn", "Joen rannalla oleva vanha mylly oli suljettuna kaksikymmentä vuotta."),
  ("sv", "Latn", "Den gamla kvarnen vid ån hade varit stängd i tjugo år när de köpte den."),
  ("no", "Latn", "Den gamle mølla ved elva hadde vært stengt i tjue år da de kjøpte den."),
  ("tr", "Latn", "Nehrin kıyısındaki eski değirmen yirmi yıldır kapalıydı, şimdi yeniden dönüyor."),
  ("vi", "Latn", "Chiếc cối xay cũ bên bờ sông đã đóng cửa hai mươi năm trước khi được mua lại."),
  ("ru", "Cyrl", "Старая мельница у реки была закрыта двадцать лет, пока её не купили."),
  ("uk", "Cyrl", "Старий млин біля річки був зачинений двадцять років, доки його не купили."),
  ("bg", "Cyrl", "Старата воденица край реката беше затворена двадесет години, преди да я купят."),
  ("he", "Hebr", "הטחנה הישנה ליד הנהר הייתה סגורה עשרים שנה עד שקנה אותה זוג צעיר."),
  ("ar", "Arab", "كانت الطاحونة القديمة قرب النهر مغلقة منذ عشرين عاما حتى اشتراها زوجان شابان."),
  ("fa", "Arab", "آسیاب قدیمی کنار رودخانه بیست سال بسته بود تا اینکه زوج جوانی آن را خریدند."),
  ("hi", "Deva", "नदी के किनारे की पुरानी चक्की बीस साल से बंद थी, जब तक उसे खरीदा नहीं गया।"),
  ("th", "Thai", "โรงสีเก่าริมแม่น้ำปิดมายี่สิบปีก่อนที่จะมีคนซื้อไป"),
  ("ja", "Jpan", "川のほとりの古い水車小屋は二十年間閉まっていましたが、若い夫婦が買いました。"),
  ("ko", "Kore", "강가의 오래된 방앗간은 젊은 부부가 사기 전까지 이십 년 동안 닫혀 있었습니다."),
  ("zh", "Hans", "河边的老磨坊关闭了二十年，去年春天一对年轻夫妇买下了它，开始修理水车。"),
  ("zh", "Hant", "河邊的老磨坊關閉了二十年，去年春天一對年輕夫婦買下了它，開始修理水車。"),
]

private func stage(_ json: String) throws -> Language {
  try Language(
    settings: .read(from: json),
    context: Context(label: "speech", standardInput: .standardInput))
}

private func process(
  _ text: String, _ json: String
) throws -> (verdict: Verdict, document: Document) {
  var worker = try stage(json).makeWorker()
  var document = Document(id: "a", text: UTF8Text(text), origin: Origin(file: "-"))
  let verdict = worker.process(&document)
  return (verdict, document)
}

private func drop(_ verdict: Verdict) -> Drop? {
  if case .drop(let drop) = verdict { drop } else { nil }
}
