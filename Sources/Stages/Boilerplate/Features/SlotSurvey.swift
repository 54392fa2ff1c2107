import Bytes
import Pipeline

/// Blocks in places of the same kind, wherever on the page: the names of all products, the dates of all
/// posts. Their elements and the two around them have the same tags and names, digits aside.
struct SlotSurvey {
  /// The slot of each block.
  private(set) var slots: [Int32] = []
  /// Of each slot.
  private(set) var sums: [Sums] = []

  private var index = KeyIndex()

  struct Sums {
    var blocks: Int32 = 0
    var words: Int32 = 0
    var prose: Int32 = 0
    var bytes: Int32 = 0
    var linkBytes: Int32 = 0
    /// Its first block, and its last so far.
    var first: Int32 = 0
    var last: Int32 = 0
  }

  mutating func survey(_ page: Page, _ names: NameSurvey, _ tree: TreeSurvey) {
    index.reset(capacity: page.blocks.count)
    slots.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    for (number, block) in page.blocks.enumerated() {
      let slot = index.number(of: key(of: block, page, names))
      let position = Int32(number)
      if slot == sums.count { sums.append(Sums(first: position)) }
      let own = tree.sums(position..<position + 1)
      sums[slot].blocks += 1
      sums[slot].words += own.words
      sums[slot].prose += own.prose
      sums[slot].bytes += own.bytes
      sums[slot].linkBytes += own.linkBytes
      sums[slot].last = position
      slots.append(Int32(slot))
    }
  }

  private func key(of block: Page.Block, _ page: Page, _ names: NameSurvey) -> UInt64 {
    var key = UInt64(block.kind.rawValue)
    var element = Int(block.element)
    for _ in 0..<SlotSurvey.levels where element >= 0 {
      key = Hash64.mix(key, names.shape(of: element))
      element = Int(page.elements[element].parent)
    }
    return key
  }

  /// The block's element and those around it that make a place.
  private static let levels = 3
}
