import Bytes
public import Pipeline

/// Reads pages and texts from WARC files, as crawlers write them and Common Crawl gives them away.
///
/// The reader decompresses the files and finds out where records begin and end; what was sent over HTTP
/// is taken apart by the threads that process it.
public struct WARCSource: PathSource {
  public struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var statuses = [200]
    var idHeader = "WARC-Record-ID"
    var source = "warc"
    var skipsProcessed = false

    public init() {}

    /// The defaults, and one file to read.
    public init(path: String) { paths = [FilePath(path)] }

    public static let fields: [Field<Self>] = [
      .paths(
        \.paths,
        "Files, shell patterns, folders (everything in them that ends in .warc or .wet), `-` for standard "
          + "input; read in this order."),
      Field(
        "statuses", \.statuses, "HTTP statuses of the responses that are read; others are counted.",
        must: .holdSomething()),
      Field(
        "id_header", \.idHeader,
        "WARC header that names the document; `<urn:uuid:` and `>` around it are left out.",
        must: .notBeEmpty),
      Field("source", \.source, "The `source` of all records."),
      .skipsProcessed(\.skipsProcessed),
    ]
  }

  public static let manual = Manual(
    name: "warc",
    summary: "Reads pages and texts from WARC files, 1.0 and 1.1.",
    discussion: """
      Pages are the payloads of `response` and `resource` records that are HTML by their media type; where \
      nobody names one, those that begin with `<`. Texts are `conversion` records (WET). Everything else \
      is passed over and counted by what it is: requests, metadata, revisits, responses of other types and \
      other statuses; the summary and the report say how many. Chunks are joined, gzip, deflate, Brotli and \
      zstd undone; a body that was stored without the coding that its header names is taken as it is. The \
      character set of the header is the page's.

      Files may be plain, or compressed with gzip, zstd, bzip2 or xz, each record on its own or all together; \
      a zstd file may begin with the dictionary of its frames. \
      `byte_offset` is where the record's gzip member or zstd frame begins, as in CDX indexes; of a record \
      that shares one with records before it, the place in what it holds. Where a member is damaged or cut off, a \
      reject says where, and the next member is read that begins with a record. Of a record that breaks the \
      format a reject says how, and the next line that begins with `WARC/1.` is read.

      A compressed body may become 200 times as large and 64 KiB larger still, but no larger than \
      `run.max_document`.
      """,
    example: #"{ "use": "warc", "paths": ["crawl/*.warc.gz"], "statuses": [200, 203] }"#,
    promises: [
      Manual.Promise("url", "WARC-Target-URI."),
      Manual.Promise("warc_record_id", "WARC-Record-ID, without `<urn:uuid:` and `>`."),
      Manual.Promise("warc_date", "WARC-Date: when the page was fetched."),
      Manual.Promise(
        "warc_truncated",
        "Why the page is not whole: WARC-Truncated, or `disconnect` where the body ends before its coding "
          + "does. Null for whole pages."),
      Manual.Promise("http_status", "The response's status; null where there was no HTTP."),
    ],
    reasons: [
      .invalidUTF8, .malformedWARC, .noContentInRecord, .tooLarge, .unknownCoding, .unknownFormat,
      .unreadPayload, .unreadable,
    ])

  public static let endings = [".warc", ".wet"]

  private let settings: Settings
  private let context: Context
  public let input: InputPaths

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    self.context = context
    input = try InputPaths(
      settings.paths, endings: WARCSource.endings, skipsProcessed: settings.skipsProcessed, context)
  }

  public func makeReader(_ state: StageState?) -> sending WARCReader {
    WARCReader(
      input.makeStreams(state),
      statuses: Set(settings.statuses), context: context)
  }

  public func makeDecoder() -> sending WARCDecoder {
    WARCDecoder(
      settings: settings, statuses: Set(settings.statuses),
      maximumDocument: context.maximumDocument)
  }
}

extension DropReason {
  static let malformedWARC = DropReason(
    "malformed_record", "The record breaks the rules of WARC or HTTP; `message` says how.")
  static let noContentInRecord = DropReason("no_content", "The record's payload is empty.")
  static let unknownCoding = DropReason(
    "unknown_coding", "The body is in a content coding that is not known; `message` names it.")
  static let unreadPayload = DropReason(
    "no_page", "The payload turned out to be no page; `message` says what it is.")
}
