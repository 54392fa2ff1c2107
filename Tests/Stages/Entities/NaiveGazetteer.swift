import Bytes

@testable import EntitiesStage

/// Names and texts compared as the manual says, without any haste: every piece of a text with every
/// name.
struct NaiveGazetteer {
  private var names: [(key: [UInt32], entry: UInt32, capitalsOnly: Bool)] = []

  mutating func add(_ name: String, entry: UInt32) {
    let scalars = Array(name.unicodeScalars)
    let start = scalars.firstIndex { [.word, .hangul, .unspaced, .other].contains(kind($0)) } ?? 0
    guard var key = read(scalars, start..<scalars.count)?.key else { return }
    if key.last == 0x20 { key.removeLast() }
    names.append((key, entry, isCapitals(scalars[...]) && letterCount(scalars[...]) <= 5))
  }

  func mentions(in text: String) -> [Mention] {
    let scalars = Array(text.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    var mentions: [Mention] = []
    var start = 0
    while start < scalars.count {
      let ends = (start + 1..<scalars.count + 1).reversed()
      if canStart(scalars, start),
        let (end, entry) = ends.lazy.compactMap({ end in
          self.entry(scalars, start..<end).map { (end, $0) }
        }).first
      {
        mentions.append(Mention(range: offsets[start]..<offsets[end], kind: .entry(entry)))
        start = end
      } else {
        start += 1
      }
    }
    return mentions
  }

  private func entry(_ text: [Unicode.Scalar], _ range: Range<Int>) -> UInt32? {
    guard let piece = read(text, range), piece.end == range.upperBound,
      canEnd(text, range.upperBound, piece.last)
    else { return nil }
    let same = names.filter { $0.key == piece.key }
    if isCapitals(text[range]), let name = same.first(where: \.capitalsOnly) { return name.entry }
    return same.first { !$0.capitalsOnly }?.entry
  }

  /// What a piece of text is compared by, the kind of its last scalar that counts, and where that
  /// one and its accents end; nil over the end of a line.
  private func read(
    _ text: [Unicode.Scalar], _ range: Range<Int>
  ) -> (key: [UInt32], last: NameScalar.Kind, end: Int)? {
    var key: [UInt32] = []
    var last = NameScalar.Kind.lineEnd
    var end = range.lowerBound
    var apostrophes = 0
    func count(_ scalar: UInt32, _ kind: NameScalar.Kind, at index: Int) {
      if kind != .mark {
        if !(kind == .word && last == .word) { apostrophes = 0 }
        last = kind
      }
      key.append(scalar)
      end = index + 1
    }
    for index in range {
      let isWordNext = index + 1 < text.count && kind(text[index + 1]).isWord
      switch kind(text[index]) {
      case .accent: if last.isWord, end == index { end += 1 }
      case .invisible: continue
      case .lineEnd: return nil
      case .mark: count(folded(text[index]), .mark, at: index)
      case .space: if last != .lineEnd, last != .space { count(0x20, .space, at: index) }
      case .hyphen where last.isWord && isWordNext: count(0x20, .space, at: index)
      case .apostrophe
      where apostrophes < NameReader.maximumApostrophes
        && !(last == .word && isContraction(text[(index + 1)...])):
        apostrophes += 1
      case let kind: count(folded(text[index]), kind.isWord ? kind : .other, at: index)
      }
    }
    return (key, last, last == .space ? -1 : end)
  }

  private func canStart(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
    let before = text[..<index].last { ![.mark, .accent, .invisible].contains(kind($0)) }
    return kind(text[index]).canStart(behind: before.map(kind) ?? .lineEnd)
  }

  /// Whether a name can end at `index` behind a scalar of kind `last`: with all of its accents, and
  /// not within a word.
  private func canEnd(_ text: [Unicode.Scalar], _ index: Int, _ last: NameScalar.Kind) -> Bool {
    let rest = text[index...]
    if let next = rest.first, last.isWord, kind(next) == .accent { return false }
    switch rest.first(where: { ![.accent, .invisible].contains(kind($0)) }).map(kind) {
    case .mark: return false
    case .word: return last == .unspaced || last == .hangul
    default: return true
    }
  }

  private func isContraction(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    ["s", "t", "d", "m", "ll", "re", "ve"].contains { ending in
      let word = rest.prefix(ending.unicodeScalars.count)
      return word.map { $0.properties.lowercaseMapping }.joined() == ending
        && rest.dropFirst(word.count).first.map { !kind($0).isWord } ?? true
    }
  }

  private func isCapitals(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.contains(where: \.properties.isUppercase)
      && !scalars.contains(where: \.properties.isLowercase)
  }

  private func letterCount(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    scalars.count(where: \.properties.isAlphabetic)
  }

  private func kind(_ scalar: Unicode.Scalar) -> NameScalar.Kind {
    NameScalar.table[scalar.value].kind
  }

  private func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    let folded = Folding.table[scalar.value]
    return folded == Folding.unchanged ? scalar.value : folded
  }
}
