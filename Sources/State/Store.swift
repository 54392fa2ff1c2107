internal import CRocksDB

/// A RocksDB database: an ordered map from bytes to bytes on disk, whose writes are atomic.
///
/// Unchecked: the handles are set once, and RocksDB lets any number of threads use them at a time.
final class Store: @unchecked Sendable {
  private let database: OpaquePointer
  /// The only column family; looking up many keys at once asks for one.
  private let family: OpaquePointer
  private let reading: OpaquePointer
  /// For cursors: what they pass must not push out of the cache what look-ups come back to.
  private let passing: OpaquePointer
  private let writing: OpaquePointer
  /// As errors name it: the state directory.
  private let name: String

  /// Opens the database in a folder.
  /// - Parameters:
  ///   - name: What errors call it.
  ///   - isNew: Whether it may be made; otherwise one that is not there is an error.
  ///   - memory: Bytes for caches and what was written last, see `StoreOptions`.
  ///   - onlyReads: Whether no file of it may change.
  /// - Throws: `StateError`.
  init(_ folder: String, name: String, isNew: Bool, memory: Int, onlyReads: Bool = false)
    throws(StateError)
  {
    self.name = name
    let options = StoreOptions.make(memory: memory, isNew: isNew)
    defer { rocksdb_options_destroy(options) }
    // A log in a folder that cannot be is no log; there is no other way to have none.
    if onlyReads { rocksdb_options_set_db_log_dir(options, "/dev/null") }
    var message: UnsafeMutablePointer<CChar>?
    var family: OpaquePointer?
    let database = "default".withCString { familyName in
      var (name, familyOptions) = (Optional(familyName), Optional(options))
      return onlyReads
        ? rocksdb_open_for_read_only_column_families(
          options, folder, 1, &name, &familyOptions, &family, 0, &message)
        : rocksdb_open_column_families(
          options, folder, 1, &name, &familyOptions, &family, &message)
    }
    if let text = Store.take(message) { throw StateError(text, store: name) }
    guard let database, let family, let reading = rocksdb_readoptions_create(),
      let passing = rocksdb_readoptions_create(), let writing = rocksdb_writeoptions_create()
    else { throw .refused(path: name, cause: "out of memory") }
    rocksdb_readoptions_set_fill_cache(passing, 0)
    rocksdb_writeoptions_set_sync(writing, 1)
    // The changes of a key space come in the order of their keys.
    rocksdb_writeoptions_set_memtable_insert_hint_per_batch(writing, 1)
    self.database = database
    self.family = family
    self.reading = reading
    self.passing = passing
    self.writing = writing
  }

  deinit {
    rocksdb_writeoptions_destroy(writing)
    rocksdb_readoptions_destroy(reading)
    rocksdb_readoptions_destroy(passing)
    rocksdb_column_family_handle_destroy(family)
    rocksdb_close(database)
  }

  func value(for key: [UInt8]) throws(StateError) -> [UInt8]? {
    var message: UnsafeMutablePointer<CChar>?
    var count = 0
    let value = key.withUnsafeBytes {
      rocksdb_get(
        database, reading, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &count,
        &message)
    }
    try check(message)
    guard let value else { return nil }
    defer { rocksdb_free(value) }
    return Array(UnsafeRawBufferPointer(start: value, count: count))
  }

  /// Calls `body` with the number and the value of each key that is there. They are found together:
  /// what one look-up brings into memory serves its neighbours.
  func find(_ keys: StoreKeys, _ body: (Int, [UInt8]) -> Void) throws(StateError) {
    if keys.numbers.isEmpty { return }
    var found = [OpaquePointer?](repeating: nil, count: keys.numbers.count)
    var messages = [UnsafeMutablePointer<CChar>?](repeating: nil, count: keys.numbers.count)
    keys.bytes.withUnsafeBytes { bytes in
      let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      let starts = keys.starts.map { offset in start.map { $0 + offset } }
      rocksdb_batched_multi_get_cf(
        database, reading, family, starts.count, starts, keys.counts, &found, &messages, false)
    }
    defer { for slice in found { rocksdb_pinnableslice_destroy(slice) } }
    for message in messages { try check(message) }
    for (slice, number) in zip(found, keys.numbers) {
      guard let slice else { continue }
      var count = 0
      let start = rocksdb_pinnableslice_value(slice, &count)
      body(number, Array(UnsafeRawBufferPointer(start: start, count: count)))
    }
  }

