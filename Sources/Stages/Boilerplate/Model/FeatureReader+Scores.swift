import Pipeline

/// The features that linear models give.
extension FeatureReader {
  mutating func readScores(
    _ page: Page, _ model: MainContentModel, _ nameWeights: inout NameWeights
  ) {
    weighNames(&nameWeights)
    readNameScores(page, model.nameWeights)
    readWordScores(page, model.wordWeights)
  }

  // MARK: Names

  private mutating func readNameScores(_ page: Page, _ weights: TokenWeights) {
    addFarNames(page)
    for (index, block) in page.blocks.enumerated() {
      var near = NameSum()
      var far = NameSum()
      var element = Int(block.element)
      var level = 0
      while element >= 0, level < FeatureReader.farLevel {
        let names = nameSums[Int(names.signatures[element])]
        let weight = names.weights[FeatureReader.nameBucket(level: level)]
        if level < FeatureReader.nearLevels {
          near.add(weight, names.count)
        } else {
          far.add(weight, names.count)
        }
        element = Int(page.elements[element].parent)
        level &+= 1
      }
      if element >= 0 { far.add(farNames[element].weight, farNames[element].count) }
      matrix[.nearNameScore, index] = weights.score(near.weight, count: Int(near.count))
      matrix[.farNameScore, index] = weights.score(far.weight, count: Int(far.count))
      matrix[.nameScore, index] = weights.score(
        near.weight &+ far.weight, count: Int(near.count &+ far.count))
    }
  }

  /// Adds up each signature's weights, for each distance.
  private mutating func weighNames(_ weights: inout NameWeights) {
    nameSums.removeAll(keepingCapacity: true)
    for range in names.tokenRanges {
      var sums = SignatureSums(count: Int32(range.count))
      for index in range { sums.weights &+= weights.weights(of: names.tokens[index]) }
      nameSums.append(sums)
    }
  }

  /// Adds up, for each element, what it and those around it say of blocks far below.
  private mutating func addFarNames(_ page: Page) {
    farNames.removeAll(keepingCapacity: true)
    for (number, element) in page.elements.enumerated() {
      let own = nameSums[Int(names.signatures[number])]
      var sum = element.parent >= 0 ? farNames[Int(element.parent)] : NameSum()
      sum.add(own.weights[FeatureReader.nameBuckets - 1], own.count)
      farNames.append(sum)
    }
  }

  // MARK: Words

  private mutating func readWordScores(_ page: Page, _ weights: TokenWeights) {
    for index in page.blocks.indices {
      var sum: Int32 = 0
      var count = 0
      forEachWordToken(block: index) { token in
        sum &+= weights.weight(of: token)
        count &+= 1
      }
      matrix[.wordScore, index] = weights.score(sum, count: count)
    }
    for index in page.blocks.indices {
      matrix[.previousWordScore, index] = index > 0 ? matrix[.wordScore, index - 1] : 128
      let isLast = index + 1 == page.blocks.count
      matrix[.nextWordScore, index] = isLast ? 128 : matrix[.wordScore, index + 1]
    }
  }
}

/// Weights of names, and of how many.
struct NameSum {
  var weight: Int32 = 0
  var count: Int32 = 0

  mutating func add(_ weight: Int32, _ count: Int32) {
    self.weight &+= weight
    self.count &+= count
  }
}

/// The weights of one signature's names at each distance.
struct SignatureSums {
  var weights = SIMD8<Int32>()
  let count: Int32

  init(count: Int32) { self.count = count }
}
