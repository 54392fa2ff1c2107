import Bytes
import Pipeline
import TestSupport
import Testing

/// Command-line arguments that concern a definition.
@Suite struct ArgumentsTests {
  static let definition = """
    {"input": {"use": "ndjson", "paths": ["in"], "source": "own"},
     "stages": [],
     "output": {"use": "ndjson", "path": "out"}}
    """

  static func read(
    _ definition: String = definition, standardInput: ByteStream = .standardInput,
    _ set: (inout DefinitionArguments) -> Void
  ) -> Reading {
    var arguments = DefinitionArguments()
    set(&arguments)
    return Registry.test.read(definition, arguments, standardInput: standardInput)
  }

  // MARK: INPUT

  private static func inputs(_ paths: [String]) -> [InputArgument] { paths.map(InputArgument.init) }

  @Test("without arguments the definition's own input is read")
  func none() {
    #expect(Self.read { _ in }.inputs == [#"ndjson ["folder/in"] own"#])
  }

  @Test("arguments take the place of the paths, and start from the working folder")
  func replacement() {
    #expect(
      Self.read { $0.inputs = Self.inputs(["a.ndjson", "b/c.jsonl"]) }.inputs
        == [#"ndjson ["a.ndjson", "b/c.jsonl"] own"#])
  }

  @Test("arguments are told apart by their endings; neighbours of one kind are one input")
  func endings() {
    let inputs = ["a.html", "b.txt", "folder", "c.ndjson", "d.jsonl", "e.html", "f.NDJSON"]
    #expect(
      Self.read { $0.inputs = Self.inputs(inputs) }.inputs == [
        #"files ["a.html", "b.txt", "folder"] default"#,
        #"ndjson ["c.ndjson", "d.jsonl"] own"#,
        #"files ["e.html"] default"#,
        #"ndjson ["f.NDJSON"] own"#,
      ])
  }

  @Test(
    "standard input is told apart by its first byte",
    arguments: [
      ("{\"id\":1}", #"ndjson ["-"] own"#), (" \n\t{", #"ndjson ["-"] own"#),
      ("<html>", #"files ["-"] default"#), ("plain", #"files ["-"] default"#),
      ("é{", #"files ["-"] default"#), ("[", #"files ["-"] default"#),
      ("", #"ndjson ["-"] own"#),
    ])
  func standardInput(contents: String, input: String) throws {
    let folder = try TemporaryFolder()
    let stream = try ByteStream.reading(try folder.write("stdin", contents))
    #expect(Self.read(standardInput: stream) { $0.inputs = Self.inputs(["-"]) }.inputs == [input])
    // What was looked at is still there.
    var bytes: [UInt8] = []
    _ = try stream.read(into: &bytes, count: 100, stop: StopSignal())
    #expect(bytes == Array(contents.utf8))
  }

  @Test("--format says what all arguments are")
  func format() {
    #expect(
      Self.read {
        $0.inputs = Self.inputs(["a.html", "b"])
        $0.format = "ndjson"
      }.inputs == [#"ndjson ["a.html", "b"] own"#])
    #expect(
      Self.read {
        $0.inputs = Self.inputs(["a.html"])
        $0.format = "njson"
      }.messages == [
        #"--format:1:1: error: input.use names no input "njson"; did you mean ndjson?"#
      ])
  }

  @Test("with arguments the definition needs no input of its own")
  func noInput() {
    let definition = #"{"stages": [], "output": {"use": "ndjson", "path": "out"}}"#
    #expect(
      Self.read(definition) { $0.inputs = Self.inputs(["a.ndjson"]) }.inputs == [
        #"ndjson ["a.ndjson"] default"#
      ]
    )
    #expect(Self.read(definition) { _ in }.messages == ["p:1:1: error: the definition lacks input"])
  }

  @Test("variables in paths that do not count need not be set")
  func unusedVariables() {
    let definition = """
      {"input": {"use": "ndjson", "paths": ["${NOT_SET}"]}, "stages": [],
       "output": {"use": "ndjson", "path": "${NOT_SET}"}}
      """
    let reading = Self.read(definition) {
      $0.inputs = Self.inputs(["a.ndjson"])
      $0.output = "b"
    }
    #expect(reading.inputs == [#"ndjson ["a.ndjson"] default"#])
    #expect(reading.output == "b")
  }

  @Test("an argument is what it is, dollars and braces included")
  func dollars() {
    let reading = Self.read {
      $0.inputs = Self.inputs(["${a}.ndjson"])
      $0.output = "$${b}"
    }
    #expect(reading.inputs == [#"ndjson ["${a}.ndjson"] own"#])
    #expect(reading.output == "$${b}")
  }

  @Test("complaints about an argument show it")
  func complaints() {
    #expect(
      Self.read { $0.inputs = Self.inputs(["", "a.html"]) }.messages
        == [":1:1: error: input.paths[0] must not be empty"])
  }

  // MARK: -o and --rejects

  @Test("-o takes the place of the output's path, from the working folder")
  func output() {
    #expect(Self.read { _ in }.output == "folder/out")
    #expect(Self.read { $0.output = "new" }.output == "new")
    #expect(Self.read { $0.output = "-" }.output == "-")
  }

  @Test("-o and --rejects make sinks where the definition has none")
  func newSinks() {
    let definition = #"{"input": {"use": "ndjson", "paths": ["in"]}, "stages": []}"#
    let reading = Self.read(definition) {
      $0.output = "new"
      $0.rejects = "others"
    }
    #expect(reading.messages.isEmpty)
    #expect(reading.output == "new")
    #expect(reading.rejects == "others")
  }

  @Test("a path that is wrong is complained about at its argument")
  func wrongOutput() {
    #expect(
      Self.read {
        $0.output = ""
        $0.rejects = ""
      }.messages == [
        "-o:1:1: error: output.path must not be empty",
        "--rejects:1:1: error: rejects.path must not be empty",
      ])
  }
}
