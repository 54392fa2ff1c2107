public import Pipeline
internal import Synchronization

/// One label's part of a state directory.
public final class StoreKeySpace: KeySpace {
  private let store: Store
  /// The prefix of its keys in the store.
  private let prefix: [UInt8]
  private let staged = Mutex(StagedChanges())

  init(_ store: Store, prefix: [UInt8]) {
    self.store = store
    self.prefix = prefix
  }

  public func value(for key: [UInt8]) throws -> [UInt8]? {
    if let change = staged.withLock({ $0[key] }) { return change }
    return try store.value(for: prefix + key)
  }

  public func values(for keys: [[UInt8]]) throws -> [[UInt8]?] {
    var values = [[UInt8]?](repeating: nil, count: keys.count)
    var missing = StoreKeys(capacity: keys.count, prefix: prefix)
    staged.withLock { staged in
      for (index, key) in keys.enumerated() {
        if let change = staged[key] { values[index] = change } else { missing.append(key, index) }
      }
    }
    try store.find(missing) { values[$0] = $1 }
    return values
  }

  public func set(_ value: [UInt8], for key: [UInt8]) {
    staged.withLock { $0.set(value, for: key) }
  }

  public func remove(_ key: [UInt8]) { staged.withLock { $0.set(nil, for: key) } }

  /// - Complexity: O(n) in the keys found, plus O(s log s) in the changes that are staged.
  public func forEach(
    prefix: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) throws {
    // `body` may stage changes of its own: it sees what was there before.
    var changes = staged.withLock { $0.sorted(prefix: prefix) }[...]
    let cursor = store.cursor(from: self.prefix + prefix)
    var stored = try storedKey(cursor, prefix)
    while true {
      if let key = stored, changes.first.map({ key.lexicographicallyPrecedes($0.key) }) ?? true {
        guard try body(key, cursor.value) else { return }
      } else if let change = changes.popFirst() {
        // A change stands in place of what is stored.
        let isSame = stored == change.key
        if let value = change.value, try !body(change.key, value) { return }
        guard isSame else { continue }
      } else {
        return
      }
      cursor.advance()
      stored = try storedKey(cursor, prefix)
    }
  }

  /// The key that a cursor stands on, as the stage knows it; nil when it has left the keys with `prefix`.
  private func storedKey(_ cursor: borrowing Store.Cursor, _ prefix: [UInt8]) throws -> [UInt8]? {
    guard let key = try cursor.key(), key.starts(with: self.prefix) else { return nil }
    let own = Array(key.dropFirst(self.prefix.count))
    return own.starts(with: prefix) ? own : nil
  }

  /// Bytes of memory that staged changes take.
  var stagedBytes: Int { staged.withLock { $0.byteCount } }

  func addChanges(to batch: borrowing WriteBatch) {
    staged.withLock { $0.visit { batch.add(prefix: prefix, key: $0, value: $1) } }
  }

  func forgetChanges() { staged.withLock { $0.removeAll() } }
}
