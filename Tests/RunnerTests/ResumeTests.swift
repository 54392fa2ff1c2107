import Bytes
import Pipeline
import State
import TestSupport
import Testing

@testable import Runner

@Suite struct ResumeTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two ordered stages whose decisions depend on everything before, and one between them that fails
  /// once at each of some documents.
  private func definition(
    _ name: String, crashes: [Int] = [], count: Int = 3000, batch: String = "1 KiB",
    checkpoint: String = "4 KiB", digits: String = "", output: String = "",
    stop: StopSignal = StopSignal()
  ) throws -> Definition {
    let fragile = crashes.map {
      #"{"use": "fragile", "label": "fragile \#($0)", "at": \#($0), "name": "\#(folder.path)"}, "#
    }
    return try Registry.test.definition(
      """
      { "input": {"use": "numbers", "count": \(count)\(digits)},
        "stages": [{"use": "shuffle"}, \(fragile.joined()){"use": "shuffle", "label": "again"}],
        "output": {"use": "memory", "name": "\(name)"\(output)},
        "rejects": {"use": "memory", "name": "\(name) rejects"},
        "run": {"batch": "\(batch)", "memory": "16 MiB", "state": "\(folder.path("state"))",
                "state_memory": "16 MiB", "checkpoint_bytes": "\(checkpoint)"} }
      """, stop: stop)
  }

  private func run(
    _ definition: Definition, jobs: Int = 2, stop: StopSignal = StopSignal(), accepts: Bool = false
  ) throws -> (ending: Run.Ending, report: Report) {
    let run = try Run(definition, jobs: jobs, stop: stop, acceptsChanges: accepts)
    let ending = try run.run()
    return (ending, Report(run, ending: ending))
  }

  @Test(
    "a run that crashes again and again gives what a run gives that does not",
    arguments: [1, 3], ["1 KiB", "100 KiB"])
  func crashes(jobs: Int, batch: String) throws {
    let name = "crashes \(jobs) \(batch)"
    let crashes = [0, 5, 700, 701, 1500, 2998]
    let definition = try definition(name, crashes: crashes, batch: batch)
    var crashed = 0
    var last: (ending: Run.Ending, report: Report)?
    while last == nil {
      do {
        last = try run(definition, jobs: jobs)
      } catch is Fragile.Broken {
        crashed += 1
        try #require(crashed <= crashes.count)
      }
    }
    // Several threads can come to two of them in one run.
    #expect(jobs == 1 ? crashed == crashes.count : crashed >= 4)
    let (ending, report) = try #require(last)
    #expect(ending == .done)
    let (kept, rejected) = RunTests.expected(count: 3000)
    #expect(Memory.take(name) == kept)
    #expect(Memory.take(name + " rejects") == rejected)
    #expect(
      report.json.object?["counts"]?.jsonText
        == #"{"in":3000,"out":2475,"rejected":525,"rejected_by":{"shuffle":{"fifth":150,"tenth":300},"#
        + #""again":{"fifth":75}}}"#)
  }

  @Test("a run that is stopped goes on where it stopped, at any number of threads")
  func stopping() throws {
    let name = "stopped"
    let stop = StopSignal()
    let first = try definition(name, count: 5000, digits: #", "stop_at": 800"#, stop: stop)
    #expect(try run(first, jobs: 2, stop: stop).ending == .interrupted)
    #expect(!Memory.peek(name).isEmpty && !Memory.peek(name).contains("END"))
    let second = try definition(name, count: 5000, digits: #", "stop_at": 800"#)
    #expect(try run(second, jobs: 3).ending == .done)
    #expect(Memory.take(name) == RunTests.expected(count: 5000).kept)
  }

  @Test("a run that died between its last checkpoint and the final name is completed")
  func finishing() throws {
    let name = "finishing"
    let definition = try definition(name, count: 100, output: #", "refuses": true"#)
    #expect(throws: Memory.Refused.self) { try run(definition) }
    #expect(try run(definition).ending == .done)
    #expect(Memory.take(name) == RunTests.expected(count: 100).kept)
    #expect(
      try StateDirectory(folder.path("state"), memory: .mebibytes(16)).runs.map(\.isFinished)
        == [true])
  }

  @Test("the next run knows what the one before left, and has the next number")
  func nights() throws {
    #expect(try run(try definition("night 1", count: 50)).ending == .done)
    #expect(try run(try definition("night 2", count: 50)).ending == .done)
    // In the second night the ordered stages count on from the first.
    #expect(Memory.take("night 1").first == #"0 {"shuffle":{"place":1},"again":{"place":1}}"#)
    #expect(Memory.take("night 2").first == #"0 {"shuffle":{"place":46},"again":{"place":44}}"#)
    let runs = try StateDirectory(folder.path("state"), memory: .mebibytes(16)).runs
    #expect(runs.map(\.number) == [1, 2])
    #expect(runs.map(\.records) == [50, 50])
    #expect(runs.allSatisfy { $0.started.hasSuffix("Z") && $0.started.utf8.count == 20 })
  }

  @Test(
    "while a run is not finished, a definition with other values is refused, and accepted when told"
  )
  func changed() throws {
    let name = "changed"
    #expect(throws: Fragile.Broken.self) {
      try run(try definition(name, crashes: [1500]))
    }
    let other = try definition(name, crashes: [1500], count: 2000)
    let error = #expect(throws: DefinitionChanged.self) { try run(other) }
    #expect(
      error?.description == """
        the definition is not that of run 1 in \(folder.path("state")), which is not finished:
          input.count: was 3000, is 2000
        run it to its end with the definition that it had, or go on with this one by --accept-changes
        """)
    // When told to accept the change, the run continues with the other definition.
    #expect(try run(other, accepts: true).ending == .done)
    #expect(Memory.take(name) == RunTests.expected(count: 2000).kept)
  }

  @Test("after a finished run only other stages are refused")
  func changedStages() throws {
    #expect(try run(try definition("one", count: 50)).ending == .done)
    #expect(try run(try definition("another", count: 60, checkpoint: "1 KiB")).ending == .done)
    let error = #expect(throws: DefinitionChanged.self) {
      try run(try definition("third", crashes: [7], count: 50))
    }
    #expect(
      error?.description == """
        the definition is not that of run 2 in \(folder.path("state")):
          stages.fragile 7: is new
        start it with --accept-changes if this is meant
        """)
  }

  @Test("without a state directory nothing is written anywhere")
  func withoutState() throws {
    let definition = try Registry.test.definition(RunTests.pipeline("no state", count: 50))
    #expect(try run(definition).ending == .done)
    #expect(try folder.names == [])
  }
}

