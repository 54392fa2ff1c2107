/// The weights of names at each distance. The most recent ones are cached across pages: the same few words make up
/// most names of elements, and each lookup reads six places of a large table.
struct NameWeights {
  private let weights: TokenWeights
  private var tokens: [UInt32]
  private var sums: [SIMD8<Int32>]

  /// How many are remembered, a power of two; each in one place, by the low part of its hash.
  private static let count = 4096

  init(_ weights: TokenWeights) {
    self.weights = weights
    // At first none that belongs there.
    tokens = (0..<UInt32(NameWeights.count)).map { $0 ^ 1 }
    sums = [SIMD8<Int32>](repeating: .zero, count: NameWeights.count)
  }

  /// The weights of an element's token, by the distance from the block.
  @inline(__always)
  mutating func weights(of token: UInt32) -> SIMD8<Int32> {
    let place = Int(token) & (NameWeights.count &- 1)
    if tokens[place] != token {
      tokens[place] = token
      sums[place] = sum(token)
    }
    return sums[place]
  }

  private func sum(_ token: UInt32) -> SIMD8<Int32> {
    var sum = SIMD8<Int32>()
    for bucket in 0..<FeatureReader.nameBuckets {
      sum[bucket] = weights.weight(of: FeatureReader.nameToken(token, bucket: bucket))
    }
    return sum
  }
}
