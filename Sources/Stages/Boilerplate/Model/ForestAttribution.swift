/// Shares out among the features why a block scores as it does and not as the average block of its page.
///
/// A feature's share is its Shapley value (Shapley, "A Value for n-Person Games", 1953): how the expected sum
/// changes when the feature becomes known, averaged over all orders in which the features can become known.
/// Unknown features are taken from the blocks of the page, all features at once ("interventional"; Lundberg
/// et al., "From local explanations to global understanding with explainable AI for trees", 2020). So the
/// shares add up, exactly, to the difference between the block's sum and the average sum; the order of a
/// tree's questions has no say; and what all blocks of the page have in common has no share in their
/// difference.
///
/// An oblivious tree makes that cheap: its leaves are a table with an axis for each feature, of which there
/// are at most eight, and the blocks of a page are in few places of it.
struct ForestAttribution {
  private let forest: Forest
  private let matrix: FeatureMatrix
  /// The blocks that stand for the page.
  private let background: [Int]
  /// The average sum of these.
  let base: Double

  /// Of longer pages every second, third, … block stands for the page.
  private static let largestBackground = 4096

  init(_ forest: Forest, _ matrix: FeatureMatrix) {
    self.forest = forest
    self.matrix = matrix
    let step =
      (matrix.blockCount + ForestAttribution.largestBackground - 1)
      / ForestAttribution.largestBackground
    background = Array(stride(from: 0, to: matrix.blockCount, by: max(step, 1)))
    var sums: [Int32] = []
    var answers: [UInt8] = []
    forest.sum(matrix, into: &sums, answers: &answers)
    let total = background.reduce(0.0) { $0 + Double(sums[$1]) }
    base = total / Double(max(background.count, 1))
  }

  /// The part that each feature of the list adds to a block's sum. `base` and these parts add up to the sum.
  /// - Returns: A row for each of the blocks, with one value per feature.
  func contributions(to blocks: Range<Int>) -> [Double] {
    let width = Feature.allCases.count
    var contributions = [Double](repeating: 0, count: blocks.count * width)
    for tree in 0..<forest.treeCount {
      var game = TreeGame(forest, tree)
      for block in background { game.add(place(of: block, in: game)) }
      // Many blocks of a page are in the same place.
      var known: [Int: [Double]] = [:]
      for block in blocks {
        let place = place(of: block, in: game)
        let shares = known[place] ?? game.shares(at: place)
        known[place] = shares
        let row = (block - blocks.lowerBound) * width
        for (axis, share) in zip(game.axes, shares) { contributions[row + axis.feature] += share }
      }
    }
    return contributions
  }

  private func place(of block: Int, in game: TreeGame) -> Int {
    game.axes.reduce(0) { place, axis in
      let value = matrix.bytes[axis.feature * matrix.stride + block]
      return place + axis.stride * axis.limits.count { value > $0 }
    }
  }
}

/// A tree as a game of its features: what it gives where some of them are a block's and the others those of
/// the page's blocks.
private struct TreeGame {
  let axes: [Axis]
  /// The leaves by place: the sum over the axes of the range that a feature is in, times the stride.
  private var values: [Double]
  /// How many blocks of the page are in each place, and for each place that has some the parts of it that
  /// the sets of features make.
  private var counts: [Int: Int] = [:]
  private var parts: [Int: [Int]] = [:]
  private var total = 0

  struct Axis {
    let feature: Int
    /// The largest values of all ranges but the last.
    var limits: [UInt8] = []
    /// Distance of two neighbours along the axis.
    var stride = 1
  }

  init(_ forest: Forest, _ tree: Int) {
    let questions = tree * forest.depth..<(tree + 1) * forest.depth
    var axes: [Axis] = []
    for question in questions {
      let feature = Int(forest.features[question])
      let axis = axes.firstIndex { $0.feature == feature } ?? axes.count
      if axis == axes.count { axes.append(Axis(feature: feature)) }
      if !axes[axis].limits.contains(forest.limits[question]) {
        axes[axis].limits.append(forest.limits[question])
      }
    }
    var size = 1
    for axis in axes.indices {
      axes[axis].limits.sort()
      axes[axis].stride = size
      size *= axes[axis].limits.count + 1
    }
    self.axes = axes
    values = []
    for place in 0..<size {
      var leaf = tree << forest.depth
      for (level, question) in questions.enumerated() {
        let feature = Int(forest.features[question])
        for axis in axes where axis.feature == feature {
          let range = place / axis.stride % (axis.limits.count + 1)
          // The answer is yes beyond the limit that the question names.
          if range > 0, axis.limits[range - 1] >= forest.limits[question] { leaf += 1 << level }
        }
      }
      values.append(Double(forest.leaves[leaf]))
    }
  }

  /// Adds a block of the page.
  mutating func add(_ place: Int) {
    if counts.updateValue((counts[place] ?? 0) + 1, forKey: place) == nil {
      parts[place] = parts(of: place)
    }
    total += 1
  }

  /// For each set of features, a bit for each, what these make of a place.
  private func parts(of place: Int) -> [Int] {
    let own = axes.map { place / $0.stride % ($0.limits.count + 1) * $0.stride }
    return (0..<1 << axes.count).map { set in
      own.indices.reduce(0) { set >> $1 & 1 == 1 ? $0 + own[$1] : $0 }
    }
  }

  /// The share of each axis' feature in the difference between a place and the page.
  func shares(at place: Int) -> [Double] {
    let own = parts(of: place)
    let all = own.count - 1
    var known = [Double](repeating: 0, count: own.count)
    for (other, count) in counts {
      guard let rest = parts[other] else { continue }
      let weight = Double(count) / Double(total)
      for set in known.indices { known[set] += weight * values[own[set] + rest[all ^ set]] }
    }
    let weights = TreeGame.weights[axes.count]
    return axes.indices.map { axis in
      known.indices.reduce(0) { share, set in
        set >> axis & 1 == 1
          ? share : share + weights[set.nonzeroBitCount] * (known[set | 1 << axis] - known[set])
      }
    }
  }

  /// For each number of features, and each number of them that are known before another one: the share of
  /// all orders in which exactly these stand before it.
  private static let weights: [[Double]] = (0...Forest.maximumDepth).map { count in
    (0..<count).map { before in
      var orders = Double(count)
      for index in 0..<before { orders *= Double(count - 1 - index) / Double(index + 1) }
      return 1 / orders
    }
  }
}
