/// An ensemble of oblivious decision trees: all nodes of a level ask the same question, so that a tree is a
/// few comparisons and one look into a table (Kohavi, "Bottom-Up Induction of Oblivious Read-Once Decision
/// Graphs", 1994; Prokhorenkova et al., "CatBoost", 2018).
///
/// Sixteen blocks are compared at once. All numbers are whole, the sums are exact.
struct Forest: Sendable, Equatable {
  /// Levels of each tree.
  let depth: Int
  /// For each tree and level, the feature that is asked for.
  let features: [UInt8]
  /// And the value above which the answer is yes.
  let limits: [UInt8]
  /// For each tree, what each sequence of answers adds; the first answer is the lowest bit.
  let leaves: [Int16]
  let bias: Int32

  static let maximumDepth = 8

  var treeCount: Int { features.count / depth }

  /// Replaces `sums` by the trees' sums, one for each block; it may end with some more.
  func sum(_ matrix: FeatureMatrix, into sums: inout [Int32]) {
    sums.removeAll(keepingCapacity: true)
    sums.append(contentsOf: repeatElement(bias, count: matrix.stride))
    let leafCount = 1 << depth
    matrix.bytes.withUnsafeBytes { columns in
      leaves.withUnsafeBufferPointer { leaves in
        sums.withUnsafeMutableBufferPointer { sums in
          for first in stride(from: 0, to: matrix.stride, by: FeatureMatrix.lanes) {
            for tree in 0..<treeCount {
              let answers = answers(of: tree, columns, first, matrix.stride)
              let start = tree &* leafCount
              for lane in 0..<FeatureMatrix.lanes {
                sums[first &+ lane] &+= Int32(leaves[start &+ Int(answers[lane])])
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func answers(
    of tree: Int, _ columns: UnsafeRawBufferPointer, _ first: Int, _ stride: Int
  ) -> SIMD16<UInt8> {
    var answers = SIMD16<UInt8>()
    for level in 0..<depth {
      let question = tree &* depth &+ level
      let values = columns.loadUnaligned(
        fromByteOffset: Int(features[question]) &* stride &+ first, as: SIMD16<UInt8>.self)
      let isAbove = values .> SIMD16(repeating: limits[question])
      answers.replace(with: answers | SIMD16(repeating: 1 &<< UInt8(level)), where: isAbove)
    }
    return answers
  }

  /// What each feature adds to a block's sum: along each tree, how an answer changes the mean of the leaves
  /// that are still possible (Saabas, "Interpreting random forests", 2014). Slow; for explanations.
  /// - Returns: A value for each feature of the list; with the mean of all trees' leaves and the bias
  ///   they add up to the sum.
  func contributions(_ matrix: FeatureMatrix, block: Int) -> [Double] {
    var contributions = [Double](repeating: 0, count: Feature.allCases.count)
    for tree in 0..<treeCount {
      var possible = Array(leaves[tree << depth..<(tree + 1) << depth].map(Double.init))
      for level in (0..<depth) {
        let question = tree * depth + level
        let feature = Int(features[question])
        let value = matrix.bytes[feature * matrix.stride + block]
        let parity = value > limits[question] ? 1 : 0
        let before = possible.mean
        // The lowest bit of what is left belongs to this level.
        possible = possible.indices.filter { $0 & 1 == parity }.map { possible[$0] }
        contributions[feature] += possible.mean - before
      }
    }
    return contributions
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
