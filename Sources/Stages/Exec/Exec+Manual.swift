public import Pipeline

extension Exec {
  public static let manual = Manual(
    name: "exec",
    summary: "Lets any program change, annotate, drop or multiply records.",
    discussion: """
      The program reads records from its standard input and writes records to its standard output, one JSON \
      object on each line, in the record format: `id`, `text`, `source`, `created`, `metadata` and \
      `annotations`. HTML does not travel; before the stage `html` the text is empty, but the URL is there. \
      Each thread has a copy of the program.

      With `"answers": "one"` the program writes one line for each line that it reads, in the same order: \
      `jq -c .`, `sed`, `python3 script.py`. An empty line or `null` drops the record.

      With `"answers": "by_id"` each line names its record by `id`. A record that no line names is dropped, so \
      filters such as `grep` can be used as they are. If several lines name a record, each becomes a record: the \
      first keeps the id, the others are called ID#2, ID#3 and so on.

      An answer may leave members out. `text`, `metadata` and `annotations` take the place of what the record \
      had; what is left out stays as it was. Other members join the metadata. The id cannot be changed.

      By default a copy of the program is started for each batch and gets the end of its input after the \
      batch's last record. So programs that write only when their buffer is full work without any flag. If a \
      program takes long to start, write `"lifetime": "run"`, and make it write each answer at once: \
      `python3 -u`, `jq --unbuffered`, `sed -u`.

      If the program crashes, hangs, or writes something that does not fit its input, it is started again with \
      fewer records. A record is rejected only if the program fails when it has that record alone. What the \
      program writes to standard error appears there under the stage's label; it may come more than once for \
      such records. The answer must depend on the record alone, since which records come together is not defined.

      The program and its process group end with the run, even if winnow is killed.
      """,
    example: #"{ "use": "exec", "command": ["jq", "-c", ".metadata.length = (.text | length)"] }"#,
    effects: [.rewritesText],
    reasons: [.leftOut, .badAnswer, .programFailed, .tooSlow])
}
