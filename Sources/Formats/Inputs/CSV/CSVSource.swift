import Bytes
public import Pipeline

/// Reads records from tables as text, CSV (RFC 4180) and TSV, whose first row names the columns.
///
/// The reader finds out where rows end, quotes considered; rows are taken apart by the threads that process
/// them.
public struct CSVSource: PathSource {
  public struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var delimiter: String?
    var idField = "id"
    var urlField = "url"
    var htmlField = "html"
    var textField = "text"
    var source = "csv"
    var skipsProcessed = false

    public init() {}

    /// The defaults, and one file to read.
    public init(path: String) { paths = [FilePath(path)] }

    public static let fields: [Field<Self>] = [
      .paths(
        \.paths,
        "Files, shell patterns, folders (everything in them that ends in .csv or .tsv), `-` for standard "
          + "input; read in this order."),
      Field(
        "delimiter", \.delimiter,
        "The character of ASCII between two fields. Without it: a tab in files that end in .tsv, a comma in "
          + "others."),
      Field("id_field", \.idField, "The column with the id."),
      Field("url_field", \.urlField, "The column with the page's URL."),
      Field("html_field", \.htmlField, "The column with the page as HTML."),
      Field("text_field", \.textField, "The column with the text, where there is no HTML."),
      Field("source", \.source, "The `source` of records that do not name one."),
      .skipsProcessed(\.skipsProcessed),
    ]
  }

  public static let manual = Manual(
    name: "csv",
    summary: "Reads records from CSV and TSV.",
    discussion: """
      The first row names the columns; every other row is a record, with HTML or text in one of them. A \
      field that begins with `"` ends with the next one that is alone; between them `""` stands for a \
      quote, and delimiters and line feeds are text. In other fields a quote is a character like others. \
      Rows end in LF or CR LF; empty lines are skipped, and a byte order mark is no text. `line` in a reject \
      is the line on which the row begins.

      A record without an id is named by its place, such as `pages.csv:17`. The columns `source` and \
      `created` are kept as what they are; every other column joins the metadata as a string, `null` where \
      the field is empty. Of columns with one name the last counts; a column without a name is `column_3`, \
      by its number. A table may have \(CSVHeader.maximumColumns) columns.

      A row with more or fewer fields than there are columns is rejected, and so is one that breaks the \
      rules of quotes; the next row is read. A quote that is never closed takes what follows with it, as far \
      as the file's end; its reject names the line. Files and standard input may be compressed with gzip, \
      zstd, bzip2 or xz. If compressed data is damaged or ends early, the rows before the damage are read, \
      and a reject says where it is.
      """,
    example: #"{ "use": "csv", "paths": ["items.csv"], "html_field": "body" }"#,
    promises: [Manual.Promise("url", "The page's URL, as the row gives it.")],
    reasons: [
      .invalidUTF8, .malformedRow, .noContent, .tooLarge, .unknownFormat, .unreadable,
    ])

  public static let endings = [".csv", ".tsv"]

  private let settings: Settings
  private let delimiter: UInt8?
  private let context: Context
  public let input: InputPaths

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    self.context = context
    delimiter = try settings.delimiter.map(CSVSource.delimiter)
    input = try InputPaths(
      settings.paths, endings: CSVSource.endings, skipsProcessed: settings.skipsProcessed, context)
  }

  private static func delimiter(_ text: String) throws(Complaint) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80,
      !"\"\r\n".utf8.contains(byte)
    else {
      throw Complaint(
        "delimiter",
        "must be one character of ASCII that is no quote and ends no line, is "
          + JSONValue.string(text).jsonText)
    }
    return byte
  }

  public func makeReader(_ state: StageState?) -> sending CSVReader {
    CSVReader(
      input.makeStreams(state),
      delimiter: delimiter, context: context)
  }

  public func makeDecoder() -> sending CSVDecoder { CSVDecoder(settings: settings) }
}

extension DropReason {
  static let malformedRow = DropReason(
    "malformed_record",
    "The row breaks the rules of quotes, or has more or fewer fields than there are columns; `message` says "
      + "how.")
}
