import Bytes

extension StringProtocol {
  /// The index after the first `pattern`.
  func index(behind pattern: String) -> Index? {
    guard let first = pattern.utf8.first else { return startIndex }
    // Spaces are frequent, so the search looks for the byte after the space.
    let probe = first == 0x20 && pattern.utf8.count > 1 ? 1 : 0
    let sought = pattern.utf8[pattern.utf8.index(pattern.startIndex, offsetBy: probe)]
    let text = Substring(self)
    let bytes = text.utf8.span
    var index = probe
    while let found = bytes.index(of: sought, from: index) {
      let start = found - probe
      if bytes.holds(pattern.utf8.span, at: start) {
        return utf8.index(startIndex, offsetBy: start + pattern.utf8.count)
      }
      index = found + 1
    }
    return nil
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
