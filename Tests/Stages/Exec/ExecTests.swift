import Bytes
import Foundation
import Pipeline
import TestSupport
import Testing

@testable import ExecStage

/// What becomes of records that another program answers.
@Suite("exec")
struct ExecTests {
  /// Records `0`, `1` … with texts that say so.
  static func documents(_ count: Int, text: (Int) -> String = { "Text \($0)" }) -> [Document] {
    (0..<count).map { index in
      var document = Document(
        id: "\(index)", text: UTF8Text(text(index)), source: "test",
        origin: Origin(file: "test.ndjson", line: index + 1))
      document.metadata["url"] = .null
      return document
    }
  }

  /// Lets writing into a closed pipe fail instead of ending the process, as `winnow` has it. Programs that other tests
  /// start must not inherit that: a handler, unlike `SIG_IGN`, goes when a program is started.
  static func survivesClosedPipes() { signal(SIGPIPE) { _ in } }

  /// What becomes of each document: its text, the texts of several, or the reject.
  static func run(
    _ command: [String], _ settings: String = "", on documents: [Document]
  ) throws -> [String] {
    survivesClosedPipes()
    let words = JSONValue.array(command.map(JSONValue.string)).jsonText
    var worker = try Exec.made(from: "{\"command\": \(words)\(settings)}").makeWorker()
    return try worker.process(documents).map { outcome in
      switch outcome {
      case .keep(let made): made.map(\.text.string).joined(separator: " + ")
      case .drop(let drop):
        "\(drop.reason.name): \(drop.details["message"]?.string ?? "")"
          + (drop.details["answer"]?.string.map { " <\($0)>" } ?? "")
      }
    }
  }

  static func texts(_ indices: some Sequence<Int>) -> [String] { indices.map { "Text \($0)" } }

  /// A Python program that reads lines.
  static func python(_ body: String) -> [String] {
    [
      "python3", "-c",
      "import sys, json, time\nfor number, line in enumerate(sys.stdin):\n    record = json.loads(line)\n"
        + body.split(separator: "\n").map { "    \($0)\n" }.joined(),
    ]
  }

  @Test(
    "a program that changes nothing keeps everything", arguments: [["cat"], ["sed", "-e", ""]])
  func identity(command: [String]) throws {
    #expect(try Self.run(command, on: Self.documents(1000)) == Self.texts(0..<1000))
  }

  @Test("records of 10 MB go there and back")
  func large() throws {
    let text = String(repeating: "0123456789", count: 1 << 20)
    let documents = Self.documents(3) { "\($0)" + text }
    #expect(try Self.run(["cat"], on: documents) == (0..<3).map { "\($0)" + text })
  }

  @Test("a program that reads everything before it writes does not wait for ever")
  func afterEnd() throws {
    let command = ["python3", "-c", "import sys; sys.stdout.write(sys.stdin.read())"]
    let documents = Self.documents(500) { "\($0) " + String(repeating: "x", count: 10_000) }
    #expect(try Self.run(command, on: documents).count { $0.hasSuffix("xxx") } == 500)
  }

  @Test("a program that writes more than it reads does not wait for ever")
  func growing() throws {
    let command = Self.python("record['text'] *= 1000\nprint(json.dumps(record), flush=True)")
    let texts = try Self.run(command, on: Self.documents(1000))
    #expect(texts == (0..<1000).map { String(repeating: "Text \($0)", count: 1000) })
  }

  @Test("an answer changes what it mentions and keeps the rest")
  func members() throws {
    var document = Self.documents(1)[0]
    document.created = "2026-11-20T00:00:00.000Z"
    document.metadata["title"] = "Tides"
    document.annotations = ["entities": []]
    func answer(_ json: String) throws -> Document? {
      var worker = try Exec.made(from: #"{"command": ["sed", "s/.*/\#(json)/"]}"#).makeWorker()
      guard case .keep(let made) = try worker.process([document])[0] else { return nil }
      return made[0]
    }
    let scored = try answer(#"{\"score\": 1}"#)
    #expect(scored?.text == document.text)
    #expect(scored?.metadata == ["url": nil, "title": "Tides", "score": 1])
    #expect(scored?.annotations == document.annotations)
    #expect(scored?.created == document.created)
    let replaced = try answer(
      #"{\"id\": \"0\", \"text\": \"New\", \"metadata\": {\"a\": 1}, \"annotations\": {}}"#)
    #expect(replaced?.text.string == "New")
    #expect(replaced?.metadata == ["a": 1])
    #expect(replaced?.annotations == [:])
    #expect(replaced?.source == "test")
  }

  @Test("an empty line or null leaves a record out")
  func leftOut() throws {
    let command = Self.python("print(['', 'null', line.strip()][number % 3])")
    #expect(
      try Self.run(command, on: Self.documents(4)) == [
        "left_out: ", "left_out: ", "Text 2", "left_out: ",
      ])
  }

  @Test("lines without an end of line count at the end of a program that ended well")
  func unterminated() throws {
    let command = ["python3", "-c", "import sys; sys.stdout.write(sys.stdin.read().strip())"]
    #expect(try Self.run(command, on: Self.documents(3)) == Self.texts(0..<3))
  }

  @Test("grep as it is keeps the records that match")
  func grep() throws {
    let settings = #", "answers": "by_id", "success_codes": [0, 1]"#
    #expect(
      try Self.run(["grep", "-v", "Text 1"], settings, on: Self.documents(3))
        == ["Text 0", "left_out: ", "Text 2"])
    #expect(
      try Self.run(["grep", "nothing"], settings, on: Self.documents(2)) == [
        "left_out: ", "left_out: ",
      ])
  }

  @Test("several answers to one record are several records, in the order of the input")
  func several() throws {
    var worker = try Exec.made(
      from: #"{"command": ["sh", "-c", "sed -n 'p; s/Text/Copy/p' | tac"], "answers": "by_id"}"#
    ).makeWorker()
    let outcomes = try worker.process(Self.documents(2))
    let made = outcomes.map { outcome -> [String] in
      guard case .keep(let documents) = outcome else { return [] }
      return documents.map { "\($0.id) \($0.text.string)" }
    }
    #expect(made == [["0 Copy 0", "0#2 Text 0"], ["1 Copy 1", "1#2 Text 1"]])
  }

  @Test("records with one id are told apart")
  func sameID() throws {
    var documents = Self.documents(4)
    for index in documents.indices { documents[index].id = index < 3 ? "same" : "other" }
    #expect(
      try Self.run(
        ["grep", "-v", "Text 1"], #", "answers": "by_id", "success_codes": [0, 1]"#, on: documents)
        == ["Text 0", "left_out: ", "Text 2", "Text 3"])
  }

  @Test("a program beside the definition runs in the definition's folder")
  func besideDefinition() throws {
    Self.survivesClosedPipes()
    let folder = try TemporaryFolder()
    chmod(try folder.write("mark", "#!/bin/sh\nexec sed -f ./marks\n"), 0o755)
    try folder.write("marks", "s/Text/Mark/\n")
    var settings = Exec.Settings()
    settings.command = Command(["./mark"], folder: folder.path)
    let stage = try Exec(
      settings: settings, context: Context(label: "exec", standardInput: .standardInput))
    var worker = try stage.makeWorker()
    guard case .keep(let made) = try worker.process(Self.documents(1))[0] else {
      Issue.record("it was dropped")
      return
    }
    #expect(made.map(\.text.string) == ["Mark 0"])
  }
}
