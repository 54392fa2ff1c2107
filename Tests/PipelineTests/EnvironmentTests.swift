import Bytes
import Pipeline
import Testing

/// `${NAME}` in strings of a definition.
@Suite struct EnvironmentTests {
  static func read(_ text: String) -> Reading {
    Registry.test.read(
      pipeline(stages: #"{"use": "sample", "name": "\#(text)"}"#),
      environment: ["DATE": "2026-11-20", "_a1": "x", "EMPTY": "", "NESTED": "${DATE}"])
  }

  @Test(
    "variables are filled in",
    arguments: [
      ("${DATE}", "2026-11-20"), ("a/${DATE}/${_a1}.b", "a/2026-11-20/x.b"),
      ("${DATE:-never}", "2026-11-20"), ("${NOT_SET:-never}", "never"), ("${NOT_SET:-}x", "x"),
      ("${EMPTY:-default}", "default"), ("a${EMPTY}b", "ab"), ("${NOT_SET:-a:-b}", "a:-b"),
      ("${NESTED}", "${DATE}"), ("$${DATE}", "${DATE}"), ("$$${DATE}", "$${DATE}"),
      ("$DATE", "$DATE"),
      ("5 $", "5 $"), ("$$", "$$"), ("{DATE}", "{DATE}"),
    ])
  func filling(text: String, name: String) {
    #expect(Self.read(text).sample?.name == name)
  }

  @Test("a variable that is not set is complained about once")
  func notSet() {
    #expect(
      Self.read("${NOT_SET}").messages == [
        "p:2:27: error: stages[0].name names the environment variable NOT_SET, which is not set; "
          + "${NOT_SET:-VALUE} gives it a default"
      ])
  }

  @Test(
    "what is no variable is complained about",
    arguments: [
      "${", "${}", "a ${DATE", "${A B}", "${1A}", "${DATE:?}", "${DATE:-", "${É}", "${:-a}",
    ])
  func syntax(text: String) {
    #expect(
      Self.read(text).messages == [
        "p:2:27: error: stages[0].name holds ${ without NAME} or NAME:-VALUE} behind it; "
          + "the characters ${ are written $${"
      ])
  }

  @Test("a variable fills the name of a component, lists, and a value of any type that is a string")
  func everywhere() {
    let reading = Registry.test.read(
      """
      {"input": {"use": "${KIND}", "paths": ["${A}", "b${A}"]}, "stages": [],
       "output": {"use": "ndjson", "path": "-"}, "run": {"memory": "${SIZE} MiB"}}
      """, environment: ["KIND": "files", "A": "a", "SIZE": "64"])
    #expect(reading.inputs == [#"files ["folder/a", "folder/ba"] default"#])
    #expect(reading.definition?.run.memory.description == "64 MiB")
  }

  @Test("names of members are left as they are")
  func names() {
    #expect(
      Registry.test.read(pipeline(run: #"{"${A}": 1}"#), environment: ["A": "memory"]).messages == [
        "p:4:2: error: run.${A} is not a setting of run; there are: memory, batch, max_document, "
          + "max_bad_records, state, state_memory, checkpoint_bytes, checkpoint_seconds"
      ])
  }

  @Test("other complaints about the definition are made as ever")
  func others() {
    let reading = Registry.test.read(
      """
      {"input": {"use": "${NOT_SET}", "paths": ["in"]}, "stages": [],
       "output": {"use": "ndjson", "path": "${NOT_SET}", "pth": 1}, "run": {"memory": "${NOT_SET}"}}
      """)
    let message =
      "names the environment variable NOT_SET, which is not set; "
      + "${NOT_SET:-VALUE} gives it a default"
    #expect(
      reading.messages == [
        "p:1:19: error: input.use \(message)", "p:2:38: error: output.path \(message)",
        "p:2:52: error: output.pth is not a setting of ndjson; did you mean path?",
        "p:2:81: error: run.memory \(message)",
      ])
  }
}