  /// A cursor before the first key that is not less than `start`. It sees the store as it is now.
  func cursor(from start: [UInt8]) -> Cursor { Cursor(self, from: start) }

  /// Writes everything in `batch`, or nothing; returns when it is on the disk.
  func write(_ batch: borrowing WriteBatch) throws(StateError) {
    var message: UnsafeMutablePointer<CChar>?
    rocksdb_write(database, writing, batch.handle, &message)
    try check(message)
  }

  /// Brings everything into one sorted run, without what was removed or replaced.
  func compact() throws(StateError) {
    let before = backgroundErrors
    rocksdb_compact_range(database, nil, 0, nil, 0)
    // That call cannot say that it failed.
    if backgroundErrors > before {
      throw .refused(
        path: name,
        cause: "it could not be rewritten, which takes as much room on the disk again as it has; "
          + "nothing was changed")
    }
  }

  private var backgroundErrors: UInt64 {
    var count: UInt64 = 0
    _ = rocksdb_property_int(database, "rocksdb.background-errors", &count)
    return count
  }

  private func check(_ message: UnsafeMutablePointer<CChar>?) throws(StateError) {
    if let text = Store.take(message) { throw StateError(text, store: name) }
  }

  /// The text of a message, which belongs to whoever gets it.
  private static func take(_ message: UnsafeMutablePointer<CChar>?) -> String? {
    guard let message else { return nil }
    defer { rocksdb_free(message) }
    return String(cString: message)
  }

  /// Walks over keys in byte order.
  struct Cursor: ~Copyable {
    private let store: Store
    private let handle: OpaquePointer

    fileprivate init(_ store: Store, from start: [UInt8]) {
      self.store = store
      handle = rocksdb_create_iterator(store.database, store.passing)
      start.withUnsafeBytes {
        rocksdb_iter_seek(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
      }
    }

    deinit { rocksdb_iter_destroy(handle) }

    /// The key at the cursor; nil after the last one.
    func key() throws(StateError) -> [UInt8]? {
      guard rocksdb_iter_valid(handle) != 0 else {
        var message: UnsafeMutablePointer<CChar>?
        rocksdb_iter_get_error(handle, &message)
        try store.check(message)
        return nil
      }
      var count = 0
      let start = rocksdb_iter_key(handle, &count)
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The value of that key.
    var value: [UInt8] {
      var count = 0
      let start = rocksdb_iter_value(handle, &count)
      return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func advance() { rocksdb_iter_next(handle) }
  }
}

/// Changes that are written together.
struct WriteBatch: ~Copyable {
  fileprivate let handle: OpaquePointer

  init() { handle = rocksdb_writebatch_create() }

  deinit { rocksdb_writebatch_destroy(handle) }

  /// Adds a change of `prefix` + `key`; nil for a removal.
  func add(prefix: [UInt8], key: ArraySlice<UInt8>, value: ArraySlice<UInt8>?) {
    withUnsafeTemporaryAllocation(byteCount: prefix.count + key.count, alignment: 1) { whole in
      whole.copyBytes(from: prefix)
      UnsafeMutableRawBufferPointer(rebasing: whole[prefix.count...]).copyBytes(from: key)
      let key = UnsafeRawBufferPointer(whole)
      let keyStart = key.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let value else {
        rocksdb_writebatch_delete(handle, keyStart, key.count)
        return
      }
      value.withUnsafeBytes {
        rocksdb_writebatch_put(
          handle, keyStart, key.count, $0.baseAddress?.assumingMemoryBound(to: CChar.self),
          $0.count)
      }
    }
  }
}

/// Keys that are looked up together, in one array.
struct StoreKeys {
  private let prefix: [UInt8]
  fileprivate private(set) var bytes: [UInt8] = []
  fileprivate private(set) var starts: [Int] = []
  fileprivate private(set) var counts: [Int] = []
  /// The numbers by which the caller knows the keys.
  fileprivate private(set) var numbers: [Int] = []

  /// - Parameter prefix: What stands before each key.
  init(capacity: Int, prefix: [UInt8]) {
    self.prefix = prefix
    starts.reserveCapacity(capacity)
    counts.reserveCapacity(capacity)
    numbers.reserveCapacity(capacity)
  }

  mutating func append(_ key: [UInt8], _ number: Int) {
    starts.append(bytes.count)
    counts.append(prefix.count + key.count)
    numbers.append(number)
    bytes += prefix
    bytes += key
  }
}
