import Bytes

/// Changes of one key space since the last checkpoint: a hash table whose keys and values stand in one
/// array, so that a change costs its bytes and about 50 more, and no allocation.
struct StagedChanges: Sendable {
  private struct Entry {
    /// Where the key starts; the value follows it.
    var start: Int
    let keyCount: Int
    /// Nil for a removal.
    var valueCount: Int?
    /// Bytes that are there for the value.
    var capacity: Int
    let hash: UInt64
  }

  /// Keys come from pages: without it a hostile one could choose keys that all collide.
  private let seed = UInt64.random(in: .min ... .max)
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Open addressing with linear probing: number of the entry, from 1; 0 for a free slot. At least half
  /// of them are free; the count is a power of two.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// Bytes that the changes take, tables included.
  var byteCount: Int {
    bytes.count + entries.count * MemoryLayout<Entry>.stride
      + (entries.isEmpty ? 0 : slots.count * MemoryLayout<UInt32>.stride)
  }

  /// The staged change of a key: nil if the key was not changed. A change to nil is a removal.
  subscript(key: [UInt8]) -> [UInt8]?? {
    guard let index = index(of: key, hash: hash(key)) else { return nil }
    return .some(value(of: entries[index]))
  }

  /// Notes a change, in place of an earlier one of this key; nil for a removal.
  mutating func set(_ value: [UInt8]?, for key: [UInt8]) {
    let hash = hash(key)
    if let index = index(of: key, hash: hash) {
      replace(value, of: key, at: index)
      return
    }
    let entry = Entry(
      start: bytes.count, keyCount: key.count, valueCount: value?.count,
      capacity: value?.count ?? 0, hash: hash)
    bytes += key
    if let value { bytes += value }
    entries.append(entry)
    if entries.count * 2 > slots.count { grow() } else { occupy(entries.count - 1) }
  }

  private mutating func replace(_ value: [UInt8]?, of key: [UInt8], at index: Int) {
    let count = value?.count ?? 0
    if count > entries[index].capacity {
      // Counters keep their size and stay where they are; what grows moves to the end, where it has
      // room to grow twice as large: a list that gets one number after the other moves a few times.
      let capacity = max(count, 2 * entries[index].capacity)
      entries[index].start = bytes.count
      entries[index].capacity = capacity
      bytes += key
      bytes += value ?? []
      bytes += repeatElement(0, count: capacity - count)
    } else if let value {
      let start = entries[index].start + key.count
      bytes.replaceSubrange(start..<start + count, with: value)
    }
    entries[index].valueCount = value?.count
  }

  /// Forgets all changes, keeping the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
  }

  /// Calls `body` for each change, in byte order of the keys: a store takes in neighbours faster.
  /// - Complexity: O(n log n).
  func visit(
    _ body: (_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>?) throws -> Void
  ) rethrows {
    for place in sorted() {
      let entry = entries[Int(place.index)]
      let start = entry.start + entry.keyCount
      try body(bytes[entry.start..<start], entry.valueCount.map { bytes[start..<start + $0] })
    }
  }

  /// Changes of keys that start with `prefix`, in byte order of the keys.
  /// - Complexity: O(n log n) in the number of all changes.
  func sorted(prefix: [UInt8]) -> [(key: [UInt8], value: [UInt8]?)] {
    var found: [(key: [UInt8], value: [UInt8]?)] = []
    visit { key, value in
      if key.starts(with: prefix) { found.append((Array(key), value.map { Array($0) })) }
    }
    return found
  }

  /// Where an entry stands, and the first eight bytes of its key, which tell most keys apart.
  private struct Place {
    let head: UInt64
    let index: UInt32
  }

  /// Places and no entries: a third of the memory, and of what sorting moves.
  private func sorted() -> [Place] {
    var places = entries.indices.map {
      Place(head: head(of: key(of: entries[$0])), index: UInt32($0))
    }
    let bytes = bytes.span
    places.sort { first, second in
      if first.head != second.head { return first.head < second.head }
      let (first, second) = (entries[Int(first.index)], entries[Int(second.index)])
      return bytes.extracting(first.start..<first.start + first.keyCount)
        .precedes(bytes.extracting(second.start..<second.start + second.keyCount))
    }
    return places
  }

  private func head(of key: ArraySlice<UInt8>) -> UInt64 {
    var head: UInt64 = 0
    for byte in key.prefix(8) { head = head << 8 | UInt64(byte) }
    return head << UInt64(8 * (8 - min(key.count, 8)))
  }

  private func hash(_ key: [UInt8]) -> UInt64 {
    Hash64.hash(key.span, seed: seed)
  }

  private func index(of key: [UInt8], hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if entries[index].hash == hash, self.key(of: entries[index]).elementsEqual(key) {
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func key(of entry: Entry) -> ArraySlice<UInt8> {
    bytes[entry.start..<entry.start + entry.keyCount]
  }

  private func value(of entry: Entry) -> [UInt8]? {
    let start = entry.start + entry.keyCount
    return entry.valueCount.map { Array(bytes[start..<start + $0]) }
  }

  private mutating func occupy(_ index: Int) {
    var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(index + 1)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for index in entries.indices { occupy(index) }
  }
}
