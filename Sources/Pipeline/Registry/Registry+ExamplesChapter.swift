extension Registry {
  /// As in `winnow manual examples`.
  static let examplesChapterName = "examples"

  /// The members of an example.
  public static let exampleSettings = ExampleSettings.fields.map(SettingDescription.init)

  /// The chapter on what `winnow test` reads; the table of members follows it.
  static let examplesChapter = """
    ## examples

    An example says what becomes of one page: this page in, this record out, or rejected for this reason.
    `winnow test` takes each example through the stages of a definition and compares what comes with what is
    expected.

    Examples stand in files that the definition's `examples` or arguments name, or in folders of such files. A
    file that ends in `.ndjson` or `.jsonl` has one on each line; one that ends in `.json` holds an example or a
    list of them. Each is an object:

    ```json
    { "name": "the menu goes, the article stays",
      "url": "https://example.org/boats.html",
      "html": "<html><body><nav><a href='/'>Home</a></nav><article><p>The boats …</p></article></body></html>",
      "expect": { "text": { "contains": "The boats", "lacks": ["Home", "Contact"] },
                  "metadata.language": "en" } }
    ```

    ```json
    { "name": "German pages go", "file": "pages/hafen.html",
      "expect": { "rejected.stage": "language", "rejected.reason": "language_not_kept" } }
    ```

    A value is compared exactly, letter by letter; null also stands for a member that is not there. An example
    that does not speak of `rejected` must be kept. Each goes through the stages alone: stages that compare
    documents see only this one.

    """
}
