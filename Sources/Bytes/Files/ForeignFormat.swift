/// Formats of files that no input reads, told apart by how they begin or what their names end in.
public struct ForeignFormat: Sendable, Hashable {
  /// Completes a message after "is": `compressed with lz4`.
  public let name: String
  /// How such a file can be read after all.
  public let way: String

  /// `is compressed with lz4, which is not read: lz4 -dc FILE | winnow run PIPELINE.json -`
  public var explanation: String { "is \(name), which is not read: \(way)" }

  /// The format of a file that begins so; nil for text, pages, records, and what is not known.
  public init?(beginning bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(ForeignFormat.beginningCount))
    if let known = ForeignFormat.beginnings.first(where: { start.starts(with: $0.magic) }) {
      self = known.format
    } else if start.dropFirst(257).starts(with: "ustar".utf8) {
      self = ForeignFormat.tar
    } else {
      return nil
    }
  }

  /// The format that a file's name speaks of. Text of other formats begins as any text does.
  public init?(ofFileNamed name: String) {
    let name = Compression.plainName(name.lowercased())
    guard let known = ForeignFormat.endings.first(where: { name.hasSuffix($0.ending) }) else {
      return nil
    }
    self = known.format
  }

  /// Whether a text that is no page is a list of JSON objects rather than prose that begins with a bracket.
  public static func isJSONArray(_ bytes: some Collection<UInt8>) -> Bool {
    let marks = bytes.prefix(beginningCount).filter { $0 > 0x20 }.prefix(2)
    return marks == [UInt8(ascii: "["), UInt8(ascii: "{")]
  }

  public static let jsonArray = ForeignFormat(
    "a JSON array", "jq -c '.[]' FILE | winnow run PIPELINE.json -")

  private init(_ name: String, _ way: String) {
    self.name = name
    self.way = way
  }

  /// As many bytes of a file as tell its format.
  public static let beginningCount = 512

  private static func piped(_ command: String) -> String {
    "\(command) FILE | winnow run PIPELINE.json -"
  }

  private static let lz4 = ForeignFormat("compressed with lz4", piped("lz4 -dc"))
  private static let compress = ForeignFormat("compressed with compress", piped("uncompress -c"))
  private static let tar = ForeignFormat(
    "a tar archive", "--format archive reads it")
  private static let zip = ForeignFormat(
    "a ZIP archive or an office document", "--format archive reads an archive")
  private static let archive = ForeignFormat("an archive", "unpack it and name the folder")
  private static let pdf = ForeignFormat("a PDF", "pdftotext makes text of it")
  private static let parquet = ForeignFormat(
    "Parquet",
    "write it as newline-delimited JSON, as with pandas: to_json(lines=True, orient=\"records\")")
  private static let arrow = ForeignFormat("Arrow", parquet.way)
  private static let avro = ForeignFormat("Avro", "write it as newline-delimited JSON first")
  private static let warc = ForeignFormat(
    "a WARC file", "--format warc reads it")
  private static let database = ForeignFormat(
    "an SQLite database", "write what is wanted as newline-delimited JSON first")
  private static let picture = ForeignFormat("a picture", "there is no text in it")
  private static let program = ForeignFormat("a program", "there is no text in it")
  private static let office = ForeignFormat(
    "an office document", "save it as HTML or text first")
  private static let utf16 = ForeignFormat(
    "text in UTF-16", piped("iconv -f utf-16 -t utf-8"))
  private static let table = ForeignFormat(
    "a table",
    "write it as newline-delimited JSON, as with pandas: to_json(lines=True, orient=\"records\")")
  private static let json = ForeignFormat(
    "JSON",
    "--format ndjson where each line is a record, or jq -c '.[]' FILE | winnow run PIPELINE.json -")
  private static let xml = ForeignFormat(
    "XML", "write its documents as newline-delimited JSON first")

  private static let beginnings: [(magic: [UInt8], format: ForeignFormat)] = [
    ([0x1F, 0x9D], compress), ([0x04, 0x22, 0x4D, 0x18], lz4), (Array("PK\u{3}\u{4}".utf8), zip),
    (Array("PK\u{5}\u{6}".utf8), zip), (Array("7z".utf8) + [0xBC, 0xAF], archive),
    (Array("Rar!".utf8), archive), (Array("%PDF-".utf8), pdf), (Array("PAR1".utf8), parquet),
    (Array("ARROW1".utf8), arrow), (Array("Obj\u{1}".utf8), avro), (Array("WARC/".utf8), warc),
    (Array("SQLite format 3".utf8), database), ([0x89] + Array("PNG".utf8), picture),
    ([0xFF, 0xD8, 0xFF], picture), (Array("GIF8".utf8), picture),
    ([0x7F] + Array("ELF".utf8), program),
    ([0xD0, 0xCF, 0x11, 0xE0], office), (Array("{\\rtf".utf8), office),
  ]

  private static let endings: [(ending: String, format: ForeignFormat)] = [
    (".lz4", lz4),
    (".7z", archive), (".rar", archive), (".pdf", pdf), (".parquet", parquet), (".arrow", arrow),
    (".feather", arrow), (".avro", avro), (".sqlite", database), (".db", database),
    (".xlsx", table), (".xls", office), (".doc", office),
    (".docx", office), (".odt", office), (".rtf", office), (".json", json), (".xml", xml),
    (".png", picture), (".jpg", picture), (".jpeg", picture), (".gif", picture), (".webp", picture),
  ]

  /// Names the encoding of a text that is not UTF-8, by the byte order mark it begins with.
  public static func wideText(_ bytes: some Collection<UInt8>) -> ForeignFormat? {
    let start = Array(bytes.prefix(2))
    return start == [0xFF, 0xFE] || start == [0xFE, 0xFF] ? utf16 : nil
  }
}
