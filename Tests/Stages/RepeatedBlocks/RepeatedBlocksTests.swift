import Bytes
import Pipeline
import TestSupport
import Testing

@testable import NearDuplicatesStage
@testable import RepeatedBlocksStage

@Suite("repeated_blocks")
struct RepeatedBlocksTests {
  static let disclaimer = "The authors answer for what they write, and nobody else does."

  // MARK: Settings

  @Test("without settings, a paragraph that three other documents of the host have is dropped")
  func defaults() throws {
    let settings = try RepeatedBlocks.Settings.read(from: "{}")
    #expect(settings.unit == .paragraph)
    #expect(settings.scope == .host)
    #expect(settings.documents == 3)
    #expect(settings.minimumWords == 5)
    #expect(!settings.firstPass)
    #expect(settings.action == .drop)
    #expect(settings.memory == .mebibytes(256))
  }

  @Test(
    "each rule has its message",
    arguments: [
      (#"{"documents": 0}"#, "documents must be within 1...32, is 0"),
      (#"{"documents": 33}"#, "documents must be within 1...32, is 33"),
      (#"{"minimum_words": 0}"#, "minimum_words must be within 1...1000, is 0"),
      (#"{"memory": "1 KiB"}"#, #"memory must be at least 1 MiB, is "1 KiB""#),
      (
        #"{"unit": "lines"}"#,
        #"unit must be one of "paragraph", "line", is "lines"; did you mean line?"#
      ),
      (
        #"{"scope": "site"}"#, #"scope must be one of "host", "corpus", is "site""#
      ),
    ])
  func rules(json: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) {
      try RepeatedBlocks.Settings.read(from: json)
    }
  }

  // MARK: Decisions

  @Test("a block is dropped once three other documents of the host had it")
  func decisions() throws {
    var stage = try Harness()
    let pages = (1...6).map { "Page number \($0).\n\n\(Self.disclaimer)\n\nThe end of page \($0)." }
    let texts = try pages.enumerated().map { index, text in
      try stage.run(text, "https://a.example/\(Harness.names[index])")
    }
    #expect(
      texts == [
        pages[0], pages[1], pages[2], "Page number 4.\n\nThe end of page 4.",
        "Page number 5.\n\nThe end of page 5.", "Page number 6.\n\nThe end of page 6.",
      ])
  }

  @Test("hosts do not mix, unless the scope is the corpus")
  func scope() throws {
    for (scope, expected) in [("host", "Own text.\n\n" + Self.disclaimer), ("corpus", "Own text.")]
    {
      var stage = try Harness(#"{"documents": 1, "scope": "\#(scope)"}"#)
      _ = try stage.run(Self.disclaimer, "https://a.example/a")
      let text = try stage.run("Own text.\n\n" + Self.disclaimer, "https://b.example/b")
      #expect(text == expected)
    }
  }

  @Test("case, accents, punctuation and white space make no difference")
  func folding() throws {
    var stage = try Harness(#"{"documents": 1}"#)
    _ = try stage.run("Señor Núñez writes for us,\nevery week!", "https://a.example/a")
    let text = try stage.run(
      "Own.\n\nSENOR NUNEZ – writes for   us every week", "https://a.example/b")
    #expect(text == "Own.")
  }

  @Test("a block in one document many times, or one document many times, counts once")
  func onceADocument() throws {
    var stage = try Harness(#"{"documents": 2}"#)
    let thrice = [Self.disclaimer, Self.disclaimer, Self.disclaimer].joined(separator: "\n\n")
    for _ in 0..<3 { #expect(try stage.run(thrice, "https://a.example/a") == thrice) }
    #expect(try stage.run(thrice, "https://a.example/b") == thrice)
    // Another one: the two others are enough now, for whoever comes.
    #expect(try stage.run("Own.\n\n" + thrice, "https://a.example/c") == "Own.")
    #expect(try stage.run("Own.\n\n" + thrice, "https://a.example/a") == "Own.")
  }

  @Test("without URL the id tells documents apart, and all are of one host")
  func withoutURL() throws {
    var stage = try Harness(#"{"documents": 2}"#)
    for id in ["a", "a", "b"] {
      #expect(try stage.run(Self.disclaimer, nil, id: id) == Self.disclaimer)
    }
    #expect(try stage.run("Own.\n\n" + Self.disclaimer, nil, id: "c") == "Own.")
  }

  @Test("files are of the host that their canonical URL names")
  func canonical() throws {
    var stage = try Harness(#"{"documents": 1}"#)
    _ = try stage.run(Self.disclaimer, "https://www.a.example/a")
    var document = Harness.document("Own.\n\n" + Self.disclaimer, nil, id: "file")
    document.metadata["canonical_url"] = "https://a.example/file"
    #expect(try stage.run(&document).kept)
    #expect(document.text.string == "Own.")
  }

  @Test("blocks with fewer words than minimum_words stay")
  func shortBlocks() throws {
    var stage = try Harness(#"{"documents": 1}"#)
    let text = "Read more about this.\n\nRead more about this here.\n\n你好吗?\n\n你好吗朋友?"
    _ = try stage.run(text, "https://a.example/a")
    #expect(
      try stage.run(text, "https://a.example/b") == "Read more about this.\n\n你好吗?")
  }

  @Test("with the unit line, lines of a list are dropped one by one")
  func lines() throws {
    var stage = try Harness(#"{"documents": 1, "unit": "line", "minimum_words": 2}"#)
    _ = try stage.run("  First item\nSecond item\nThird item", "https://a.example/a")
    #expect(
      try stage.run(
        "New item\n  second item\n  Fourth item\n\nThird item\n\n    Last item\n",
        "https://a.example/b") == "New item\n  Fourth item\n\n    Last item\n")
  }

  @Test("a document of which nothing is left is rejected with its text as it was")
  func nothingLeft() throws {
    var stage = try Harness(#"{"documents": 1}"#)
    _ = try stage.run(Self.disclaimer, "https://a.example/a")
    var document = Harness.document("\n\(Self.disclaimer)\n", "https://a.example/b")
    let verdict = try stage.run(&document)
    #expect(!verdict.kept)
    #expect(verdict.drop == Drop(reason: .onlyRepeatedBlocks, details: ["blocks": 1, "bytes": 61]))
    #expect(document.text.string == "\n\(Self.disclaimer)\n")
  }

  @Test("annotations say what was dropped; with the action annotate it stays")
  func annotations() throws {
    for (action, expected) in [("drop", "Own."), ("annotate", "Own.\n\n" + Self.disclaimer)] {
      var stage = try Harness(#"{"documents": 1, "action": "\#(action)"}"#)
      var first = Harness.document(Self.disclaimer, "https://a.example/a")
      #expect(try stage.run(&first).kept)
      #expect(first.annotations == [:])
      var second = Harness.document("Own.\n\n" + Self.disclaimer, "https://a.example/b")
      #expect(try stage.run(&second).kept)
      #expect(second.text.string == expected)
      #expect(second.annotations == ["blocks label": ["blocks": 1, "bytes": 61]])
    }
  }

  // MARK: State

  @Test("with state, what was counted on one night decides on the next")
  func nights() throws {
    let keys = MemoryKeySpace()
    var first = try Harness(state: keys)
    for name in Harness.names[..<3] {
      #expect(try first.run(Self.disclaimer, "https://a.example/\(name)") == Self.disclaimer)
    }
    var second = try Harness(state: keys)
    #expect(try second.run("New.\n\n" + Self.disclaimer, "https://a.example/new") == "New.")
  }

  @Test("the same pages on every night never lose a text of their own")
  func samePages() throws {
    let keys = MemoryKeySpace()
    let text = "What only this page says, every night anew."
    for _ in 0..<10 {
      var night = try Harness(state: keys)
      for name in Harness.names {
        #expect(try night.run("\(text) \(name)", "https://a.example/\(name)") == "\(text) \(name)")
      }
    }
  }

  @Test("the format of the state is frozen")
  func format() throws {
    let keys = MemoryKeySpace()
    var stage = try Harness(state: keys)
    _ = try stage.run(Self.disclaimer, "https://a.example/a")
    var found: [String] = []
    keys.forEach(prefix: []) { key, value in
      found.append("\(key) \(value)")
      return true
    }
    #expect(
      found == [
        "[19, 170, 70, 81, 73, 168, 158, 249] [0, 32, 0, 0, 0, 0, 0, 0]",
        "[98, 108, 111, 99, 107, 32, 102, 111, 114, 109, 97, 116] [2]",
      ])
  }

  @Test("a state of another format is refused")
  func otherFormat() throws {
    let keys = MemoryKeySpace()
    keys.set([9], for: Array("block format".utf8))
    let error = #expect(throws: UnknownBlockFormat.self) { try Harness(state: keys) }
    #expect(
      error?.description
        == "the state's repeated blocks have a format that this version of winnow does not know; "
        + "run the version that wrote them, or begin with a new state directory")
  }

  // MARK: Against a naive version

  @Test(
    "decisions are those of a dictionary of sets, in memory and with state",
    arguments: 0..<40 as Range<UInt64>)
  func property(seed: UInt64) throws {
    var random = Seed(seed)
    let documents = 1 + random.below(4)
    let json = #"{"documents": \#(documents), "minimum_words": 1}"#
    var inMemory = try Harness(json)
    var stored = try Harness(json, state: MemoryKeySpace())
    var seen: [String: Set<String>] = [:]
    for _ in 0..<60 {
      let host = "h\(random.below(2)).example"
      let name = Harness.names[random.below(Harness.names.count)]
      let blocks = (0..<random.below(6)).map { _ in "block \(random.below(8))" } + ["own \(name)"]
      let left = blocks.filter {
        seen["\(host) \($0)", default: []].subtracting([name]).count < documents
      }
      for block in blocks { seen["\(host) \(block)", default: []].insert(name) }
      let text = blocks.joined(separator: "\n\n")
      // The name alone chooses the bit: the id is the same on both hosts.
      for index in 0..<2 {
        var document = Harness.document(text, nil, id: name)
        document.metadata["canonical_url"] = .string("http://\(host)/")
        let verdict = index == 0 ? try inMemory.run(&document) : try stored.run(&document)
        #expect(verdict.kept == !left.isEmpty)
        if verdict.kept { #expect(document.text.string == left.joined(separator: "\n\n")) }
      }
    }
  }

  // MARK: Hostile texts

  @Test("a million lines are read, and those beyond the limit stay")
  func manyLines() throws {
    var stage = try Harness(#"{"documents": 1, "minimum_words": 1, "unit": "line"}"#)
    let text = String(repeating: "x\n", count: 1_000_000)
    _ = try stage.run(text, "https://a.example/a")
    let rest = try stage.run(text, "https://a.example/b")
    #expect(rest == String(repeating: "x\n", count: 1_000_000 - BlockReader.maximumBlocks))
  }

  @Test("one line of 50 MB is one block, and a line of many pieces is found again")
  func longLines() throws {
    var stage = try Harness(#"{"documents": 1}"#)
    for (repeats, isSeenTwice) in [(4_000_000, false), (20_000, true)] {
      let text = String(repeating: "word by word ", count: repeats)
      var document = Harness.document("Own.\n\n" + text, "https://a.example/a")
      #expect(try stage.run(&document).kept)
      #expect(document.text.bytes.count == 6 + text.utf8.count)
      guard isSeenTwice else { continue }
      #expect(try stage.run("Own.\n\n" + text, "https://a.example/b") == "Own.")
    }
  }

  @Test("texts without words, and empty ones, pass")
  func wordless() throws {
    var stage = try Harness(#"{"documents": 1, "minimum_words": 1}"#)
    for text in ["", " \n\n ", "…\n\n– – –", "\n\n\n\u{0}"] {
      for name in ["a", "b", "c"] {
        #expect(try stage.run(text, "https://a.example/\(name)") == text)
      }
    }
  }
}

/// A stage with its one worker and ledger.
private struct Harness {
  private var worker: RepeatedBlocks.Worker
  private var ledger: RepeatedBlocks.Ledger

  /// As ids, or behind `https://a.example/`, these names have different bits.
  static let names = ["d", "f", "g", "h", "i", "j", "k", "l", "m", "p"]

  init(_ json: String = "{}", state: MemoryKeySpace? = nil) throws {
    let stage = RepeatedBlocks(
      settings: try .read(from: json),
      context: Context(label: "blocks label", standardInput: .standardInput))
    worker = stage.makeWorker()
    ledger = try stage.openLedger(state.map { StageState(keys: $0, run: 1) })
  }

  static func document(_ text: String, _ url: String?, id: String = "id") -> Document {
    Document(
      id: id, text: UTF8Text(text), metadata: ["url": JSONValue(url)], origin: Origin(file: "test"))
  }

  struct Decision {
    var drop: Drop?
    var kept: Bool { drop == nil }
  }

  mutating func run(_ document: inout Document) throws -> Decision {
    guard case .keep(let finding) = worker.process(&document) else { return Decision() }
    switch try ledger.commit(&document, finding) {
    case .keep: return Decision()
    case .drop(let drop): return Decision(drop: drop)
    }
  }

  /// The text that is left; of a document that is dropped, what it was.
  mutating func run(_ text: String, _ url: String?, id: String = "id") throws -> String {
    var document = Harness.document(text, url, id: id)
    _ = try run(&document)
    return document.text.string
  }
}
