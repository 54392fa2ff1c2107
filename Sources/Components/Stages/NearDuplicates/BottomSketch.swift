/// The smallest shingle hashes of a text, by which candidates are verified.
///
/// The `size` smallest hashes of a set are a random sample of it, and the smallest of two such
/// samples one of their union: the share of that sample that is in both sets estimates their
/// Jaccard similarity without bias (Broder, "On the resemblance and containment of documents",
/// 1997). A text with fewer distinct shingles is held whole, and the similarity of two such texts
/// is exact.
///
/// Hashes are cut to 32 bits, which the lower half of a shingle's hash fills; the bins of `MinHash`
/// are chosen by the upper half. Two sets of a million shingles have some 230 hashes in common by
/// accident, far below the standard error.
struct BottomSketch {
  /// Distinct hashes in ascending order, at most `size`; complete after `finish`.
  private(set) var hashes: [UInt32] = []

  /// Hashes from here on are not among the smallest.
  private var bound: UInt64 = .max
  private var sorter = RadixSorter()

  /// The standard error of an estimated similarity s is √(s(1 − s) / size): at 0.8 it is 0.0125, so
  /// that an estimate is off by 0.05 once in 16,000 times.
  static let size = 1024

  /// Unsorted hashes are collected before the smallest are picked, so that sorting costs a long
  /// text next to nothing.
  private static let collected = 4 * size

  /// Before the first shingle of a text.
  mutating func start() {
    hashes.removeAll(keepingCapacity: true)
    bound = .max
  }

  mutating func add(_ shingles: [UInt64]) {
    for shingle in shingles {
      let hash = UInt32(truncatingIfNeeded: shingle)
      if UInt64(hash) < bound {
        hashes.append(hash)
        if hashes.count == BottomSketch.collected { pick() }
      }
    }
  }

  /// After the last shingle.
  mutating func finish() { pick() }

  private mutating func pick() {
    sorter.sort(&hashes)
    var count = 0
    for index in hashes.indices where index == 0 || hashes[index] != hashes[count - 1] {
      hashes[count] = hashes[index]
      count += 1
    }
    count = min(count, BottomSketch.size)
    hashes.removeSubrange(count...)
    if count == BottomSketch.size { bound = UInt64(hashes[count - 1]) }
  }

  /// The Jaccard similarity of two texts by their sketches: exact where both are whole.
  /// - Parameters: Distinct hashes in ascending order, at most `size` of them.
  /// - Returns: 0...1; 0 for two empty sketches.
  /// - Complexity: O(`size`).
  static func similarity(
    _ first: UnsafeBufferPointer<UInt32>, _ second: UnsafeBufferPointer<UInt32>
  ) -> Double {
    var (i, j, union, shared) = (0, 0, 0, 0)
    while i < first.count, j < second.count, union < size {
      let (x, y) = (first[i], second[j])
      // Without branches: which of two hashes is smaller cannot be predicted.
      shared &+= x == y ? 1 : 0
      i &+= x <= y ? 1 : 0
      j &+= y <= x ? 1 : 0
      union &+= 1
    }
    union = min(size, union + (first.count - i) + (second.count - j))
    return union == 0 ? 0 : Double(shared) / Double(union)
  }
}

/// Sorts 32-bit numbers byte by byte, least significant first: linear for every input, hostile ones
/// included, and on some thousand numbers several times as fast as comparing.
struct RadixSorter {
  private var spare: [UInt32] = []
  private var starts = [Int](repeating: 0, count: 256)

  /// Below this, insertion is faster than four passes with their counting.
  private static let fewNumbers = 32

  /// - Complexity: O(`numbers.count`).
  mutating func sort(_ numbers: inout [UInt32]) {
    guard numbers.count > RadixSorter.fewNumbers else { return numbers.sort() }
    if spare.count < numbers.count {
      spare += [UInt32](repeating: 0, count: numbers.count - spare.count)
    }
    for shift: UInt32 in [0, 8, 16, 24] { pass(&numbers, shift) }
  }

  private mutating func pass(_ numbers: inout [UInt32], _ shift: UInt32) {
    let count = numbers.count
    numbers.withUnsafeMutableBufferPointer { numbers in
      starts.withUnsafeMutableBufferPointer { starts in
        starts.update(repeating: 0)
        for number in numbers { starts[Int(number &>> shift & 0xFF)] &+= 1 }
        var sum = 0
        for byte in 0..<256 { (starts[byte], sum) = (sum, sum &+ starts[byte]) }
        spare.withUnsafeMutableBufferPointer { spare in
          for number in numbers {
            let byte = Int(number &>> shift & 0xFF)
            spare[starts[byte]] = number
            starts[byte] &+= 1
          }
          _ = numbers.update(fromContentsOf: spare[..<count])
        }
      }
    }
  }
}
