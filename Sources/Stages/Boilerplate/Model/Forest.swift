import Bytes

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

  /// Replaces `sums` by the trees' sums, one for each block.
  /// - Parameter answers: Scratch memory.
  func sum(_ matrix: FeatureMatrix, into sums: inout [Int32], answers: inout [UInt8]) {
    sums.removeAll(keepingCapacity: true)
    sums.append(contentsOf: repeatElement(bias, count: matrix.blockCount))
    answers.removeAll(keepingCapacity: true)
    answers.append(contentsOf: repeatElement(0, count: matrix.stride * Forest.group))
    let columns = matrix.bytes
    let leaves = leaves.span
    var answers = answers.mutableSpan
    var sums = sums.mutableSpan
    var tree = 0
    while tree &+ Forest.group <= treeCount {
      for place in 0..<Forest.group {
        ask(tree &+ place, columns, matrix.stride, &answers, at: place &* matrix.stride)
      }
      addGroup(tree, leaves, answers.span, matrix.stride, &sums)
      tree &+= Forest.group
    }
    for tree in tree..<treeCount {
      ask(tree, columns, matrix.stride, &answers, at: 0)
      let start = tree &<< depth
      for block in sums.indices {
        sums[block] &+= Int32(leaves[start &+ Int(answers[block])])
      }
    }
  }

  /// Trees whose leaves are added up before the sum is written.
  private static let group = 4

  @inline(__always)
  private func addGroup(
    _ first: Int, _ leaves: Span<Int16>, _ answers: Span<UInt8>, _ stride: Int,
    _ sums: inout MutableSpan<Int32>
  ) {
    let start = first &<< depth
    let size = 1 &<< depth
    for block in sums.indices {
      let even =
        Int32(leaves[start &+ Int(answers[block])])
        &+ Int32(leaves[start &+ size &+ Int(answers[block &+ stride])])
      let odd =
        Int32(leaves[start &+ 2 &* size &+ Int(answers[block &+ 2 &* stride])])
        &+ Int32(leaves[start &+ 3 &* size &+ Int(answers[block &+ 3 &* stride])])
      sums[block] &+= even &+ odd
    }
  }

  /// Writes each block's answers to a tree's questions, a bit for each, from `start` on.
  @inline(__always)
  private func ask(
    _ tree: Int, _ columns: Span<UInt8>, _ stride: Int, _ answers: inout MutableSpan<UInt8>,
    at start: Int
  ) {
    // Each level's column and limit are read once for all blocks, six at a time.
    for level in Swift.stride(from: 0, to: depth, by: 6) {
      let first = question(tree, level, stride)
      let second = question(tree, level &+ 1, stride)
      let third = question(tree, level &+ 2, stride)
      let fourth = question(tree, level &+ 3, stride)
      let fifth = question(tree, level &+ 4, stride)
      let sixth = question(tree, level &+ 5, stride)
      let bit: UInt8 = 1 &<< UInt8(truncatingIfNeeded: level)
      for block in Swift.stride(from: 0, to: stride, by: FeatureMatrix.lanes) {
        let half =
          first.answer(columns, block, bit) | second.answer(columns, block, bit &<< 1)
          | third.answer(columns, block, bit &<< 2)
        let other =
          fourth.answer(columns, block, bit &<< 3) | fifth.answer(columns, block, bit &<< 4)
          | sixth.answer(columns, block, bit &<< 5)
        let earlier =
          level == 0 ? SIMD16<UInt8>() : answers.span.sixteenBytes(at: start &+ block)
        answers.store(sixteenBytes: earlier | half | other, at: start &+ block)
      }
    }
  }

  /// What one level of a tree asks: whether the bytes of a column are above a limit.
  private struct Question {
    let column: Int
    let limit: SIMD16<UInt8>

    /// `bit` for each of the blocks from `block` on where the answer is yes.
    @inline(__always)
    func answer(_ columns: Span<UInt8>, _ block: Int, _ bit: UInt8) -> SIMD16<UInt8> {
      let isAbove = columns.sixteenBytes(at: column &+ block) .> limit
      return SIMD16<UInt8>().replacing(with: bit, where: isAbove)
    }
  }

  /// The question at one level of a tree; the answer is no if the tree does not have that level.
  @inline(__always)
  private func question(_ tree: Int, _ level: Int, _ stride: Int) -> Question {
    let place = tree &* depth &+ min(level, depth &- 1)
    return Question(
      column: Int(features[place]) &* stride,
      limit: SIMD16(repeating: level < depth ? limits[place] : .max))
  }
}
