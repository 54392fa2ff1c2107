import Bytes

/// Prepares a piece of text for a detector of languages, which looks at sequences of letters as they are
/// mostly written: letters and their accents as one character, without the vowel points of Hebrew and Arabic,
/// and without what is in no language: addresses and code.
enum LanguageSample {
  /// - Parameter sample: Well-formed UTF-8.
  static func prepared(_ sample: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(sample.count)
    var hasAccents = false
    var index = 0
    while index < sample.count {
      let start = index
      while index < sample.count, sample[index] > 0x20 { index += 1 }
      let word = sample.span.extracting(start..<index)
      if !isForeign(word) { append(word, to: &output, &hasAccents) }
      while index < sample.count, sample[index] <= 0x20 {
        output.append(sample[index])
        index += 1
      }
    }
    return hasAccents ? composed(output) : output
  }

  /// Whether a word is an address or of a programming language.
  private static func isForeign(_ word: Span<UInt8>) -> Bool {
    if word.count > 4, word[0] | 0x20 == UInt8(ascii: "w"), word[1] | 0x20 == UInt8(ascii: "w"),
      word[2] | 0x20 == UInt8(ascii: "w"), word[3] == UInt8(ascii: ".")
    {
      return true
    }
    for index in word.indices {
      switch word[index] {
      case UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "_"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "\\"):
        return true
      case UInt8(ascii: ":"):
        if word.byte(at: index + 1) == UInt8(ascii: "/"),
          word.byte(at: index + 2) == UInt8(ascii: "/")
        {
          return true
        }
      case UInt8(ascii: "("):
        if word.byte(at: index + 1) == UInt8(ascii: ")") { return true }
      default: break
      }
    }
    return false
  }

  private static func append(
    _ word: Span<UInt8>, to output: inout [UInt8], _ hasAccents: inout Bool
  ) {
    var index = 0
    while index < word.count {
      let (value, length) = word.scalar(at: index)
      if value >= 0x300, isAccent(value) { hasAccents = true }
      if value < 0x591 || !isVowelPoint(value) {
        output.append(contentsOf: word.extracting(index..<index + length))
      }
      index += length
    }
  }

  private static func isAccent(_ value: UInt32) -> Bool {
    value < 0x370 || value == 0x3099 || value == 0x309A
  }

  /// Points and marks of recitation, and the sign that stretches a word.
  private static func isVowelPoint(_ value: UInt32) -> Bool {
    switch value {
    case 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7,  // Hebrew
      0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6ED, 0x8CA...0x8FF:  // Arabic
      true
    default: false
    }
  }

  // MARK: Composition

  /// Letters with accents by what they are written as, in any canonically equivalent way: strings are
  /// compared so.
  private static let letters: [Character: Unicode.Scalar] = {
    var letters: [Character: Unicode.Scalar] = [:]
    let ranges: [ClosedRange<UInt32>] = [
      0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF, 0x3040...0x30FF,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      letters[Character(scalar)] = letters[Character(scalar)] ?? scalar
    }
    return letters
  }()

  /// The text with each letter and its accents as one character, where there is one.
  private static func composed(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for character in String(decoding: text, as: UTF8.self) {
      if character.utf8.count > 1, let letter = letters[character] {
        output.append(scalar: letter.value)
      } else {
        output += character.utf8
      }
    }
    return output
  }
}
