import Bytes
import Pipeline
import TestSupport
import Testing

@testable import BoilerplateStage
@testable import HTMLStage

@Suite struct BoilerplateTests {
  /// What is left of a document.
  static func mainContent(
    html: String? = nil, text: String = "", classifier: Boilerplate.Classifier = .rules,
    favor: Boilerplate.Favor = .balanced, keepsRepeats: Bool = false,
    comments: Boilerplate.Comments = .drop, format: Page.Style.Format = .text
  ) throws -> String? {
    var document = Document(
      id: "page", text: UTF8Text(text), html: html.map { RawHTML(bytes: Array($0.utf8)) },
      origin: Origin(file: "page"))
    let context = Context(label: "stage", standardInput: .standardInput)
    var style = HTML.Settings()
    style.style.format = format
    let reader = try HTML(settings: style, context: context).makeWorker()
    _ = try reader.process(&document)
    var settings = Boilerplate.Settings()
    settings.classifier = classifier
    settings.favor = favor
    settings.keepsRepeats = keepsRepeats
    settings.comments = comments
    var chooser = try Boilerplate(settings: settings, context: context).makeWorker()
    switch chooser.process(&document) {
    case .keep: return document.text.string
    case .drop(let drop):
      #expect(drop.reason == .noMainContent)
      return nil
    }
  }

  static let first =
    "The dredger left the harbour on Monday, two weeks later than the port had announced in spring."
  static let second =
    "Its crew of eleven has to clear the channel before the autumn storms, said the harbour master."
  static let third =
    "Ferries to the islands will leave from the old coal pier until the work is done in November."

  // MARK: Pages

  @Test("an article is left without menu, sidebar, share buttons, comments and footer")
  func article() throws {
    let page = """
      <html><head><title>Dredger leaves</title></head><body>
      <div class="site-header"><ul class="menu"><li><a href="/">Home</a><li><a href="/n">News</a></ul></div>
      <div id="wrap"><div class="post-body">
      <h1>Dredger leaves</h1>
      <p>\(Self.first)</p><h2>The work</h2><p>\(Self.second)</p>
      <div class="social-share"><a href="x">Share this</a> <a href="y">Print this page</a></div>
      <p>\(Self.third)</p></div>
      <div class="sidebar"><h3>Most read</h3><p>A dog that was lost in the market hall for three days has
      been found asleep in a bread van, and nobody minds.</p></div>
      <div id="comments"><h3>2 comments</h3><p>I saw it leave from my kitchen window, and it was a fine
      sight to see for an old sailor like me.</p></div></div>
      <footer><p>The Harbour Courier is printed by the cooperative of its readers since nineteen twelve.</p>
      <p>Imprint | Privacy</p></footer></body></html>
      """
    let expected = [Self.first, "The work", Self.second, Self.third].joined(separator: "\n\n")
    #expect(try Self.mainContent(html: page) == expected)
  }

  @Test("the posts of a forum thread are its content, whatever they are called")
  func forum() throws {
    let posts = [Self.first, Self.second, Self.third].map {
      "<div class='comment'><p>\($0)</p></div>"
    }
    let page = "<body><div class='thread'>\(posts.joined())</div></body>"
    let expected = [Self.first, Self.second, Self.third].joined(separator: "\n\n")
    #expect(try Self.mainContent(html: page) == expected)
  }

