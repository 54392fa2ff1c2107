import Bytes
import Pipeline
import Testing

@testable import Runner

@Suite struct PageAccountTests {
  @Test("text is cut by the columns that it takes")
  func columns() {
    #expect(ShownText.fitting("harbour", columns: 7) == "harbour")
    #expect(ShownText.fitting("harbour", columns: 6) == "harbo…")
    #expect(ShownText.fitting("灯台守の家", columns: 10) == "灯台守の家")
    #expect(ShownText.fitting("灯台守の家", columns: 9) == "灯台守の…")
    #expect(ShownText.fitting("灯台守の家", columns: 8) == "灯台守…")
    #expect(ShownText.fitting("e\u{301}e\u{301}", columns: 2) == "e\u{301}e\u{301}")
    #expect(ShownText.fitting("", columns: 1) == "")
  }

  @Test("controls and marks of direction are not shown")
  func harmless() {
    #expect(
      ShownText.harmless("a\u{1B}[2Jb\u{202E}c\u{2028}d\ne\u{85}") == "a\u{FFFD}[2Jbc d e\u{FFFD}")
    #expect(ShownText.harmless("a\n\tb", keepsLines: true) == "a\n\tb")
  }

  private static func account(_ document: Document, _ stages: [LabelledStage]) throws -> PageAccount
  {
    let definition = Definition(
      inputs: [], stages: stages, output: Memory(settings: .init(), context: context), rejects: nil,
      run: RunSettings())
    return try PageAccount(of: .keep(document), named: document.id, in: definition)
  }

  private static let context = Context(label: "shuffle", standardInput: .standardInput)

  private static func document(_ id: String) -> Document {
    Document(id: id, text: UTF8Text("Text."), origin: Origin(file: id))
  }

  @Test("an ordered stage decides with a ledger that has seen nothing")
  func ordered() throws {
    let stage = LabelledStage(
      label: "shuffle", stage: Shuffle(settings: .init(), context: Self.context))
    // Its ledger drops the second of each digit 5, and here there is never a second.
    for _ in 0..<2 {
      let account = try Self.account(Self.document("5"), [stage])
      #expect(account.rejection == nil)
      #expect(account.document.annotations == ["shuffle": ["place": 1]])
    }
    let account = try Self.account(Self.document("9"), [stage, stage])
    #expect(account.rejection?.drop.reason == Shuffle.tenth)
    #expect(account.steps.count == 1)
    #expect(account.unseen == ["shuffle"])
  }

  @Test("colours are only where they are wanted, and no line is longer than the screen")
  func writing() throws {
    var document = Self.document("5")
    document.metadata["title"] = .string(String(repeating: "A long title. ", count: 20))
    let stage = LabelledStage(
      label: "shuffle", stage: Shuffle(settings: .init(), context: Self.context))
    let account = try Self.account(document, [stage])
    let plain = account.text(columns: 60, isColored: false)
    #expect(!plain.contains("\u{1B}"))
    for line in plain.split(separator: "\n") { #expect(line.count <= 60) }
    let colored = account.text(columns: 60, isColored: true)
    #expect(colored.contains("\u{1B}[32mkept\u{1B}[0m"))
    #expect(colored.replacing(#/\u{1B}\[[0-9]+m/#, with: "") == plain)
  }

  @Test("what a stage changes is told by kind")
  func changes() {
    var before = Self.document("1")
    before.metadata["url"] = .null
    var after = before
    after.text = UTF8Text("Another text.")
    after.metadata["title"] = "Title"
    after.metadata["author"] = .null
    after.annotate("charset", "koi8-r", label: "html")
    let changes = Change.between(before, after)
    #expect(changes.map(\.name) == ["text", "title", "not found", "html.charset"])
    #expect(
      changes.map(\.value.shown) == [
        "rewritten: 13 characters, 2 words, before 5 characters, 1 word", "Title", "author",
        "koi8-r",
      ])
    #expect(Change.between(before, before).isEmpty)
  }
}
