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

  /// Drops those that overlap a longer one, of equal length the later one.
  /// - Parameter first: Where the mentions begin that are looked at; they are in order of their beginnings.
  mutating func dropOverlaps(from first: Int) {
    var kept = first
    var start = first
    while start < count {
      var end = start + 1
      var reach = self[start].range.upperBound
      while end < count, self[end].range.lowerBound < reach {
        reach = Swift.max(reach, self[end].range.upperBound)
        end += 1
      }
      if end == start + 1 {
        self[kept] = self[start]
        kept += 1
      } else {
        for mention in longest(start..<end, upTo: reach) {
          self[kept] = mention
          kept += 1
        }
      }
      start = end
    }
    removeLast(count - kept)
  }

  /// The longest of a chain of mentions that overlap, as many as do not overlap one another.
  private func longest(_ chain: Range<Int>, upTo reach: Int) -> [Mention] {
    let origin = self[chain.lowerBound].range.lowerBound
    // One that overlaps a longer one that is kept has its first or its last byte in it.
    var isTaken = [Bool](repeating: false, count: reach - origin)
    let ranked = chain.sorted {
      (-self[$0].range.count, $0) < (-self[$1].range.count, $1)
    }
    var found: [Int] = []
    for index in ranked {
      let range = self[index].range
      if isTaken[range.lowerBound - origin] || isTaken[range.upperBound - 1 - origin] { continue }
      for byte in range { isTaken[byte - origin] = true }
      found.append(index)
    }
    return found.sorted().map { self[$0] }
  }

  /// The index of the first mention that ends after an offset, by bisection.
  private func firstIndex(endingBehind offset: Int) -> Int {
    partitioningIndex { $0.range.upperBound > offset }
  }
}
