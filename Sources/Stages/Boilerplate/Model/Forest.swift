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
    leaves.withUnsafeBufferPointer { leaves in
      answers.withUnsafeMutableBufferPointer { answers in
        sums.withUnsafeMutableBufferPointer { sums in
          var tree = 0
          while tree &+ Forest.group <= treeCount {
            askGroup(tree, columns, answers)
            addGroup(tree, leaves, answers, matrix.stride, sums)
            tree &+= Forest.group
          }
          let own = UnsafeMutableBufferPointer(rebasing: answers[..<matrix.stride])
          for tree in tree..<treeCount {
            ask(tree, columns, own)
            let start = tree &<< depth
            for block in sums.indices {
              sums[block] &+= Int32(leaves[start &+ Int(own[block])])
            }
          }
        }
      }
    }
  }

  /// Trees whose leaves are added up before the sum is written.
  private static let group = 4

  @inline(__always)
  private func askGroup(
    _ first: Int, _ columns: UnsafeBufferPointer<UInt8>,
    _ answers: UnsafeMutableBufferPointer<UInt8>
  ) {
    let stride = answers.count / Forest.group
    for place in 0..<Forest.group {
      let own = answers[place &* stride..<(place &+ 1) &* stride]
      ask(first &+ place, columns, UnsafeMutableBufferPointer(rebasing: own))
    }
  }

  @inline(__always)
  private func addGroup(
    _ first: Int, _ leaves: UnsafeBufferPointer<Int16>,
    _ answers: UnsafeMutableBufferPointer<UInt8>, _ stride: Int,
    _ sums: UnsafeMutableBufferPointer<Int32>
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

  /// Writes each block's answers to a tree's questions, a bit for each, six questions in one pass: the compiler
  /// makes them comparisons of sixteen blocks at once.
  @inline(__always)
  private func ask(
    _ tree: Int, _ columns: UnsafeBufferPointer<UInt8>, _ answers: UnsafeMutableBufferPointer<UInt8>
  ) {
    for block in answers.indices { answers[block] = 0 }
    for level in Swift.stride(from: 0, to: depth, by: 6) {
      let first = question(tree, level, columns, answers.count)
      let second = question(tree, level &+ 1, columns, answers.count)
      let third = question(tree, level &+ 2, columns, answers.count)
      let fourth = question(tree, level &+ 3, columns, answers.count)
      let fifth = question(tree, level &+ 4, columns, answers.count)
      let sixth = question(tree, level &+ 5, columns, answers.count)
      let bit: UInt8 = 1 &<< UInt8(truncatingIfNeeded: level)
      for block in answers.indices {
        let half =
          (first.column[block] > first.limit ? bit : 0)
          | (second.column[block] > second.limit ? bit &<< 1 : 0)
          | (third.column[block] > third.limit ? bit &<< 2 : 0)
        let other =
          (fourth.column[block] > fourth.limit ? bit &<< 3 : 0)
          | (fifth.column[block] > fifth.limit ? bit &<< 4 : 0)
          | (sixth.column[block] > sixth.limit ? bit &<< 5 : 0)
        answers[block] |= half | other
      }
    }
  }

  /// Answers the question at one level of a tree; the answer is no if the tree does not have that level.
  @inline(__always)
  private func question(
    _ tree: Int, _ level: Int, _ columns: UnsafeBufferPointer<UInt8>, _ stride: Int
  ) -> (column: UnsafeBufferPointer<UInt8>, limit: UInt8) {
    let place = tree &* depth &+ min(level, depth &- 1)
    let start = Int(features[place]) &* stride
    let column = UnsafeBufferPointer(rebasing: columns[start..<start &+ stride])
    return (column, level < depth ? limits[place] : .max)
  }
}
