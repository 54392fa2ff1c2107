import Bytes
public import Pipeline

/// Writes a file beside its final name and renames it at the end; pipes and devices are written as they
/// are. Where a link stands, the file that it leads to is replaced, not the link.
public final class FileWriter: SinkWriter {
  private let file: File
  /// The final name; nil for what cannot be renamed.
  private let final: String?
  /// Bytes of the file.
  private var length: Int
  /// Nil for a file that is not compressed.
  private let compressor: FrameCompressor?
  private var frames: FrameBuffer
  private var isClosed: Bool
  /// Bytes that are known to be on the disk, and their name with them; nil before the first checkpoint.
  private var syncedLength: Int?

  /// - Parameter position: Where an earlier run stood; nil for a new file.
  /// - Throws: `OutputInUse`, `OutputLost`, or `SystemError`.
  init(_ path: FilePath, compressor: FrameCompressor?, at position: SinkPosition?) throws {
    self.compressor = compressor
    frames = FrameBuffer(pending: position?.pending ?? [])
    length = position?.details["length"]?.int ?? 0
    isClosed = position?.details["closed"] == true
    if path.isStandardStream {
      file = .standardOutput
      final = nil
    } else if let kind = try? FileSystem.kind(of: path.path), kind != .file {
      file = try File.writing(path.path)
      final = nil
    } else {
      let target = FileSystem.target(of: path.path)
      final = target
      let name =
        try position.map { try FileWriter.name(target, at: $0) } ?? target + FileWriter.ending
      do throws(SystemError) {
        file = try File.writing(name, keeping: position == nil ? nil : length)
      } catch {
        throw error.isLocked ? OutputInUse(path: path.path) : error
      }
    }
  }

  /// The current name of the file that was written up to a position. A closed file may already have its final
  /// name.
  static func name(_ target: String, at position: SinkPosition) throws -> String {
    let length = position.details["length"]?.int ?? 0
    let isSame = { (path: String) throws -> Bool in
      try position.details["end"]?.string == end(of: path, length: length)
    }
    let partial = target + ending
    if position.details["closed"] == true, !FileSystem.exists(partial),
      FileSystem.size(of: target) == length, try isSame(target)
    {
      return target
    }
    try check(partial, length: length, end: position.details["end"]?.string)
    return partial
  }

  /// Makes sure that an unfinished file is the one that was written as far as `length`.
  /// - Throws: `OutputLost`.
  static func check(_ partial: String, length: Int, end: String?) throws {
    guard let size = FileSystem.size(of: partial) else {
      throw OutputLost(path: partial, change: "has gone")
    }
    guard size >= length else {
      throw OutputLost(path: partial, change: "has \(size) bytes left of \(length)")
    }
    guard try end == self.end(of: partial, length: length) else {
      throw OutputLost(path: partial, change: "has other contents")
    }
  }

  /// A hash of the last bytes before `length`: tells a file from another one that is as long.
  static func end(of path: String, length: Int) throws(SystemError) -> String {
    let file = try File.reading(path)
    let count = min(length, endBytes)
    _ = file.skip(length - count)
    var bytes: [UInt8] = []
    let stop = StopSignal()
    while bytes.count < count,
      try file.read(into: &bytes, count: count - bytes.count, stop: stop) > 0
    {}
    return String(Hash64.hash(bytes.span), radix: 16)
  }

  /// Read again at each checkpoint: some records, and nothing beside what a checkpoint costs.
  private static let endBytes = 1 << 16

  @discardableResult
  public func write(_ bytes: [UInt8]) throws -> Int {
    if let compressor {
      try frames.append(bytes[...]) { try append(compressor, $0) }
    } else {
      try append(bytes)
    }
    return bytes.count
  }

  private func append(_ compressor: FrameCompressor, _ lines: ArraySlice<UInt8>) throws {
    guard let frame = compressor.frame(lines) else { throw CompressionFailed(path: file.path) }
    try append(frame)
  }

  private func append(_ bytes: [UInt8]) throws {
    try file.write(bytes.span)
    length += bytes.count
  }

  public func checkpoint() throws -> SinkPosition {
    // A file to which nothing was added need not be waited for.
    if syncedLength != length {
      try file.sync()
      // The name, too, must be there after a loss of power.
      if syncedLength == nil, let final { try FileSystem.syncFolder(FileSystem.folder(of: final)) }
      syncedLength = length
    }
    var details: JSONObject = ["length": .int(Int64(length)), "closed": .bool(isClosed)]
    if final != nil {
      details["end"] = .string(try FileWriter.end(of: file.path, length: length))
    }
    return SinkPosition(details: details, pending: frames.pending)
  }

  public func close() throws -> SinkPosition {
    // A file without any frame is not what readers expect, even of no records.
    if let compressor, !isClosed, !frames.pending.isEmpty || length == 0 {
      try frames.finish { try append(compressor, $0) }
    }
    isClosed = true
    return try checkpoint()
  }

  public func publish() throws {
    guard let final else { return }
    if file.path != final { try FileSystem.replace(final, with: file.path) }
    try FileSystem.syncFolder(FileSystem.folder(of: final))
  }

  public func abandon() -> String? { final == nil ? nil : file.path }

  /// Of files that are not complete.
  static let ending = FilePath.unfinishedEnding

  /// Whether a finished file stands there with something in it; what cannot be read counts as full.
  static func holdsRecords(_ path: FilePath) -> Bool {
    guard !path.isStandardStream, let size = FileSystem.size(of: path.path), size > 0 else {
      return false
    }
    // A compressed file is not empty even when it holds nothing.
    guard Compression(ofFileNamed: path.path) != .none,
      let start = try? ByteStream.reading(path.path).peek(stop: StopSignal())
    else { return true }
    return !start.isEmpty
  }
}

/// A run with a state directory would replace the output of another.
struct OutputFinished: Error, CustomStringConvertible {
  let path: String
  /// A path that is another one in every run.
  let proposal: String

  var description: String {
    "\(path) holds the records of an earlier run, which are known to the state and would not come again; "
      + "move it away, or give each run a file of its own, as in \(proposal)"
  }
}

/// Two runs want to write one file.
struct OutputInUse: Error, CustomStringConvertible {
  let path: String

  var description: String { "another run is writing \(path)" }
}

/// There was no memory for a frame.
struct CompressionFailed: Error, CustomStringConvertible {
  let path: String

  var description: String { "cannot compress \(path): out of memory" }
}

/// The output that an interrupted run had written no longer exists.
struct OutputLost: Error, CustomStringConvertible {
  let path: String
  let change: String

  var description: String {
    "\(path), which the run was writing when it was interrupted, \(change); put it back as it was, or "
      + "begin anew with another state directory"
  }
}
