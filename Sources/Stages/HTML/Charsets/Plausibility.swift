import Bytes

/// How far a text is from what anybody writes: what betrays that it was read in another character set
/// than it was written in.
///
/// No language is known here, only how letters stand together. A text of Cyrillic letters that is read in
/// a set of Latin ones is made of accented letters only; KOI8-R and windows-1251 exchange capitals and
/// small letters; a legacy set of East Asia read as another gives characters that are hardly used.
struct Plausibility {
  /// Characters beyond ASCII that no writer would have put where they are.
  private(set) var odd = 0
  /// Characters beyond ASCII.
  private(set) var high = 0
  /// Those of them that are controls, or no characters at all.
  private(set) var controls = 0
  private var capitals = 0
  private var smalls = 0

  /// The share of odd ones; 0 for ASCII.
  var oddness: Double { high == 0 ? 0 : Double(odd) / Double(high) }

  /// Whether more letters beyond ASCII are capitals than are not.
  var isMostlyCapitals: Bool { capitals > smalls }

  /// Counts sequences that have no meaning in the character set at all.
  mutating func add(lost: Int) {
    odd += lost
    controls += lost
    high = max(high, odd)
  }

  // MARK: Letters

  /// Judges a text by its letters and their neighbours.
  /// - Parameter text: Well-formed UTF-8.
  init(of text: Span<UInt8>) {
    var before = Neighbour.none
    var run = 0
    var index = 0
    while index < text.count {
      let (value, length) = text.scalar(at: index)
      index += length
      guard value >= 0x80 else {
        before = UInt8(value).isASCIILetter ? .ascii(isCapital: UInt8(value).isASCIICapital) : .none
        run = 0
        continue
      }
      high += 1
      let next = index < text.count ? text.scalar(at: index).value : 0x20
      let current = Neighbour(value)
      run = current.script == .latin ? run + 1 : 0
      if isOdd(value, current, before, next, run: run) { odd += 1 }
      if case .letter(_, let isCapital, let isSmall) = current {
        if isCapital { capitals += 1 } else if isSmall { smalls += 1 }
      }
      before = current
    }
  }

  /// A character as a neighbour of another.
  private enum Neighbour {
    case none
    case ascii(isCapital: Bool)
    case letter(Script, isCapital: Bool, isSmall: Bool)

    init(_ value: UInt32) {
      let isLetter = ScalarClass.table[value] == .letter
      guard isLetter, let properties = Unicode.Scalar(value)?.properties else {
        self = .none
        return
      }
      self = .letter(
        Script(letter: value), isCapital: properties.isUppercase, isSmall: properties.isLowercase)
    }

    var script: Script? { if case .letter(let script, _, _) = self { script } else { nil } }
  }

  /// Letters beyond ASCII in a row that no language of Latin letters has but by chance.
  private static let longRun = 3

  private mutating func isOdd(
    _ value: UInt32, _ current: Neighbour, _ before: Neighbour, _ next: UInt32, run: Int
  ) -> Bool {
    if Plausibility.isNoText(value) {
      controls += 1
      return true
    }
    if value == 0xAA || value == 0xBA { return Plausibility.isLetter(next) }
    switch (before, current) {
    case (.ascii(let wasCapital), .letter(let script, let isCapital, _)):
      return script != .latin || isCapital && !wasCapital
    case (.letter(let first, _, let wasSmall), .letter(let script, let isCapital, _)):
      return first != script || wasSmall && isCapital || run >= Plausibility.longRun
    case (.letter, .none), (.ascii, .none):
      // A sign inside a word; an apostrophe or a hyphen may stand there.
      return Plausibility.isSign(value) && Plausibility.isLetter(next)
    case (.none, .letter(let script, _, _)):
      return script != .latin && next < 0x80 && UInt8(next).isASCIILetter
    default: return false
    }
  }

  /// C1 controls, private use, half-width Katakana, and unassigned ones.
  private static func isNoText(_ value: UInt32) -> Bool {
    switch value {
    case 0x80..<0xA0, 0xE000..<0xF900, 0xFF61...0xFF9F: true
    default: Unicode.Scalar(value)?.properties.generalCategory == .unassigned
    }
  }

  /// Signs of Latin-1 and drawings: what letters become in another set.
  private static func isSign(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0xB7: false
    case 0xA1...0xBF, 0xD7, 0xF7, 0x2C7...0x2DD, 0x2020...0x2022, 0x2030, 0x20AC, 0x2122,
      0x2500...0x25FF:
      true
    default: false
    }
  }

  private static func isLetter(_ value: UInt32) -> Bool {
    value < 0x80 ? UInt8(value).isASCIILetter : ScalarClass.table[value] == .letter
  }

  // MARK: East Asian pairs

  /// Judges bytes by the rows of a character set's table that they come from: the standards put the
  /// characters of daily use before the rare ones. Nil for sets without such rows.
  init?(of bytes: Span<UInt8>, in charset: Charset) {
    guard let rows = Plausibility.frequentRows[charset.name] else { return nil }
    let isShiftJIS = charset.name == "shift_jis"
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      index += 1
      guard lead >= 0x80 else { continue }
      high += 1
      if isShiftJIS, (0xA1...0xDF).contains(lead) {
        odd += 1
        continue
      }
      let trail = bytes.byte(at: index)
      let isFrequent = rows.contains { $0.contains(lead) } && (isShiftJIS || trail >= 0x40)
      let isPair = trail >= (isShiftJIS || charset.name == "big5" ? 0x40 : 0xA1)
      if !isFrequent || !isPair { odd += 1 }
      if trail >= 0x40 { index += 1 }
    }
  }

  /// Lead bytes of punctuation, syllables and the characters of the first level: GB 2312, Big5, JIS X
  /// 0208, KS X 1001.
  private static let frequentRows: [String: [ClosedRange<UInt8>]] = [
    "gb18030": [0xA1...0xA3, 0xB0...0xD7], "big5": [0xA1...0xA3, 0xA4...0xC6],
    "euc-jp": [0xA1...0xA5, 0xB0...0xCF], "shift_jis": [0x81...0x83, 0x88...0x97],
    "euc-kr": [0xA1...0xA3, 0xB0...0xC8],
  ]
}
