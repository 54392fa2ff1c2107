import Bytes
public import Pipeline

/// Reads what stands in tar and ZIP archives, without unpacking them.
public struct ArchiveSource: PathSource {
  public struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var source = "archive"
    var skipsProcessed = false

    public init() {}

    /// The defaults, and one file to read.
    public init(path: String) { paths = [FilePath(path)] }

    public static let fields: [Field<Self>] = [
      .paths(
        \.paths,
        "Files, shell patterns, folders (every archive in them, by its ending); read in this order."
      ),
      Field("source", \.source, "The `source` of records that do not name one."),
      .skipsProcessed(\.skipsProcessed),
    ]
  }

  public static let manual = Manual(
    name: "archive",
    summary: "Reads pages, texts and records from tar and ZIP archives, and WACZ.",
    discussion: """
      Archives end in .tar (also behind .gz, .zst, .bz2 and .xz), .tgz, .tbz2, .txz, .zip or .wacz. Nothing \
      is unpacked. Entries are read by their endings, as the inputs `files`, `ndjson`, `csv` and `warc` read \
      files of such names with their default settings, each compressed or not; of a WACZ only the WARC files \
      in it. Entries with other endings are left out and counted by ending, and so are links and devices. \
      Archives in archives are not read.

      The id of a page is the archive's path, a slash and the entry's name; `file` in a reject is that, too. \
      Where an archive is damaged or encrypted, a reject says in which entry, and the next archive is read. \
      An archive may grow to \(Archive.growth) times the bytes that were read of it and \
      \(Archive.fixedGrowth >> 20) MiB more; what grows further counts as damaged. Standard input cannot be an \
      archive.
      """,
    example: #"{ "use": "archive", "paths": ["crawls/*.wacz"] }"#,
    promises: [Manual.Promise("url", "The page's URL, where its record gives it.")],
    reasons: [
      .invalidUTF8, .malformedRecord, .noContent, .tooLarge, .tooManyValues, .unknownCoding,
      .unknownFormat, .unreadPayload, .unreadable,
    ])

  public static let endings = [
    ".tar", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".txz", ".zip", ".wacz",
  ]

  private let settings: Settings
  private let context: Context
  public let input: InputPaths

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    self.context = context
    if let index = settings.paths.firstIndex(where: \.isStandardStream) {
      throw Complaint(
        "paths", element: index, "names standard input, and an archive must be a file")
    }
    input = try InputPaths(
      settings.paths, endings: ArchiveSource.endings, skipsProcessed: settings.skipsProcessed,
      context)
  }

  public func makeReader(_ state: StageState?) -> sending ArchiveReader {
    ArchiveReader(input.makeFiles(state), context: context)
  }

  public func makeDecoder() throws -> sending ArchiveDecoder {
    var (ndjson, csv, warc) = (
      NDJSONSource.Settings(), CSVSource.Settings(), WARCSource.Settings()
    )
    ndjson.source = settings.source
    csv.source = settings.source
    warc.source = settings.source
    return ArchiveDecoder(
      files: FileDecoder(source: settings.source),
      ndjson: NDJSONDecoder(settings: ndjson, parser: try JSONRecordParser()),
      csv: CSVDecoder(settings: csv),
      warc: WARCDecoder(
        settings: warc, statuses: Set(warc.statuses), maximumDocument: context.maximumDocument))
  }
}
