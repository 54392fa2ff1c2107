/// Values that were used lately: at least the last `capacity` of them, at most twice as many.
///
/// In two generations: when the younger one is full it becomes the older one, and what nobody used in
/// the meantime is gone.
struct RecentlyUsed<Key: Hashable, Value> {
  private var young: [Key: Value] = [:]
  private var old: [Key: Value] = [:]
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// The value under a key; nil where there is none any more.
  subscript(key: Key) -> Value? {
    mutating get {
      if let value = young[key] { return value }
      guard let value = old[key] else { return nil }
      self[key] = value
      return value
    }
    set {
      if young.count >= capacity, young[key] == nil { (old, young) = (young, [:]) }
      young[key] = newValue
      if newValue == nil { old[key] = nil }
    }
  }

  var count: Int { young.count + old.count }
}
