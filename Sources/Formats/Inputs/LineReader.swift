public import Bytes
public import Pipeline

/// Cuts files into lines, each a record.
///
/// Holds at most one batch and one unfinished line, and of a line that is too long nothing at all.
public final class LineReader: SourceReader {
  private var files: InputStreams
  private let context: Context
  private var stream: ByteStream?

  /// The start of a line whose end did not fit into the batch before; begins the next one.
  private var carry: [UInt8] = []
  /// Where the unfinished line starts in the batch that is being filled.
  private var lineStart = 0
  /// Where that line starts in the file, and its number, from 1.
  private var offset = 0
  private var line = 1
  /// Bytes of that line that were let go since it is too long; nil for a line that is not.
  private var skipped: Int?

  /// Longest beginning of a line whose memory is kept for the next one.
  private static let keptCarry = 1 << 20

  init(_ files: InputStreams, context: Context) {
    self.files = files
    self.context = context
  }

  public func fill(_ batch: inout RawBatch) throws -> Bool {
    batch.bytes += carry
    carry.removeAll(keepingCapacity: carry.count <= LineReader.keptCarry)
    lineStart = 0
    var hasMore = true
    while hasMore, !isDone(batch) {
      if let stream {
        if try !readOn(stream, &batch) { self.stream = nil }
        if context.stop.isRequested { hasMore = false }
      } else {
        hasMore = try openNext(&batch)
      }
    }
    carry += batch.bytes[lineStart...]
    batch.bytes.removeSubrange(lineStart...)
    // The parser needs this many readable bytes after every record.
    batch.bytes.append(contentsOf: repeatElement(0, count: JSONRecordParser.padding))
    return hasMore
  }

  /// Whether the batch is to go as it is: it is full, or a pipe has nothing more for now, which must
  /// not hold back what was read.
  private func isDone(_ batch: RawBatch) -> Bool {
    !batch.records.isEmpty && (batch.isFull || stream?.hasInput == false)
  }

  /// Opens the next file that holds lines. Returns false when there is none.
  private func openNext(_ batch: inout RawBatch) throws -> Bool {
    while let opened = try files.openNext(&batch) {
      guard let format = foreignFormat(opened) else {
        start(opened, at: InputPlace.Next(line: 1))
        return true
      }
      batch.appendForeign(opened.path, format)
    }
    return false
  }

  /// The format of a file that is not NDJSON, if its beginning tells.
  private func foreignFormat(_ stream: ByteStream) -> ForeignFormat? {
    if let start = try? stream.peek(stop: context.stop), ForeignFormat.isJSONArray(start) {
      return .jsonArray
    }
    return stream.formatOtherThanText(stop: context.stop)
  }

  private func start(_ stream: ByteStream, at place: InputPlace.Next) {
    self.stream = stream
    (offset, line) = (place.offset, place.line)
    skipped = nil
  }

  public var position: JSONValue {
    files.position(stream.map { _ in InputPlace.Next(offset: offset, line: line) })
  }

  public func seek(to position: JSONValue) throws {
    guard let (stream, next) = try files.seek(to: position) else { return }
    try stream.skipLines(to: next.offset, stop: context.stop)
    start(stream, at: next)
  }

  /// Reads once and appends the lines that were completed. Returns false at the end of the file.
  private func readOn(_ stream: ByteStream, _ batch: inout RawBatch) throws -> Bool {
    let searched = batch.bytes.count
    let added: Int
    do throws(StreamError) {
      let count = max(batch.byteBudget - searched, LineReader.readCount)
      added = try stream.read(into: &batch.bytes, count: count, stop: context.stop)
    } catch {
      if let fault = error.faultOfTheRun { throw fault }
      // The place at which reading failed stands in the reject, so that nothing is lost in silence.
      batch.bytes.removeSubrange(lineStart...)
      batch.appendUnreadable(stream.path, error.cause, line: line, byteOffset: offset)
      return false
    }
    if added == 0 {
      // The last line needs no line feed. One that an interruption cut short is no line.
      if context.stop.isRequested { return true }
      appendLine(endingAt: batch.bytes.count, stream, &batch)
      files.finish(stream)
      lineStart = batch.bytes.count
      return false
    }
    var index = searched
    while let end = batch.bytes.index(of: UInt8(ascii: "\n"), from: index) {
      // Of empty lines there may be thousands of millions.
      if end > lineStart || skipped != nil { appendLine(endingAt: end, stream, &batch) }
      offset += 1
      line += 1
      lineStart = end + 1
      index = lineStart
    }
    skipIfTooLong(&batch)
    letGoOfBlankLines(&batch)
    return true
  }

  /// Lets the unfinished line go when it is too long already.
  private func skipIfTooLong(_ batch: inout RawBatch) {
    let unfinished = batch.bytes.count - lineStart
    if skipped != nil || unfinished > context.maximumDocument {
      skipped = (skipped ?? 0) + unfinished
      batch.bytes.removeSubrange(lineStart...)
    }
  }

  /// A batch that has no record yet holds nothing but its unfinished line, however much was passed over.
  private func letGoOfBlankLines(_ batch: inout RawBatch) {
    guard batch.records.isEmpty else { return }
    batch.bytes.removeSubrange(..<lineStart)
    lineStart = 0
  }

  /// Appends the unfinished line, which is finished now, unless it is blank.
  private func appendLine(endingAt end: Int, _ stream: ByteStream, _ batch: inout RawBatch) {
    var range = lineStart..<end
    let length = range.count + (skipped ?? 0)
    let origin = Origin(file: stream.path, line: line, byteOffset: offset)
    // Some tools begin a file with a byte order mark.
    if offset == 0, batch.bytes[range].starts(with: [0xEF, 0xBB, 0xBF]) {
      range = range.dropFirst(3)
    }
    if length > context.maximumDocument {
      batch.reject(.tooLarge(bytes: length, limit: context.maximumDocument), origin)
    } else if !batch.bytes[range].allSatisfy(LineReader.blanks.contains) {
      batch.records.append(RawRecord(range: range, origin: origin))
    }
    offset += length
    skipped = nil
  }

  /// The bytes that a blank line may hold. A line of other control characters is no record, but not blank either.
  private static let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]

  /// Enough that system calls cost nothing beside the parsing of what they bring.
  private static let readCount = 1 << 18
}

extension ByteStream {
  /// Passes over whole lines, up to the start of a line.
  /// - Throws: `InputChanged` when there is no such place.
  func skipLines(to offset: Int, stop: StopSignal) throws {
    guard offset > 0 else { return }
    var last: [UInt8] = []
    let skipped = try skip(offset - 1, stop: stop)
    if skipped == offset - 1 { _ = try read(into: &last, count: 1, stop: stop) }
    if stop.isRequested { return }
    guard let byte = last.first else {
      throw InputChanged(path: path, change: "has become shorter")
    }
    guard byte == UInt8(ascii: "\n") else { throw InputChanged(path: path, change: "has changed") }
  }
}
