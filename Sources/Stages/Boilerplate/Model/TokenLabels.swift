import Bytes
import Pipeline

/// Finds the words whose hashes have weights in the linear models. Classifying does not need the words
/// themselves; explanations read them once more.
struct TokenLabels {
  /// A token in words, and its weight.
  struct Weighted {
    let label: String
    let weight: Int32
  }

  /// The words of a text with their hashes, as `TextMeasures` reads them.
  static func words(
    of text: Span<UInt8>, limit: Int
  ) -> [(label: String, hash: UInt32)] {
    var words: [(label: String, hash: UInt32)] = []
    var start = 0
    var index = 0
    // A white space ends a word, and a letter of a script without spaces is one: parts that are cut there
    // give the same hashes one by one as together.
    func endPart(at end: Int) {
      guard start < end, words.count < limit else { return }
      let part = text.extracting(start..<end)
      var hashes: [UInt32] = []
      _ = TextMeasures.measure(part, hashes: &hashes, limit: limit - words.count)
      let label = TokenLabels.trimmed(String(decoding: part))
      for hash in hashes { words.append((label, hash)) }
      start = end
    }
    while index < text.count, words.count < limit {
      let scalar = text.scalar(at: index)
      switch ScalarClass.table[scalar.value] {
      case .space: endPart(at: index)
      case .unspacedLetter:
        endPart(at: index)
        index += scalar.length
        endPart(at: index)
        continue
      default: break
      }
      index += scalar.length
    }
    endPart(at: text.count)
    return words
  }

  /// A word without the spaces and marks around it.
  private static func trimmed(_ part: String) -> String {
    let isWord = { (scalar: Unicode.Scalar) in ScalarClass.table[scalar.value].isWord }
    let scalars = part.unicodeScalars
    guard let first = scalars.firstIndex(where: isWord), let last = scalars.lastIndex(where: isWord)
    else { return "" }
    return String(scalars[first...last])
  }

  /// The tokens of an element's tag and names, in the order of `NameSurvey`: the tag, then each part of a word,
  /// and then the whole word if it has several parts.
  static func names(of tag: Tag, _ names: Span<UInt8>) -> [String] {
    var labels = ["<\(tag.name)>"]
    for word in Array(names).split(separator: 0x20) {
      let parts = word.split { !$0.isASCIISmallLetter && $0 < 0x80 }
      labels += parts.map { String(decoding: $0, as: UTF8.self) }
      if parts.count > 1 { labels.append(String(decoding: word, as: UTF8.self)) }
    }
    return labels
  }

  /// The tokens that weigh most, as `+harbour +said −subscribe`; nil when none weighs anything.
  static func summary(of tokens: [Weighted]) -> String? {
    var strongest: [Weighted] = []
    for token in tokens.sorted(by: { abs($0.weight) > abs($1.weight) }) where token.weight != 0 {
      if !strongest.contains(where: { $0.label == token.label }) { strongest.append(token) }
      if strongest.count == shown { break }
    }
    if strongest.isEmpty { return nil }
    return strongest.map { ($0.weight > 0 ? "+" : "−") + $0.label }.joined(separator: " ")
  }

  /// Tokens that a summary names.
  private static let shown = 4
}
