import Foundation
import Testing

private let isSparkThere = Executable.succeeds(
  "\(Executable.python) -c 'import pyspark' && java -version")

/// `Tools/spark/clean.py` as a user runs it, where pyspark is installed: `WINNOW_PYTHON` may name an interpreter
/// that has it.
@Suite(
  .enabled(
    if: isSparkThere, "pyspark or Java is not there: WINNOW_PYTHON names a Python that has it"))
struct SparkTests {
  let place: Workplace

  /// Pages of which every fifth comes again with a word more.
  init() throws {
    place = try Workplace()
    let pages = (0..<60).map { number in
      let (copy, of) = (number % 5 == 4, number % 5 == 4 ? number - 3 : number)
      let words = (0..<40).map { "word\(of)x\($0) of the harbour" }.joined(separator: " and ")
      return
        #"{"id":"\#(number)","url":"https://h.example/\#(number)","html":"<h1>Title \#(of)</h1>"#
        + #"<p>\#(words)\#(copy ? " again" : "").</p>"}"# + "\n"
    }
    try place.write("pages.ndjson", pages.joined())
    try define("map", [#"{"use":"html"}"#, #"{"use":"language","keep":["en"]}"#])
    try define("reduce", [#"{"use":"near_duplicates"}"#])
    try define(
      "one",
      [#"{"use":"html"}"#, #"{"use":"language","keep":["en"]}"#, #"{"use":"near_duplicates"}"#])
    #expect(try place.run("winnow run one.json pages.ndjson -q").code == 0)
  }

  private func define(_ name: String, _ stages: [String]) throws {
    try place.write(
      "\(name).json",
      """
      {"input": {"use": "ndjson", "paths": ["-"]}, "stages": [\(stages.joined(separator: ", "))],
       "output": {"use": "ndjson", "path": "\(name).out"},
       "rejects": {"use": "ndjson", "path": "\(name).rejects"}}
      """)
  }

  /// - Parameter program: What the workers run as `winnow`, where it is not winnow itself.
  private func spark(_ map: String, partitions: Int, program: String? = nil) throws
    -> Executable.Result
  {
    if let program {
      try place.write("bin/winnow", program)
      _ = try place.run("chmod +x bin/winnow")
    }
    let script = Workplace.root.appendingPathComponent("Tools/spark/clean.py").path
    return try place.run(
      """
      export PYSPARK_PYTHON=\(Executable.python) WINNOW=$(command -v winnow) PATH=$PWD/bin:$PATH
      export PYSPARK_SUBMIT_ARGS='--master local[2,4] pyspark-shell'
      \(Executable.python) \(script) \(map) reduce.json pages.ndjson parts \(partitions)
      """)
  }

  @Test("the bytes are those of one run, in any number of partitions", arguments: [2, 8])
  func sameBytes(partitions: Int) throws {
    let result = try spark("map.json", partitions: partitions)
    #expect(result.code == 0, "\(result.errors)")
    let one = try Data(contentsOf: place.url("one.out"))
    #expect(try Data(contentsOf: place.url("reduce.out")) == one)
    #expect(one.split(separator: 0x0A).count == 48)
    for number in 0..<partitions {
      #expect(result.errors.contains("partition \(number): winnow: "), "\(result.errors)")
    }
  }

  @Test("a task that is killed is done again, and changes nothing")
  func killed() throws {
    let result = try spark(
      "map.json", partitions: 2,
      program: """
        #!/bin/bash
        # The first one dies with half of its output written.
        if mkdir died 2>/dev/null; then "$WINNOW" "$@" | head -c 900; kill -9 $$; fi
        exec "$WINNOW" "$@"
        """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(FileManager.default.fileExists(atPath: place.url("died").path))
    #expect(
      try Data(contentsOf: place.url("reduce.out")) == Data(contentsOf: place.url("one.out")))
  }

  @Test("what winnow complains of comes to the driver in its own words")
  func complaint() throws {
    try place.write(
      "bad.json",
      #"{"input":{"use":"ndjson","paths":["-"]},"stages":[{"use":"langauge"}],"output":{"use":"ndjson","path":"-"}}"#
    )
    let result = try spark("bad.json", partitions: 2)
    #expect(result.code == 1)
    #expect(
      (result.errors + result.text).contains(
        ": bad.json:1:58: error: stages[0].use names no stage \"langauge\"; did you mean language?"),
      "\(result.errors)")
  }
}
