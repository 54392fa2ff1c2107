import Bytes

@testable import Components

/// Names and texts compared as the manual says, without any haste: every piece of a text with every name.
struct NaiveGazetteer {
  private var names: [(key: [UInt32], entry: UInt32, capitalsOnly: Bool)] = []

  mutating func add(_ name: String, entry: UInt32) {
    let scalars = Array(name.unicodeScalars)
    let start = scalars.firstIndex { [.word, .hangul, .unspaced, .other].contains(kind($0)) } ?? 0
    guard var key = key(scalars, start..<scalars.count) else { return }
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
    guard canEnd(text, range), let key = key(text, range) else { return nil }
    let same = names.filter { $0.key == key }
    if isCapitals(text[range]), let name = same.first(where: \.capitalsOnly) { return name.entry }
    return same.first { !$0.capitalsOnly }?.entry
  }

  /// What a piece of text is compared by; nil over the end of a line.
  private func key(_ text: [Unicode.Scalar], _ range: Range<Int>) -> [UInt32]? {
    var key: [UInt32] = []
    var last: NameScalar.Kind?
    for index in range {
      let isWordNext = index + 1 < text.count && kind(text[index + 1]).isWord
      switch kind(text[index]) {
      case .accent, .invisible: continue
      case .lineEnd: return nil
      case .mark: key.append(folded(text[index]))
      case .space:
        if last != nil, last != .space { key.append(0x20) }
        if last != nil { last = .space }
      case .hyphen where last?.isWord == true && isWordNext:
        key.append(0x20)
        last = .space
      case .apostrophe where !(last == .word && isContraction(text[(index + 1)...])): continue
      case let kind:
        key.append(folded(text[index]))
        last = kind.isWord ? kind : .other
      }
    }
    return key
  }

  private func canStart(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
    let before = text[..<index].last { ![.mark, .accent, .invisible].contains(kind($0)) }
    return kind(text[index]).canStart(behind: before.map(kind) ?? .lineEnd)
  }

  /// A name ends with a scalar that counts, and with all of its accents.
  private func canEnd(_ text: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    guard let bearer = range.last(where: { kind(text[$0]) != .accent }) else { return false }
    switch kind(text[bearer]) {
    case .space, .invisible: return false
    case .apostrophe where !isContraction(text[(bearer + 1)...]): return false
    case let kind where !kind.isWord && bearer < range.upperBound - 1: return false
    default: break
    }
    var next = range.upperBound
    if next < text.count, kind(text[bearer]).isWord, kind(text[next]) == .accent { return false }
    while next < text.count, [.accent, .invisible].contains(kind(text[next])) { next += 1 }
    guard next < text.count else { return true }
    let last = range.last {
      ![.mark, .accent, .invisible, .apostrophe].contains(kind(text[$0]))
    }
    switch kind(text[next]) {
    case .mark: return false
    case .word:
      return last.map { kind(text[$0]) == .unspaced || kind(text[$0]) == .hangul } ?? false
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
