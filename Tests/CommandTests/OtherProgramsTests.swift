import Foundation
import Testing

/// The output as other programs read it, where they are installed: `WINNOW_PYTHON` may name an interpreter
/// that has them.
@Suite struct OtherProgramsTests {
  /// What each of them makes of `out.ndjson`: the number of records, and the `created` of the first.
  private static let readers = [
    "pandas": """
    import pandas
    frame = pandas.read_json("out.ndjson", lines=True, convert_dates=False)
    print(len(frame), frame["created"][0])
    """,
    "polars": """
    import polars
    frame = polars.read_ndjson("out.ndjson")
    print(len(frame), frame["created"][0])
    """,
    "duckdb": """
    import duckdb
    rows = duckdb.sql("select id, strftime(created, '%Y-%m-%dT%H:%M:%S.000Z') from 'out.ndjson'").fetchall()
    print(len(rows), rows[0][1])
    """,
    // What `dolma tag` declares of a document: strings, where they are there at all.
    "msgspec": """
    import msgspec
    class Document(msgspec.Struct):
        id: str
        text: str
        source: str = ""
        created: str = ""
        metadata: dict = {}
    documents = [msgspec.json.decode(line, type=Document) for line in open("out.ndjson", "rb")]
    print(len(documents), documents[0].created)
    """,
    "dolma": """
    import msgspec
    from dolma.core.data_types import InputSpecWithMetadata
    documents = [msgspec.json.decode(line, type=InputSpecWithMetadata) for line in open("out.ndjson", "rb")]
    print(len(documents), documents[0].created)
    """,
    "datatrove": """
    from datatrove.pipeline.readers import JsonlReader
    documents = list(JsonlReader(".", glob_pattern="out.ndjson", compression=None).run())
    print(len(documents), documents[0].metadata["created"])
    """,
  ]

  /// What each of them makes of an output in a layout of its own. The first 120 of 150 records know less
  /// than the others: more than some readers look at before they decide on types.
  private static let layoutReaders = [
    (
      "datatrove", "datatrove",
      """
      from datatrove.pipeline.readers import JsonlReader
      documents = list(JsonlReader(".", glob_pattern="out.ndjson", compression=None).run())
      first, last = documents[0], documents[-1]
      assert first.id == "0" and first.text == "Words of text 0."
      assert first.metadata["source"] == "crawl" and "created" not in first.metadata
      assert last.metadata["created"] == "2026-11-20T00:00:00.000Z"
      assert last.metadata["title"] == "T" and last.metadata["n"] == 149
      assert None not in [value for document in documents for value in document.metadata.values()]
      print(len(documents))
      """
    ),
    (
      "msgspec", "dolma",
      """
      import msgspec
      class Document(msgspec.Struct):
          id: str
          text: str
          source: str = ""
          created: str = ""
          added: str = ""
          metadata: dict = {}
      documents = [msgspec.json.decode(line, type=Document) for line in open("out.ndjson", "rb")]
      assert documents[-1].added == "2026-11-21T02:03:04.000Z" and documents[0].added == ""
      assert documents[-1].metadata["title"] == "T"
      print(len(documents))
      """
    ),
    (
      "necessary", "dolma",
      """
      import glob, gzip, json, os
      from dolma.cli.__main__ import main
      # Its processes read this file, too.
      if __name__ == "__main__":
          os.makedirs("documents")
          with gzip.open("documents/out.json.gz", "wb") as copy:
              copy.write(open("out.ndjson", "rb").read())
          main(["tag", "--documents", "documents/*.gz", "--taggers", "char_length_v1", "--processes", "1"])
          tagged = [json.loads(line) for path in glob.glob("attributes/**/*.gz", recursive=True)
                    for line in gzip.open(path)]
          assert tagged[0]["source"] == "crawl"
          print(len(tagged))
      """
    ),
    (
      "pandas", "flat",
      """
      import pandas
      frame = pandas.read_json("out.ndjson", lines=True, dtype=False, convert_dates=False)
      assert list(frame.columns) == [
          "id", "text", "source", "created", "url", "title", "n", "metadata", "annotations"]
      assert frame["n"].dtype == "int64" and not frame.isnull().values.any()
      assert frame["title"][0] == "" and frame["title"][149] == "T"
      print(len(frame))
      """
    ),
    (
      "polars", "flat",
      """
      import polars
      frame = polars.read_ndjson("out.ndjson")
      assert frame.columns == [
          "id", "text", "source", "created", "url", "title", "n", "metadata", "annotations"]
      assert [str(type) for type in frame.dtypes] == ["String"] * 6 + ["Int64"] + ["String"] * 2
      assert frame["title"][149] == "T" and frame["created"][149] == "2026-11-20T00:00:00.000Z"
      print(len(frame))
      """
    ),
    (
      "duckdb", "flat",
      """
      import duckdb
      rows = duckdb.sql("select title, n, metadata, created from 'out.ndjson'").fetchall()
      assert rows[0] == ("", 0, "{}", "")
      assert rows[149][0] == "T" and rows[149][3] == "2026-11-20T00:00:00.000Z"
      columns = duckdb.sql("describe select * from 'out.ndjson'").fetchall()
      assert [column[0] for column in columns] == [
          "id", "text", "source", "created", "url", "title", "n", "metadata", "annotations"]
      print(len(rows))
      """
    ),
  ]

