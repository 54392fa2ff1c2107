import Bytes

/// A MinHash signature: two texts agree in each of its values with a probability equal to the
/// Jaccard similarity of their sets of shingles (Broder, "On the resemblance and containment of
/// documents", 1997).
///
/// Classic MinHash hashes every shingle once per value. This is Fast Similarity Sketching
/// (Dahlgaard, Knudsen, Thorup, FOCS 2017): every shingle goes into one of the bins, the smallest
/// of each bin counts, and further rounds fill the bins that stayed empty, the last ones for
/// certain. A long text takes one round, and a short one no more than about `size` × ln `size`
/// steps in all, so that the cost per shingle does not grow with the signature; the estimate is as
/// sharp as that of classic MinHash also for short texts, which one-permutation hashing with
/// densification is not.
///
/// The first values are the rows of the bands. One bit of every value is kept for comparing (b-bit
/// minwise hashing: Li and König, "b-Bit Minwise Hashing", WWW 2010): for texts that are much alike, many
/// values of one bit say more than few whole ones in the same space.
///
/// The values are a file format: the tests hold vectors.
struct MinHash {
  /// `count == size`. The round in the upper 12 bits, so that the smallest value is always one of
  /// the earliest round; hash bits below.
  private(set) var values = [UInt64](repeating: MinHash.empty, count: MinHash.size)

  /// The different shingles, halves of their hashes, in ascending order where there are at most
  /// `maximumListed` of them; complete after `finish`.
  private(set) var listed: [UInt32]?

  private var emptyCount = MinHash.size
  /// Lower halves of the shingles' hashes, repeats included, from which the further rounds are made.
  private var collected: [UInt32] = []
  /// Hashes from here on are not collected.
  private var bound = UInt64(UInt32.max) + 1

  /// Values in a signature: 144 bytes of bits. The standard error of a similarity s estimated by them is
  /// √((1 − s²) / size): 0.0177 at 0.8.
  static let size = 1152

  /// With so many different shingles or fewer a set is listed, so that it can be compared exactly with
  /// any set that is stored whole: larger ones are less than 0.3 similar to the largest of those, and
  /// 0.3 is the lowest threshold.
  static let maximumListed = Fingerprint.maximumWhole * 10 / 3

  /// A text of so many shingles fills all bins in the first round, but for once in a thousand times;
  /// then nothing need be collected any more.
  private static let maximumCollected = 16 * 1024

  /// A text that repeats itself would take all of it through every round. A shingle's round takes a
  /// tenth of the time that sorting takes for it, and there are seldom more than ten.
  private static let sortingPays = 16

  private static let empty = UInt64.max
  private static let roundShift: UInt64 = 52

  /// Small numbers are spread over 64 bits before they are mixed, so that rounds are independent.
  /// Without it texts of ten shingles are estimated with twice the standard error.
  private static let shingleSpread: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let roundSpread: UInt64 = 0xD6E8_FEB8_6659_FD93

  /// Before the first shingle of a text.
  mutating func start() {
    for index in values.indices { values[index] = MinHash.empty }
    emptyCount = MinHash.size
    collected.removeAll(keepingCapacity: true)
    bound = UInt64(UInt32.max) + 1
    listed = nil
  }

  /// The first round, shingle by shingle.
  mutating func add(_ shingles: [UInt64]) {
    let size = UInt64(MinHash.size)
    var filled = 0
    var values = self.values.mutableSpan
    for shingle in shingles {
      let (bin, rest) = shingle.multipliedFullWidth(by: size)
      let old = values[Int(bin)]
      values[Int(bin)] = min(old, rest &>> (64 &- MinHash.roundShift))
      filled &+= old == MinHash.empty ? 1 : 0
    }
    emptyCount -= filled
    if bound > 0 { collect(shingles) }
  }

  /// The further rounds, after the last shingle.
  mutating func finish() {
    let filled = MinHash.size - emptyCount
    // Each bin that is filled has a shingle of its own.
    if filled <= MinHash.maximumListed {
      dropRepeats()
      if collected.count <= MinHash.maximumListed { listed = collected }
    } else if emptyCount > 0, collected.count > MinHash.sortingPays * filled {
      dropRepeats()
    }
    if !collected.isEmpty, emptyCount > 0 { fillBins() }
  }

  /// One bit of each value, the first in the lowest bit of the first word.
  var bits: [UInt64] {
    var words = [UInt64](repeating: 0, count: MinHash.size / 64)
    for index in values.indices { words[index / 64] |= (values[index] & 1) &<< UInt64(index % 64) }
    return words
  }

  /// One key per band: equal where two signatures agree in all of the band's rows.
  func keys(_ bands: Bands) -> [UInt32] {
    (0..<bands.count).map { band in
      let key = values[band * bands.rows..<(band + 1) * bands.rows].reduce(UInt64(band)) {
        Hash64.mix($0, $1)
      }
      return UInt32(truncatingIfNeeded: key)
    }
  }

  private mutating func collect(_ shingles: [UInt64]) {
    var start = 0
    while start < shingles.count, bound > 0 {
      let end = min(shingles.count, start + MinHash.maximumCollected - collected.count)
      collected.append(addingCapacity: end - start) { collected in
        for shingle in shingles[start..<end] {
          let hash = UInt32(truncatingIfNeeded: shingle)
          if UInt64(hash) < bound { collected.append(hash) }
        }
      }
      if collected.count == MinHash.maximumCollected || emptyCount == 0 { thin() }
      start = end
    }
  }

  /// Makes room: the smallest hashes of two sets that are alike are alike, so that they fill the few
  /// bins that may still be empty alike.
  private mutating func thin() {
    if emptyCount == 0 {
      collected.removeAll(keepingCapacity: true)
      bound = 0
      return
    }
    dropRepeats()
    let half = MinHash.maximumCollected / 2
    if collected.count > half {
      bound = UInt64(collected[half])
      collected.removeSubrange(half...)
    }
  }

  private mutating func dropRepeats() {
    collected.sort()
    var count = 0
    for index in collected.indices where index == 0 || collected[index] != collected[count - 1] {
      collected[count] = collected[index]
      count += 1
    }
    collected.removeSubrange(count...)
  }

  private mutating func fillBins() {
    let size = MinHash.size
    let collected = self.collected
    var emptyCount = self.emptyCount
    var values = self.values.mutableSpan
    var round = 1
    while emptyCount > 0, round < 2 * size {
      // In the second half each round serves one bin, so that none stays empty.
      let only = round < size ? nil : round - size
      round += 1
      if let only, values[only] != MinHash.empty { continue }
      let prefix = UInt64(round - 1) &<< MinHash.roundShift
      let key = UInt64(round - 1) &* MinHash.roundSpread
      for shingle in collected {
        let hash = Hash64.mix(UInt64(shingle) &* MinHash.shingleSpread, key)
        var (bin, rest) = hash.multipliedFullWidth(by: UInt64(size))
        if let only { (bin, rest) = (UInt64(only), hash) }
        let value = prefix | rest &>> (64 &- MinHash.roundShift)
        let old = values[Int(bin)]
        if value < old {
          values[Int(bin)] = value
          emptyCount &-= old == MinHash.empty ? 1 : 0
        }
      }
    }
    self.emptyCount = emptyCount
  }
}
