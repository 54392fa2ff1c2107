public import Bytes
internal import Synchronization

/// A state directory: everything that ordered stages remember, and how far the last run came.
///
///     winnow-state   says that it is one, and of which version
///     lock           held while a process uses it; its number
///     store/         a RocksDB database
///
/// All changes since the last `commit` become durable with the next, all of them or none. One process
/// at a time has a directory open; threads may share it.
public final class StateDirectory: Sendable {
  /// As the user named it.
  public let path: String
  /// Held for its lock, until the end; nil for one that is only looked at.
  private let lock: Lock?

  private final class Lock: Sendable {
    let file: File

    init(_ file: consuming File) { self.file = file }
  }

  private let store: Store
  /// Labels and the prefixes of their key spaces.
  private let prefixes: StoreKeySpace
  private let spaces = Mutex<[String: StoreKeySpace]>([:])
  /// Bytes of staged changes from which `commit` is due.
  public let maximumStagedBytes: Int

  /// Memory for what the stages hold to look up less, all of them together.
  public let stageMemory: ByteCount

  /// The version of the format that this program writes, and the latest that it reads.
  public static let version = 1
  static let marker = "winnow state "

  /// Opens a state directory; makes it where there is nothing, or an empty folder.
  /// - Parameters:
  ///   - memory: Bytes for everything that the store holds in memory, staged changes included, and for
  ///     `stageMemory`.
  ///   - mustExist: Whether it is an error that there is none.
  ///   - onlyLooks: Whether no byte of it may change; then it must exist, and `commit` throws.
  /// - Throws: `StateError`, or `SystemError` when a file cannot be read or written.
  public init(
    _ path: String, memory: ByteCount, mustExist: Bool = false, onlyLooks: Bool = false
  ) throws {
    self.path = path
    let isNew = try !StateDirectory.hasMarker(path)
    if isNew, mustExist || onlyLooks { throw StateError.missing(path: path) }
    if isNew { try FileSystem.makeFolder(path) }
    if onlyLooks, FileSystem.isLocked(path + "/" + StateDirectory.lockName) {
      throw StateDirectory.inUse(path)
    }
    lock = onlyLooks ? nil : Lock(try StateDirectory.lock(path))
    // The process that held the lock until now may have created the state.
    let isStillNew = try isNew && !StateDirectory.hasMarker(path)
    store = try Store(
      path + "/" + StateDirectory.storeName, name: path, isNew: isStillNew,
      memory: memory.bytes, onlyReads: onlyLooks)
    // Zero is no label's number.
    prefixes = StoreKeySpace(store, prefix: [0, 0])
    // Last: without it the directory counts as not yet made.
    if isStillNew { try StateDirectory.writeMarker(path) }
    maximumStagedBytes = memory.bytes / StoreOptions.shareOfChanges
    stageMemory = ByteCount(bytes: memory.bytes / 16 * StoreOptions.sixteenthsOfStages)
  }

  // MARK: Keys

  /// The key space of a label, made on its first use. The labels of stages are theirs; `input`, `output`
  /// and the empty label belong to the run.
  /// - Throws: When the store cannot be read.
  public func keySpace(_ label: String) throws -> StoreKeySpace {
    try spaces.withLock { spaces in
      if let space = spaces[label] { return space }
      let space = StoreKeySpace(store, prefix: try prefix(of: label))
      spaces[label] = space
      return space
    }
  }

  /// Two bytes for a label of any length, since they stand before each key: given out in the order of
  /// first use.
  private func prefix(of label: String) throws -> [UInt8] {
    if let prefix = try prefixes.value(for: Array(label.utf8)) { return prefix }
    let number = try labels.count + 1
    guard number <= StateDirectory.maximumLabels else {
      throw StateError.refused(path: path, cause: "it knows \(number - 1) labels already")
    }
    let prefix = [UInt8(number >> 8), UInt8(number & 0xFF)]
    prefixes.set(prefix, for: Array(label.utf8))
    return prefix
  }

