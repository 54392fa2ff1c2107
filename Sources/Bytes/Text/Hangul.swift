extension Span<UInt8> {
  /// The scalar that starts at `index` of well-formed UTF-8, and how many bytes it takes; a Hangul syllable
  /// is one scalar even where it is written in its parts (Unicode, section 3.12).
  @inlinable @inline(__always)
  public func composedScalar(at index: Int) -> (value: UInt32, length: Int) {
    let first = scalar(at: index)
    let canGoOn =
      first.value &- Hangul.firstLead < Hangul.leadCount
      || first.value &- Hangul.firstSyllable < Hangul.syllableCount
    return canGoOn ? hangul(first.value, at: index) : first
  }

  /// - Parameter first: The scalar at `index`, of three bytes: a leading consonant or a syllable.
  @usableFromInline
  func hangul(_ first: UInt32, at index: Int) -> (value: UInt32, length: Int) {
    var (value, length) = (first, 3)
    if first < Hangul.firstSyllable {
      let vowel = part(at: index + 3) &- Hangul.firstVowel
      guard vowel < Hangul.vowelCount else { return (value, length) }
      value =
        Hangul.firstSyllable
        + ((first - Hangul.firstLead) * Hangul.vowelCount + vowel) * Hangul.trailCount
      length = 6
    }
    let trail = part(at: index + length) &- Hangul.beforeFirstTrail
    if (value - Hangul.firstSyllable) % Hangul.trailCount == 0,
      (1..<Hangul.trailCount).contains(trail)
    {
      (value, length) = (value + trail, length + 3)
    }
    return (value, length)
  }

  /// The scalar at `index` if it may be part of a syllable; 0 for others.
  private func part(at index: Int) -> UInt32 {
    index < count && self[index] == 0xE1 ? scalar(at: index).value : 0
  }
}

/// Where the syllables and their parts lie.
@usableFromInline
enum Hangul {
  @usableFromInline static let firstSyllable: UInt32 = 0xAC00
  @usableFromInline static let syllableCount: UInt32 = 11_172
  @usableFromInline static let firstLead: UInt32 = 0x1100
  @usableFromInline static let leadCount: UInt32 = 19
  static let firstVowel: UInt32 = 0x1161
  static let vowelCount: UInt32 = 21
  static let beforeFirstTrail: UInt32 = 0x11A7
  static let trailCount: UInt32 = 28
}
