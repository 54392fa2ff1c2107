import Bytes
import Pipeline

/// The files of an input that hold many records, opened one after another. What a reader does with the streams is its
/// own business; where it stands in one is an `InputPlace.Next`.
struct InputStreams {
  private var source: Source
  private let context: Context

  private enum Source {
    /// - Parameter opened: The file that was opened last.
    case files(InputFiles, opened: InputFiles.Item?)
    /// The only stream there is, within an archive, and whether it is still to be read.
    case only(ByteStream, isLeft: Bool)
  }

  init(_ files: InputFiles, _ context: Context) {
    source = .files(files, opened: nil)
    self.context = context
  }

  /// One stream that is open already, and has a place of its own.
  init(of stream: ByteStream, _ context: Context) {
    source = .only(stream, isLeft: true)
    self.context = context
  }

  /// Opens the next file that can be opened.
  /// - Returns: Nil when there is none, or when the run is to stop.
  mutating func openNext(_ batch: inout RawBatch) throws -> ByteStream? {
    switch source {
    case .only(let stream, let isLeft):
      source = .only(stream, isLeft: false)
      return isLeft ? stream : nil
    case .files(var files, _):
      var opened: InputFiles.Item?
      defer { source = .files(files, opened: opened) }
      while !context.stop.isRequested {
        switch try files.step(&batch) {
        case .file(let item):
          files.take(item, &batch)
          do throws(SystemError) {
            let stream = try open(item)
            opened = item
            return stream
          } catch {
            if error.isShortage { throw error }
            batch.appendUnreadable(item.path, error.cause)
          }
        case .passed: break
        case .end: return nil
        }
      }
      return nil
    }
  }

  /// Notes that the file that was opened last was read to its end.
  func finish(_ stream: ByteStream) {
    if case .files(let files, let opened?) = source {
      files.finish(opened, hash: stream.contentHash)
    }
  }

  /// The place of the file that was opened last, as `SourceReader.position` has it.
  /// - Parameter next: The place of the next record in the file; nil after the last.
  func position(_ next: InputPlace.Next?) -> JSONValue {
    switch source {
    case .only(_, isLeft: true): return .null
    case .only(let stream, _):
      var place = InputPlace(root: 0, rootPath: stream.path, path: stream.path)
      place.next = next
      return place.json
    case .files(let files, _):
      guard var place = files.place else { return .null }
      place.next = next
      return place.json
    }
  }

  /// Goes to a position, and opens the file in which it lies.
  /// - Returns: Nil if the position lies in no file: after one, or at the start of the input.
  /// - Throws: `InputChanged` when the file has gone; `SystemError` when it cannot be opened.
  mutating func seek(
    to position: JSONValue
  ) throws -> (stream: ByteStream, next: InputPlace.Next)? {
    guard let place = try InputPlace(position) else { return nil }
    switch source {
    case .only(let stream, _):
      guard place.path == stream.path else {
        throw InputChanged(path: place.path, change: "has gone")
      }
      source = .only(stream, isLeft: false)
      return place.next.map { (stream, $0) }
    case .files(var files, _):
      let item = try files.seek(to: place)
      source = .files(files, opened: item)
      return try place.next.map { (try open(item), $0) }
    }
  }

  private func open(_ item: InputFiles.Item) throws(SystemError) -> ByteStream {
    item.path == "-"
      ? context.standardInput : try ByteStream.reading(item.path, hashes: item.isToBeKnown)
  }
}

extension ByteStream {
  /// The format of a stream that should be text and is not, if its beginning tells. Nothing is consumed.
  func formatOtherThanText(stop: StopSignal) -> ForeignFormat? {
    guard let start = try? peek(stop: stop) else { return nil }
    return ForeignFormat(beginning: start) ?? ForeignFormat.wideText(start)
  }
}
