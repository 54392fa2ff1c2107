import Bytes

extension StringProtocol {
  /// The index after the first `pattern`.
  func index(behind pattern: String) -> Index? {
    guard let first = pattern.utf8.first else { return startIndex }
    let offset = utf8.withContiguousStorageIfAvailable { bytes -> Int? in
      // Spaces are frequent, so the search looks for the byte after the space.
      let probe = first == 0x20 && pattern.utf8.count > 1 ? 1 : 0
      let sought = pattern.utf8[pattern.utf8.index(pattern.startIndex, offsetBy: probe)]
      var index = probe
      while let found = bytes.index(of: sought, from: index) {
        let start = found - probe
        if bytes[start...].starts(with: pattern.utf8) { return start + pattern.utf8.count }
        index = found + 1
      }
      return nil
    }
    if let offset { return offset.map { utf8.index(startIndex, offsetBy: $0) } }
    // Only a string that is not Swift's own has no contiguous storage.
    return indices.first { self[$0...].utf8.starts(with: pattern.utf8) }
      .map { utf8.index($0, offsetBy: pattern.utf8.count) }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The parts between occurrences of `separator`.
  func parts(separatedBy separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let behind = rest.index(behind: separator) {
      parts.append(rest[..<rest.utf8.index(behind, offsetBy: -separator.utf8.count)])
      rest = rest[behind...]
    }
    parts.append(rest)
    return parts
  }
}
