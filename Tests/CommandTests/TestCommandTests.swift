import Foundation
import TestSupport
import Testing

/// `winnow test`: examples, and what is told of those that do not come out as they expect.
@Suite struct TestCommandTests {
  private static let definition = """
    { "input": {"use": "files", "paths": ["not there"]},
      "stages": [{"use": "language", "keep": ["en"]}],
      "output": {"use": "ndjson", "path": "out.ndjson"},
      "rejects": {"use": "ndjson", "path": "rejects.ndjson"},
      "examples": "examples" }
    """

  private static let english =
    "The ferry leaves the harbour at noon, and comes back in the evening."
  private static let german =
    "Die Fähre verlässt den Hafen am Mittag und kommt am Abend wieder zurück."

  private func makePlace(_ files: [String: String]) throws -> Workplace {
    let place = try Workplace()
    try place.write("pipeline.json", Self.definition)
    for (name, text) in files { try place.write(name, text) }
    return place
  }

  @Test("the project's own examples come out as they expect")
  func own() throws {
    let result = try Executable.shell("winnow test pipeline.json", in: Workplace.root)
    #expect(result.code == 0 && result.errors == "")
    #expect(
      result.text == """
        ok    an article keeps its text and loses what is around it
        ok    a German page is known as such
        ok    a list of links has no main content
        3 examples: 3 passed, 0 failed

        """)
  }

  @Test("examples stand in files and folders, by lines or as JSON, with pages beside them")
  func files() throws {
    let place = try makePlace([
      "examples/a.ndjson":
        #"{"text": "\#(Self.english)", "expect": {"metadata.language": "en"}}"# + "\n\n"
        + #"{"name": "named", "text": "\#(Self.english)", "expect": {"metadata.url": null}}"#
        + "\n",
      "examples/deep/b.json":
        #"{"file": "../page.txt", "url": "https://a.example/", "id": "7", "metadata": {"kind": "x"},"#
        + "\n"
        + #" "expect": {"id": "7", "metadata.url": "https://a.example/", "metadata.kind": {"is": "x"}}}"#,
      "examples/page.txt": Self.english,
      "list.json": """
      [ {"text": "\(Self.german)", "expect": {"rejected.reason": "language_not_kept"}},
        {"text": "\(Self.german)", "expect": {"rejected": {"contains": "language_not"}}} ]
      """,
    ])
    let result = try place.run("winnow test pipeline.json")
    #expect(result.code == 0 && result.errors == "")
    #expect(
      result.text == """
        ok    examples/a.ndjson:1
        ok    named
        ok    examples/deep/b.json
        3 examples: 3 passed, 0 failed

        """)
    let named = try place.run("winnow test pipeline.json list.json")
    #expect(
      named.text == """
        ok    list.json:1
        ok    list.json:2
        2 examples: 2 passed, 0 failed

        """)
    #expect(try place.run("winnow test pipeline.json list.json -q").text == "")
    #expect(!place.exists("out.ndjson") && !place.exists("rejects.ndjson"))
  }

  @Test("of an example that fails each member is told, with what was expected and what came")
  func failures() throws {
    let place = try makePlace([
      "examples/a.json": """
      [ { "name": "values", "text": "\(Self.english)", "metadata": {"n": 1, "list": [1, {"a": "b"}]},
          "expect": { "metadata.language": "fr", "metadata.n": 2, "metadata.none": "x",
                      "metadata.list": [1, {"a": "c"}], "metadata.language_script": "Latn" } },
        { "name": "pieces", "text": "First.\\n\(Self.english)\\nLast.",
          "expect": { "text": {"contains": ["First", "\\"Third\\""], "lacks": "noon"},
                      "source": {"lacks": "es"} } },
        { "name": "lines", "text": "A first line.\\nOne.\\nTwo.\\n\(Self.english)\\nThe last line.",
          "expect": { "text": "A first line.\\nOne.\\nTwo.\\n\(Self.english)\\nAnother line." } },
        { "name": "kept", "text": "\(Self.english)", "expect": {"rejected.stage": "language"} },
        { "name": "rejected", "text": "\(Self.german)", "expect": {"metadata.language": "de"} },
        { "name": "good", "text": "\(Self.english)", "expect": {"metadata.language": "en"} } ]
      """
    ])
    let result = try place.run("winnow test pipeline.json")
    #expect(result.code == 1 && result.errors == "")
    #expect(
      result.text == """
        FAIL  values (examples/a.json:1)
          metadata.language: expected "fr", came "en"
          metadata.n: expected 2, came 1
          metadata.none: expected "x", came null
          metadata.list: expected [1,{"a":"c"}], came [1,{"a":"b"}]
        FAIL  pieces (examples/a.json:4)
          text lacks "\\"Third\\""
          text contains "noon", in the line
              \(Self.english)
          source contains "es"
        FAIL  lines (examples/a.json:7)
          text: - expected, + came
              …
              \(Self.english)
            - Another line.
            + The last line.
        FAIL  kept (examples/a.json:9)
          was kept, and is expected to be rejected
        FAIL  rejected (examples/a.json:10)
          was rejected by language as language_not_kept: The language is none of those to be kept. (language "de", score 0.98)
        ok    good
        6 examples: 1 passed, 5 failed

        """)
    let quiet = try place.run("winnow test pipeline.json -q")
    #expect(quiet.code == 1)
    #expect(quiet.lines.last == "6 examples: 1 passed, 5 failed")
    #expect(!quiet.text.contains("ok  "))
    let other = try place.run(
      "winnow test pipeline.json --set stages.language.keep='[\"de\"]' -q | grep -c ^FAIL")
    #expect(other.text == "4\n")
  }

  @Test("letters are compared as they are written, not by what they look like")
  func letters() throws {
    let place = try makePlace([
      "examples/a.ndjson":
        #"{"text": "\#(Self.english) caf\u00e9", "expect": {"text": "\#(Self.english) cafe\u0301"}}"#
    ])
    #expect(try place.run("winnow test pipeline.json").code == 1)
  }

  @Test("mistakes in examples are all told, with file, line and column")
  func mistakes() throws {
    let place = try makePlace([
      "examples/a.ndjson": """
      {"text": "x", "expect": {"txt": "x"}}
      {"txt": "x", "expect": {"text": {"contain": "x"}}}
      {"text": "x", "html": "y", "expect": {"text": {"contains": 7}, "rejected": {}}}
      {"expect": {"id": "x"}}
      {"file": "gone.html", "expect": {"id": "x"}}
      {"text": "x"}
      [
      7
      """
    ])
    let result = try place.run("winnow test pipeline.json")
    #expect(result.code == 2 && result.text == "")
    #expect(
      result.errors == """
        examples/a.ndjson:1:26: error: expect.txt is no member of a record; did you mean text?
        examples/a.ndjson:2:2: error: txt is not a setting of an example; did you mean text?
        examples/a.ndjson:2:34: error: expect.text.contain is not what can be said of a value; did you mean \
        contains?; an object to compare with stands under is
        examples/a.ndjson:3:60: error: expect.text.contains must be a list, each element a string, is 7
        examples/a.ndjson:3:76: error: expect.rejected says nothing; there are: is, contains, lacks
        examples/a.ndjson:4:1: error: the example lacks one of html, text and file
        examples/a.ndjson:5:10: error: file names examples/gone.html, which cannot be read: No such file or \
        directory
        examples/a.ndjson:6:1: error: the example lacks the setting expect: an object of members of the record
        examples/a.ndjson:7:2: error: expected a value, found the end
        examples/a.ndjson:8:1: error: the example must be an object, is a number

        """)
  }

  @Test("without examples it says where they can be named")
  func none() throws {
    let place = try makePlace(["empty/page.html": "<p>"])
    let missing = try place.run("winnow test pipeline.json")
    #expect(missing.code == 2)
    #expect(
      missing.errors == "winnow: error: cannot read examples: No such file or directory\n")
    let empty = try place.run("winnow test pipeline.json empty")
    #expect(empty.code == 2)
    #expect(empty.errors == "winnow: error: there are no examples in empty\n")
    try place.write("bare.json", Workplace.definition(stages: ""))
    let unnamed = try place.run("winnow test bare.json")
    #expect(unnamed.code == 2)
    #expect(
      unnamed.errors.hasPrefix(
        "winnow: error: bare.json names no examples; name files or folders of them, here or under "
          + "\"examples\" in it\n"))
  }
}
