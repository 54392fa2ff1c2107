import Foundation
import TestSupport
import Testing

/// `winnow run` with its arguments, exit codes and streams.
@Suite struct RunCommandTests {
  static let three = (1...3).map { #"{"id":"\#($0)","text":"Text number \#($0)."}"# + "\n" }
    .joined()

  static func line(_ id: String, _ text: String, source: String = "ndjson") -> String {
    #"{"id":"\#(id)","text":"\#(text)","source":"\#(source)","metadata":{"url":null}}"#
  }

  @Test(
    "records go from standard input to the definition's output, and a summary to standard error")
  func standardInput() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.three)
    let result = try place.run("winnow run < in.ndjson")
    #expect(result.code == 0)
    #expect(result.text == "")
    #expect(result.errors.hasPrefix("winnow: 3 in, 3 out, 0 rejected; "))
    #expect(
      try place.read("out.ndjson")
        == (1...3).map { Self.line("\($0)", "Text number \($0).") + "\n" }.joined())
    #expect(try place.read("rejects.ndjson") == "")
  }

  @Test("-o - writes to standard output, -q says nothing")
  func standardOutput() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.three)
    let result = try place.run("winnow run pipeline.json in.ndjson -o - -q")
    #expect(result.code == 0)
    #expect(result.lines == (1...3).map { Self.line("\($0)", "Text number \($0).") })
    #expect(result.errors == "")
    #expect(!place.exists("out.ndjson"))
  }

  @Test("inputs are read as what they are, in the order of the arguments")
  func mixedInputs() throws {
    let place = try Workplace()
    try place.write("b.jsonl", #"{"id":"record","text":"A record."}"#)
    try place.write("site/two.txt", "Two.")
    try place.write("site/one.txt", "One.")
    try place.write("site/no.md", "Not read.")
    try place.write("single.txt", "Single.")
    let result = try place.run("winnow run single.txt b.jsonl site - -o - -q <<< 'From a pipe.'")
    #expect(result.code == 0)
    #expect(
      result.lines == [
        Self.line("single.txt", "Single.", source: "files"),
        Self.line("record", "A record."),
        Self.line("one.txt", "One.", source: "files"),
        Self.line("two.txt", "Two.", source: "files"),
        Self.line("-", "From a pipe.\\n", source: "files"),
      ])
  }

  @Test("pages that declare the wrong character set give the right text, and say so")
  func charsets() throws {
    let place = try Workplace(stages: #"{"use": "html"}"#)
    for (charset, label) in [("koi8-r", "windows-1251"), ("gb18030", "big5")] {
      let page = Data("<meta charset=\(label)><p>".utf8)
      let bytes = Data(try Fixture.bytes("charsets/\(charset).bin"))
      try (page + bytes).write(to: place.folder.appendingPathComponent("\(charset).html"))
    }
    let result = try place.run("winnow run koi8-r.html gb18030.html -o - -q")
    let texts = try ["russian", "simplified"].map {
      String(decoding: try Fixture.bytes("charsets/\($0).txt").dropLast(), as: UTF8.self)
    }
    #expect(result.lines.count == 2)
    for (line, (text, charset)) in zip(result.lines, zip(texts, ["koi8-r", "gb18030"])) {
      #expect(line.contains(#""text":"\#(text)","#))
      #expect(line.contains(#""annotations":{"html":{"charset":"\#(charset)"}}"#))
    }
  }

  @Test("--format says what inputs are whose names do not")
  func format() throws {
    let place = try Workplace()
    try place.write("records.json.txt", #"{"id":"record","text":"A record."}"#)
    let result = try place.run("winnow run records.json.txt --format ndjson -o - -q")
    #expect(result.lines == [Self.line("record", "A record.")])
  }

  @Test("--set replaces values, and paths in arguments start from the working folder")
  func overrides() throws {
    let place = try Workplace()
    try place.write("in.ndjson", #"{"key":7,"body":"By other names."}"#)
    try place.write("deep/pipeline.json", try place.read("pipeline.json"))
    let result = try place.run(
      "winnow run deep/pipeline.json in.ndjson -o out.ndjson -q "
        + "--set input.id_field=key --set 'input.text_field=\"body\"' --set rejects.path=r.ndjson")
    #expect(result.code == 0)
    #expect(try place.read("out.ndjson") == Self.line("7", "By other names.") + "\n")
    #expect(place.exists("r.ndjson"))
  }

  @Test("paths and variables of a definition")
  func environment() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.three)
    let result = try place.run(
      "winnow run in.ndjson -q --set 'output.path=${{NAME}.ndjson'", environment: ["NAME": "night"])
    #expect(result.code == 0, "variables are filled into definitions; the shell fills arguments")
    #expect(place.exists("${NAME}.ndjson"))
    try place.write(
      "named.json",
      Workplace.definition(stages: "").replacing("out.ndjson", with: "${NAME:-day}.ndjson"))
    #expect(try place.run("winnow run named.json in.ndjson -q").code == 0)
    #expect(place.exists("day.ndjson"))
    #expect(try place.run("NAME=night winnow run named.json in.ndjson -q").code == 0)
    #expect(place.exists("night.ndjson"))
  }

  @Test("wrong arguments and definitions end with exit code 2 and say why")
  func wrongArguments() throws {
    let place = try Workplace()
    let cases = [
      (
        "winnow run missing.json",
        "winnow: error: cannot read missing.json: No such file or directory\n"
      ),
      (
        "winnow run missing.txt",
        "missing.txt:1:1: error: input.paths names missing.txt, which cannot be read: "
          + "No such file or directory\n"
      ),
      (
        "winnow run - --set run.memory=7",
        "--set:1:12: error: run.memory must be a size such as \"512 MiB\", is 7\n"
      ),
      (
        "winnow run - --set nonsense",
        "--set:1:1: error: \"nonsense\" must be PATH=VALUE, such as run.memory='\"1 GiB\"'\n"
      ),
    ]
    for (line, message) in cases {
      let result = try place.run(line)
      #expect(result.code == 2, "\(line)")
      #expect(result.errors == message)
    }
    for line in ["winnow run -j 0 -", "winnow nonsense", "winnow run --progress often"] {
      let result = try place.run(line)
      #expect(result.code == 2, "\(line)")
      #expect(result.errors.hasPrefix("winnow: error: "), "\(result.errors)")
    }
    #expect(try place.run("winnow --help").code == 0)
    #expect(try place.run("winnow --version").text.hasPrefix("0.1.0 (libxml2 2."))
  }

  @Test("more bad records than allowed end with exit code 3, with everything written")
  func badRecords() throws {
    let place = try Workplace()
    try place.write("in.ndjson", "nonsense\n" + Self.three + "[]\n")
    let allowed = try place.run("winnow run in.ndjson --set run.max_bad_records=2")
    #expect(allowed.code == 0)
    let result = try place.run("winnow run in.ndjson -q --set run.max_bad_records=1")
    #expect(result.code == 3)
    #expect(result.errors == "winnow: error: 2 bad records, and run.max_bad_records allows 1\n")
    #expect(try place.records("out.ndjson").count == 3)
    #expect(try place.reasons() == ["input:malformed_record", "input:malformed_record"])
  }

  @Test("the report adds up")
  func report() throws {
    let place = try Workplace()
    try place.write("in.ndjson", "nonsense\n" + Self.three)
    let result = try place.run("winnow run in.ndjson --report report.json")
    #expect(result.code == 0)
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    let counts = (report as? [String: Any])?["counts"] as? [String: Any]
    #expect(counts?["in"] as? Int == 4)
    #expect(counts?["out"] as? Int == 3)
    #expect(counts?["rejected"] as? Int == 1)
    #expect(
      (counts?["rejected_by"] as? [String: [String: Int]]) == ["input": ["malformed_record": 1]])
    let bytes = (report as? [String: Any])?["bytes"] as? [String: Int]
    #expect(bytes?["out"] == (try place.read("out.ndjson")).utf8.count)
    #expect(bytes?["rejects"] == (try place.read("rejects.ndjson")).utf8.count)
  }

  @Test("--progress always tells how far the run is, without colours or control characters")
  func progress() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.three)
    let result = try place.run("winnow run in.ndjson --progress always")
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("3 documents, 102 B, "))
    #expect(lines[0].contains(" documents/s, 0 rejected, 0:00 left"))
    #expect(!result.errors.contains("\u{1B}") && !result.errors.contains("\r"))
  }

  @Test("check says everything at once, or nothing")
  func check() throws {
    let place = try Workplace()
    let good = try place.run("winnow check pipeline.json")
    #expect(good.code == 0 && good.text == "" && good.errors == "")
    try place.write("wrong.json", #"{"input": 7, "stage": []}"#)
    let wrong = try place.run("winnow check wrong.json")
    #expect(wrong.code == 2)
    #expect(
      wrong.errors == """
        wrong.json:1:1: error: the definition lacks stages
        wrong.json:1:1: error: the definition lacks output
        wrong.json:1:11: error: input must be an object, is a number
        wrong.json:1:14: error: stage is not part of a definition; did you mean stages?

        """)
  }

  @Test("each wrong definition among the fixtures gets its text and exit code 2")
  func wrongDefinitions() throws {
    let folder = Workplace.root.appendingPathComponent("Fixtures/diagnostics")
    let cases = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(cases.count > 30)
    for name in cases {
      let expected = try String(
        contentsOf: folder.appendingPathComponent("\(name)/expected.txt"), encoding: .utf8)
      for command in ["check", "run"] {
        let result = try Executable.shell(
          "winnow \(command) Fixtures/diagnostics/\(name)/pipeline.json", in: Workplace.root)
        #expect(result.code == 2, "\(name)")
        #expect(result.errors == expected, "\(name)")
        #expect(result.text == "", "\(name)")
      }
    }
  }

  @Test("the manual has a chapter for every component, and says which when asked for another")
  func manual() throws {
    let place = try Workplace()
    let all = try place.run("winnow manual")
    #expect(all.code == 0)
    for name in [
      "files", "ndjson", "revisits", "html", "boilerplate", "language", "near_duplicates",
      "repeated_blocks", "entities",
    ] {
      #expect(all.text.contains("## \(name) "), "\(name)")
      #expect(try place.run("winnow manual \(name)").text.hasPrefix("## \(name) "))
    }
    let wrong = try place.run("winnow manual entites")
    #expect(wrong.code == 2)
    #expect(
      wrong.errors.contains(
        "there is no chapter entites; there are: definition, examples, files, ndjson"))
  }
}
