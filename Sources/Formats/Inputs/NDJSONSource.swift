import Bytes
public import Pipeline

/// Reads records from newline-delimited JSON: one object per line, in files or from standard input.
///
/// The reader only looks for line ends; lines are parsed by the threads that process them. A line that
/// is no record is rejected with its file, line and byte offset, and the next one is read.
public struct NDJSONSource: PathSource {
  public struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var idField = "id"
    var urlField = "url"
    var htmlField = "html"
    var base64Field = "html_base64"
    var charsetField = "html_charset"
    var textField = "text"
    var source = "ndjson"
    var illFormed = IllFormed.reject
    var skipsProcessed = false

    public init() {}

    /// The defaults, and one file to read.
    public init(path: String) { paths = [FilePath(path)] }

    public static let fields: [Field<Self>] = [
      .paths(
        \.paths,
        "What to read, in this order: files, shell patterns, folders (everything in them that ends in .ndjson or "
          + ".jsonl), `-` for standard input."),
      Field("id_field", \.idField, "The member with the id, a string or a whole number."),
      Field("url_field", \.urlField, "The member with the page's URL."),
      Field("html_field", \.htmlField, "The member with the page as HTML."),
      Field(
        "html_base64_field", \.base64Field,
        "The member with the page's bytes as they were fetched, in Base64: for pages that are not UTF-8."
      ),
      Field(
        "html_charset_field", \.charsetField,
        "The member with the character set that the server declared for those bytes."),
      Field("text_field", \.textField, "The member with the text, where there is no HTML."),
      Field("source", \.source, "The `source` of records that do not name one."),
      Field(
        "ill_formed", \.illFormed,
        "What happens to a line with invalid UTF-8 or half a surrogate pair: reject it, or repair it with "
          + "U+FFFD."),
      .skipsProcessed(\.skipsProcessed),
    ]
  }

  public enum IllFormed: String, SettingChoice { case reject, repair }

  public static let manual = Manual(
    name: "ndjson",
    summary: "Reads records from newline-delimited JSON.",
    discussion: """
      A record is a JSON object on a line of its own, with HTML or text. A record without an id is named by \
      its place, such as `pages.ndjson:17`. `metadata`, `annotations`, `source` and `created` are kept. Every \
      other member joins the metadata under its own name, unless that is there already. If a member stands \
      twice, the last one counts. Numbers that do not fit into 64 bits are kept digit for digit. NaN and \
      Infinity are no JSON, and a line with them is rejected. Empty lines are skipped.

      Files and standard input may be compressed with gzip, zstd, bzip2 or xz; in folders, names such as \
      pages.ndjson.zst are found, too. If compressed data is damaged or ends early, the records before the \
      damage are read, and a reject says where it is.
      """,
    example: #"{ "use": "ndjson", "paths": ["pages/*.ndjson"], "html_field": "body" }"#,
    promises: [Manual.Promise("url", "The page's URL, as the record gives it.")],
    reasons: [
      .malformedRecord, .noContent, .tooLarge, .tooManyValues, .unknownFormat, .unreadable,
    ])

  public static let endings = [".ndjson", ".jsonl"]

  private let settings: Settings
  private let context: Context
  public let input: InputPaths

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    self.context = context
    input = try InputPaths(
      settings.paths, endings: NDJSONSource.endings, skipsProcessed: settings.skipsProcessed,
      context)
  }

  public func makeReader(_ state: StageState?) -> sending LineReader {
    LineReader(
      input.makeStreams(state), context: context)
  }

  public func makeDecoder() throws -> sending NDJSONDecoder {
    NDJSONDecoder(settings: settings, parser: try JSONRecordParser())
  }
}

extension DropReason {
  static let malformedRecord = DropReason(
    "malformed_record", "The line is no JSON object, or a member has the wrong type.")
  static let tooManyValues = DropReason(
    "too_many_values",
    "The record holds more than \(JSONRecordParser.maximumValues) JSON values, those in lists and objects "
      + "counted.")
  static let noContent = DropReason("no_content", "The record has neither HTML nor text.")
}
