import Bytes

/// Finds the phrases that a block begins with, whatever its language: by the hashes of its words, whose case and
/// accents are gone.
struct PhraseIndex {
  static let standard = PhraseIndex()

  /// The phrase that a block begins with.
  struct Match: Equatable {
    var phrase: ExcessPhrase
    /// Words of the block, or letters of a script without spaces, up to the phrase's end.
    var length: Int
    /// Whether the phrase is one word: in another language it may be one with which sentences begin.
    var isOneWord: Bool
  }

  /// Hashes of all beginnings of phrases, by place; 0 for a free place. A hash lies at its own place or at a later
  /// one, before the next free place.
  private var keys: [UInt32]
  /// For each the kind of the phrase that ends there; 0 where all go on.
  private var kinds: [UInt8]
  private let mask: Int

  private init() {
    var found: [UInt32: UInt8] = [:]
    for phrase in ExcessPhrase.allCases {
      for words in PhraseIndex.words(of: phrase) {
        var hash: UInt32 = 0
        for (number, word) in words.enumerated() {
          hash = PhraseIndex.add(word, to: hash)
          let isWhole = number == words.count - 1
          // Of two kinds with one phrase the first counts.
          if let known = found[hash], known != 0 || !isWhole { continue }
          found[hash] = isWhole ? phrase.rawValue : 0
        }
      }
    }
    var size = 64
    while size < found.count * 4 { size *= 2 }
    mask = size - 1
    keys = [UInt32](repeating: 0, count: size)
    kinds = [UInt8](repeating: 0, count: size)
    for (hash, kind) in found {
      var place = Int(hash) & mask
      while keys[place] != 0 { place = (place + 1) & mask }
      (keys[place], kinds[place]) = (hash, kind)
    }
  }

  /// The longest phrase that the words begin with; a number may stand before it: "12 comments".
  /// - Complexity: O(words of the longest phrase); one look for most blocks.
  func match(_ words: ArraySlice<UInt32>) -> Match? {
    var hash: UInt32 = 0
    var found: Match?
    let first = words.first == WordHash.number ? words.startIndex &+ 1 : words.startIndex
    for index in first..<max(words.endIndex, first) {
      hash = PhraseIndex.add(words[index], to: hash)
      guard let kind = kind(of: hash) else { break }
      if let phrase = ExcessPhrase(rawValue: kind) {
        found = Match(
          phrase: phrase, length: index - words.startIndex + 1, isOneWord: index == first)
      }
    }
    return found
  }

  private func kind(of hash: UInt32) -> UInt8? {
    var place = Int(hash) & mask
    while keys[place] != 0 {
      if keys[place] == hash { return kinds[place] }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Never 0, which marks a free place.
  @inline(__always)
  private static func add(_ word: UInt32, to hash: UInt32) -> UInt32 {
    max(WordHash.pair(hash, word), 1)
  }

  /// The words of a kind's phrases.
  private static func words(of phrase: ExcessPhrase) -> [[UInt32]] {
    ExcessPhrase.phrases(phrase).utf8.split(separator: UInt8(ascii: "\n")).flatMap { line in
      line.drop { $0 != UInt8(ascii: ":") }.dropFirst().split(separator: UInt8(ascii: ";"))
    }.map { text in
      var hashes: [UInt32] = []
      let bytes = Array(text)
      _ = TextMeasures.measure(
        bytes.span, hashes: &hashes, limit: FeatureReader.maximumHashes)
      return hashes
    }.filter { !$0.isEmpty }
  }
}