@Suite struct DefinitionChangesTests {
  private func changes(_ old: JSONValue, _ new: JSONValue) -> [String] {
    DefinitionChanges.between(
      ["stages": old, "output": "a"], ["stages": new, "output": "b"], onlyStages: true)
  }

  @Test("each value that is another is named with its path")
  func values() {
    #expect(
      changes(
        ["language": ["use": "language", "keep": ["en"]], "html": ["depth": 1]],
        ["language": ["use": "language", "keep": ["de"]], "html": ["depth": nil]]) == [
          #"stages.language.keep: was ["en"], is ["de"]"#, "stages.html.depth: was 1, is none",
        ])
  }

  @Test("stages that came, went or moved are named")
  func stages() {
    #expect(
      changes(["a": [:], "b": [:]], ["b": [:], "c": [:]]) == [
        "stages.a: is gone", "stages.c: is new",
      ])
    #expect(changes(["a": [:], "b": [:]], ["b": [:], "a": [:]]) == ["stages: was a, b, is b, a"])
    #expect(changes(["a": ["x": 1]], ["a": ["x": 1]]) == [])
  }

  @Test("inputs and outputs count while a run is not finished")
  func everything() {
    #expect(
      DefinitionChanges.between(
        ["input": ["paths": ["a"]], "stages": [:], "rejects": nil],
        ["input": ["paths": ["b"]], "stages": [:], "rejects": ["path": "r"]], onlyStages: false)
        == [
          #"input.paths: was ["a"], is ["b"]"#, #"rejects: was none, is {"path":"r"}"#,
        ])
  }
}
