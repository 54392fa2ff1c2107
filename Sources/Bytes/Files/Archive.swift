internal import CArchive

/// A tar or ZIP archive, entry by entry, in the order in which they stand. Nothing is unpacked: names are
/// names, and links are not followed.
public final class Archive {
  public struct Entry: Sendable {
    public enum Kind: Sendable { case file, folder, other }

    /// As the archive has it, with all that is in it; for people and records.
    public let name: String
    public let kind: Kind
  }

  /// As the user named it.
  public let path: String
  private let input: ArchiveInput

  /// - Parameter path: A file on disk. What compresses the archive as a whole is undone.
  public init(_ path: String) throws(StreamError) {
    self.path = path
    do throws(SystemError) {
      // libarchive says less of why a file cannot be opened.
      _ = try File.reading(path)
    } catch {
      throw .system(error)
    }
    input = try ArchiveInput(path)
  }

  /// The next entry; nil at the end. What was not read of the one before is passed over.
  public func next(stop: StopSignal) throws(StreamError) -> Entry? {
    try input.nextEntry(stop: stop)
  }

  /// What the entry holds that `next` returned last; until it is called again.
  /// - Parameter name: For messages.
  public func contents(named name: String) -> ByteStream {
    ByteStream(input: input, path: name)
  }

  /// An archive may grow to so many times the bytes that were read of it, and `fixedGrowth` more.
  public static let growth = 200
  public static let fixedGrowth = 64 << 20
}

/// The handle of libarchive, as what streams read from.
///
/// Sendable since it is used by one reader, which is used by one thread at a time.
private final class ArchiveInput: ByteInput, @unchecked Sendable {
  private let path: String
  private let handle: OpaquePointer
  /// In which names are converted; nil where the system has none of UTF-8.
  private let locale = winnow_utf8_locale()
  /// Bytes of entries that were read, or passed over by reading them.
  private var produced = 0
  private var isAtEntry = false
  private var failure: StreamError?

  init(_ path: String) throws(StreamError) {
    self.path = path
    guard let handle = archive_read_new() else {
      throw .system(SystemError("read", path, code: ArchiveInput.outOfMemory))
    }
    self.handle = handle
    // Not all filters: some of them start other programs.
    archive_read_support_filter_gzip(handle)
    archive_read_support_filter_bzip2(handle)
    archive_read_support_filter_xz(handle)
    archive_read_support_filter_zstd(handle)
    archive_read_support_filter_lz4(handle)
    archive_read_support_format_tar(handle)
    archive_read_support_format_zip(handle)
    let code = SystemPath.bytes(path).withUnsafeBufferPointer {
      archive_read_open_filename(handle, $0.baseAddress, ArchiveInput.blockCount)
    }
    if code != ARCHIVE_OK { throw failed(code) }
  }

  deinit {
    archive_read_free(handle)
    if let locale { freelocale(locale) }
  }

  func nextEntry(stop: StopSignal) throws(StreamError) -> Archive.Entry? {
    if let failure { throw failure }
    try passRest(stop: stop)
    if stop.isRequested { return nil }
    var entry: OpaquePointer?
    var name: UnsafePointer<CChar>?
    let code = winnow_next_header(handle, locale, &entry, &name)
    if code == ARCHIVE_EOF { return nil }
    // With a warning, the entry is there.
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else { throw failed(code) }
    isAtEntry = true
    let kind: Archive.Entry.Kind =
      switch Int32(archive_entry_filetype(entry)) {
      case ArchiveInput.regular where archive_entry_hardlink(entry) == nil: .file
      case ArchiveInput.folder: .folder
      default: .other
      }
    return Archive.Entry(name: name.map { SystemPath.string($0) } ?? "", kind: kind)
  }

  /// In a tar archive what is passed over is decompressed, too.
  private func passRest(stop: StopSignal) throws(StreamError) {
    guard isAtEntry else { return }
    isAtEntry = false
    guard archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR else { return }
    var passed: [UInt8] = []
    while try read(into: &passed, count: ArchiveInput.blockCount, stop: stop) > 0 {
      passed.removeAll(keepingCapacity: true)
    }
  }

  func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(StreamError) -> Int {
    if let failure { throw failure }
    if stop.isRequested { return 0 }
    var got = 0
    buffer.append(addingCapacity: count) { (free: inout OutputSpan<UInt8>) in
      free.withUnsafeMutableBufferPointer { storage, initialized in
        got = archive_read_data(handle, storage.baseAddress! + initialized, count)
        initialized += max(0, got)
      }
    }
    if got < 0 { throw failed(Int32(got)) }
    produced += got
    let read = Int(archive_filter_bytes(handle, -1))
    if produced > read * Archive.growth + Archive.fixedGrowth {
      let error = StreamError.corrupt(
        path: path, detail: "the archive grows to more than \(Archive.growth) times its size")
      failure = error
      throw error
    }
    return got
  }

  /// Behind what libarchive calls fatal nothing more is read; other entries may be as they should.
  private func failed(_ code: Int32) -> StreamError {
    let detail = archive_error_string(handle).map { String(cString: $0) } ?? "it cannot be read"
    let error = StreamError.corrupt(path: path, detail: detail)
    if code == ARCHIVE_FATAL { failure = error }
    return error
  }

  var size: Int? { nil }
  var hasInput: Bool { true }
  func skip(_ count: Int) -> Int? { nil }

  private static let blockCount = 1 << 18
  /// `ENOMEM` and the types of `stat`, which C has as macros.
  private static let outOfMemory: Int32 = 12
  private static let regular: Int32 = 0o100000
  private static let folder: Int32 = 0o040000
}
