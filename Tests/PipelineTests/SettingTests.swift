import Bytes
import Pipeline
import Testing

/// Types of settings and their rules.
@Suite struct SettingTests {
  static func read(_ settings: String) -> Reading {
    Registry.test.read(
      #"{"input": {"use": "ndjson", "paths": ["in"]}, "output": {"use": "ndjson", "path": "out"},"#
        + "\n" + #""stages": [{"use": "sample"\#(settings)}]}"#)
  }

  // MARK: Decoding

  @Test("settings that are not given have their defaults")
  func defaults() throws {
    #expect(try #require(Self.read("").sample) == Sample.Settings())
  }

  @Test("a value of every type is read")
  func everyType() throws {
    let settings = try #require(
      Self.read(
        #", "flag": true, "count": 10, "ratio": 1, "name": "n", "size": "1.5 KiB", "file": "a/b","#
          + #""order": "by_size", "words": ["x"], "table": [[1, 2], []], "limit": 0, "note": """#
      ).sample)
    var expected = Sample.Settings()
    expected.flag = true
    expected.count = 10
    expected.ratio = 1
    expected.name = "n"
    expected.size = ByteCount(bytes: 1536)
    expected.file = FilePath("folder/a/b")
    expected.order = .bySize
    expected.words = ["x"]
    expected.table = [[1, 2], []]
    expected.limit = 0
    expected.note = ""
    #expect(settings == expected)
  }

  @Test(
    "paths start from the definition's folder, unless they are absolute or a standard stream",
    arguments: [("a", "folder/a"), ("../a", "folder/../a"), ("/a", "/a"), ("-", "-")])
  func paths(text: String, path: String) {
    #expect(Self.read(#", "file": "\#(text)""#).sample?.file.path == path)
  }

  // MARK: Complaints

