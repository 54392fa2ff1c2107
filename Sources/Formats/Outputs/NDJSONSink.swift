import Bytes
public import Pipeline

/// Writes newline-delimited JSON to a file or standard output.
///
/// A file is written beside its final name and gets that name when the run is complete: whoever finds
/// the final name finds the whole output.
public struct NDJSONSink: Sink {
  public struct Settings: ComponentSettings {
    var path = FilePath("-")
    var compression: Compression?
    var level: Int?

    public init() {}

    /// The defaults, and the file to write.
    public init(path: String) { self.path = FilePath(path) }

    public static let fields: [Field<Self>] = [
      Field(
        "path", \.path,
        "The file to write, or `-` for standard output. `{run}` stands for the number of the run in its "
          + "state directory, and `{date}` for the day (UTC) on which it started, as in clean/{run}.ndjson. "
          + "Write `{{` for a brace.",
        isRequired: true),
      Field(
        "compression", \.compression,
        "How to compress the file. Without it: gzip if the path ends in .gz, zstd if it ends in .zst, "
          + "otherwise not at all."),
      Field(
        "level", \.level,
        "How much effort goes into compression: 1 to 9 with gzip (6 unless you say), 1 to 19 with zstd (3).",
        must: .beWithin(1...19)),
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

      While the run lasts, the file is called PATH.partial. It gets its name in one step when the run is \
      complete. A run that fails or is interrupted leaves PATH.partial.

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

  private let path: OutputPath
  private let compression: Compression
  private let level: Int

  public init(settings: Settings, context: Context) throws(Complaint) {
    path = try OutputPath(settings.path, hasState: context.hasState)
    compression = settings.compression ?? Compression(ofFileNamed: path.template)
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
  }

  public func makeEncoder() -> sending NDJSONEncoder { NDJSONEncoder() }

  public func makeWriter(
    for run: RunStart, at position: SinkPosition?
  ) throws -> sending FileWriter {
    let file = path.path(in: run)
    if run.number != nil, position == nil, FileWriter.holdsRecords(file) {
      throw OutputFinished(path: file.path, proposal: path.withRun)
    }
    return try FileWriter(
      file, compressor: FrameCompressor(compression, level: level), at: position)
  }
}

extension Compression: SettingChoice {}

/// Writes documents in the record format.
public struct NDJSONEncoder: RecordEncoder {
  private var writer = JSONWriter()

  public init() {}

  public mutating func encode(
    _ document: Document, rejection: Rejection?, into bytes: inout [UInt8]
  ) {
    swap(&writer.bytes, &bytes)
    writer.openObject()
    writer.key("id")
    writer.string(document.id)
    writer.key("text")
    writer.string(document.text)
    writer.key("source")
    writer.string(document.source)
    // Unknown values are left out: readers that declare a string for them refuse null.
    if let created = document.created {
      writer.key("created")
      writer.string(created)
    }
    writer.key("metadata")
    writer.object(document.metadata)
    if !document.annotations.isEmpty {
      writer.key("annotations")
      writer.object(document.annotations)
    }
    if let rejection {
      writer.key("rejected")
      write(rejection, document.origin)
    }
    writer.closeObject()
    writer.endLine()
    swap(&writer.bytes, &bytes)
  }

  private mutating func write(_ rejection: Rejection, _ origin: Origin) {
    writer.openObject()
    writer.key("stage")
    writer.string(rejection.stage)
    writer.key("reason")
    writer.string(rejection.drop.reason.name)
    writer.key("file")
    writer.string(origin.file)
    writer.key("line")
    writer.value(origin.line.map { .int(Int64($0)) } ?? .null)
    writer.key("byte_offset")
    writer.int(Int64(origin.byteOffset))
    for detail in rejection.drop.details.members {
      writer.key(detail.key)
      writer.value(detail.value)
    }
    writer.closeObject()
  }
}
