import Bytes
import Pipeline
import Testing

@Suite struct DefinitionTests {
  // MARK: Worked examples

  @Test("a whole definition is read")
  func whole() throws {
    let reading = Registry.test.read(
      """
      { "$schema": "pipeline.schema.json",
        "input": {"use": "files", "paths": ["pages", "-"], "source": "crawl"},
        "stages": [{"use": "sample", "label": "first"}, {"use": "rewriter"}, {"use": "sample"}],
        "output": {"use": "ndjson", "path": "-"},
        "rejects": {"use": "ndjson", "path": "/tmp/rejects"},
        "run": {"memory": "1 GiB", "batch": "1 KiB", "max_document": "2 KiB", "max_bad_records": 7} }
      """)
    #expect(reading.messages.isEmpty)
    #expect(reading.inputs == [#"files ["folder/pages", "-"] crawl"#])
    #expect(reading.labels == ["first", "rewriter", "sample"])
    #expect(reading.output == "-")
    #expect(reading.rejects == "/tmp/rejects")
    let run = try #require(reading.definition?.run)
    #expect(run.memory == .gibibytes(1))
    #expect(run.batch == .kibibytes(1))
    #expect(run.maximumDocument == .kibibytes(2))
    #expect(run.maximumBadRecords == 7)
  }

  @Test("rejects and run may be left out")
  func minimal() throws {
    let reading = Registry.test.read(
      #"{"input": {"use": "ndjson", "paths": ["-"]}, "stages": [], "#
        + #""output": {"use": "ndjson", "path": "-"}}"#)
    #expect(reading.messages.isEmpty)
    #expect(reading.rejects == nil)
    let run = try #require(reading.definition?.run)
    #expect(run.memory == .mebibytes(512))
    #expect(run.maximumBadRecords == nil)
  }

  @Test("components know their label and the limits of the run")
  func context() throws {
    let reading = Registry.test.read(
      pipeline(
        stages: #"{"use": "sample", "label": "mine"}"#, run: #"{"max_document": "3 KiB"}"#))
    let stage = try #require(reading.definition?.stages.first?.stage as? Sample)
    #expect(stage.context.label == "mine")
    #expect(stage.context.maximumDocument == 3072)
    let input = try #require(reading.definition?.inputs.first as? PathSource<Records>)
    #expect(input.context.label == "input")
    #expect(input.context.maximumDocument == 3072)
  }

  // MARK: Stages

  @Test("a stage that changes text must not follow one that recorded positions in it")
  func effects() {
    let wrong = Registry.test.read(
      pipeline(stages: #"{"use": "sample"}, {"use": "locator"}, {"use": "rewriter"}"#))
    #expect(
      wrong.messages == [
        "p:2:40: error: stages[2] changes the text in which stages[1] (locator) recorded positions; "
          + "put it before that stage"
      ])
    for right in [
      #"{"use": "rewriter"}, {"use": "locator"}, {"use": "sample"}"#,
      #"{"use": "rewriter"}, {"use": "rewriter", "label": "again"}"#,
      #"{"use": "locator"}, {"use": "locator", "label": "again"}"#,
    ] {
      #expect(Registry.test.read(pipeline(stages: right)).messages.isEmpty)
    }
  }

  @Test(
    "labels are unique, not empty, and none of those that stand for something else",
    arguments: [
      (
        #"{"use": "sample"}, {"use": "sample"}"#,
        #"p:2:20: error: stages[1] has the label "sample" of stages[0]; "#
          + #"give one of them a "label" of its own"#
      ),
      (
        #"{"use": "sample", "label": "rewriter"}, {"use": "rewriter"}"#,
        #"p:2:41: error: stages[1] has the label "rewriter" of stages[0]; "#
          + #"give one of them a "label" of its own"#
      ),
      (
        #"{"use": "sample", "label": ""}"#,
        #"p:2:28: error: stages[0].label must not be empty, "input" or "output", is """#
      ),
      (
        #"{"use": "sample", "label": "input"}"#,
        #"p:2:28: error: stages[0].label must not be empty, "input" or "output", is "input""#
      ),
      (
        #"{"use": "sample", "label": "output"}"#,
        #"p:2:28: error: stages[0].label must not be empty, "input" or "output", is "output""#
      ),
      (#"{"use": "sample", "label": 1}"#, "p:2:28: error: stages[0].label must be a string, is 1"),
    ])
  func labels(stages: String, message: String) {
    #expect(Registry.test.read(pipeline(stages: stages)).messages == [message])
  }

  @Test("only stages have labels")
  func labelElsewhere() {
    let reading = Registry.test.read(
      #"{"input": {"use": "ndjson", "paths": ["-"], "label": "a"}, "stages": [], "#
        + #""output": {"use": "ndjson", "path": "-"}}"#)
    #expect(
      reading.messages
        == ["p:1:45: error: input.label is not a setting of ndjson; there are: paths, source"])
  }

  @Test("a component that refuses its settings is complained about at the setting")
  func complaints() {
    let stages =
      #"{"use": "sample", "label": "a", "name": "refused"}, "#
      + #"{"use": "sample", "label": "b", "name": "refused for its count"}, "#
      + #"{"use": "sample", "label": "c", "name": "refused as a whole"}"#
    #expect(
      Registry.test.read(pipeline(stages: stages)).messages == [
        "p:2:41: error: stages[0].name is refused",
        "p:2:53: error: stages[1].count does not fit the name",
        "p:2:119: error: stages[2] cannot be made",
      ])
  }

  @Test("a component is not made from settings that are wrong")
  func wrongSettings() {
    let stages = #"{"use": "sample", "name": "refused", "count": 0}"#
    #expect(
      Registry.test.read(pipeline(stages: stages)).messages
        == ["p:2:47: error: stages[0].count must be within 1...10, is 0"])
  }

  @Test("everything that is wrong is said at once, from top to bottom")
  func all() {
    let reading = Registry.test.read(
      """
      { "stages": [7, {"use": "sampel"}, {"count": 5}, {"use": "strict", "words": 1}],
        "rejects": {"use": "ndjson"},
        "run": {"memory": "1 B"},
        "output": null,
        "extra": 1 }
      """)
    #expect(
      reading.messages == [
        "p:1:1: error: the definition lacks input",
        "p:1:14: error: stages[0] must be an object, is a number",
        "p:1:25: error: stages[1].use names no stage \"sampel\"; did you mean sample?",
        "p:1:36: error: stages[2] lacks \"use\", which names the stage; there are: sample, strict, "
          + "rewriter, locator",
        "p:1:77: error: stages[3].words must be a list, each element a string, is 1",
        "p:2:14: error: rejects lacks the setting path: a path",
        "p:3:21: error: run.memory must be at least 16 MiB, is \"1 B\"",
        "p:4:13: error: output must be an object, is null",
        "p:5:3: error: extra is not part of a definition; there are: $schema, input, stages, output, "
          + "rejects, run, examples",
      ])
    #expect(reading.definition == nil)
  }

  @Test("a registry without stages says so")
  func noStages() {
    let registry = Registry(sources: Registry.test.sources, stages: [], sinks: Registry.test.sinks)
    #expect(
      registry.read(pipeline(stages: #"{"use": "html"}"#)).messages
        == ["p:2:9: error: stages[0].use names no stage \"html\"; there are none"])
  }
}