  @Test(
    "a value of the wrong type is complained about",
    arguments: [
      (#""flag": 1"#, "p:2:38: error: stages[0].flag must be true or false, is 1"),
      (#""flag": null"#, "p:2:38: error: stages[0].flag must be true or false, is null"),
      (#""count": 1.0"#, "p:2:39: error: stages[0].count must be a whole number, is 1.0"),
      (
        #""count": 9223372036854775808"#,
        "p:2:39: error: stages[0].count must be a whole number, is 9.223372036854776e+18"
      ),
      (#""ratio": "0.5""#, #"p:2:39: error: stages[0].ratio must be a number, is "0.5""#),
      (#""name": {}"#, "p:2:38: error: stages[0].name must be a string, is {}"),
      (#""name": {"a": 1}"#, "p:2:38: error: stages[0].name must be a string, is an object"),
      (
        #""size": 64"#,
        #"p:2:38: error: stages[0].size must be a size such as "512 MiB", is 64"#
      ),
      (
        #""size": "64 kb""#,
        #"p:2:38: error: stages[0].size must be a size such as "512 MiB", is "64 kb""#
      ),
      (#""file": ["a"]"#, "p:2:38: error: stages[0].file must be a path, is an array"),
      (#""file": """#, "p:2:38: error: stages[0].file must not be empty"),
      (
        #""order": 1"#,
        #"p:2:39: error: stages[0].order must be one of "by_name", "by_size", is 1"#
      ),
      (
        #""order": "by_date""#,
        #"p:2:39: error: stages[0].order must be one of "by_name", "by_size", is "by_date"; "#
          + "did you mean by_name?"
      ),
      (
        #""order": "random""#,
        #"p:2:39: error: stages[0].order must be one of "by_name", "by_size", is "random""#
      ),
      (
        #""words": "a""#,
        #"p:2:39: error: stages[0].words must be a list, each element a string, is "a""#
      ),
      (#""words": ["a", 2]"#, "p:2:45: error: stages[0].words[1] must be a string, is 2"),
      (
        #""table": [[1], [2, "x"]]"#,
        #"p:2:49: error: stages[0].table[1][1] must be a whole number, is "x""#
      ),
      (
        #""name": 12345678901234567890123456789012345678901234567890123456789012345"#,
        "p:2:38: error: stages[0].name must be a string, is 1.2345678901234568e+64"
      ),
      (
        #""count": "a text that is much too long to be shown in a message on one line""#,
        "p:2:39: error: stages[0].count must be a whole number, is a string"
      ),
    ])
  func wrongTypes(setting: String, message: String) {
    let reading = Self.read(", " + setting)
    #expect(reading.messages == [message])
    #expect(reading.definition == nil)
  }

  @Test(
    "a value that breaks its rule is complained about",
    arguments: [
      (#""count": 0"#, "p:2:39: error: stages[0].count must be within 1...10, is 0"),
      (#""count": 11"#, "p:2:39: error: stages[0].count must be within 1...10, is 11"),
      (#""ratio": 7"#, "p:2:39: error: stages[0].ratio must be within 0...1, is 7"),
      (#""ratio": -0.01"#, "p:2:39: error: stages[0].ratio must be within 0...1, is -0.01"),
      (#""name": """#, #"p:2:38: error: stages[0].name must not be empty, is """#),
      (
        #""size": "1023 B""#, #"p:2:38: error: stages[0].size must be at least 1 KiB, is "1023 B""#
      ),
      (#""words": []"#, "p:2:39: error: stages[0].words must hold at least one element, is []"),
      (#""limit": -1"#, "p:2:39: error: stages[0].limit must be at least 0, is -1"),
    ])
  func brokenRules(setting: String, message: String) {
    #expect(Self.read(", " + setting).messages == [message])
  }

  @Test(
    "the bounds themselves are allowed",
    arguments: [
      #""count": 1"#, #""count": 10"#, #""ratio": 0"#, #""ratio": 1.0"#, #""size": "1 KiB""#,
      #""limit": 0"#,
    ])
  func bounds(setting: String) {
    #expect(Self.read(", " + setting).messages.isEmpty)
  }

  @Test("unknown, repeated and missing settings are complained about, all at once")
  func members() {
    let reading = Registry.test.read(
      """
      {"input": {"use": "ndjson", "paths": ["in"]}, "output": {"use": "ndjson", "path": "out"},
       "stages": [
         {"use": "sample", "cuont": 1, "count": 2, "colour": 5, "count": 3},
         {"use": "strict"}
       ]}
      """)
    #expect(
      reading.messages == [
        "p:3:22: error: stages[0].cuont is not a setting of sample; did you mean count?",
        "p:3:46: error: stages[0].colour is not a setting of sample; there are: flag, count, ratio, "
          + "name, size, file, order, words, table, limit, note",
        "p:3:59: error: stages[0].count stands twice",
        "p:4:4: error: stages[1] lacks the setting words: a list, each element a string",
      ])
  }

  // MARK: Descriptions

  @Test("a field's schema says its type and its rule")
  func schemas() {
    let schemas = Sample.Settings.fields.map { "\($0.key) \(JSONValue.object($0.schema).jsonText)" }
    #expect(
      schemas == [
        #"flag {"type":"boolean"}"#,
        #"count {"type":"integer","minimum":1,"maximum":10}"#,
        #"ratio {"type":"number","minimum":0,"maximum":1}"#,
        #"name {"type":"string","minLength":1}"#,
        #"size {"type":"string","pattern":"^[0-9.]+ ?([KMGT]i?)?B$"}"#,
        #"file {"type":"string"}"#,
        #"order {"type":"string","enum":["by_name","by_size"]}"#,
        #"words {"type":"array","items":{"type":"string"},"minItems":1}"#,
        #"table {"type":"array","items":{"type":"array","items":{"type":"integer"}}}"#,
        #"limit {"type":"integer","minimum":0}"#,
        #"note {"type":"string"}"#,
      ])
  }

  @Test("a size's bounds are no numbers, and so no part of the schema")
  func sizeBounds() {
    let rule = Rule<ByteCount>.beWithin(.kibibytes(1)...(.mebibytes(1)))
    #expect(rule.text == "be within 1 KiB...1 MiB")
    #expect(rule.schema == [:])
  }

  @Test("a field's default is the property's initial value; optional ones have none")
  func defaultValues() {
    let defaults = Sample.Settings.fields.map { $0.defaultValue?.jsonText ?? "none" }
    #expect(
      defaults == [
        "false", "3", "0.5", #""plain""#, #""64 KiB""#, #""words.txt""#, #""by_name""#,
        #"["a","b"]"#, "[]", "none", "none",
      ])
    #expect(Strict.Settings.fields.map(\.defaultValue) == [nil])
  }
}
