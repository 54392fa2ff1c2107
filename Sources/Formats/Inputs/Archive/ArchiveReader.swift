public import Bytes
public import Pipeline

/// Reads archives entry by entry: pages and texts as records, files of records by the readers of their
/// formats. The records of a batch come from pages and texts, or from one file of records.
public final class ArchiveReader: SourceReader {
  private var files: InputFiles
  private let context: Context
  /// The archive that was opened last.
  private var current: InputFiles.Item?
  private var archive: Archive?
  /// Whether nothing was wrong with it so far.
  private var isSound = true
  /// Entries of it that were read, or left out.
  private var entries = 0
  /// Reads the entry behind them; nil when that was not begun.
  private var within: (any SourceReader)?

  init(_ files: InputFiles, context: Context) {
    self.files = files
    self.context = context
  }

  public func fill(_ batch: inout RawBatch) throws -> Bool {
    while !batch.isFull {
      if context.stop.isRequested { return false }
      if within != nil {
        // Such a reader begins its batches itself.
        if !batch.records.isEmpty { return true }
        let hasMore = try within?.fill(&batch) == true
        if context.stop.isRequested { return false }
        if !hasMore {
          within = nil
          entries += 1
        }
        if !batch.records.isEmpty { return true }
        batch.bytes.removeAll(keepingCapacity: true)
      } else if let archive, let current {
        try readEntry(archive, current, &batch)
      } else if try !openNext(&batch) {
        return false
      }
    }
    return true
  }

  private func openNext(_ batch: inout RawBatch) throws -> Bool {
    while true {
      switch try files.step(&batch) {
      case .file(let item):
        files.take(item, &batch)
        do throws(StreamError) {
          try open(item)
          return true
        } catch {
          if let fault = error.faultOfTheRun { throw fault }
          batch.appendUnreadable(item.name, error.cause)
        }
      case .passed: break
      case .end: return false
      }
    }
  }

  private func open(_ item: InputFiles.Item) throws(StreamError) {
    archive = try Archive(item.path)
    current = item
    isSound = true
    entries = 0
  }

  private func readEntry(
    _ archive: Archive, _ current: InputFiles.Item, _ batch: inout RawBatch
  ) throws {
    var name = current.name
    let start = batch.bytes.count
    do throws(StreamError) {
      guard let entry = try archive.next(stop: context.stop) else {
        if context.stop.isRequested { return }
        if isSound { files.finish(current, hash: nil) }
        self.archive = nil
        return
      }
      name += "/" + entry.name
      if entry.kind == .file {
        if try begin(entry, named: name, archive, current, &batch) { return }
      } else if entry.kind == .other {
        batch.passedOver["link or device in an archive", default: 0] += 1
      }
      entries += 1
    } catch {
      if let fault = error.faultOfTheRun { throw fault }
      batch.bytes.removeSubrange(start...)
      batch.appendUnreadable(name, error.cause)
      isSound = false
      // A file of an entry may be damaged by itself; what follows shows whether the archive is.
      entries += 1
      if name == current.name { self.archive = nil }
    }
  }

  /// Reads a page or text, or begins a file of records.
  /// - Returns: Whether the entry goes on.
  private func begin(
    _ entry: Archive.Entry, named name: String, _ archive: Archive, _ current: InputFiles.Item,
    _ batch: inout RawBatch
  ) throws(StreamError) -> Bool {
    let isCrawl = InputPaths.hasEnding(current.name, [".wacz"])
    guard let content = ArchiveContent(name), !isCrawl || content == .warc else {
      batch.leftOut[InputWalk.ending(of: entry.name, known: batch.leftOut), default: 0] += 1
      return false
    }
    let stream = archive.contents(named: name)
    let files = InputStreams(of: stream, context)
    switch content {
    case .ndjson: within = LineReader(files, context: context)
    case .csv: within = CSVReader(files, delimiter: nil, context: context)
    case .warc:
      within = WARCReader(
        files, statuses: Set(WARCSource.Settings().statuses), context: context)
    case .file:
      try append(stream, &batch)
      return context.stop.isRequested
    }
    return true
  }

  private func append(_ stream: ByteStream, _ batch: inout RawBatch) throws(StreamError) {
    let start = batch.bytes.count
    while batch.bytes.count - start <= context.maximumDocument,
      try stream.read(into: &batch.bytes, count: ArchiveReader.readCount, stop: context.stop) > 0
    {}
    if context.stop.isRequested {
      // What was read may not be all.
      batch.bytes.removeSubrange(start...)
    } else {
      let size = batch.bytes.count - start
      batch.appendDocument(from: start, size: size, file: stream.path, context)
    }
  }

  private static let readCount = 1 << 16

  // MARK: Positions

  private static let entriesKey = "entries"
  private static let withinKey = "within"

  public var position: JSONValue {
    guard case .object(var members)? = files.place?.json else { return .null }
    if archive != nil {
      members[ArchiveReader.entriesKey] = .int(Int64(entries))
      members[ArchiveReader.withinKey] = within?.position ?? .null
      members["sound"] = .bool(isSound)
    }
    return .object(members)
  }

  public func seek(to position: JSONValue) throws {
    guard let place = try InputPlace(position), let members = position.object else { return }
    let current = try files.seek(to: place)
    guard let count = members[ArchiveReader.entriesKey]?.int else { return }
    try open(current)
    isSound = members["sound"] == true
    for _ in 0..<count { try pass(current) }
    entries = count
    guard let inner = members[ArchiveReader.withinKey], !inner.isNull, let archive else { return }
    guard let entry = try archive.next(stop: context.stop) else {
      if context.stop.isRequested { return }
      throw InputChanged(path: place.path, change: "has changed")
    }
    var batch = RawBatch(byteBudget: 0)
    guard
      try begin(entry, named: current.name + "/" + entry.name, archive, current, &batch),
      within != nil
    else { throw InputChanged(path: place.path, change: "has changed") }
    try within?.seek(to: inner)
  }

  /// Passes an entry that was read before; one that was damaged was counted, too.
  private func pass(_ current: InputFiles.Item) throws {
    guard let archive, !context.stop.isRequested else { return }
    guard try archive.next(stop: context.stop) != nil || context.stop.isRequested else {
      throw InputChanged(path: current.path, change: "has changed")
    }
  }
}
