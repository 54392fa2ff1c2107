extension RandomAccessCollection where Index == Int {
  /// The first index whose element fulfils a condition that all later ones fulfil, too; `endIndex` if none
  /// does.
  /// - Complexity: O(log `count`).
  @inlinable
  public func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
