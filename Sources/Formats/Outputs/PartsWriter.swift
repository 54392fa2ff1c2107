import Bytes
public import Pipeline

/// Writes the parts of an output, each beside its final name; all get their names at the end of the run.
///
/// Where a path has fields, the encoder writes a record's values on a line before it. What is not enough for a
/// frame stays in memory, so that a file is open only while a frame is written: no more than one at a time,
/// however many parts there are. When all that is held in memory becomes too much, everything is written.
/// Where frames and parts end depends on the records alone, as the bytes of the files do.
public final class PartsWriter: SinkWriter {
  let path: OutputPath
  let run: RunStart
  let limits: PartLimits
  private let compressor: FrameCompressor?
  /// Those that have a part, in the order in which they came.
  var groups: [PartGroup] = []
  private var indices: [String: Int] = [:]
  /// Bytes of records that are in no file yet.
  private var pendingBytes = 0
  /// Parts that were begun.
  private var partCount = 0
  /// Folders in which files have come into being that may not be there after a loss of power.
  private var newFolders: Set<String> = []
  private var isClosed = false
  /// Held while the run lasts, so that no two runs write the same parts.
  private let lock: File

  /// - Parameter position: Where an earlier run stood; nil for a new output.
  /// - Throws: `OutputInUse`, `OutputLost`, `PartsThere` or `SystemError`.
  init(
    _ path: OutputPath, in run: RunStart, limits: PartLimits, compressor: FrameCompressor?,
    at position: SinkPosition?
  ) throws {
    self.path = path
    self.run = run
    self.limits = limits
    self.compressor = compressor
    let folder = path.folder(in: run)
    try FileSystem.makeFolders(folder)
    let lockPath = PartsWriter.lockPath(path, in: folder)
    do throws(SystemError) {
      lock = try File.writing(lockPath)
    } catch {
      throw error.isLocked ? OutputInUse(path: path.template) : error
    }
    if let position {
      try goOn(from: position)
    } else {
      try checkNothingIsThere()
    }
  }

  /// A name that no part has, hidden from whoever lists the folder.
  static func lockPath(_ path: OutputPath, in folder: String) -> String {
    let hash = Hash64.hash(path.template.utf8.span)
    return FileSystem.resolve(".winnow-\(String(hash, radix: 16))" + FileWriter.ending, in: folder)
  }

  /// Parts of two runs must not lie side by side. What no run finished is as nothing.
  private func checkNothingIsThere() throws {
    try PartsWriter.checkNoPartIsThere(path, in: run)
    for unfinished in FileSystem.matches(of: path.pattern(in: run) + FileWriter.ending) {
      try FileSystem.removeFile(unfinished)
    }
  }

  /// - Throws: `PartsThere`.
  static func checkNoPartIsThere(_ path: OutputPath, in run: RunStart) throws {
    guard let found = FileSystem.matches(of: path.pattern(in: run)).first else { return }
    throw PartsThere(path: found, proposal: run.number == nil ? path.withDate : path.withRun)
  }

  private func goOn(from position: SinkPosition) throws {
    isClosed = position.details["closed"] == true
    groups = PartGroup.groups(of: position)
    for (index, group) in groups.enumerated() {
      indices[group.name] = index
      pendingBytes += group.frames.pending.count
      partCount += group.number + (group.records > 0 ? 1 : 0)
      try PartsWriter.check(group, of: path, in: run, isClosed: isClosed)
      guard group.length > 0 else { continue }
      let partial = finalPath(group, group.number) + FileWriter.ending
      _ = try File.writing(partial, keeping: group.length)
    }
  }

  /// Makes sure that the files of an interrupted run are as it left them.
  /// - Throws: `OutputLost`.
  static func check(
    _ group: PartGroup, of path: OutputPath, in run: RunStart, isClosed: Bool
  ) throws {
    let final = { path.path(in: run, segments: group.segments, number: $0) }
    for number in 0..<group.number {
      guard
        FileSystem.exists(final(number) + FileWriter.ending)
          || isClosed && FileSystem.exists(final(number))
      else { throw OutputLost(path: final(number) + FileWriter.ending, change: "has gone") }
    }
    guard group.length > 0 else { return }
    try FileWriter.check(
      final(group.number) + FileWriter.ending, length: group.length, end: group.end)
  }

  func finalPath(_ group: PartGroup, _ number: Int) -> String {
    path.path(in: run, segments: group.segments, number: number)
  }

  // MARK: Writing

  @discardableResult
  public func write(_ bytes: [UInt8]) throws -> Int {
    let isNamedAfterRecords = !path.fields.isEmpty
    var written = 0
    var start = 0
    while let end = bytes.index(of: UInt8(ascii: "\n"), from: start) {
      var name = ""
      var line = start...end
      if isNamedAfterRecords {
        name = String(decoding: bytes[start..<end], as: UTF8.self)
        line = end + 1...(bytes.index(of: UInt8(ascii: "\n"), from: end + 1) ?? end + 1)
      }
      try append(bytes[line], to: index(of: name))
      written += line.count
      start = line.upperBound + 1
    }
    return written
  }

