/// Shares a forest's sums out among the features that led to them.
///
/// A feature's share is its Shapley value (Shapley, "A Value for n-Person Games", 1953; Lundberg et al.,
/// "From local explanations to global understanding with explainable AI for trees", 2020): how the expected
/// sum changes when the feature becomes known, averaged over all orders in which the features can become
/// known. The order of a tree's questions has no say, and the shares add up to the sum, exactly.
///
/// What is not known is averaged over: a model file does not say how many blocks of the training had which
/// answers, so all ranges between two limits of a feature count alike. An oblivious tree makes that cheap:
/// its leaves are a table with an axis for each feature, the averages along every choice of axes fit into
/// another row of each axis, and a share is a weighted sum over 2ⁿ differences with n ≤ 8 features.
struct ForestAttribution {
  private let forest: Forest
  /// What the forest gives where nothing is known.
  let base: Double

  init(_ forest: Forest) {
    self.forest = forest
    base = (0..<forest.treeCount).reduce(Double(forest.bias)) { sum, tree in
      sum + Double(TreeTable(forest, tree).mean)
    }
  }

  /// What each feature of the list adds to a block's sum. With `base` that makes the sum.
  /// - Returns: A row of as many values as there are features for each of the blocks.
  func contributions(_ matrix: FeatureMatrix, blocks: Range<Int>) -> [Float] {
    let width = Feature.allCases.count
    var contributions = [Float](repeating: 0, count: blocks.count * width)
    for tree in 0..<forest.treeCount {
      let table = TreeTable(forest, tree)
      // Many blocks of a page have the same answers.
      var known: [Int: [Float]] = [:]
      for block in blocks {
        let place = table.place { matrix.bytes[$0 * matrix.stride + block] }
        let shares = known[place.leaf] ?? table.shares(at: place)
        known[place.leaf] = shares
        let row = (block - blocks.lowerBound) * width
        for (axis, share) in zip(table.axes, shares) { contributions[row + axis.feature] += share }
      }
    }
    return contributions
  }
}

/// A tree's leaves as a table with an axis for each feature that it asks for, and their averages.
private struct TreeTable {
  let axes: [Axis]
  /// The leaves by the ranges that the features are in; the last row of an axis holds the averages over
  /// the others.
  private var values: [Float]

  struct Axis {
    let feature: Int
    /// The largest values of all ranges but the last.
    var limits: [UInt8] = []
    /// Distance of two neighbours along the axis.
    var stride = 1

    var averages: Int { limits.count + 1 }
    func range(of value: UInt8) -> Int { limits.count { value > $0 } }
  }

  /// Where a block stands.
  struct Place {
    /// Its range on each axis.
    let ranges: [Int]
    let leaf: Int
  }

  init(_ forest: Forest, _ tree: Int) {
    let questions = tree * forest.depth..<(tree + 1) * forest.depth
    var axes: [Axis] = []
    for question in questions {
      let feature = Int(forest.features[question])
      let limit = forest.limits[question]
      let axis = axes.firstIndex { $0.feature == feature } ?? axes.count
      if axis == axes.count { axes.append(Axis(feature: feature)) }
      // No byte is above 255: that question has one answer only.
      if limit < 255, !axes[axis].limits.contains(limit) { axes[axis].limits.append(limit) }
    }
    var size = 1
    for axis in axes.indices {
      axes[axis].limits.sort()
      axes[axis].stride = size
      size *= axes[axis].limits.count + 2
    }
    self.axes = axes
    values = [Float](repeating: 0, count: size)
    fill(forest, tree, questions)
    for axis in axes { average(along: axis) }
  }

  /// Enters the leaf of every combination of ranges.
  private mutating func fill(_ forest: Forest, _ tree: Int, _ questions: Range<Int>) {
    var ranges = [Int](repeating: 0, count: axes.count)
    while true {
      var leaf = tree << forest.depth
      for (level, question) in questions.enumerated() {
        let feature = Int(forest.features[question])
        for (axis, range) in zip(axes, ranges) where axis.feature == feature {
          let isAbove = range > 0 && axis.limits[range - 1] >= forest.limits[question]
          if isAbove { leaf += 1 << level }
        }
      }
      values[zip(axes, ranges).reduce(0) { $0 + $1.0.stride * $1.1 }] = Float(forest.leaves[leaf])
      guard let next = axes.indices.first(where: { ranges[$0] < axes[$0].limits.count }) else {
        return
      }
      for axis in 0..<next { ranges[axis] = 0 }
      ranges[next] += 1
    }
  }

  /// Writes the averages of an axis: for all places along the others, averages of theirs included that
  /// are there already.
  private mutating func average(along axis: Axis) {
    for start in values.indices where start / axis.stride % (axis.averages + 1) == 0 {
      var sum: Float = 0
      for range in 0..<axis.averages { sum += values[start + range * axis.stride] }
      values[start + axis.averages * axis.stride] = sum / Float(axis.averages)
    }
  }

  /// The average of all leaves.
  var mean: Float { values[values.count - 1] }

  func place(of value: (Int) -> UInt8) -> Place {
    let ranges = axes.map { $0.range(of: value($0.feature)) }
    return Place(ranges: ranges, leaf: zip(axes, ranges).reduce(0) { $0 + $1.0.stride * $1.1 })
  }

  /// The share of each axis' feature in what the leaf at a place gives.
  func shares(at place: Place) -> [Float] {
    // What the tree gives where a set of features is known, a bit for each.
    let known = (0..<1 << axes.count).map { set in
      values[
        axes.indices.reduce(0) {
          $0 + axes[$1].stride * (set >> $1 & 1 == 1 ? place.ranges[$1] : axes[$1].averages)
        }]
    }
    let weights = TreeTable.weights[axes.count]
    return axes.indices.map { axis in
      known.indices.reduce(0) { share, set in
        set >> axis & 1 == 1
          ? share : share + weights[set.nonzeroBitCount] * (known[set | 1 << axis] - known[set])
      }
    }
  }

  /// For each number of features and each number of them that are known before: the share of all orders in
  /// which exactly these stand before a certain one.
  private static let weights: [[Float]] = (0...Forest.maximumDepth).map { count in
    (0..<max(count, 1)).map { before in
      var orders: Float = Float(max(count, 1))
      for index in 0..<before { orders *= Float(count - 1 - index) / Float(index + 1) }
      return 1 / orders
    }
  }
}
