/// Numbers keys in the order in which they first occur: open addressing with linear probing, for as many
/// keys as are announced. The memory is kept from page to page.
struct KeyIndex {
  private var keys: [UInt64] = []
  /// The key's number plus 1; 0 where there is none. Those up to `mask` are in use.
  private var slots: [UInt32] = []
  /// A power of two minus 1.
  private var mask = 0

  /// Forgets all keys and makes room for `capacity` of them.
  mutating func reset(capacity: Int) {
    keys.removeAll(keepingCapacity: true)
    var size = 64
    while size < capacity * 2 { size *= 2 }
    if slots.count >= size, slots.count <= size * 16 {
      for index in 0..<size { slots[index] = 0 }
    } else {
      slots = [UInt32](repeating: 0, count: size)
    }
    mask = size - 1
  }

  var count: Int { keys.count }

  /// The number of a key, from 0, a new one if it has none.
  /// - Parameter key: Well mixed: its low bits choose the place.
  mutating func number(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot] &- 1)
      if keys[number] == key { return number }
      slot = (slot &+ 1) & mask
    }
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    return keys.count - 1
  }
}
