import Bytes
import Pipeline
import Runner
import Testing

@Suite struct RunTests {
  /// Two ordered stages with decisions that depend on everything before.
  static func pipeline(
    _ name: String, count: Int = 3000, batch: String = "1 KiB", memory: String = "16 MiB",
    input: String = "",
    stages: String = #"{"use": "shuffle"}, {"use": "shuffle", "label": "again"}"#
  ) -> String {
    """
    { "input": {"use": "numbers", "count": \(count)\(input)},
      "stages": [\(stages)],
      "output": {"use": "memory", "name": "\(name)"},
      "rejects": {"use": "memory", "name": "\(name) rejects"},
      "run": {"batch": "\(batch)", "memory": "\(memory)"} }
    """
  }

  /// The result of a plain loop over the documents.
  static func expected(count: Int) -> (kept: [String], rejected: [String]) {
    var kept: [String] = []
    var rejected: [String] = []
    var seen = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 2)
    var total = [0, 0]
    documents: for number in 0..<count {
      let digit = number % 10
      if digit == 9 {
        rejected.append("\(number) shuffle:tenth {}")
        continue
      }
      var annotations: [String] = []
      for (stage, label) in ["shuffle", "again"].enumerated() {
        seen[stage][digit] += 1
        total[stage] += 1
        annotations.append(#""\#(label)":{"place":\#(total[stage])}"#)
        if digit == 5, seen[stage][digit] % 2 == 0 {
          rejected.append("\(number) \(label):fifth {\(annotations.joined(separator: ","))}")
          continue documents
        }
      }
      kept.append("\(number) {\(annotations.joined(separator: ","))}")
    }
    return (kept + ["END"], rejected + ["END"])
  }

  @Test(
    "the output is that of a plain loop, for any number of threads, batch size and memory",
    arguments: [1, 2, 3, 8], ["1 KiB", "3 KiB", "1 MiB"])
  func determinism(jobs: Int, batch: String) throws {
    for memory in ["16 MiB", "1 GiB"] {
      let name = "determinism \(jobs) \(batch) \(memory)"
      let definition = try Registry.test.definition(
        Self.pipeline(name, batch: batch, memory: memory))
      #expect(try Run(definition, jobs: jobs, stop: StopSignal()).run() == .done)
      let (kept, rejected) = Self.expected(count: 3000)
      #expect(Memory.take(name) == kept)
      #expect(Memory.take(name + " rejects") == rejected)
    }
  }

  @Test("documents larger than the window pass, one at a time and in order")
  func hugeDocuments() throws {
    let definition = try Registry.test.definition(
      Self.pipeline("huge", count: 14, input: #", "huge_every": 7"#))
    #expect(try Run(definition, jobs: 4, stop: StopSignal()).run() == .done)
    #expect(Memory.take("huge") == Self.expected(count: 14).kept)
  }

  @Test("an input without records gives an empty output that is final")
  func nothing() throws {
    let definition = try Registry.test.definition(Self.pipeline("nothing", count: 0))
    #expect(try Run(definition, jobs: 3, stop: StopSignal()).run() == .done)
    #expect(Memory.take("nothing") == ["END"])
  }

  @Test("a stage that throws ends the run, and nothing becomes final", arguments: [1, 4])
  func failure(jobs: Int) throws {
    let name = "failure \(jobs)"
    let definition = try Registry.test.definition(
      Self.pipeline(
        name, stages: #"{"use": "shuffle"}, {"use": "fragile", "at": 1750, "name": "\#(name)"}"#))
    let run = try Run(definition, jobs: jobs, stop: StopSignal())
    #expect(throws: Fragile.Broken.self) { try run.run() }
    #expect(!Memory.take(name).contains("END"))
  }

  @Test("a wish to stop ends the run with everything that was read", arguments: [1, 3])
  func stopping(jobs: Int) throws {
    let stop = StopSignal()
    let name = "stopping \(jobs)"
    let definition = try Registry.test.definition(
      Self.pipeline(name, count: 1_000_000, input: #", "stop_at": 500"#), stop: stop)
    #expect(try Run(definition, jobs: jobs, stop: stop).run() == .interrupted)
    let kept = Memory.take(name)
    let rejected = Memory.take(name + " rejects")
    // The batch of 1 KiB in which the wish was made is finished, and no other begun.
    let read = kept.count + rejected.count
    #expect((501...500 + 1024).contains(read))
    #expect(kept == Self.expected(count: read).kept.dropLast())
    #expect(rejected == Self.expected(count: read).rejected.dropLast())
  }

  @Test("the report's counts add up and are the same for any number of threads")
  func report() throws {
    var reports: Set<String> = []
    for jobs in [1, 2, 8] {
      let definition = try Registry.test.definition(Self.pipeline("report \(jobs)"))
      let run = try Run(definition, jobs: jobs, stop: StopSignal())
      let ending = try run.run()
      let json = Report(run, ending: ending).json
      reports.insert(json.object?["counts"]?.jsonText ?? "")
      #expect(Memory.take("report \(jobs)").count == 2475 + 1)
    }
    #expect(
      reports == [
        #"{"in":3000,"out":2475,"rejected":525,"rejected_by":{"shuffle":{"fifth":150,"tenth":300},"#
          + #""again":{"fifth":75}}}"#
      ])
  }
}
