import Bytes
import Pipeline

/// The files of an input that hold many records, opened one after another.
///
/// Those that an earlier run has processed are counted, those that cannot be opened become records with a
/// problem. What a reader does with the streams is its own business; where it stands in one is an
/// `InputPlace.Next`.
struct InputStreams {
  private var walk: InputWalk
  /// The only stream there is, within an archive; until it is opened.
  private var only: ByteStream?
  private var onlyPath: String?
  private let processed: ProcessedFiles?
  private let context: Context
  /// The file that was opened last, and how it is known if it is to be known.
  private var current: InputWalk.Entry?
  private var version: ProcessedFiles.Version?

  fileprivate init(walk: InputWalk, processed: ProcessedFiles?, context: Context) {
    self.walk = walk
    self.processed = processed
    self.context = context
  }

  /// One stream that is open already, and has a place of its own.
  init(of stream: ByteStream, _ context: Context) {
    self.init(walk: InputWalk(), processed: nil, context: context)
    only = stream
    onlyPath = stream.path
  }

  private mutating func takeOnly() -> ByteStream? {
    defer { only = nil }
    return only
  }

  /// Opens the next file that can be opened.
  /// - Returns: Nil when there is none, or when the run is to stop.
  mutating func openNext(_ batch: inout RawBatch) throws -> ByteStream? {
    defer { walk.moveLeftOut(to: &batch) }
    if onlyPath != nil { return takeOnly() }
    while !context.stop.isRequested, let step = walk.next() {
      switch step {
      case .file(let entry):
        current = entry
        if try isProcessed(entry) {
          batch.skippedFiles += 1
          continue
        }
        do throws(SystemError) {
          return try open(entry)
        } catch {
          if error.isShortage { throw error }
          batch.appendUnreadable(entry.path, error.cause)
        }
      case .unreadable(let entry, let error):
        if error.isShortage { throw error }
        current = entry
        batch.appendUnreadable(entry.path, error.cause)
      }
    }
    return nil
  }

  /// Notes that the file that was opened last was read to its end.
  func finish(_ stream: ByteStream) {
    if let version { processed?.insert(stream.path, version, hash: stream.contentHash) }
  }

  /// The place of the file that was opened last, as `SourceReader.position` has it.
  /// - Parameter next: The place of the next record in the file; nil after the last.
  func position(_ next: InputPlace.Next?) -> JSONValue {
    if let onlyPath {
      var place = InputPlace(root: 0, rootPath: onlyPath, path: onlyPath)
      place.next = next
      return only == nil ? place.json : .null
    }
    guard let current else { return .null }
    var place = walk.place(of: current)
    place.next = next
    return place.json
  }

  /// Goes to a position, and opens the file in which it lies.
  /// - Returns: Nil if the position lies in no file: after one, or at the start of the input.
  /// - Throws: `InputChanged` when the file has gone; `SystemError` when it cannot be opened.
  mutating func seek(
    to position: JSONValue
  ) throws -> (stream: ByteStream, next: InputPlace.Next)? {
    guard let place = try InputPlace(position) else { return nil }
    if let onlyPath, place.path == onlyPath {
      let stream = takeOnly()
      return stream.flatMap { stream in place.next.map { (stream, $0) } }
    }
    guard let entry = walk.seek(to: place) else {
      throw InputChanged(path: place.path, change: "has gone")
    }
    current = entry
    guard let next = place.next else { return nil }
    if processed != nil { version = ProcessedFiles.version(of: entry.path) }
    return (try open(entry), next)
  }

  private mutating func isProcessed(_ entry: InputWalk.Entry) throws -> Bool {
    guard let processed else { return false }
    version = ProcessedFiles.version(of: entry.path)
    return try version.map { try processed.contains(entry.path, $0) } ?? false
  }

  private func open(_ entry: InputWalk.Entry) throws(SystemError) -> ByteStream {
    entry.path == "-"
      ? context.standardInput : try ByteStream.reading(entry.path, hashes: version != nil)
  }
}

extension InputPaths {
  /// The files as streams.
  /// - Parameter skipsProcessed: Whether those are left out that an earlier run with `state` has processed.
  func makeStreams(_ state: StageState?, skipsProcessed: Bool, _ context: Context) -> InputStreams {
    InputStreams(
      walk: makeWalk(),
      processed: ProcessedFiles(state, isWanted: skipsProcessed, stop: context.stop),
      context: context)
  }
}
