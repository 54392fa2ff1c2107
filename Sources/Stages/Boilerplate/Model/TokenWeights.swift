/// The weights of a linear model over hashed tokens.
///
/// A table with one place for each low part of a hash, and a fingerprint of the high part beside the weight:
/// tokens that were not met in training have no weight, whatever language they are in, but for one in 256
/// of those that meet a taken place.
struct TokenWeights: Sendable, Equatable {
  /// The high eight bits of the hash of each place's token.
  let fingerprints: [UInt8]
  /// 0 at places without a token.
  let weights: [Int8]
  /// The amount that a weight of 1 adds to a score, in steps of the score.
  let step: Float

  /// Adds up the weights of tokens.
  @inline(__always)
  func weight(of token: UInt32) -> Int32 {
    let place = Int(token) & (weights.count &- 1)
    return fingerprints[place] == UInt8(truncatingIfNeeded: token &>> 24)
      ? Int32(weights[place]) : 0
  }

  /// The score of `count` tokens with weights that sum up to `sum`: 128 for nothing known.
  @inline(__always)
  func score(_ sum: Int32, count: Int) -> UInt8 {
    guard count > 0 else { return 128 }
    let steps = (Float(sum) * step / Float(count).squareRoot()).rounded(.toNearestOrEven)
    return UInt8(max(0, min(255, 128 + steps)))
  }
}
