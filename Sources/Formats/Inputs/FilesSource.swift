public import Bytes
public import Pipeline

/// Reads pages and texts that are files of their own.
///
/// A file is a page when its name ends in .html, .htm or .xhtml, a text when it ends in .txt; any other
/// file, and standard input, is a page when it begins with `<`.
public struct FilesSource: PathSource {
  public struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var source = "files"
    var skipsProcessed = false

    public init() {}

    public static let fields: [Field<Self>] = [
      .paths(
        \.paths,
        "What to read, in this order: files, shell patterns, folders (every page and text below them, in byte "
          + "order of their names), `-` for one document on standard input."),
      Field("source", \.source, "The `source` of all records."),
      .skipsProcessed(\.skipsProcessed),
    ]
  }

  public static let manual = Manual(
    name: "files",
    summary: "Reads files, each of which is one page or one text.",
    discussion: """
      Names that end in .html, .htm or .xhtml are pages, and names in .txt are texts; capitals make no \
      difference. A file with another name is read if you name it, and is a page if it begins with `<`. In \
      folders, files with other endings are left out and counted by ending. Links to folders are not \
      followed. Files may be compressed with gzip, zstd, bzip2 or xz, as in page.html.gz.

      The id of a document is its path below the folder in `paths`, or the whole path of a file that `paths` \
      names. A byte of a name that is not UTF-8 is written `\\xE9`.

      Pages may be in any character set. Texts must be UTF-8 without zero bytes. Archives, PDFs and other \
      formats that are no text are rejected as unknown_format, and the reject says how to read them.
      """,
    example: #"{ "use": "files", "paths": ["crawl/2026-11-20"] }"#,
    promises: [Manual.Promise("url", "Null: files do not know where they came from.")],
    reasons: [.invalidUTF8, .noContentInFile, .tooLarge, .unknownFormat, .unreadable])

  private static let pageEndings = [".html", ".htm", ".xhtml"]
  private static let textEndings = [".txt"]
  public static let endings = pageEndings + textEndings

  private let settings: Settings
  private let context: Context
  public let input: InputPaths

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    self.context = context
    input = try InputPaths(
      settings.paths, endings: FilesSource.endings, skipsProcessed: settings.skipsProcessed, context
    )
  }

  public var knownPage: String? { input.firstFile(endingAs: FilesSource.pageEndings) }
  public func makeReader(_ state: StageState?) -> sending FileReader {
    FileReader(input.makeFiles(state), context: context)
  }

  public func makeDecoder() -> sending FileDecoder { FileDecoder(source: settings.source) }

  /// Whether a file is a page, by its name or else by its first byte.
  static func isPage(_ name: String, _ bytes: some Sequence<UInt8>) -> Bool {
    if InputPaths.hasEnding(name, pageEndings) { return true }
    if InputPaths.hasEnding(name, textEndings) { return false }
    // White space and a byte order mark may stand before the first tag.
    return bytes.first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
      == UInt8(ascii: "<")
  }
}

/// Reads whole files, one after another.
public final class FileReader: SourceReader {
  private var files: InputFiles
  private let context: Context

  init(_ files: InputFiles, context: Context) {
    self.files = files
    self.context = context
  }

  public func fill(_ batch: inout RawBatch) throws -> Bool {
    while !batch.isFull {
      if context.stop.isRequested { return false }
      switch try files.step(&batch) {
      case .file(let item):
        guard try append(item, to: &batch) else { return false }
        files.take(item, &batch)
      case .passed: break
      case .end: return false
      }
    }
    return true
  }

  public var position: JSONValue { files.place?.json ?? .null }

  public func seek(to position: JSONValue) throws {
    if let place = try InputPlace(position) { _ = try files.seek(to: place) }
  }

  /// Appends a file, or why it cannot be had. Returns false when it was asked to stop meanwhile.
  private func append(_ item: InputFiles.Item, to batch: inout RawBatch) throws -> Bool {
    let start = batch.bytes.count
    do throws(StreamError) {
      let stream = try open(item.path, hashes: item.isToBeKnown)
      let size = try read(stream, into: &batch.bytes)
      if context.stop.isRequested {
        // The file may not have been read to its end, so its bytes are removed.
        batch.bytes.removeSubrange(start...)
        return false
      }
      batch.appendDocument(from: start, size: size, file: item.name, context)
      let isWhole = size <= context.maximumDocument
      files.finish(item, hash: isWhole ? stream.contentHash : nil)
    } catch {
      if let fault = error.faultOfTheRun { throw fault }
      batch.bytes.removeSubrange(start...)
      batch.appendUnreadable(item.name, error.cause)
    }
    return true
  }

  private func open(_ path: String, hashes: Bool) throws(StreamError) -> ByteStream {
    if path == "-" { return context.standardInput }
    do throws(SystemError) {
      return try ByteStream.reading(path, hashes: hashes)
    } catch {
      throw .system(error)
    }
  }

  /// Reads a file as far as it is allowed to be long. Returns its size, or as much of it as is known to
  /// be too much.
  private func read(
    _ stream: ByteStream, into bytes: inout [UInt8]
  ) throws(StreamError) -> Int {
    if let size = stream.size, size > context.maximumDocument { return size }
    let start = bytes.count
    // One byte more than the size finds the end without a second large reservation.
    let count = max((stream.size ?? 0) + 1, FileReader.readCount)
    while try stream.read(into: &bytes, count: count, stop: context.stop) > 0 {
      if bytes.count - start > context.maximumDocument { break }
    }
    return bytes.count - start
  }

  private static let readCount = 1 << 16
}

/// Makes a document out of a file's bytes.
public struct FileDecoder: RecordDecoder {
  let source: String

  public func decode(_ record: RawRecord, of batch: RawBatch) -> Outcome<Document> {
    var document = Document(id: record.placeName, source: source, origin: record.origin)
    document.metadata["url"] = .null
    var bytes = batch.bytes[record.range]
    if bytes.isEmpty { return .drop(.noContentInFile) }
    if let format = ForeignFormat(beginning: bytes) { return .drop(.foreign(format.explanation)) }
    if FilesSource.isPage(record.origin.file, bytes) {
      document.html = RawHTML(bytes: Array(bytes))
      return .keep(document)
    }
    if let format = ForeignFormat.wideText(bytes) { return .drop(.foreign(format.explanation)) }
    if let zero = bytes.firstIndex(of: 0) {
      let place = zero - record.range.lowerBound
      return .drop(.foreign("holds a zero byte at \(place): that is no text"))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let text = Array(bytes)
    if let offset = UTF8Text.firstIllFormed(in: text.span) {
      return .drop(
        .invalidUTF8, ["byte": .int(Int64(offset + bytes.startIndex - record.range.lowerBound))])
    }
    document.text = UTF8Text(wellFormed: text)
    return .keep(document)
  }
}

extension DropReason {
  static let unknownFormat = DropReason(
    "unknown_format", "The file is in a format that the input does not read; `message` names it.")
  static let invalidUTF8 = DropReason("invalid_utf8", "The text is not UTF-8.")
  static let noContentInFile = DropReason("no_content", "The file is empty.")
}