  /// The group of a name, or where there are too many that of all others.
  private func index(of name: String) -> Int {
    if let index = indices[name] { return index }
    if groups.count >= limits.values, !path.fields.isEmpty {
      let other = path.fields.map { _ in OutputField.other }.joined(separator: "/")
      if name != other { return index(of: other) }
    }
    groups.append(PartGroup(name: name))
    indices[name] = groups.count - 1
    return groups.count - 1
  }

  private func append(_ line: ArraySlice<UInt8>, to index: Int) throws {
    if groups[index].records == 0 {
      partCount += 1
      if partCount > limits.parts { throw TooManyParts(limit: limits.parts) }
    }
    groups[index].records += 1
    groups[index].bytes += line.count
    pendingBytes += line.count
    // Taken out, so that it is not copied when it changes.
    var frames = groups[index].frames
    groups[index].frames = FrameBuffer(pending: [])
    try frames.append(line) { try writeFrame($0, index) }
    groups[index].frames = frames
    if limits.isFull(groups[index]) { try finishPart(index) }
    if pendingBytes > PartsWriter.pendingLimit {
      for index in groups.indices { try writePending(index) }
    }
  }

  /// So much of all parts together is held in memory, and stored at a checkpoint.
  private static let pendingLimit = 8 * FrameBuffer.frameBytes

  private func writePending(_ index: Int) throws {
    var frames = groups[index].frames
    if frames.pending.isEmpty { return }
    groups[index].frames = FrameBuffer(pending: [])
    try frames.finish { try writeFrame($0, index) }
  }

  private func writeFrame(_ lines: ArraySlice<UInt8>, _ index: Int) throws {
    let partial = finalPath(groups[index], groups[index].number) + FileWriter.ending
    let length = groups[index].length
    if length == 0 {
      let folder = FileSystem.folder(of: partial)
      if newFolders.insert(folder).inserted { try FileSystem.makeFolders(folder) }
    }
    let file = try File.writing(partial, keeping: length == 0 ? nil : length)
    if let compressor {
      guard let frame = compressor.frame(lines) else { throw CompressionFailed(path: partial) }
      try file.write(frame.span)
      groups[index].length += frame.count
    } else {
      try file.write(Array(lines).span)
      groups[index].length += lines.count
    }
    groups[index].isSynced = false
    pendingBytes -= lines.count
  }

  /// Ends the part; the group's next record begins another one.
  private func finishPart(_ index: Int) throws {
    guard groups[index].records > 0 else { return }
    try writePending(index)
    try sync(index)
    groups[index].beginNext()
  }

  // MARK: Checkpoints and the end

  private func sync(_ index: Int) throws {
    let group = groups[index]
    guard !group.isSynced, group.length > 0 else { return }
    let partial = finalPath(group, group.number) + FileWriter.ending
    try File.writing(partial, keeping: group.length).sync()
    groups[index].end = try FileWriter.end(of: partial, length: group.length)
    groups[index].isSynced = true
  }

  public func checkpoint() throws -> SinkPosition {
    for index in groups.indices { try sync(index) }
    try syncFolders()
    return PartGroup.position(of: groups, isClosed: isClosed)
  }

  /// The folders that got a name, and those that they got their own names in.
  private func syncFolders() throws {
    let outermost = FileSystem.folder(of: path.folder(in: run))
    for folder in newFolders.sorted() {
      var folder = folder
      try FileSystem.syncFolder(folder)
      while folder != outermost, folder != ".", folder != "/" {
        folder = FileSystem.folder(of: folder)
        try FileSystem.syncFolder(folder)
      }
    }
    newFolders = []
  }

  public func close() throws -> SinkPosition {
    for index in groups.indices { try finishPart(index) }
    isClosed = true
    return try checkpoint()
  }

  public func publish() throws {
    var folders: Set<String> = []
    for group in groups {
      for number in 0..<group.number {
        let final = finalPath(group, number)
        // A run that was killed may have given some names before.
        if FileSystem.exists(final + FileWriter.ending) || !FileSystem.exists(final) {
          try FileSystem.replace(final, with: final + FileWriter.ending)
        }
        folders.insert(FileSystem.folder(of: final))
      }
    }
    for folder in folders.sorted() { try FileSystem.syncFolder(folder) }
    try FileSystem.removeFile(lock.path)
  }

  public func abandon() -> String? { path.folder(in: run) }
}

/// Parts of an earlier run stand where a run would write its own.
struct PartsThere: Error, CustomStringConvertible {
  let path: String
  /// A path that is another one in every run.
  let proposal: String

  var description: String {
    "\(path) is there already, and parts of two runs would lie side by side; move them away, or give each "
      + "run a folder of its own, as in \(proposal)"
  }
}

/// The output falls into more parts than are allowed.
struct TooManyParts: Error, CustomStringConvertible {
  let limit: Int

  var description: String {
    "the output would have more than \(limit) parts; let a part hold more (part_records, part_bytes), or "
      + "raise max_parts"
  }
}
