import Bytes
import Pipeline
import TestSupport
import Testing

@testable import Formats

/// Lines in the layouts of other programs, byte for byte. `OtherProgramsTests` has them read.
@Suite struct RecordLayoutTests {
  private func encode(
    _ document: Document, _ layout: String, rejection: Rejection? = nil
  ) throws -> String {
    let sink = try NDJSONSink(
      settings: try .read(from: #"{"path": "-", \#(layout)}"#),
      context: Context(label: "output", standardInput: .standardInput))
    var encoder = sink.makeEncoder()
    var bytes: [UInt8] = []
    encoder.encode(document, rejection: rejection, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let document = Document(
    id: "a-1", text: UTF8Text("first\n\"line\" é"), source: "crawl",
    created: "2026-11-20T00:00:00.000Z",
    metadata: [
      "url": "http://a", "title": nil, "n": 1.5, "tags": ["x", nil],
      "warc_date": "2026-11-21T02:03:04Z",
    ],
    annotations: ["entities": [["start": 0]]],
    origin: Origin(file: "in.ndjson", line: 7, byteOffset: 1234))

  private static let bare = Document(id: "b", text: UTF8Text("t"), origin: Origin(file: "b.html"))

  private static let rejection = Rejection(
    stage: "dups",
    drop: Drop(reason: DropReason("near_duplicate", "A repeat."), details: ["of": "a-0"]))

  private static let rejected =
    #""rejected":{"stage":"dups","reason":"near_duplicate","file":"in.ndjson","line":7,"#
    + #""byte_offset":1234,"of":"a-0"}"#

  @Test("datatrove: everything but id and text is metadata, without what is not known")
  func datatrove() throws {
    let layout = #""layout": "datatrove""#
    let start =
      #"{"id":"a-1","text":"first\n\"line\" é","metadata":{"source":"crawl","#
      + #""created":"2026-11-20T00:00:00.000Z","url":"http://a","n":1.5,"tags":["x",null],"#
      + #""warc_date":"2026-11-21T02:03:04Z","annotations":{"entities":[{"start":0}]}"#
    #expect(try encode(Self.document, layout) == start + "}}\n")
    #expect(
      try encode(Self.document, layout, rejection: Self.rejection)
        == start + ",\(Self.rejected)}}\n")
    #expect(
      try encode(Self.bare, layout) == #"{"id":"b","text":"t","metadata":{"source":""}}"# + "\n")
  }

  @Test("dolma: strings are there or left out; the day of fetching is `added`")
  func dolma() throws {
    let layout = #""layout": "dolma""#
    let start =
      #"{"id":"a-1","text":"first\n\"line\" é","source":"crawl","added":"2026-11-21T02:03:04.000Z","#
      + #""created":"2026-11-20T00:00:00.000Z","metadata":{"url":"http://a","n":1.5,"#
      + #""tags":["x",null],"warc_date":"2026-11-21T02:03:04Z","#
      + #""annotations":{"entities":[{"start":0}]}"#
    #expect(try encode(Self.document, layout) == start + "}}\n")
    #expect(
      try encode(Self.document, layout, rejection: Self.rejection)
        == start + ",\(Self.rejected)}}\n")
    #expect(
      try encode(Self.bare, layout) == #"{"id":"b","text":"t","source":"","metadata":{}}"# + "\n")
    var other = Self.bare
    other.metadata["warc_date"] = "2026-11-21T02:03:04.5Z"
    #expect(
      try encode(other, layout)
        == #"{"id":"b","text":"t","source":"","added":"2026-11-21T02:03:04.5Z","#
        + #""metadata":{"warc_date":"2026-11-21T02:03:04.5Z"}}"# + "\n")
  }

  @Test("a member whose name the layout gives to something else has another name")
  func takenNames() throws {
    var document = Self.bare
    document.metadata = ["source": 1, "annotations": 2, "metadata_source": 3, "created": nil]
    #expect(
      try encode(document, #""layout": "datatrove""#)
        == #"{"id":"b","text":"t","metadata":{"source":"","metadata_metadata_source":1,"#
        + #""metadata_annotations":2,"metadata_source":3}}"# + "\n")
    #expect(
      try encode(document, #""layout": "dolma""#)
        == #"{"id":"b","text":"t","source":"","metadata":{"source":1,"metadata_annotations":2,"#
        + #""metadata_source":3}}"# + "\n")
  }

  @Test("flat: the same columns in every row, and what has none is JSON in a string")
  func flat() throws {
    let layout = #""layout": "flat""#
    let start =
      #"{"id":"a-1","text":"first\n\"line\" é","source":"crawl","#
      + #""created":"2026-11-20T00:00:00.000Z","url":"http://a","title":"","author":"","date":"","#
      + #""language":"","metadata":"{\"n\":1.5,\"tags\":[\"x\",null],"#
      + #"\"warc_date\":\"2026-11-21T02:03:04Z\"}","#
      + #""annotations":"{\"entities\":[{\"start\":0}]}""#
    #expect(try encode(Self.document, layout) == start + "}\n")
    #expect(
      try encode(Self.document, layout, rejection: Self.rejection)
        == start + #","rejected_stage":"dups","rejected_reason":"near_duplicate","#
        + #""rejected_file":"in.ndjson","rejected_line":7,"rejected_byte_offset":1234,"#
        + #""rejected_details":"{\"of\":\"a-0\"}"}"# + "\n")
    #expect(
      try encode(Self.bare, layout, rejection: Self.rejection)
        == #"{"id":"b","text":"t","source":"","created":"","url":"","title":"","author":"","#
        + #""date":"","language":"","metadata":"{}","annotations":"{}","rejected_stage":"dups","#
        + #""rejected_reason":"near_duplicate","rejected_file":"b.html","rejected_line":0,"#
        + #""rejected_byte_offset":0,"rejected_details":"{\"of\":\"a-0\"}"}"# + "\n")
  }

  @Test("a value that does not fit into its column stays in the metadata")
  func columns() throws {
    let layout =
      #""layout": "flat", "columns": ["s", "x:number", "n:integer", "b:boolean", "og:title"]"#
    var document = Self.bare
    let start = #"{"id":"b","text":"t","source":"","created":"","#
    let row = { (metadata: JSONObject) throws -> String in
      document.metadata = metadata
      let line = try encode(document, layout)
      return String(line.dropFirst(start.count).dropLast(#","annotations":"{}"}"#.count + 1))
    }
    #expect(try encode(document, layout).hasPrefix(start))
    #expect(
      try row(["s": "a", "x": 2, "n": 3, "b": true, "og:title": "T"])
        == #""s":"a","x":2,"n":3,"b":true,"og:title":"T","metadata":"{}""#)
    #expect(
      try row(["s": [1, true], "x": "2", "n": 3.5, "b": 1])
        == #""s":"[1,true]","x":null,"n":null,"b":null,"og:title":"","#
        + #""metadata":"{\"x\":\"2\",\"n\":3.5,\"b\":1}""#)
    #expect(
      try row(["s": 1, "x": .digits("18446744073709551616"), "n": nil, "b": nil])
        == #""s":"1","x":18446744073709551616,"n":null,"b":null,"og:title":"","metadata":"{}""#)
  }

  @Test(
    "columns that no layout can have are complained about",
    arguments: [
      (#""columns": ["a"]"#, "is for the layout flat, and the layout is winnow"),
      (
        #""layout": "flat", "columns": ["a:nubmer"]"#,
        "names a:nubmer, and nubmer is no type of columns; did you mean number?"
      ),
      (#""layout": "flat", "columns": [":number"]"#, "names a column without a name"),
      (#""layout": "flat", "columns": ["id"]"#, "names id, which is a column anyway"),
      (#""layout": "flat", "columns": ["a", "a:number"]"#, "names a twice"),
    ])
  func wrongColumns(settings: String, message: String) throws {
    #expect(throws: Complaint("columns", message)) {
      _ = try encode(Self.bare, settings)
    }
  }
}
