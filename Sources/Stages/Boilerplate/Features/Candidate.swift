import Pipeline

/// An element that may hold the main content, and how far each element is from it.
struct Candidate {
  private(set) var element = 0
  /// For each element of the page, how many levels up an element stands that holds both. Longer pages before may
  /// have left more.
  private(set) var up: [UInt8] = []
  /// And how many levels down from there to the candidate.
  private(set) var down: [UInt8] = []

  /// - Parameter levels: Number of ancestors of each element.
  mutating func move(to element: Int, _ page: Page, levels: [Int32]) {
    self.element = element
    let count = page.elements.count
    if up.count < count {
      up = [UInt8](repeating: 0, count: count)
      down = [UInt8](repeating: 0, count: count)
    }
    let level = levels[element]
    Candidate.walk(page, to: element, &up) { up, index, parent in
      up[index] = parent.map { up[$0] < 254 ? up[$0] &+ 1 : 254 } ?? 0
    }
    Candidate.walk(page, to: element, &down) { down, index, parent in
      down[index] = parent.map { down[$0] } ?? ByteScale.distance(Int(level - levels[index]))
    }
  }

  /// Calls `body` for each element, with its parent if it does not hold the candidate.
  @inline(__always)
  private static func walk(
    _ page: Page, to element: Int, _ values: inout [UInt8],
    _ body: (inout MutableSpan<UInt8>, _ index: Int, _ parent: Int?) -> Void
  ) {
    var values = values.mutableSpan
    for (index, other) in page.elements.enumerated() {
      let holdsCandidate = index <= element && element < Int(other.end)
      body(&values, index, holdsCandidate ? nil : Int(max(other.parent, 0)))
    }
  }

  /// The deepest element of those that hold enough; the root when none does.
  static func deepest(
    _ page: Page, levels: [Int32], where holdsEnough: (Page.Element) -> Bool
  ) -> Int {
    var found = 0
    for (index, element) in page.elements.enumerated() where holdsEnough(element) {
      if levels[index] > levels[found] { found = index }
    }
    return found
  }

  /// The deepest element of those with the largest balance.
  static func best(_ page: Page, levels: [Int32], balance: (Page.Element) -> Int) -> Int {
    var found = 0
    var best = Int.min
    for (index, element) in page.elements.enumerated() where !element.blocks.isEmpty {
      let balance = balance(element)
      if balance > best || balance == best && levels[index] > levels[found] {
        (best, found) = (balance, index)
      }
    }
    return found
  }
}
