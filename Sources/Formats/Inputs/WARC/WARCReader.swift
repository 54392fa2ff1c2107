public import Bytes
public import Pipeline

/// Cuts WARC files into records. What no page or text can be made of is counted and passed over.
///
/// Holds at most one batch and one piece of a file beside it.
public final class WARCReader: SourceReader {
  private var files: InputStreams
  private let context: Context
  private let statuses: Set<Int>
  private var cursor: WARCCursor?
  /// Whether nothing was wrong with the file so far.
  private var isSound = true
  /// The place at which the search for its next record begins.
  private var next = InputPlace.Next()
  /// Bytes that the compressed pages of the batch may become.
  private var expansion = 0
  /// The kind of the last record that was skipped.
  private var passed: String?

  /// - Parameter statuses: Of responses that are read.
  init(_ files: InputStreams, statuses: Set<Int>, context: Context) {
    self.files = files
    self.statuses = statuses
    self.context = context
  }

  public func fill(_ batch: inout RawBatch) throws -> Bool {
    expansion = 0
    while !isDone(batch) {
      if context.stop.isRequested { return false }
      if cursor != nil {
        try readOn(&batch)
      } else if let stream = try files.openNext(&batch) {
        start(stream, at: InputPlace.Next())
      } else {
        return false
      }
    }
    return true
  }

  /// Whether the batch is to go as it is: it is full, or will be, or a pipe has nothing more for now.
  private func isDone(_ batch: RawBatch) -> Bool {
    if batch.records.isEmpty { return false }
    if batch.isFull || expansion >= batch.byteBudget * WARCReader.expansionShare { return true }
    return cursor.map { $0.available == 0 && !$0.stream.hasInput } ?? false
  }

  /// The decompressed pages of a batch may take this many times its byte budget.
  private static let expansionShare = 32

  private func foreignFormat(_ stream: ByteStream) -> ForeignFormat? {
    guard let start = try? stream.peek(stop: context.stop), !start.starts(with: "WARC/".utf8)
    else { return nil }
    return ForeignFormat(beginning: start)
  }

  private func start(_ stream: ByteStream, at place: InputPlace.Next) {
    cursor = WARCCursor(stream, stop: context.stop)
    next = place
    isSound = place.isSound
  }

  public var position: JSONValue { files.position(cursor.map { _ in next }) }

  public func seek(to position: JSONValue) throws {
    guard let (stream, next) = try files.seek(to: position) else { return }
    start(stream, at: next)
    let sought = StreamPlace(frame: next.offset, inner: next.inner)
    if try cursor?.seek(to: sought, searched: next.searched) == false, !context.stop.isRequested {
      throw InputChanged(path: stream.path, change: "has changed")
    }
  }

  /// Reads one record, or why there is none.
  private func readOn(_ batch: inout RawBatch) throws {
    guard var cursor else { return }
    // There is only one of it, so that nothing is copied when it changes.
    self.cursor = nil
    passed = nil
    let (records, bytes) = (batch.records.count, batch.bytes.count)
    let hasMore = try readOn(&cursor, &batch)
    self.cursor = cursor
    if context.stop.isRequested {
      // A record that an interruption cut short is removed.
      batch.records.removeSubrange(records...)
      batch.bytes.removeSubrange(bytes...)
      return
    }
    if let passed { batch.passedOver[passed, default: 0] += 1 }
    if hasMore {
      let place = cursor.place
      next = InputPlace.Next(
        offset: place.frame, inner: place.inner, searched: cursor.stream.searched, isSound: isSound)
    } else {
      if isSound { files.finish(cursor.stream) }
      self.cursor = nil
    }
  }

  /// Returns false at the end of the file.
  private func readOn(_ cursor: inout WARCCursor, _ batch: inout RawBatch) throws -> Bool {
    let start = batch.bytes.count
    var place = cursor.place
    if place == StreamPlace(), let format = foreignFormat(cursor.stream) {
      batch.appendForeign(cursor.stream.path, format)
      isSound = false
      return false
    }
    do {
      guard try cursor.passLineEnds() else { return false }
      place = cursor.place
      try readRecord(at: place, &cursor, &batch)
      return true
    } catch let error as WARCHeader.Malformed {
      batch.bytes.removeSubrange(start...)
      batch.reject(.malformed(error.message), origin(place, cursor.stream))
      isSound = false
      return try goOn(behindHeaderAt: place, &cursor, &batch)
    } catch let error as StreamError {
      return try goOn(behind: error, at: place, &cursor, &batch, keeping: start)
    }
  }

  /// Looks for the next line that begins as a record does.
  private func goOn(
    behindHeaderAt place: StreamPlace, _ cursor: inout WARCCursor, _ batch: inout RawBatch
  ) throws -> Bool {
    let isAnywhere = cursor.place == place
    if isAnywhere { cursor.passByte() }
    let start = cursor.place
    do throws(StreamError) {
      return try cursor.findRecord(isLineStart: !isAnywhere)
    } catch {
      return try goOn(behind: error, at: start, &cursor, &batch, keeping: batch.bytes.count)
    }
  }

  /// Rejects damaged data, and looks for the next record after them.
  private func goOn(
    behind error: StreamError, at place: StreamPlace, _ cursor: inout WARCCursor,
    _ batch: inout RawBatch, keeping count: Int
  ) throws -> Bool {
    if let fault = error.faultOfTheRun { throw fault }
    batch.bytes.removeSubrange(count...)
    isSound = false
    // The damage may be in the member after the last record.
    let frame = cursor.stream.frame
    let origin = origin(frame > place.frame ? StreamPlace(frame: frame) : place, cursor.stream)
    batch.reject(.unreadable(error.cause), origin)
    return try cursor.findFrame()
  }

  private func origin(_ place: StreamPlace, _ stream: ByteStream) -> Origin {
    Origin(file: stream.path, byteOffset: place.inner == 0 ? place.frame : place.inner)
  }

  /// Appends the record that comes next to the batch, or notes what was passed over.
  /// - Throws: `WARCHeader.Malformed`, `StreamError`.
  private func readRecord(
    at place: StreamPlace, _ cursor: inout WARCCursor, _ batch: inout RawBatch
  ) throws {
    let bytes = try cursor.header()
    let header = try WARCHeader(bytes[...])
    let kind = try WARCContent.Kind(of: header, &cursor, statuses: statuses)
    let isTooLarge = bytes.count + header.length > context.maximumDocument
    let isKept = kind.isRead && !isTooLarge
    let start = batch.bytes.count
    if isKept { batch.bytes += bytes }
    let taken = try cursor.take(header.length, into: &batch.bytes, keeps: isKept)
    if taken < header.length {
      throw WARCHeader.Malformed(
        message: "the record ends \(header.length - taken) bytes before its Content-Length of "
          + "\(header.length)")
    }
    try cursor.passEnd()
    switch kind {
    case .other(let name): passed = name
    case .read where isTooLarge:
      batch.reject(
        .tooLarge(bytes: bytes.count + header.length, limit: context.maximumDocument),
        origin(place, cursor.stream))
    case .read(let isCompressed):
      batch.records.append(
        RawRecord(range: start..<batch.bytes.count, origin: origin(place, cursor.stream)))
      if isCompressed {
        expansion += WARCPage.limit(header.length, maximumDocument: context.maximumDocument)
      }
    }
  }
}
