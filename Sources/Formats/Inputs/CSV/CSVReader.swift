public import Bytes
public import Pipeline

/// Cuts tables into rows, each a record. The rows of a batch are of one file, whose header it begins with.
///
/// Holds at most one batch and one unfinished row, and of a row that is too long nothing at all.
public final class CSVReader: SourceReader {
  private var files: InputStreams
  private let context: Context
  /// What the settings say.
  private let delimiter: UInt8?
  private var stream: ByteStream?
  private var header = CSVHeader(delimiter: 0, row: [])
  private var scanner = CSVScanner(delimiter: 0)

  /// What was read of the file behind the last row of the batch before.
  private var carry: [UInt8] = []
  /// How much of it was searched for the end of the row.
  private var searchedCarry = 0
  /// Where the unfinished row starts in the batch that is being filled, and up to where it was searched.
  private var rowStart = 0
  private var searched = 0
  /// Where that row starts in the file, and its line, from 1.
  private var offset = 0
  private var line = 1
  /// Bytes and lines of that row that were let go since it is too long.
  private var skipped = 0
  private var skippedLines = 0

  init(_ files: InputStreams, delimiter: UInt8?, context: Context) {
    self.files = files
    self.delimiter = delimiter
    self.context = context
  }

  public func fill(_ batch: inout RawBatch) throws -> Bool {
    if stream != nil {
      batch.bytes += header.prefix
      batch.bytes += carry
      rowStart = header.prefixCount
      searched = rowStart + searchedCarry
    }
    var hasMore = true
    while hasMore, !isDone(batch) {
      if let stream {
        if try !readOn(stream, &batch) { self.stream = nil }
        if context.stop.isRequested { hasMore = false }
      } else if batch.records.contains(where: { $0.problem == nil }) {
        break
      } else {
        hasMore = try openNext(&batch)
      }
    }
    guard stream != nil else { return hasMore }
    carry = Array(batch.bytes[rowStart...])
    searchedCarry = searched - rowStart
    batch.bytes.removeSubrange(rowStart...)
    return hasMore
  }

  private func isDone(_ batch: RawBatch) -> Bool {
    !batch.records.isEmpty && (batch.isFull || stream?.hasInput == false)
  }

  // MARK: Headers

  /// Opens the next file that has a header. Returns false when there is none.
  private func openNext(_ batch: inout RawBatch) throws -> Bool {
    while let opened = try files.openNext(&batch) {
      if let format = opened.formatOtherThanText(stop: context.stop) {
        batch.appendForeign(opened.path, format)
      } else if try start(opened, &batch) {
        return true
      }
    }
    return false
  }

  /// Reads a file's header, and lets the batch begin with it. What was read behind it follows.
  /// - Returns: False when there is none, or the run is to stop.
  private func start(_ stream: ByteStream, _ batch: inout RawBatch) throws -> Bool {
    let isTabbed = Compression.plainName(stream.path.lowercased()).hasSuffix(".tsv")
    let delimiter = delimiter ?? UInt8(ascii: isTabbed ? "\t" : ",")
    scanner = CSVScanner(delimiter: delimiter)
    var bytes: [UInt8] = []
    (offset, line) = (0, 1)
    var searched = 0
    while true {
      guard let end = scanner.endOfRow(in: bytes, from: searched) else {
        searched = bytes.count
        guard let count = try readMore(stream, &bytes, &batch) else { return false }
        if count > 0 { continue }
        if context.stop.isRequested { return false }
        return takeHeader(bytes[...], behind: [], stream, &batch)
      }
      let row = bytes[..<end]
      if !row.allSatisfy(CSVReader.isBlank) {
        return takeHeader(row, behind: bytes[(end + 1)...], stream, &batch)
      }
      offset += end + 1
      line += 1
      bytes.removeSubrange(...end)
      searched = 0
    }
  }

  /// Reads more of a header. Returns how much, 0 at the end of the file; nil when the header cannot be had.
  private func readMore(
    _ stream: ByteStream, _ bytes: inout [UInt8], _ batch: inout RawBatch
  ) throws -> Int? {
    if bytes.count > context.maximumDocument {
      batch.reject(
        .tooLarge(bytes: bytes.count, limit: context.maximumDocument), origin(stream))
      return nil
    }
    do throws(StreamError) {
      let count = bytes.isEmpty ? CSVReader.headerCount : CSVReader.readCount
      return try stream.read(into: &bytes, count: count, stop: context.stop)
    } catch {
      if let fault = error.faultOfTheRun { throw fault }
      batch.appendUnreadable(stream.path, error.cause, line: line, byteOffset: offset)
      return nil
    }
  }

