import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage
@testable import HTMLStage

/// Whose a block is: by phrases, by where its links lead, by the page's title and its article elements.
@Suite("boilerplate: features of what is not the page's own")
struct ExcessPhraseTests {
  private static func match(_ text: String) -> PhraseIndex.Match? {
    var hashes: [UInt32] = []
    _ = TextMeasures.measure(
      text.utf8.span, hashes: &hashes, limit: FeatureReader.maximumHashes)
    return PhraseIndex.standard.match(hashes[...])
  }

  private static func matrix(_ html: String, title: String? = nil) throws -> FeatureMatrix {
    var reader = FeatureReader()
    reader.read(try BlockFeaturesTests.page(html), of: PageOrigin(title: title))
    return reader.matrix
  }

  // MARK: Phrases

  @Test(
    "phrases are known in many languages, with or without accents, in any case",
    arguments: [
      ("Related articles", .related, 2), ("LESEN SIE AUCH: Der Hafen", .related, 3),
      ("A lire aussi", .related, 3), ("Te puede interesar", .related, 3),
      ("Czytaj również", .related, 2), ("ЧИТАЙТЕ ТАКЖЕ", .related, 2),
      ("Διαβάστε επίσης: Το λιμάνι", .related, 2), ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", .related, 2),
      ("相关阅读：港口", .related, 4), ("関連記事", .related, 4), ("관련 기사", .related, 2),
      ("اقرأ أيضاً", .related, 2), ("ข่าวที่เกี่ยวข้อง", .related, 17), ("12 Kommentare", .comments, 2),
      ("Комментарии (3)", .comments, 1), ("Yorum yaz", .comments, 2), ("评论", .comments, 2),
      ("Teilen", .share, 1), ("Udostępnij", .share, 1),
      ("Подписывайтесь на наш канал", .subscribe, 2),
      ("Über die Autorin", .author, 3), ("著者について", .author, 6), ("Sign in", .signIn, 2),
      ("Werbung", .advertisement, 1), ("Ключевые слова: порт", .tags, 2),
    ] as [(String, ExcessPhrase, Int)])
  func phrases(text: String, phrase: ExcessPhrase, length: Int) {
    let match = Self.match(text)
    #expect(match?.phrase == phrase, "\(text)")
    if !text.hasPrefix("ข่าว") { #expect(match?.length == length, "\(text)") }
  }

  @Test("a text that begins otherwise has no phrase")
  func noPhrase() {
    for text in ["", "7", "The dredger left on Monday.", "Sie lesen auch", "Мост закрыт", "港口"] {
      #expect(Self.match(text) == nil, "\(text)")
    }
  }

  @Test("each kind of phrase is known in at least thirty languages, and none is lost")
  func languages() {
    for phrase in ExcessPhrase.allCases {
      let lines = ExcessPhrase.phrases(phrase).split(separator: "\n")
      let languages = lines.map { $0.prefix { $0 != ":" } }
      #expect(Set(languages).count == languages.count && languages.count >= 30, "\(phrase)")
      for line in lines {
        for text in line.drop(while: { $0 != ":" }).dropFirst().split(separator: ";") {
          #expect(Self.match(String(text)) != nil, "\(text)")
        }
      }
    }
  }

  private static let teasers = """
    <body><article><h1>The old pier</h1><p>It was long and old, it had planks, said the keeper.</p>
    <div><h3>Related articles</h3><p><a href=/2026/11/a-dredger-has-left-the-port>A dredger left</a></p>
    <p><a href=/tag/port>Port</a></p></div></article>
    <article><h1>The ferry</h1><p>It sails at noon on all days but Sunday, they say.</p></article></body>
    """

  @Test("what stands under a phrase is told from what stands before it")
  func places() throws {
    let matrix = try Self.matrix(Self.teasers)
    let related = ExcessPhrase.related.rawValue
    let none = ByteScale.none
    let expected: [(Feature, [UInt8])] = [
      (.phrase, [0, 0, related, 0, 0, 0, 0]),
      (.phraseRest, [none, none, 0, none, none, none, none]),
      (.headingPhrase, [0, 0, 0, related, related, related, 0]),
      (.phraseAbove, [none, none, 1, 1, 1, none, none]),
      (.phraseAboveKind, [0, 0, related, related, related, 0, 0]),
      (.blocksSincePhrase, [none, none, none, 1, 2, 3, 4]),
      (.phraseBefore, [0, 0, 0, related, related, related, related]),
      (.linksToArticle, [0, 0, 0, 1, 0, 0, 0]),
      (.linksToTopic, [0, 0, 0, 0, 1, 0, 0]),
      (.titlesBefore, [1, 1, 1, 1, 1, 2, 2]),
      (.articlesBefore, [1, 1, 1, 1, 1, 2, 2]),
      (.pagePhrases, [1, 1, 1, 1, 1, 1, 1]),
    ]
    for (feature, values) in expected {
      #expect(BlockFeaturesTests.row(matrix, feature) == values, "\(feature)")
    }
  }

  @Test("evidence of phrases and links is told in words")
  func words() {
    #expect(Feature.phrase.words(for: ExcessPhrase.related.rawValue) == "other articles")
    #expect(Feature.headingPhrase.words(for: 0) == "none")
    #expect(Feature.phraseAboveKind.words(for: ExcessPhrase.comments.rawValue) == "comments")
    #expect(Feature.linksToSharing.words(for: 1) == "yes")
    #expect(Feature.blocksSinceOwnTitle.words(for: ByteScale.none) == "none")
  }

  // MARK: Title

  @Test("the page's title is found among its blocks, whatever tag it has")
  func title() throws {
    let html = """
      <body><h1>Harbour News</h1><div><b>Old pier closed</b></div><p>It was closed on Monday, they say.</p>
      <div><p>Old piers elsewhere</p></div></body>
      """
    let matrix = try Self.matrix(html, title: "Old pier closed for good")
    let none = ByteScale.none
    #expect(BlockFeaturesTests.row(matrix, .blocksSinceOwnTitle) == [none, 0, 1, 2])
    #expect(BlockFeaturesTests.row(matrix, .titleShare) == [0, 191, 42, 63])
    #expect(BlockFeaturesTests.row(matrix, .ownTitleUp) == [1, 0, 1, 2])
    #expect(BlockFeaturesTests.row(matrix, .pageHasOwnTitle) == [1, 1, 1, 1])
    let unknown = try Self.matrix(html)
    #expect(BlockFeaturesTests.row(unknown, .blocksSinceOwnTitle) == [none, none, none, none])
    #expect(BlockFeaturesTests.row(unknown, .ownTitleUp) == [none, none, none, none])
  }

  // MARK: Links

  @Test(
    "an address says where it leads",
    arguments: [
      ("https://www.facebook.com/sharer.php?u=1", [.host, .sharing]),
      ("https://x.com/intent", [.host, .sharing]), ("https://netflix.com/", .host),
      ("mailto:a@b.example", .sharing), ("/rss/all.xml", .sharing), ("/author/ada-finch", .topic),
      ("/tags/port", .topic), ("/stage/1", []), ("category/port", .topic),
      ("/2026/11/a-dredger-has-left", .article), ("/news/123456.html", .article),
      ("/news/1234-56", []), ("#top", .place), ("#comments", [.place, .response]),
      ("https://b.example/x#disqus_thread", [.host, .response]),
      ("https://www.port.example/x", []), ("//news.port.example/", []), ("", .place),
    ] as [(String, LinkKinds)])
  func addresses(address: String, kinds: LinkKinds) {
    let site = LinkKinds.site(of: "https://port.example/2026/x")
    let found = LinkKinds.of(Array(address.utf8).span, from: site)
    #expect(found == kinds, "\(address)")
  }

  @Test("the site of an address is the end of its host")
  func sites() {
    #expect(LinkKinds.site(of: "https://www.news.port.example/x") == Array("port.example".utf8))
    #expect(LinkKinds.site(of: "https://port.example") == Array("port.example".utf8))
    #expect(LinkKinds.site(of: "").isEmpty && LinkKinds.site(of: "port.example/x").isEmpty)
  }
}
