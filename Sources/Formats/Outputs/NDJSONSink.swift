import Bytes
public import Pipeline

/// Writes newline-delimited JSON to a file or standard output.
///
/// A file is written beside its final name and gets that name when the run is complete: whoever finds
/// the final name finds the whole output.
public struct NDJSONSink: Sink {
  public struct Settings: ComponentSettings {
    var path = FilePath("-")
    var layout = RecordLayout.winnow
    var columns = TableColumn.usual
    var compression: OutputCompression?
    var level: Int?
    var partRecords: Int?
    var partBytes: ByteCount?
    var maximumValues = 1000
    var maximumParts = 100_000

    public init() {}

    /// The defaults, and the file to write.
    public init(path: String) { self.path = FilePath(path) }

    public static let fields: [Field<Self>] = [
      Field(
        "path", \.path,
        "The file to write, or `-` for standard output. `{run}` stands for the number of the run in its "
          + "state directory, and `{date}` for the day (UTC) on which it started, as in clean/{run}.ndjson. "
          + "With `{n}` or a field of the records it stands for many files: see above. Write `{{` for a brace.",
        isRequired: true),
      Field(
        "layout", \.layout,
        "Which members a record has, and where: winnow's own, or those that another program expects."
      ),
      Field(
        "columns", \.columns,
        "For the layout flat: members of the metadata that are columns of their own. Each holds strings; "
          + "behind a name, `:number`, `:integer` or `:boolean` says otherwise, as in language_score:number."
      ),
      Field(
        "compression", \.compression,
        "How to compress the file. Without it: gzip if the path ends in .gz, zstd if it ends in .zst, "
          + "otherwise not at all."),
      Field(
        "level", \.level,
        "How much effort goes into compression: 1 to 9 with gzip (6 unless you say), 1 to 19 with zstd (3).",
        must: .beWithin(1...19)),
      Field(
        "part_records", \.partRecords,
        "A part is complete when it holds so many records; then the next `{n}` begins.",
        must: .beAtLeast(1)),
      Field(
        "part_bytes", \.partBytes,
        "A part is complete with the record that makes it as large, before compression.",
        must: .beAtLeast(.kibibytes(1))),
      Field(
        "max_values", \.maximumValues,
        "Of the values of fields in the path, or combinations of them, so many get files of their own. Records "
          + "with values that come later go together, under `_other`.",
        must: .beWithin(1...100_000)),
      Field(
        "max_parts", \.maximumParts, "When the output has more parts, the run fails.",
        must: .beWithin(1...10_000_000)),
    ]
  }

  public static let manual = Manual(
    name: "ndjson",
    summary: "Writes records as newline-delimited JSON.",
    discussion: """
      Each line is one object in UTF-8. The keys always come in this order: `id`, `text`, `source`, `created` \
      (only if it is known), `metadata`, `annotations` (only if a stage found something) and, in rejects, \
      `rejected`: the stage, the reason, where the record stood (`file`, `line`, `byte_offset`), and what \
      explains the reason.

      With another `layout` a line holds what the program of that name reads. What nobody knows is left out, \
      so that a member never is `null` where its reader expects a string. In rejects, `rejected` is the last \
      member.

      - `datatrove` (its JsonlReader): `id`, `text` and `metadata`, which also holds `source`, `created` and \
      `annotations`.
      - `dolma`: `id`, `text`, `source`, `added` (when the page was fetched: `warc_date`), `created` and \
      `metadata`, which also holds `annotations`. There are no attributes: taggers write those.
      - `flat` has one level and always the same columns, for pandas, polars and DuckDB: `id`, `text`, \
      `source`, `created`, those that `columns` names, `metadata` and `annotations`. The last two hold JSON \
      as a string: members without a column, and values that do not fit into theirs. A string that nobody \
      knows is empty, a number or truth value is `null`. In a column of strings, values of other types are \
      written as JSON. In rejects there are more columns: `rejected_stage`, `rejected_reason`, \
      `rejected_file`, `rejected_line` (0 where there is none), `rejected_byte_offset` and \
      `rejected_details`.

      A member of the metadata whose name is taken by one of these is called `metadata_NAME`.

      While the run lasts, the file is called PATH.partial. It gets its name in one step when the run is \
      complete. A run that fails or is interrupted leaves PATH.partial.

      A path with fields in braces makes a folder of parts, as in `out/{language}/part-{n}.ndjson.zst`. \
      `{n}` is the number of the part, from 00000, and needs `part_records` or `part_bytes`. The fields are \
      `{host}` (of the URL, without `www.`), `{language}`, `{source}`, `{metadata.NAME}`, and \
      `{annotations.LABEL.NAME}` for what a stage found. There may be three. Parts with different values are \
      numbered each from 00000. A value becomes part of a name: all bytes but letters and digits of ASCII, \
      `-`, `.` and `_` are written `%XX`, as are `.` and `_` at its start, and long values end in a hash. What \
      nobody knows, and lists and objects, are `_`. Folders are made as they are needed. No records make no \
      parts. All parts get their names when the run is complete; if there are parts of an earlier run, \
      it ends before it has read anything.

      A compressed file is a sequence of frames (in gzip: members), which every program reads as one file. \
      Each frame holds as many lines as reach \(FrameBuffer.frameBytes >> 20) MiB. The bytes of the file depend \
      on the records alone. Reports count bytes before compression.

      With a state directory, an interrupted run that is started again cuts PATH.partial back to the last \
      checkpoint and continues from there. What went to standard output, a pipe or a device cannot be cut \
      back: records after the last checkpoint are written a second time.

      A run with a state directory does not replace a file that holds records, since the pages in it are known \
      and would not come again. It ends before it has read anything. Give each run a file of its own by \
      `{run}` or `{date}`; both stay as they are when a run is resumed.
      """,
    example: #"{ "use": "ndjson", "path": "clean.ndjson" }"#,
    reasons: [.emptyText])

