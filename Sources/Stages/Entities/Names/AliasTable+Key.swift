import Bytes

extension AliasTable {
  /// A folded name, with the places where the reading of a text may stop within it.
  struct Key {
    /// Never empty, at most `maximumKey` bytes.
    let bytes: [UInt8]
    /// Lengths of the prefixes that end where a word ends; the last is the whole.
    let prefixes: [Int]

    /// Folds a name. Spaces at its ends and apostrophes count for nothing.
    init(_ name: String) throws(Refusal) {
      (bytes, prefixes) = try Key.fold(name.utf8.span)
    }

    private static func fold(
      _ name: Span<UInt8>
    ) throws(Refusal) -> (bytes: [UInt8], prefixes: [Int]) {
      guard let start = start(of: name) else { throw .hasNoLetter }
      guard name.count - start <= NameReader.maximumSpan else { throw .isTooLong }
      var reader = NameReader(name)
      reader.start(at: start)
      var prefixes: [Int] = []
      reading: while true {
        switch reader.advance() {
        case .boundary: prefixes.append(reader.key.count)
        case .apostrophe: break
        case .end: break reading
        }
      }
      guard reader.isAtTextEnd else { throw .hasLineEnd }
      var bytes = reader.key
      if bytes.last == 0x20 { bytes.removeLast() }
      guard bytes.count <= maximumKey else { throw .isTooLong }
      if prefixes.last != bytes.count { prefixes.append(bytes.count) }
      return (bytes, prefixes)
    }

    /// Where the first scalar stands that a name can begin with; nil when there is no letter or
    /// digit.
    private static func start(of name: Span<UInt8>) -> Int? {
      let table = NameScalar.table
      var start: Int?
      var index = 0
      while index < name.count {
        let (value, length) = name.scalar(at: index)
        switch table[value].kind {
        case .word, .hangul, .unspaced: return start ?? index
        case .other: start = start ?? index
        default: break
        }
        index += length
      }
      return nil
    }
  }

  /// Why a name cannot be looked for.
  enum Refusal: Error { case hasNoLetter, hasLineEnd, isTooLong }
}
