/// Runs of elements, appended once and read by number: sketches, identifiers.
///
/// They lie in blocks that are never moved, so that growing copies nothing and doubles nothing:
/// with one large array, memory would peak at three times its size whenever it grows.
struct RunStore<Element> {
  private var blocks: [[Element]] = []
  private var places: [Place] = []

  private struct Place {
    let block: UInt32
    let start: UInt32
    let count: UInt32
  }

  /// Large against a sketch (1,024), so that little is left unused at the end of a block; small
  /// against the memory of a machine.
  private static var blockSize: Int { 1 << 18 }

  /// - Precondition: `run` has fewer than 2^32 elements.
  mutating func append(_ run: some Collection<Element>) {
    let free = blocks.last.map { $0.capacity - $0.count } ?? 0
    if run.count > free || blocks.isEmpty {
      var block: [Element] = []
      block.reserveCapacity(max(run.count, RunStore.blockSize))
      blocks.append(block)
    }
    let last = blocks.count - 1
    places.append(
      Place(
        block: UInt32(last), start: UInt32(blocks[last].count), count: UInt32(run.count)))
    blocks[last].append(contentsOf: run)
  }

  /// Elements of a run.
  func count(_ number: Int) -> Int { Int(places[number].count) }

  /// Calls `body` with the elements of a run.
  func withRun<Result>(
    _ number: Int, _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    let place = places[number]
    return try blocks[Int(place.block)].withUnsafeBufferPointer { block in
      let start = Int(place.start)
      return try body(UnsafeBufferPointer(rebasing: block[start..<start + Int(place.count)]))
    }
  }

  /// Bytes of memory held.
  var memoryBytes: Int {
    blocks.reduce(places.capacity * MemoryLayout<Place>.stride) {
      $0 + $1.capacity * MemoryLayout<Element>.stride
    }
  }
}