  let path: OutputPath
  private let compression: Compression
  private let level: Int
  private let layout: RecordLayout
  private let columns: [TableColumn]
  private let limits: PartLimits

  public init(settings: Settings, context: Context) throws(Complaint) {
    path = try OutputPath(settings.path, hasState: context.hasState)
    limits = PartLimits(
      records: settings.partRecords, bytes: settings.partBytes?.bytes,
      values: settings.maximumValues, parts: settings.maximumParts)
    layout = settings.layout
    columns = try TableColumn.columns(settings.columns, layout)
    compression =
      settings.compression?.format ?? Compression(ofFileNamed: path.template)
    if OutputCompression(rawValue: compression.rawValue) == nil {
      throw Complaint(
        "path",
        "speaks of \(compression.rawValue), which is read but not written; let it end in .zst or .gz, or "
          + "say how to compress it with \"compression\"")
    }
    level = settings.level ?? compression.defaultLevel
    guard compression == .none ? settings.level == nil : compression.levels.contains(level) else {
      let levels = compression.levels
      throw Complaint(
        "level",
        compression == .none
          ? "is for compressed files, and \(path.template) is none; give it an ending or a \"compression\""
          : "must be within \(levels.lowerBound)...\(levels.upperBound) with "
            + "\(compression.rawValue), is \(level)")
    }
    try checkParts()
  }

  /// Parts have numbers exactly where something says when one is full.
  private func checkParts() throws(Complaint) {
    if path.isNumbered, limits.records == nil, limits.bytes == nil {
      throw Complaint(
        "path", "holds {n}, and nothing says when a part is full: part_records or part_bytes")
    }
    if !path.isNumbered, limits.records != nil || limits.bytes != nil {
      throw Complaint(
        limits.records != nil ? "part_records" : "part_bytes",
        "makes parts, and \(path.template) has no {n} for their numbers")
    }
  }

  /// Whether the path stands for many files.
  public var writesParts: Bool { path.isOfParts }

  public func makeEncoder() -> sending NDJSONEncoder {
    NDJSONEncoder(layout, columns: columns, fields: path.fields)
  }

  public func makeWriter(
    for run: RunStart, at position: SinkPosition?
  ) throws -> sending OutputWriter {
    if path.isOfParts {
      return .parts(
        try PartsWriter(
          path, in: run, limits: limits, compressor: FrameCompressor(compression, level: level),
          at: position))
    }
    return .file(
      try FileWriter(
        try file(in: run, at: position), compressor: FrameCompressor(compression, level: level),
        at: position))
  }

  /// The one file that a run writes.
  /// - Throws: `OutputFinished`.
  func file(in run: RunStart, at position: SinkPosition?) throws -> FilePath {
    let file = path.path(in: run)
    if run.number != nil, position == nil, FileWriter.holdsRecords(file) {
      throw OutputFinished(path: file.path, proposal: path.withRun)
    }
    return file
  }
}

/// The formats of `Compression` that are written.
enum OutputCompression: String, SettingChoice {
  case none, gzip, zstd

  var format: Compression {
    switch self {
    case .none: .none
    case .gzip: .gzip
    case .zstd: .zstd
    }
  }
}
