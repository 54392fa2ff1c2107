import Bytes

/// A text that may be a title, and its words.
struct TitleText {
  let text: String
  let words: TitleWords

  init(_ text: String) {
    self.text = text
    words = TitleWords(text)
  }
}

/// The words of a title, folded: what two spellings of it have in common.
struct TitleWords: Equatable {
  /// A space before each word, so that a comparison is one of bytes.
  private var bytes: [UInt8] = []

  init(_ text: some StringProtocol) {
    let folded = Folding.folded(String(text))
    bytes.reserveCapacity(folded.count + 1)
    Words.forEach(in: folded.span) { word in
      bytes.append(0x20)
      bytes.append(contentsOf: folded[word])
    }
  }

  var isEmpty: Bool { bytes.isEmpty }

  var list: [ArraySlice<UInt8>] { bytes.split(separator: 0x20) }

  /// Whether these words begin with all of the others.
  func starts(with others: TitleWords) -> Bool {
    bytes.starts(with: others.bytes)
      && (bytes.count == others.bytes.count || bytes[others.bytes.count] == 0x20)
  }
}
