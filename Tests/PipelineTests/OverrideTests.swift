import Bytes
import Pipeline
import Testing

/// `--set PATH=VALUE`.
@Suite struct OverrideTests {
  static func read(_ overrides: String..., stages: String = stages) -> Reading {
    var arguments = DefinitionArguments()
    arguments.overrides = overrides
    return Registry.test.read(pipeline(stages: stages), arguments)
  }

  static let stages =
    #"{"use": "rewriter"}, {"use": "sample", "label": "mine", "count": 5, "table": [[1], [2, 3]]}"#

  @Test(
    "a stage is named by its label or its index",
    arguments: ["stages.mine.count=7", "stages[1].count=7", "stages.1.count=7"])
  func stage(override: String) {
    #expect(Self.read(override).sample?.count == 7)
  }

  @Test("a stage without a label is named by what it uses")
  func unlabelled() {
    #expect(Self.read("stages.sample.count=7", stages: #"{"use": "sample"}"#).sample?.count == 7)
  }

  @Test(
    "a value is JSON, or a word that could not be mistaken for it",
    arguments: [
      (#"stages.mine.name="two words""#, "two words"), ("stages.mine.name=word", "word"),
      ("stages.mine.name=two words", "two words"), ("stages.mine.name=a=b", "a=b"),
      (#"stages.mine.name="\u0041""#, "A"), ("stages.mine.name=$HOME", "$HOME"),
    ])
  func values(override: String, name: String) {
    #expect(Self.read(override).sample?.name == name)
  }

  @Test("values can be lists, and elements of lists can be replaced")
  func lists() {
    #expect(Self.read(#"stages.mine.words=["x", "y"]"#).sample?.words == ["x", "y"])
    #expect(Self.read("stages.mine.table[1][0]=9").sample?.table == [[1], [9, 3]])
  }

  @Test("what the definition does not have is added, the later argument counts")
  func added() {
    let reading = Self.read(
      #"rejects={"use": "ndjson", "path": "r"}"#, "rejects.path=s", "run.max_bad_records=1",
      "run.max_bad_records=2")
    #expect(reading.rejects == "s")
    #expect(reading.definition?.run.maximumBadRecords == 2)
  }

  @Test("paths in values start from the working folder")
  func paths() {
    #expect(Self.read("output.path=new").output == "new")
  }

  @Test("whole stages can be replaced")
  func wholeStage() {
    #expect(Self.read(#"stages[0]={"use": "locator"}"#).labels == ["locator", "mine"])
    #expect(Self.read("stages=[]").labels.isEmpty)
  }

  @Test(
    "a wrong argument is complained about at its place in it",
    arguments: [
      (
        "nonsense",
        #"--set:1:1: error: "nonsense" must be PATH=VALUE, such as run.memory='"1 GiB"'"#
      ),
      ("=5", #"--set:1:1: error: "=5" must be PATH=VALUE, such as run.memory='"1 GiB"'"#),
      (
        "stages..count=5",
        #"--set:1:1: error: "stages..count=5" must be PATH=VALUE, such as run.memory='"1 GiB"'"#
      ),
      ("run.memory=1 GiB", "--set:1:12: error: the value is no JSON and no plain word"),
      ("run.memory=", "--set:1:12: error: the value is no JSON and no plain word"),
      (#"run.memory=["#, "--set:1:12: error: the value is no JSON and no plain word"),
      ("run.memory=7", #"--set:1:12: error: run.memory must be a size such as "512 MiB", is 7"#),
      ("run.memry=7", "--set:1:11: error: run.memry is not a setting of run; did you mean memory?"),
      ("stages.mnie.count=7", "--set:1:1: error: stages.mnie names no stage; did you mean mine?"),
      ("stages[2].count=7", "--set:1:1: error: stages.2 names no stage; there are: rewriter, mine"),
      (
        "stages[-1].count=7",
        "--set:1:1: error: stages.-1 names no stage; there are: rewriter, mine"
      ),
      (
        "stages.mine.table[2]=[]",
        "--set:1:1: error: stages.mine.table[2] names no element that the list has"
      ),
      (
        "stages.mine.table.first=[]",
        "--set:1:1: error: stages.mine.table.first names no element that the list has"
      ),
      (
        "stages.mine.table[0][5]=1",
        "--set:1:1: error: stages.mine.table[0][5] names no element that the list has"
      ),
      (
        "stages.mine.count.more=7",
        "--set:1:24: error: stages[1].count must be a whole number, is an object"
      ),
      (
        "extra=1",
        "--set:1:7: error: extra is not part of a definition; there are: $schema, input, "
          + "stages, output, rejects, run, examples"
      ),
    ])
  func wrong(override: String, message: String) {
    #expect(Self.read(override).messages == [message])
  }
}
