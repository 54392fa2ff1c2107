import Bytes

/// A place of a text that names something.
struct Mention: Equatable {
  /// In bytes.
  let range: Range<Int>
  let kind: Kind

  enum Kind: Equatable {
    /// An entry of the gazetteer.
    case entry(UInt32)
    case pattern(Entities.Pattern)
  }
}

extension [Mention] {
  /// Appends the mentions of two lists in text order, without those that overlap a longer one; of
  /// equal length, `names` win.
  ///
  /// Within each list mentions are in order and do not overlap, so that all overlaps together are
  /// fewer than mentions.
  /// - Complexity: O(n log n) for n mentions.
  mutating func append(mergedFrom names: [Mention], _ patterns: [Mention]) {
    let lists = [names, patterns]
    guard lists.allSatisfy({ !$0.isEmpty }) else {
      self += names + patterns
      return
    }
    var kept = lists.map { [Bool](repeating: false, count: $0.count) }
    var ranking: [(list: Int, index: Int)] = []
    for list in lists.indices { ranking += lists[list].indices.map { (list, $0) } }
    func range(_ place: (list: Int, index: Int)) -> Range<Int> {
      lists[place.list][place.index].range
    }
    ranking.sort { first, second in
      let (firstCount, secondCount) = (range(first).count, range(second).count)
      if firstCount != secondCount { return firstCount > secondCount }
      return (first.list, first.index) < (second.list, second.index)
    }
    for place in ranking {
      let other = 1 - place.list
      let own = range(place)
      var index = lists[other].firstIndex(endingBehind: own.lowerBound)
      var isFree = true
      while isFree, index < lists[other].count,
        lists[other][index].range.lowerBound < own.upperBound
      {
        isFree = !kept[other][index]
        index += 1
      }
      kept[place.list][place.index] = isFree
    }
    let start = count
    for list in lists.indices {
      self += zip(lists[list], kept[list]).filter { $0.1 }.map { $0.0 }
    }
    self[start...].sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Index of the first mention that ends behind an offset, by bisection.
  private func firstIndex(endingBehind offset: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
