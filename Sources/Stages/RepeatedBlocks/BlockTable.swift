import Bytes

/// Counts in memory, for one run: open addressing with linear probing (Knuth, volume 3, section 6.4,
/// algorithm L), 16 bytes for a slot, so 21 to 43 for a block.
///
/// Memory is bounded. When the table is full, blocks that were seen in one document are forgotten, and
/// if more than half is left, those seen in two, and so on: what a site repeats is seen again before
/// long. What is forgotten depends on the documents so far and on nothing else.
struct BlockTable: BlockCounts {
  private struct Slot {
    var block: UInt64
    /// Bits; none in an empty slot.
    var documents: UInt64
  }

  private var slots: [Slot]
  private var count = 0
  private let maximumSlots: Int
  /// How often the table can still double.
  private var doublings = 0

  private static let fewestSlots = 1024
  /// While the table grows or forgets, its blocks are held twice: those of the old one, which is at
  /// most half as large, and those that are not forgotten, which are at most half.
  private static let copies = 3.0 / 2

  /// - Parameter memory: Bytes that are never exceeded, at least 64 KiB.
  init(memory: Int) {
    let bytesOfSlot = Double(MemoryLayout<Slot>.stride) * BlockTable.copies
    maximumSlots = max(BlockTable.fewestSlots, Int(Double(memory) / bytesOfSlot))
    while maximumSlots >> doublings >= 2 * BlockTable.fewestSlots { doublings += 1 }
    slots = BlockTable.empty(maximumSlots >> doublings)
  }

  mutating func enter(_ document: UInt64, for block: UInt64) -> UInt64 {
    let place = slot(of: block)
    let seen = slots[place].documents
    slots[place] = Slot(block: block, documents: seen | document)
    if seen == 0 {
      count += 1
      if count > BlockTable.capacity(slots.count) { makeRoom() }
    }
    return seen
  }

  var memoryBytes: Int { slots.capacity * MemoryLayout<Slot>.stride }

  /// Blocks held.
  var blockCount: Int { count }

  /// At three quarters full a search for something absent looks at 8.5 slots on average.
  private static func capacity(_ slots: Int) -> Int { slots / 4 * 3 }

  private static func empty(_ count: Int) -> [Slot] {
    [Slot](repeating: Slot(block: 0, documents: 0), count: count)
  }

  /// Where a block is, or is to be entered.
  private func slot(of block: UInt64) -> Int {
    // The upper half of the product spreads the keys evenly over any number of slots (Lemire, "Fast
    // random integer generation in an interval", 2019).
    var slot = Int(block.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot].documents != 0, slots[slot].block != block {
      slot = slot &+ 1 == slots.count ? 0 : slot &+ 1
    }
    return slot
  }

  private mutating func makeRoom() {
    guard doublings > 0 else { return forget() }
    doublings -= 1
    let old = slots
    slots = BlockTable.empty(maximumSlots >> doublings)
    for slot in old where slot.documents != 0 { slots[self.slot(of: slot.block)] = slot }
  }

  /// Leaves at most half of what the table has room for.
  private mutating func forget() {
    var byDocuments = [Int](repeating: 0, count: UInt64.bitWidth + 1)
    for slot in slots { byDocuments[slot.documents.nonzeroBitCount] += 1 }
    var fewest = 1
    var left = count
    repeat {
      left -= byDocuments[fewest]
      fewest += 1
    } while left > BlockTable.capacity(slots.count) / 2
    var kept: [Slot] = []
    kept.reserveCapacity(left)
    for slot in slots where slot.documents.nonzeroBitCount >= fewest { kept.append(slot) }
    for index in slots.indices { slots[index] = Slot(block: 0, documents: 0) }
    for slot in kept { slots[self.slot(of: slot.block)] = slot }
    count = left
  }
}
