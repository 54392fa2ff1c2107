import Bytes

/// A MinHash signature: two texts agree in each of its values with a probability equal to the
/// Jaccard similarity of their sets of shingles (Broder 1997).
///
/// Classic MinHash hashes every shingle once per value. This is Fast Similarity Sketching
/// (Dahlgaard, Knudsen, Thorup, FOCS 2017): every shingle goes into one of the bins, the smallest
/// of each bin counts, and further rounds fill the bins that stayed empty, the last ones for
/// certain. A long text takes one round, and a short one no more than about `size` × ln `size`
/// steps in all, so that the cost per shingle does not grow with the signature; the estimate is as
/// sharp as that of classic MinHash also for short texts, which one-permutation hashing with
/// densification is not.
///
/// The values are a file format: the tests hold vectors.
struct MinHash {
  /// `count == size`. The round in the upper 12 bits, so that the smallest value is always one of
  /// the earliest round; hash bits below.
  private(set) var values: [UInt64]

  private static let empty = UInt64.max
  private static let roundShift: UInt64 = 52

  /// Small numbers are spread over 64 bits before they are mixed, so that rounds are independent.
  /// Without it texts of ten shingles are estimated with twice the standard error (0.055 instead of
  /// 0.026 for 126 values at 0.8, where truly random rounds give 0.025).
  private static let shingleSpread: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let roundSpread: UInt64 = 0xD6E8_FEB8_6659_FD93

  /// - Parameter size: 1...`Bands.maximumSignatureSize`.
  init(size: Int) { values = [UInt64](repeating: MinHash.empty, count: size) }

  /// Before the first shingle of a text.
  mutating func start() {
    for index in values.indices { values[index] = MinHash.empty }
  }

  /// The first round, shingle by shingle.
  mutating func add(_ shingles: [UInt64]) {
    let size = UInt64(values.count)
    values.withUnsafeMutableBufferPointer { values in
      for shingle in shingles {
        let (bin, rest) = shingle.multipliedFullWidth(by: size)
        let value = rest &>> (64 &- MinHash.roundShift)
        if value < values[Int(bin)] { values[Int(bin)] = value }
      }
    }
  }

  /// The further rounds, after the last shingle.
  /// - Parameter sketch: The distinct shingles. It may lack those that `BottomSketch` leaves out: a
  ///   text of so many shingles leaves a bin of 128 empty once in 25 times, and then texts that are
  ///   alike still fill it alike.
  mutating func finish(_ sketch: [UInt32]) {
    guard !sketch.isEmpty else { return }
    let size = values.count
    values.withUnsafeMutableBufferPointer { values in
      var round = 1
      while round < 2 * size, values.contains(MinHash.empty) {
        let prefix = UInt64(round) &<< MinHash.roundShift
        let key = UInt64(round) &* MinHash.roundSpread
        for shingle in sketch {
          let hash = Hash64.mix(UInt64(shingle) &* MinHash.shingleSpread, key)
          var (bin, rest) = hash.multipliedFullWidth(by: UInt64(size))
          // In the second half each round serves one bin, so that none stays empty.
          if round >= size { (bin, rest) = (UInt64(round - size), hash) }
          let value = prefix | rest &>> (64 &- MinHash.roundShift)
          if value < values[Int(bin)] { values[Int(bin)] = value }
        }
        round += 1
      }
    }
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
}