  @Test("list items stand line by line")
  func lists() throws {
    let items = (1...3).map {
      "<li>Bring \($0) warm blankets and something hot to drink with you.</li>"
    }
    let page =
      "<article><p>\(Self.first)</p><ul>\(items.joined())</ul><p>\(Self.second)</p></article>"
    #expect(
      try Self.mainContent(html: page) == """
        \(Self.first)

        Bring 1 warm blankets and something hot to drink with you.
        Bring 2 warm blankets and something hot to drink with you.
        Bring 3 warm blankets and something hot to drink with you.

        \(Self.second)
        """)
  }

  @Test("a paragraph that stands twice is kept once, unless it is asked for")
  func repeats() throws {
    let page = "<article><p>\(Self.first)</p><p>\(Self.second)</p><p> \(Self.first)\n</p></article>"
    #expect(try Self.mainContent(html: page) == "\(Self.first)\n\n\(Self.second)")
    #expect(
      try Self.mainContent(html: page, keepsRepeats: true)
        == "\(Self.first)\n\n\(Self.second)\n\n\(Self.first)")
  }

  @Test("a repeat is one in Markdown, too, however it is written; lines of code and rows are none")
  func repeatsInMarkdown() throws {
    let page = """
      <article><p>\(Self.first)</p><p>\(Self.second)</p><ul><li><b>\(Self.first)</b></li></ul>
      <pre>\(Self.second)</pre><p>\(Self.third)</p></article>
      """
    #expect(
      try Self.mainContent(html: page, format: .markdown)
        == "\(Self.first)\n\n\(Self.second)\n\n```\n\(Self.second)\n```\n\n\(Self.third)")
  }

  @Test("comments under an article are dropped, or put behind it")
  func comments() throws {
    let page = """
      <body><article class="post has-comments"><p>\(Self.first)</p><p>\(Self.second)</p></article>
      <section id="comments" class="post-comments"><h3>1 comment</h3><div class="comment-body">
      <p>I saw it leave from my kitchen window.</p><p><a href=r>Reply</a></p></div>
      <div id="respond"><p>Your address will not be shown to the others who write here.</p></div></section>
      <p>\(Self.third)</p></body>
      """
    let article = [Self.first, Self.second, Self.third].joined(separator: "\n\n")
    #expect(try Self.mainContent(html: page) == article)
    #expect(
      try Self.mainContent(html: page, comments: .keep)
        == article + "\n\n1 comment\n\nI saw it leave from my kitchen window.")
  }

  @Test("posts that are called comments are a thread's content either way")
  func thread() throws {
    let posts = [Self.first, Self.second, Self.third].map {
      "<div class='comment'><p>\($0)</p></div>"
    }
    let page = "<body><h1>Dredging</h1><div id=comments>\(posts.joined())</div></body>"
    let dropped = try Self.mainContent(html: page)
    #expect(dropped == ["Dredging", Self.first, Self.second, Self.third].joined(separator: "\n\n"))
    #expect(try Self.mainContent(html: page, comments: .keep) == dropped)
  }

  @Test("a row of data is kept whole or not at all, and with it the names of its columns")
  func rows() throws {
    let page = """
      <article><p>\(Self.first)</p><p>\(Self.second)</p>
      <table><tr><th>Berth<th>Depth<th>Remarks<tr><td><p>7</p><td><p>4 m</p><td><p>\(Self.third)</p>
      </table></article>
      """
    let text = try #require(try Self.mainContent(html: page))
    #expect(text.hasSuffix("\n\nBerth | Depth | Remarks\n7 | 4 m | \(Self.third)"))
  }

  @Test("precision keeps no more than balanced, and balanced no more than recall")
  func favor() throws {
    let page = """
      <body><div><p>\(Self.first)</p><p>\(Self.second)</p><p>\(Self.third)</p>
      <p>Boats in winter storage: <a href="t">the rules of the yard</a>, of last year</p>
      <p><a href="u">Read the report on the dredging work of last year</a>, 40 pages</p></div></body>
      """
    let counts = try [Boilerplate.Favor.precision, .balanced, .recall].map {
      try Self.mainContent(html: page, favor: $0)?.utf8.count ?? 0
    }
    #expect(counts == counts.sorted())
    #expect(counts[0] < counts[2])
  }

  @Test("a page of links alone is dropped")
  func linksOnly() throws {
    let links = (0..<30).map { "<li><a href='\($0)'>Page number \($0)</a></li>" }.joined()
    #expect(try Self.mainContent(html: "<body><ul>\(links)</ul></body>") == nil)
  }

  // MARK: Models

  @Test("the built-in model leaves an article without menu, sidebar, comments and footer")
  func model() throws {
    let page = """
      <html><head><title>Dredger leaves</title><meta property="og:type" content="article"></head><body>
      <nav class="menu"><ul><li><a href="/">Home</a><li><a href="/n">News</a><li><a href="/c">Contact</a></ul></nav>
      <main><article class="post"><div class="entry-content">
      <p>\(Self.first)</p><p>\(Self.second)</p><p>\(Self.third)</p></div></article></main>
      <aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">A dog in a bread van</a>
      <li><a href="/b">Ten ways to tie a knot</a></ul></aside>
      <footer class="site-footer"><p><a href="/i">Imprint</a> | <a href="/p">Privacy</a></p></footer>
      </body></html>
      """
    let expected = [Self.first, Self.second, Self.third].joined(separator: "\n\n")
    #expect(try Self.mainContent(html: page, classifier: .model) == expected)
  }

  @Test("a model file that cannot be used is a complaint about the setting")
  func complaints() throws {
    let folder = try TemporaryFolder()
    try folder.write("page.html", "<html>")
    let context = Context(label: "stage", standardInput: .standardInput)
    var settings = Boilerplate.Settings()
    settings.model = FilePath(folder.path("page.html"))
    #expect(
      throws: Complaint(
        "model",
        "names \(folder.path("page.html")), which is not a model of main content: train one with "
          + "Tools/main-content/train.py")
    ) { try Boilerplate(settings: settings, context: context) }
    settings.model = FilePath(folder.path("none"))
    #expect(
      throws: Complaint(
        "model",
        "names \(folder.path("none")), which cannot be read: No such file or directory")
    ) { try Boilerplate(settings: settings, context: context) }
    settings.classifier = .rules
    #expect(throws: Complaint("model", "is of no use to the classifier rules")) {
      try Boilerplate(settings: settings, context: context)
    }
  }

  // MARK: Texts

  @Test("a caption that stands twice in a text is kept once")
  func caption() throws {
    let text =
      "A Title\n\n\n\(Self.first)\n\n\(Self.second)\n\n\(Self.third)\n\n\(Self.second)  \n\nThe end.\n"
    #expect(
      try Self.mainContent(text: text)
        == ["A Title", Self.first, Self.second, Self.third, "The end."].joined(separator: "\n\n"))
  }

  @Test("a site's own lines at the end of a text are dropped")
  func tail() throws {
    let text = """
      \(Self.first)

      \(Self.second)

      The views expressed here are not necessarily those of the publisher, and the editors cannot
      guarantee that they are complete.

      About Us - Policies - Comment Policy

      © 2026 The Harbour Courier. All rights reserved.
      """
    #expect(try Self.mainContent(text: text) == "\(Self.first)\n\n\(Self.second)")
  }

  @Test("an article on copyright keeps its text")
  func notTheSite() throws {
    let text =
      "Copyright for Beginners\n\nEvery photograph has an author. \(Self.first)\n\n\(Self.third)"
    #expect(try Self.mainContent(text: text) == text)
  }

  @Test("empty and blank texts are dropped", arguments: ["", " \n\n\t\n"])
  func blank(text: String) throws {
    #expect(try Self.mainContent(text: text) == nil)
  }
}
