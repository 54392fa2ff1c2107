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

  private static let python = ProcessInfo.processInfo.environment["WINNOW_PYTHON"] ?? "python3"

  private static func isThere(_ module: String) -> Bool {
    (try? Executable.shell("\(python) -c 'import \(module)'", in: Workplace.root))?.code == 0
  }

  private static let installed = readers.keys.sorted().filter(isThere)

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
    let result = try place.run("\(Self.python) read.py")
    #expect(result.code == 0, "\(module): \(result.errors)")
    #expect(result.lines.last == "3 2026-11-20T00:00:00.000Z", "\(module)")
  }
}
