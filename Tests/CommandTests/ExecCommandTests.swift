import Foundation
import Testing

/// Other programs as stages of a run.
@Suite struct ExecCommandTests {
  private static func stage(_ command: String, _ settings: String = "") -> String {
    "{\"use\": \"exec\", \"command\": \(command)\(settings)}"
  }

  private static let input = (0..<3000).map { "{\"id\":\"\($0)\",\"text\":\"Text \($0)\"}\n" }
    .joined()

  @Test(
    "the output is the same at any number of threads and any batch size",
    arguments: [
      ##"["python3", "-c", "import sys\nfor l in sys.stdin:\n  if '\"777\"' in l: raise ValueError\n  print(l, end='')"]"##,
      #"["sed", "s/Text 1.*/rubbish/"]"#,
    ])
  func deterministic(command: String) throws {
    let place = try Workplace(stages: Self.stage(command, #", "max_failures": 5"#))
    try place.write("in.ndjson", Self.input)
    var outputs: Set<String> = []
    for options in ["-j 1", "-j 4", "-j 4 --set 'run.batch=\"1 KiB\"'"] {
      let result = try place.run("winnow run in.ndjson -q \(options)")
      #expect(result.code == 0)
      let output = try place.read("out.ndjson")
      let rejects = try place.read("rejects.ndjson")
      outputs.insert(output + rejects)
    }
    #expect(outputs.count == 1)
  }

  @Test("jq as it is", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/jq")))
  func jq() throws {
    let place = try Workplace(stages: Self.stage(#"["jq", "-c", "."]"#))
    try place.write("in.ndjson", Self.input)
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    #expect(
      try place.records("out.ndjson").map { $0["id"] as? String } == (0..<3000).map(String.init))
  }

  @Test("what a program says on standard error is passed on under the stage's label, made visible")
  func standardError() throws {
    let place = try Workplace(
      stages: Self.stage(
        #"["sh", "-c", "printf 'loud \\033[1m\\nend' >&2; exec cat"]"#, #", "label": "score""#))
    let result = try place.run(#"echo '{"text":"One."}' | winnow run - -q -o -"#)
    #expect(result.lines.count == 1)
    #expect(result.errors == "score: loud \\u001b[1m\nscore: end\n")
  }

  @Test("records that a program adds are counted by its stage")
  func counts() throws {
    let place = try Workplace(
      stages: Self.stage(#"["sed", "/\"id\":\"1\"/d; /\"id\":\"2\"/p"]"#, #", "answers": "by_id""#))
    try place.write("in.ndjson", (1...3).map { "{\"id\":\"\($0)\",\"text\":\"Text\"}\n" }.joined())
    let result = try place.run("winnow run in.ndjson --report report.json")
    #expect(result.errors.contains("3 in, 3 out, 1 rejected"))
    #expect(result.errors.contains("  1 added by exec\n"))
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["2", "2#2", "3"])
    let report = try JSONSerialization.jsonObject(with: Data(try place.read("report.json").utf8))
    #expect((report as? [String: Any])?["added_by"] as? [String: Int] == ["exec": 1])
  }

  @Test("programs end with winnow, even if it is killed", arguments: ["KILL", "TERM"])
  func killed(signal: String) throws {
    let place = try Workplace(
      stages: Self.stage(
        #"["sh", "-c", "sleep 987 & echo $! > child; echo $$ > self; exec sleep 988"]"#,
        #", "seconds": 3"#))
    let result = try place.run(
      """
      echo '{"text":"One."}' > in.ndjson
      winnow run in.ndjson -q & pid=$!
      while [ ! -s self ]; do sleep 0.05; done
      kill -\(signal) $pid; wait $pid 2> /dev/null
      gone() { [ ! -d /proc/$1 ] || grep -q '^State:.[ZX]' /proc/$1/status; }
      for try in $(seq 100); do gone $(cat child) && gone $(cat self) && echo gone && exit; sleep 0.1; done
      """)
    #expect(result.text == "gone\n")
  }

  @Test("a program that cannot be started is an error before anything is read")
  func missing() throws {
    let place = try Workplace(stages: Self.stage(#"["./absent"]"#))
    let result = try place.run("winnow check pipeline.json")
    #expect(result.code == 2)
    #expect(
      result.errors.contains("error: stages[0].command cannot be started: there is no file "))
    #expect(result.errors.hasSuffix("/absent\n"))
  }
}
