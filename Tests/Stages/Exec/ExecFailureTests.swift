import Bytes
import Foundation
import Pipeline
import TestSupport
import Testing

@testable import ExecStage

/// Programs that do not do what they should: the record at fault is rejected, all others are served.
@Suite("exec: programs that fail")
struct ExecFailureTests {
  /// All texts but one, in whose place stands `reject`.
  private func texts(_ count: Int, but index: Int, _ reject: String) -> [String] {
    var texts = ExecTests.texts(0..<count)
    texts[index] = reject
    return texts
  }

  @Test(
    "one that crashes at record 100, whether its answers came out before or not",
    arguments: [
      ("raise ValueError", "the program ended with exit code 1"),
      (
        "import os; os.kill(os.getpid(), 11)",
        "the program was ended by signal 11 (Segmentation fault)"
      ),
      ("import os; os._exit(7)", "the program ended with exit code 7"),
      ("import os; sys.stdout.flush(); os._exit(7)", "the program ended with exit code 7"),
    ])
  func crash(deed: String, message: String) throws {
    let command = ExecTests.python(
      "if record['id'] == '100': exec('\(deed)')\nsys.stdout.write(line)")
    #expect(
      try ExecTests.run(command, on: ExecTests.documents(300))
        == texts(300, but: 100, "program_failed: \(message)"))
  }

  @Test(
    "one that hangs at a record, whether its answers came out before or not",
    arguments: [
      ["sh", "-c", "while read -r l; do case $l in *:*3*) sleep 600;; esac; echo \"$l\"; done"],
      ["awk", "/Text 3/ { while (1) {} } { print }"],
    ])
  func hang(command: [String]) throws {
    #expect(
      try ExecTests.run(command, #", "seconds": 2"#, on: ExecTests.documents(8))
        == texts(8, but: 3, "too_slow: the program was silent for 2 seconds"))
  }

  @Test("one that prints rubbish for a record")
  func rubbish() throws {
    let command = ExecTests.python("print('rubbish' if number == 2 else line.strip())")
    #expect(
      try ExecTests.run(command, on: ExecTests.documents(4))
        == texts(
          4, but: 2,
          "bad_answer: the line is no JSON: expected a value, found 'r', at byte 0 <rubbish>"))
  }

  @Test("one that prints a line too many, or names another record, for a record alone too")
  func misled() throws {
    let tooMany = ExecTests.python(
      "if record['id'] == '2': print('Loading')\nsys.stdout.write(line)")
    #expect(
      try ExecTests.run(tooMany, on: ExecTests.documents(5))
        == texts(5, but: 2, "bad_answer: 2 lines came back for one record <Loading>"))
    let other = ExecTests.python(
      "if record['id'] == '2': record['id'] = 'x'\nprint(json.dumps({'id': record['id']}))")
    let reject = #"bad_answer: the line names another record: x <{"id": "x"}>"#
    #expect(
      try ExecTests.run(other, on: ExecTests.documents(5)) == texts(5, but: 2, reject))
    #expect(
      try ExecTests.run(other, #", "answers": "by_id""#, on: ExecTests.documents(5))
        == texts(5, but: 2, reject))
  }

  @Test("a filter without by_id is told what it needs")
  func filter() throws {
    #expect(
      try ExecTests.run(["sed", "/Text 1/d"], on: ExecTests.documents(3))
        == texts(
          3, but: 1,
          "bad_answer: no line came back; a program that leaves records out needs \"answers\": \"by_id\""
        ))
  }

  @Test("one that leaves a child behind, which holds its output open")
  func child() throws {
    let started = ContinuousClock.now
    #expect(
      try ExecTests.run(["sh", "-c", "sleep 600 & exec cat"], on: ExecTests.documents(3))
        == ExecTests.texts(0..<3))
    // What the child sleeps would be ten minutes.
    #expect(ContinuousClock.now - started < .seconds(60))
  }

  @Test("one that closes its input early")
  func early() throws {
    let documents = ExecTests.documents(2000) { "Text \($0)" }
    #expect(
      try ExecTests.run(["head", "-1"], #", "answers": "by_id""#, on: documents)
        == ["Text 0"] + Array(repeating: "left_out: ", count: 1999))
  }

  @Test("one that answers without end is stopped")
  func endless() throws {
    let words = JSONValue.array(["yes", "x"]).jsonText
    ExecTests.survivesClosedPipes()
    let stage = try Exec(
      settings: .read(from: "{\"command\": \(words)}"),
      context: Context(label: "exec", standardInput: .standardInput, maximumDocument: 100_000))
    var worker = try stage.makeWorker()
    guard case .drop(let drop) = try worker.process(ExecTests.documents(1))[0] else {
      Issue.record("it was kept")
      return
    }
    #expect(
      drop == Drop(reason: .badAnswer, details: ["message": "more than 100000 bytes came back"]))
  }

  @Test("one that fails at too many records ends the run")
  func tooMany() {
    #expect {
      try ExecTests.run(["false"], #", "max_failures": 2"#, on: ExecTests.documents(10))
    } throws: { error in
      "\(error)"
        == "exec: the program failed at more than 2 records, and max_failures allows no more; the last one was 2: "
        + "the program ended with exit code 1"
    }
  }

  @Test("what becomes of a record does not depend on the others")
  func alone() throws {
    let command = ExecTests.python(
      """
      if record['id'] in '3 4 17'.split(): raise ValueError
      if record['id'] == '9': print()
      elif record['id'] == '11': print('rubbish')
      else: sys.stdout.write(line)
      """)
    let documents = ExecTests.documents(20)
    let together = try ExecTests.run(command, on: documents)
    #expect(together == (try documents.flatMap { try ExecTests.run(command, on: [$0]) }))
    #expect(together.count { $0.hasPrefix("Text") } == 15)
  }
}

/// Programs that live for the run.
@Suite("exec: lifetime run")
struct ExecForRunTests {
  private let forRun = #", "lifetime": "run""#

  @Test("one copy serves several batches")
  func batches() throws {
    ExecTests.survivesClosedPipes()
    let script =
      "import sys, os, json\\nfor line in sys.stdin: print(json.dumps({'text': str(os.getpid())}), flush=True)"
    var worker = try Exec.made(from: "{\"command\": [\"python3\", \"-c\", \"\(script)\"]\(forRun)}")
      .makeWorker()
    var texts: Set<String> = []
    for _ in 0..<3 {
      for case .keep(let made) in try worker.process(ExecTests.documents(4)) {
        texts.formUnion(made.map(\.text.string))
      }
    }
    #expect(texts.count == 1)
  }

  @Test("one that crashes is started again")
  func crash() throws {
    let command = ExecTests.python(
      "if record['id'] == '5': raise ValueError\nprint(line.strip(), flush=True)")
    var texts = ExecTests.texts(0..<9)
    texts[5] = "program_failed: the program ended with exit code 1 before it had answered"
    #expect(try ExecTests.run(command, forRun, on: ExecTests.documents(9)) == texts)
  }

  @Test("one that holds its answers back is told so")
  func buffering() throws {
    #expect(
      try ExecTests.run(
        ["awk", "{ print }"], forRun + #", "seconds": 2"#, on: ExecTests.documents(2))
        == Array(
          repeating:
            "too_slow: the program was silent for 2 seconds; if it holds its answers back, make it "
            + "write each at once, or write \"lifetime\": \"batch\"", count: 2))
  }
}
