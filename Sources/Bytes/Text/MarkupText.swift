extension UInt8 {
  /// White space as HTML has it: tab, line feed, form feed, carriage return, space.
  @inlinable @inline(__always)
  public var isHTMLSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C
  }
}

/// Helpers for all code that reads names of elements, classes and languages from bytes.
extension Span<UInt8> {
  /// Up to eight bytes from `index` on, the first in the lowest bits; 0 for bytes after the end.
  @inlinable @inline(__always)
  public func upToEightBytes(at index: Int) -> UInt64 {
    if index &+ 8 <= count { return eightBytes(at: index) }
    var bytes: UInt64 = 0
    for place in index..<count { bytes |= UInt64(self[place]) &<< UInt64((place &- index) &* 8) }
    return bytes
  }

  /// Whether `text`, given in lower case, stands at `start` in any case.
  @inlinable
  public func hasPrefix(_ text: StaticString, at start: Int) -> Bool {
    let text = text.bytes
    guard start >= 0, start + text.count <= count else { return false }
    for offset in text.indices where self[start + offset] | 0x20 != text[offset] | 0x20 {
      return false
    }
    return true
  }

  /// Whether one of the words, which spaces separate, `isWanted`.
  @inlinable @inline(__always)
  public func containsWord(where isWanted: (Span<UInt8>) -> Bool) -> Bool {
    var start = 0
    while start < count {
      let end = index(of: 0x20, from: start) ?? count
      if isWanted(extracting(start..<end)) { return true }
      start = end + 1
    }
    return false
  }
}
