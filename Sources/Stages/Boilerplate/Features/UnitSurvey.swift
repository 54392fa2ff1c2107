import Bytes
import Pipeline

/// Elements that stand many times under one parent with the same tag and names, digits aside: the posts
/// of a thread, the products of a shop, the entries of a menu.
struct UnitSurvey {
  /// The group that each element belongs to.
  private(set) var groups: [Int32] = []
  /// Of each group.
  private(set) var counts: [Int32] = []
  private(set) var words: [Int32] = []
  private(set) var prose: [Int32] = []
  private(set) var bytes: [Int32] = []
  private(set) var linkBytes: [Int32] = []
  private(set) var links: [Int32] = []
  /// For each element, the nearest unit that it is or is part of, and the one whose group holds the most
  /// words; -1 for none.
  private(set) var nearest: [Int32] = []
  private(set) var widest: [Int32] = []

  private var index = KeyIndex()

  /// Fewest elements that make a group.
  static let minimumCount: Int32 = 3

  mutating func survey(_ page: Page, _ names: NameSurvey, _ tree: TreeSurvey) {
    group(page, names, tree)
    nearest.removeAll(keepingCapacity: true)
    widest.removeAll(keepingCapacity: true)
    for (number, element) in page.elements.enumerated() {
      let parent = Int(element.parent)
      var near = parent >= 0 ? nearest[parent] : -1
      var wide = parent >= 0 ? widest[parent] : -1
      let group = Int(groups[number])
      if counts[group] >= UnitSurvey.minimumCount, !element.blocks.isEmpty {
        near = Int32(number)
        if wide < 0 || words[group] > words[Int(groups[Int(wide)])] { wide = near }
      }
      nearest.append(near)
      widest.append(wide)
    }
  }

  private mutating func group(_ page: Page, _ names: NameSurvey, _ tree: TreeSurvey) {
    index.reset(capacity: page.elements.count)
    groups.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    prose.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    linkBytes.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    for (number, element) in page.elements.enumerated() {
      let key = Hash64.mix(
        UInt64(bitPattern: Int64(element.parent)), names.shape(of: number))
      let group = index.number(of: key)
      if group == counts.count {
        counts.append(0)
        words.append(0)
        prose.append(0)
        bytes.append(0)
        linkBytes.append(0)
        links.append(0)
      }
      groups.append(Int32(group))
      guard !element.blocks.isEmpty else { continue }
      let sums = tree.sums(element.blocks)
      counts[group] += 1
      words[group] += sums.words
      prose[group] += sums.prose
      bytes[group] += sums.bytes
      linkBytes[group] += sums.linkBytes
      links[group] += sums.links
    }
  }
}