  /// Labels that were ever used, in byte order.
  public var labels: [String] {
    get throws {
      var labels: [String] = []
      try prefixes.forEach(prefix: []) { key, _ in
        labels.append(String(decoding: key, as: UTF8.self))
        return true
      }
      return labels
    }
  }

  /// The highest number that two bytes can count.
  private static let maximumLabels = 0xFFFF

  // MARK: Checkpoints

  /// Bytes of memory that staged changes of all key spaces take.
  public var stagedBytes: Int { spaces.withLock { $0.values.reduce(0) { $0 + $1.stagedBytes } } }

  /// Makes all staged changes durable, in one step. Nothing may be staged meanwhile.
  /// - Throws: `StateError`; then the changes are staged still, and the store is as it was.
  public func commit() throws {
    // Data written to files that no longer have a name are lost, and nothing else would report it.
    guard let lock, lock.file.stands(at: lock.file.path) else { throw StateError.gone(path: path) }
    let spaces = [prefixes] + spaces.withLock { Array($0.values) }
    let batch = WriteBatch()
    for space in spaces { space.addChanges(to: batch) }
    try store.write(batch)
    for space in spaces { space.forgetChanges() }
  }

  // MARK: Care

  /// Bytes that the store takes on disk.
  /// - Throws: `SystemError` when its folder cannot be read.
  public var byteCount: Int {
    get throws {
      let folder = path + "/" + StateDirectory.storeName
      return try FileSystem.names(in: folder).reduce(0) {
        $0 + (FileSystem.size(of: folder + "/" + $1) ?? 0)
      }
    }
  }

  /// Rewrites the store without what was removed or replaced. Takes as long as copying it.
  /// - Throws: `StateError`; then the store is as it was.
  public func compact() throws { try store.compact() }

  /// Reads everything once, so that whatever is damaged is found.
  /// - Returns: The number of keys.
  /// - Throws: `StateError.damaged`.
  public func verify() throws -> Int {
    let cursor = store.cursor(from: [])
    var count = 0
    while try cursor.key() != nil {
      count += 1
      cursor.advance()
    }
    return count
  }

  // MARK: The folder

  private static let markerName = "winnow-state"
  private static let unfinishedMarkerName = "winnow-state.partial"
  private static let lockName = "lock"
  private static let storeName = "store"

  /// Whether the folder says that it is a state directory. One that is not there, is empty, or holds
  /// only what a process left that died while it made one, is none yet.
  private static func hasMarker(_ path: String) throws -> Bool {
    guard FileSystem.exists(path) else { return false }
    let names = try FileSystem.names(in: path)
    guard names.contains(markerName) else {
      let own = [lockName, storeName, unfinishedMarkerName]
      if let other = names.first(where: { !own.contains($0) }) {
        throw StateError.notAState(path: path, found: other)
      }
      return false
    }
    let file = path + "/" + markerName
    let text = String(decoding: try FileSystem.contents(of: file), as: UTF8.self)
    guard text.hasPrefix(marker), text.hasSuffix("\n"),
      let number = Int(text.dropFirst(marker.utf8.count).dropLast()), number > 0
    else { throw StateError.unknownFormat(path: file) }
    if number > version { throw StateError.newer(path: path, version: number) }
    return true
  }

  private static func writeMarker(_ path: String) throws {
    let unfinished = path + "/" + unfinishedMarkerName
    let file = try File.writing(unfinished)
    try file.write(Array("\(marker)\(version)\n".utf8).span)
    try file.sync()
    try FileSystem.replace(path + "/" + markerName, with: unfinished)
  }

  private static func lock(_ path: String) throws -> File {
    let name = path + "/" + lockName
    do throws(SystemError) {
      let file = try File.writing(name)
      try file.write(Array("\(FileSystem.processNumber)\n".utf8).span)
      return file
    } catch {
      throw error.isLocked ? inUse(path) : error
    }
  }

  private static func inUse(_ path: String) -> StateError {
    let holder = try? FileSystem.contents(of: path + "/" + lockName)
    return .inUse(
      path: path,
      process: holder.flatMap { Int(String(decoding: $0.dropLast(), as: UTF8.self)) })
  }
}
