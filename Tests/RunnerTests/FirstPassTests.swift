import Bytes
import Components
import Pipeline
import Runner
import TestSupport
import Testing

@Suite struct FirstPassTests {
  private func run(_ text: String, jobs: Int, stop: StopSignal = StopSignal()) throws -> Run.Ending
  {
    try Run(try Registry.test.definition(text, stop: stop), jobs: jobs, stop: stop).run()
  }

  @Test("the ledger has seen all documents before the first is written", arguments: [1, 2, 8])
  func all(jobs: Int) throws {
    let name = "census \(jobs)"
    let ending = try run(
      RunTests.pipeline(name, count: 500, stages: #"{"use": "census"}"#), jobs: jobs)
    #expect(ending == .done)
    #expect(
      Memory.take(name) == (0..<500).map { #"\#($0) {"census":{"count":500}}"# } + ["END"])
  }

  @Test("ordered stages before it decide in the first pass as in the run", arguments: [1, 4])
  func behindOrdered(jobs: Int) throws {
    let name = "census behind \(jobs)"
    let stages = #"{"use": "shuffle"}, {"use": "census"}, {"use": "census", "label": "again"}"#
    #expect(try run(RunTests.pipeline(name, count: 3000, stages: stages), jobs: jobs) == .done)
    let kept = Memory.take(name)
    // A tenth is dropped for its last digit, and every second one of another tenth.
    #expect(kept.count == 3000 - 300 - 150 + 1)
    for (index, line) in kept.dropLast().enumerated() {
      #expect(line.hasSuffix(#""census":{"count":2550},"again":{"count":2550}}"#), "\(index)")
    }
    #expect(
      kept.first == #"0 {"shuffle":{"place":1},"census":{"count":2550},"again":{"count":2550}}"#)
  }

  @Test("a wish to stop in the first pass ends the run before anything is written")
  func stopping() throws {
    let ending = try run(
      RunTests.pipeline(
        "census stopped", count: 1_000_000, input: #", "stop_at": 500"#,
        stages: #"{"use": "census"}"#), jobs: 2)
    #expect(ending == .interrupted)
    #expect(Memory.take("census stopped") == [])
  }

  @Test("what fails in the first pass fails the run, and nothing becomes final")
  func failure() throws {
    #expect(throws: Fragile.Broken.self) {
      try run(
        RunTests.pipeline("census failed", stages: #"{"use": "fragile"}, {"use": "census"}"#),
        jobs: 2)
    }
    #expect(Memory.take("census failed") == [])
  }

  @Test("counts of the report are those of the run alone")
  func report() throws {
    let definition = try Registry.test.definition(
      RunTests.pipeline("census report", count: 100, stages: #"{"use": "census"}"#))
    let run = try Run(definition, jobs: 2, stop: StopSignal())
    let ending = try run.run()
    let counts = Report(run, ending: ending).json.object?["counts"]?.jsonText
    #expect(counts == #"{"in":100,"out":100,"rejected":0,"rejected_by":{}}"#)
  }
}

/// The stage `repeated_blocks` through the runner.
@Suite struct RepeatedBlocksRunTests {
  /// Pages of three hosts that share blocks, now and then the same.
  private static let records: String = {
    var random = Seed(4)
    return (0..<600).map { number in
      let host = random.below(3)
      let shared = (0..<random.below(4)).map { _ in
        "The site number \(host) says \(random.below(30)) of its sentences."
      }
      let text = (shared + ["Page \(random.below(500)) has a text that is its own."]).joined(
        separator: "\\n\\n")
      return #"{"id":"\#(number)","url":"https://h\#(host).example/\#(number)","text":"\#(text)"}"#
    }.joined(separator: "\n")
  }()

  @Test(
    "the output is the same for any number of threads and batch size", arguments: [false, true])
  func determinism(firstPass: Bool) throws {
    let folder = try TemporaryFolder()
    let input = try folder.write("in.ndjson", Self.records)
    var outputs: Set<String> = []
    for (jobs, batch) in [(1, "1 KiB"), (3, "1 KiB"), (2, "7 KiB"), (8, "1 MiB")] {
      let text = """
        { "input": {"use": "ndjson", "paths": ["\(input)"]},
          "stages": [{"use": "near_duplicates"},
                     {"use": "repeated_blocks", "documents": 2, "first_pass": \(firstPass)}],
          "output": {"use": "ndjson", "path": "\(folder.path("out.ndjson"))"},
          "rejects": {"use": "ndjson", "path": "\(folder.path("rejects.ndjson"))"},
          "run": {"batch": "\(batch)"} }
        """
      let definition = try Registry.standard.definition(text)
      #expect(try Run(definition, jobs: jobs, stop: StopSignal()).run() == .done)
      outputs.insert(try folder.text("out.ndjson") + "\n" + folder.text("rejects.ndjson"))
    }
    #expect(outputs.count == 1)
    #expect(outputs.first?.contains(#""blocks":"#) == true)
  }
}