  /// Lets the batch begin with the header, and go on with what was read behind it.
  /// - Returns: False when it is none.
  private func takeHeader(
    _ row: ArraySlice<UInt8>, behind rest: ArraySlice<UInt8>, _ stream: ByteStream,
    _ batch: inout RawBatch
  ) -> Bool {
    let hasMark = offset == 0 && row.starts(with: [0xEF, 0xBB, 0xBF])
    header = CSVHeader(delimiter: scanner.delimiter, row: Array(row.dropFirst(hasMark ? 3 : 0)))
    if header.row.allSatisfy(CSVReader.isBlank) {
      files.finish(stream)
      return false
    }
    do throws(CSVRow.Malformed) {
      _ = try header.names()
    } catch {
      batch.reject(.malformedRow(error.message), origin(stream))
      return false
    }
    line += 1 + row.count { $0 == UInt8(ascii: "\n") }
    offset += row.count + 1
    batch.bytes.removeAll(keepingCapacity: true)
    batch.bytes += header.prefix
    batch.bytes += rest
    rowStart = header.prefixCount
    searched = rowStart
    (skipped, skippedLines) = (0, 0)
    self.stream = stream
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r")
  }

  private func origin(_ stream: ByteStream) -> Origin {
    Origin(file: stream.path, line: line, byteOffset: offset)
  }

  // MARK: Positions

  public var position: JSONValue {
    files.position(stream.map { _ in InputPlace.Next(offset: offset, line: line) })
  }

  public func seek(to position: JSONValue) throws {
    guard let (stream, next) = try files.seek(to: position) else { return }
    var batch = RawBatch(byteBudget: CSVReader.readCount)
    guard try start(stream, &batch) else {
      if context.stop.isRequested { return }
      throw InputChanged(path: stream.path, change: "has changed")
    }
    let behindHeader = batch.bytes[rowStart...]
    let distance = next.offset - offset
    if distance < 0 { throw InputChanged(path: stream.path, change: "has changed") }
    if distance <= behindHeader.count {
      // A row begins behind a line feed; the header has one.
      let start = behindHeader.startIndex + distance
      if distance > 0, behindHeader[start - 1] != UInt8(ascii: "\n") {
        throw InputChanged(path: stream.path, change: "has changed")
      }
      carry = Array(behindHeader[start...])
    } else {
      carry = []
      try stream.skipLines(to: distance - behindHeader.count, stop: context.stop)
    }
    searchedCarry = 0
    scanner = CSVScanner(delimiter: header.delimiter)
    (offset, line) = (next.offset, next.line)
  }

  // MARK: Rows

  /// Appends the rows that are complete, and reads more. Returns false at the end of the file.
  private func readOn(_ stream: ByteStream, _ batch: inout RawBatch) throws -> Bool {
    while let end = scanner.endOfRow(in: batch.bytes, from: searched) {
      appendRow(endingAt: end, stream, &batch)
      rowStart = end + 1
      searched = rowStart
    }
    searched = batch.bytes.count
    skipIfTooLong(&batch)
    let added: Int
    do throws(StreamError) {
      let count = max(batch.byteBudget - batch.bytes.count, CSVReader.readCount)
      added = try stream.read(into: &batch.bytes, count: count, stop: context.stop)
    } catch {
      if let fault = error.faultOfTheRun { throw fault }
      batch.bytes.removeSubrange(rowStart...)
      batch.appendUnreadable(stream.path, error.cause, line: line, byteOffset: offset)
      return false
    }
    // The last row needs no line feed. One that an interruption cut short is no row.
    if added > 0 || context.stop.isRequested { return true }
    appendRow(endingAt: batch.bytes.count, stream, &batch)
    files.finish(stream)
    return false
  }

  /// Lets the unfinished row go when it is too long already.
  private func skipIfTooLong(_ batch: inout RawBatch) {
    let unfinished = batch.bytes[rowStart...]
    guard skipped > 0 || unfinished.count > context.maximumDocument else { return }
    skipped += unfinished.count
    skippedLines += unfinished.count { $0 == UInt8(ascii: "\n") }
    batch.bytes.removeSubrange(rowStart...)
    searched = rowStart
  }

  /// Appends the unfinished row, which is finished now, unless it is blank.
  private func appendRow(endingAt end: Int, _ stream: ByteStream, _ batch: inout RawBatch) {
    let range = rowStart..<end
    let length = range.count + skipped
    if length > context.maximumDocument {
      batch.reject(
        .tooLarge(bytes: length, limit: context.maximumDocument), origin(stream))
    } else if !batch.bytes[range].allSatisfy(CSVReader.isBlank) {
      batch.records.append(RawRecord(range: range, origin: origin(stream)))
    }
    line += 1 + skippedLines + batch.bytes[range].count { $0 == UInt8(ascii: "\n") }
    offset += length + 1
    (skipped, skippedLines) = (0, 0)
  }

  /// Most headers are shorter, and what is read behind one is moved.
  private static let headerCount = 1 << 12
  /// Enough that system calls cost nothing beside what they bring.
  private static let readCount = 1 << 18
}

extension Drop {
  /// What breaks the rules of tables.
  static func malformedRow(_ message: String) -> Drop {
    Drop(reason: .malformedRow, details: ["message": .string(message)])
  }
}
