extension Registry {
  /// As in `winnow manual definition`.
  static let definitionChapterName = "definition"

  /// The chapter on the definition itself, as opposed to its components.
  static let definitionChapter = """
    ## definition

    A definition is one JSON object that describes a pipeline. `winnow check` reports everything that is wrong
    with it.

    ```json
    { "input":   { "use": "files", "paths": ["crawl"] },
      "stages":  [ { "use": "html" }, { "use": "boilerplate" } ],
      "output":  { "use": "ndjson", "path": "clean/{run}.ndjson" },
      "rejects": { "use": "ndjson", "path": "rejects/{run}.ndjson" },
      "run":     { "state": "state" } }
    ```

    - `input`: where documents come from. `use` names an input: `files` (pages and texts that are files of
      their own), `ndjson`, `csv`, `warc` or `archive`. The other members are its settings.
    - `stages`: what to do with each document, in this order. Each stage has `use` and its settings. Two
      stages of one kind each need a `label`: the name in reports, rejects, annotations and `--set`. A stage
      that needs a page or text comes after the one that makes it.
    - `output`: where kept documents go. `use` is `ndjson`; its `layout` says which members a record has:
      winnow's own, or those that datatrove, dolma or programs for tables expect. `-o` sends them elsewhere.
    - `rejects`: where all other documents go, with stage, reason and place. Without it they are only
      counted. Rejects belong to `output`: with `-o` they are not written either, unless `--rejects` or
      `--set rejects.path` says where. So you can look at one page with `-o -` without touching last night's
      rejects, and several runs of one definition can work at once.
    - `run`: settings of the run itself, such as memory and the state directory.
    - `examples`: a file or folder of pages and what must become of them, for `winnow test`; see the chapter
      `examples`. No run reads it.
    - `$schema`: for editors. It is not read.

    INPUT arguments of `winnow run` replace `input`. Folders, `.html` and `.txt` are read as files, `.ndjson`
    and `.jsonl` as records, `.csv` and `.tsv` as tables, `.warc` and `.wet` as crawls, `.tar`, `.zip` and
    `.wacz` as archives, each also behind `.gz` and `.zst`, and standard input (`-`) by its first bytes. The settings of `input` still hold if
    the kind is the same. `--format` says what an argument is if its name does not. `--files-from` and `--files0-from` name files with
    further INPUTs, one on each line or with a zero byte after each. Formats that no input
    reads are refused by name.

    Relative paths in a definition start from its folder, and those in arguments from the working folder. `-`
    is standard input or output. An output may not be a file that the run reads, by whatever name.

    In strings, `${NAME}` stands for an environment variable, `${NAME:-default}` for one that may be missing,
    and `$${` for the characters `${`. In paths of outputs, `{run}` is the number of the run in its state
    directory, and `{date}` the day (UTC) on which it started. Both stay the same when a run is resumed. A
    path with `{n}`, or with a field of the records such as `{language}` or `{host}`, makes a folder of parts:
    `out/{language}/part-{n}.ndjson.zst`. `winnow manual ndjson` says more.

    A run with a state directory never replaces an output or rejects that hold records, because pages that were
    kept are known and do not come again. It ends at once with exit code 1, and says how to name the files. If
    a later step moves the file away, it may have the same name in every run; if that step fails, the next run
    stops.

    If some runs make parts (map) and one joins them (reduce), give a state directory only to the last one. A
    map without one makes the same bytes however often you repeat it. The reduce reads all parts by a pattern:
    `winnow run reduce.json parts/*.ndjson --state state -o 'clean/{run}.ndjson'`.

    """
}
