public import Pipeline
import Synchronization

/// A key space without a store behind it: what a stage does with its state, tested by itself.
public final class MemoryKeySpace: KeySpace {
  private let values = Mutex<[[UInt8]: [UInt8]]>([:])

  public init() {}

  /// The current contents of the key space, to which a crash returns.
  public func copy() -> MemoryKeySpace {
    let copy = MemoryKeySpace()
    let values = values.withLock { $0 }
    copy.values.withLock { $0 = values }
    return copy
  }

  public func value(for key: [UInt8]) -> [UInt8]? { values.withLock { $0[key] } }

  public func set(_ value: [UInt8], for key: [UInt8]) { values.withLock { $0[key] = value } }

  public func remove(_ key: [UInt8]) { values.withLock { $0[key] = nil } }

  public func forEach(
    prefix: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
  ) rethrows {
    let found = values.withLock { $0.filter { $0.key.starts(with: prefix) } }
    for (key, value) in found.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if try !body(key, value) { return }
    }
  }
}