  private static let installed = readers.keys.sorted().filter(Executable.hasPythonModule)

  @Test(
    "records with and without a date are read as they are",
    .enabled(
      if: !installed.isEmpty, "none of pandas, polars, duckdb, msgspec, dolma, datatrove is there"),
    arguments: installed)
  func read(module: String) throws {
    let place = try Workplace(stages: #"{"use": "html"}, {"use": "language"}"#)
    try place.write(
      "in.ndjson",
      [
        #"{"id":1,"html":"<title>T</title><p>Words of a page.","created":"2026-11-20T00:00:00.000Z"}"#,
        #"{"id":"2","html":"<p>Words of a page without a date.","created":null,"n":7}"#,
        #"{"id":"3","text":"Words of a text.","metadata":{"author":null}}"#,
      ].map { $0 + "\n" }.joined())
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    try place.write("read.py", Self.readers[module] ?? "")
    let result = try place.run("\(Executable.python) read.py")
    #expect(result.code == 0, "\(module): \(result.errors)")
    #expect(result.lines.last == "3 2026-11-20T00:00:00.000Z", "\(module)")
  }

  @Test(
    "each layout is read by the program that it is made for",
    .enabled(
      if: !layoutReaders.filter { Executable.hasPythonModule($0.0) }.isEmpty,
      "none of datatrove, msgspec, dolma, pandas, polars, duckdb is there: WINNOW_PYTHON names a Python"
    ),
    arguments: layoutReaders.filter { Executable.hasPythonModule($0.0) }.map { [$0.0, $0.1, $0.2] })
  func readLayout(reader: [String]) throws {
    let place = try Workplace()
    let records = (0..<150).map { number in
      let more =
        number < 120
        ? #","title":null"#
        : #","title":"T","created":"2026-11-20T00:00:00.000Z","warc_date":"2026-11-21T02:03:04Z""#
      return
        #"{"id":"\#(number)","text":"Words of text \#(number).","source":"crawl","n":\#(number)\#(more)}"#
        + "\n"
    }
    try place.write("in.ndjson", records.joined())
    let columns =
      reader[1] == "flat" ? #"--set 'output.columns=["url","title","n:integer"]'"# : ""
    let run = try place.run("winnow run in.ndjson -q --set output.layout=\(reader[1]) \(columns)")
    #expect(run.code == 0, "\(run.errors)")
    try place.write("read.py", reader[2])
    let result = try place.run("\(Executable.python) read.py")
    #expect(result.code == 0, "\(reader[0]): \(result.errors)")
    #expect(result.lines.last == "150", "\(reader[0])")
  }
}
