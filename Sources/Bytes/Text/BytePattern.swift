/// Bytes to search for, in linear time whatever they are (Knuth, Morris and Pratt, 1977).
public struct BytePattern: Sendable, Hashable {
  public let bytes: [UInt8]
  /// For each length of a match how long the next shorter one is that ends at the same place.
  private let shorter: [Int]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var shorter = [0, 0]
    for index in bytes.indices.dropFirst() {
      var length = shorter[index]
      while length > 0, bytes[length] != bytes[index] { length = shorter[length] }
      shorter.append(bytes[length] == bytes[index] ? length + 1 : 0)
    }
    self.shorter = shorter
  }

  /// Where the bytes stand first in a part of a text; nil when nowhere.
  /// - Complexity: O(`range.count`).
  public func firstRange(
    in range: Range<Int>, of text: Span<UInt8>
  ) -> Range<Int>? {
    guard let first = bytes.first else { return range.lowerBound..<range.lowerBound }
    var length = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if length == 0 {
        // Most of a text does not even begin to match.
        guard let found = text.index(of: first, from: index), found < range.upperBound else {
          return nil
        }
        index = found
      }
      while length > 0, bytes[length] != text[index] { length = shorter[length] }
      if bytes[length] == text[index] { length += 1 }
      index += 1
      if length == bytes.count { return index - length..<index }
    }
    return nil
  }

  public func isIn(_ text: Span<UInt8>) -> Bool {
    firstRange(in: 0..<text.count, of: text) != nil
  }

  public func isIn(_ text: String) -> Bool {
    isIn(text.utf8.span)
  }
}
