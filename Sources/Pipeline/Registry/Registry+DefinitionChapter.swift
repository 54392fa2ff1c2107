extension Registry {
  /// As in `winnow manual definition`.
  static let definitionChapterName = "definition"

  /// What belongs to a definition itself rather than to one of its components.
  static let definitionChapter = """
    ## definition

    A definition is one JSON object, which `winnow check` holds to all of this:

    ```json
    { "input":   { "use": "files", "paths": ["crawl"] },
      "stages":  [ { "use": "html" }, { "use": "boilerplate" } ],
      "output":  { "use": "ndjson", "path": "clean/{run}.ndjson" },
      "rejects": { "use": "ndjson", "path": "rejects/{run}.ndjson" },
      "run":     { "state": "state" } }
    ```

    - `input`: where documents come from. `use` names an input, the other members are its settings. INPUT
      arguments of `winnow run` take its place: folders, `.html` and `.txt` are read as files, `.ndjson` and
      `.jsonl` as records, standard input (`-`) by its first bytes; the settings hold where the kind is the
      same. What no input knows is refused by name, and `--format` overrides.
    - `stages`: what is done with them, one after another. Each has `use` and its settings, and a `label`
      where two stages are of one kind: the name in reports, rejects, annotations and `--set`. A stage that
      needs a page or text must stand behind the one that makes it.
    - `output`: where kept documents go; `-o` sends them elsewhere.
    - `rejects`: where all others go, with stage, reason and place; without it they are only counted. They
      belong to `output`: with `-o` they are not written either, unless `--rejects` or `--set rejects.path`
      says where. So one page can be looked at with `-o -` without touching the rejects of the night, and
      several runs of one definition can be under way at once.
    - `run`: bounds of the run itself, and its state directory.
    - `$schema`: for editors; not read.

    Relative paths in a definition start from its folder, those of arguments from the working folder; `-` is
    standard input or output. An output may not be a file that the run reads, by whatever name. In strings
    `${NAME}` stands for an environment variable, `${NAME:-default}` for one that may be missing, and `$${`
    for the characters `${`. In paths of outputs `{run}` is the number of the run in its state directory, and
    `{date}` the day (UTC) on which it started; both are the same when an interrupted run goes on.

    With a state directory what was kept is known, and does not come again. So such a run never replaces an
    output or rejects that hold records: it ends at once, with exit code 1, and says how to name them. A file
    that a later step moves away may keep one name for all runs: if the step fails, the next run stops.
    Where one run makes parts (map) and another joins them (reduce), only the second may have a state: a map
    without one makes the same bytes as often as it is repeated, and the reduce reads all parts by a
    pattern, as in `winnow run reduce.json parts/*.ndjson --state state -o 'clean/{run}.ndjson'`.

    """
}
