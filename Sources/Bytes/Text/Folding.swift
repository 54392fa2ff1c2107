/// Folds letters so that spellings of one word compare equal: upper and lower case, accented and
/// plain letters, letters and the forms that print gives them, the various apostrophes, hyphens and spaces.
///
/// The table maps a scalar to a scalar, or to a short sequence of them (`FoldedForms`). It is built from the
/// case mappings of the Unicode data in the Swift standard library and from the formal names of letters,
/// which never change (Unicode stability policy): LATIN SMALL LETTER L WITH STROKE folds to LATIN SMALL
/// LETTER L. The decomposition mappings would not fold that one, since a stroke is no combining mark.
///
/// Canonically equivalent spellings fold alike. Combining marks vanish in the scripts that can do without
/// them: Latin, Greek, Cyrillic, Arabic, Hebrew and Syriac, so that "й" written as one scalar, which is "и"
/// with a breve, folds to "и" as well. In other scripts marks are letters; several on one letter must stand
/// in one order to be found alike, which is that of all keyboards.
public enum Folding {
  /// Maps each scalar to its folded form: itself (`unchanged`), another scalar, nothing (`dropped`), or a
  /// sequence. `forEachScalar` tells them apart.
  ///
  /// Built once, at first use, in about 10 ms. Any thread may read it.
  public static let table: ScalarTable<UInt32> = {
    let single = singles
    let codes = sequences.codes
    return ScalarTable(rest: unchanged) { codes[$0.value] ?? single($0) }
  }()

  /// In the table: the scalar stands for itself.
  public static let unchanged: UInt32 = 0xFFFF_FFFF

  /// In the table: the scalar vanishes, as combining accents and soft hyphens do.
  public static let dropped: UInt32 = 0xFFFF_FFFE

  /// In the table, from here on to `dropped`: a place in `sequences`, times eight, and the count.
  @usableFromInline static let firstSequence: UInt32 = 0x8000_0000

  /// Calls `body` with each scalar that one folds to.
  /// - Parameter target: The table's value for it.
  @inlinable @inline(__always)
  public static func forEachScalar(of value: UInt32, _ target: UInt32, _ body: (UInt32) -> Void) {
    if target < firstSequence { return body(target) }
    if target == unchanged { return body(value) }
    if target == dropped { return }
    let start = Int(target & ~firstSequence) >> 3
    for scalar in sequenceScalars[start..<start + Int(target & 7)] { body(scalar) }
  }

  /// The one scalar that a letter folds to; itself where it folds to several or is a form of another.
  @inlinable @inline(__always)
  public static func letter(_ value: UInt32) -> UInt32 {
    let target = table[value]
    return target < firstSequence ? target : value
  }

  @usableFromInline static let sequenceScalars = sequences.scalars

  /// The table's values for scalars that fold to sequences, and what these hold.
  private static let sequences: (codes: [UInt32: UInt32], scalars: [UInt32]) = {
    let single = singles
    var codes: [UInt32: UInt32] = [:]
    var scalars: [UInt32] = []
    let forms = FoldedForms.all { value in
      let target = Unicode.Scalar(value).map(single) ?? unchanged
      return target == dropped ? nil : target == unchanged ? value : target
    }
    for (scalar, form) in forms.sorted(by: { $0.key < $1.key }) {
      codes[scalar] = firstSequence | UInt32(scalars.count) << 3 | UInt32(form.count)
      scalars += form
    }
    return (codes, scalars)
  }()

  /// The folding of single scalars that are not forms of others.
  private static var singles: (Unicode.Scalar) -> UInt32 {
    let plain = plainLetters()
    let classes = ScalarClass.table
    return { scalar in
      let value = scalar.value
      if fullWidth.contains(value) { return fullWidthForm(value) }
      switch classes[value] {
      case .space: return 0x20
      case .invisible: return dropped
      case .mark: return isOptionalMark(value) ? dropped : unchanged
      case .letter:
        let lower = lowercase(scalar)
        return plain[lower] ?? (lower == value ? unchanged : lower)
      case .other: return isPunctuationBlock(value) ? plain[value] ?? unchanged : unchanged
      case .digit, .unspacedLetter: return unchanged
      }
    }
  }

  /// Appends the folded form of `text` to `folded`, runs of white space as one space.
  /// - Parameter text: Well-formed UTF-8.
  public static func fold(_ text: some Sequence<UInt8>, into folded: inout [UInt8]) {
    let bytes = Array(text)
    var index = 0
    while index < bytes.count {
      let (value, length) = bytes.span.composedScalar(at: index)
      index += length
      forEachScalar(of: value, table[value]) { scalar in
        if scalar == 0x20, folded.last == 0x20 { return }
        folded.append(scalar: scalar)
      }
    }
  }

  /// The folded form of a string.
  public static func folded(_ string: String) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(string.utf8.count)
    fold(string.utf8, into: &folded)
    return folded
  }

  /// Marks that stand for one in writing: the curved, modifier and prime forms that names such as
  /// al-Sha'abi are printed with, and the dashes that replace a hyphen.
  private static let punctuation: [(ascii: UInt32, forms: [UInt32])] = [
    (
      0x27,
      [
        0x60, 0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2BD, 0x2BE, 0x2BF, 0x2C8, 0x2CA, 0x2CB, 0x374, 0x55A,
        0x5F3, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2035, 0xA78B, 0xA78C,
      ]
    ),
    (
      0x2D,
      [0x58A, 0x5BE, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63]
    ),
  ]

  /// Where the forms of `punctuation` lie, so that most symbols need not be looked up.
  private static func isPunctuationBlock(_ value: UInt32) -> Bool {
    value < 0x600 || (0x2000..<0x2300).contains(value) || (0xFE50..<0xFE70).contains(value)
  }

  /// The full-width forms of the visible ASCII characters, as Chinese and Japanese print them.
  private static let fullWidth: ClosedRange<UInt32> = 0xFF01...0xFF5E

  private static func fullWidthForm(_ value: UInt32) -> UInt32 {
    let ascii = value - 0xFEE0
    switch ascii {
    case 0x41...0x5A: return ascii + 0x20
    case 0x60: return 0x27
    default: return ascii
    }
  }

  /// Whether a combining mark is an accent or a vowel sign that print leaves out at will: not so
  /// the vowel signs of the Indic scripts and of Thai, which are letters in all but name.
  private static func isOptionalMark(_ value: UInt32) -> Bool {
    optionalMarks.contains { $0.contains(value) }
  }

  private static let optionalMarks: [ClosedRange<UInt32>] = [
    0x0300...0x036F, 0x0483...0x0489,  // accents; Cyrillic
    0x0591...0x05C7,  // Hebrew points
    0x0610...0x061A, 0x064B...0x065F, 0x0670...0x0670, 0x06D6...0x06ED, 0x08CA...0x08FF,  // Arabic
    0x0711...0x0711, 0x0730...0x074A,  // Syriac
    0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,  // further accents
    0x2DE0...0x2DFF, 0xA66F...0xA67D, 0xA69E...0xA69F,  // Cyrillic
    0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xE0100...0xE01EF,  // variation selectors, half marks
  ]

  /// Of the one letter with a longer lower-case form, I with a dot above, the dot is an accent.
  private static func lowercase(_ scalar: Unicode.Scalar) -> UInt32 {
    guard isCasedBlock(scalar.value), scalar.properties.changesWhenLowercased else {
      return scalar.value
    }
    return scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
  }

  /// False for the large blocks of letters without case, so that they need not be asked one by one.
  private static func isCasedBlock(_ value: UInt32) -> Bool {
    !((0x0590..<0x10A0).contains(value) || (0x3000..<0xA640).contains(value)
      || (0xAC00..<0xFB00).contains(value) || (0x12000..<0x16E00).contains(value)
      || value >= 0x17000 && value < 0x1E900)
  }

  /// From letters and marks to the plain form.
  private static func plainLetters() -> [UInt32: UInt32] {
    var plain = lettersWithAccents()
    for (scalar, target) in otherForms { plain[scalar] = target }
    for (ascii, forms) in punctuation {
      for form in forms { plain[form] = ascii }
    }
    return plain
  }

  /// From each accented small letter of the Latin, Greek and Cyrillic scripts to its plain one, and
  /// from each pointed letter of the Hebrew.
  private static func lettersWithAccents() -> [UInt32: UInt32] {
    var byName: [String: UInt32] = [:]
    var accented: [(scalar: UInt32, base: String)] = []
    let ranges: [ClosedRange<UInt32>] = [
      0x61...0x7A, 0xDF...0x2AF, 0x370...0x52F, 0x1E00...0x1FFF, 0x2C60...0x2C7F, 0xA720...0xA7FF,
      0x5D0...0x5EA, 0xFB1D...0xFB4E,
    ]
    for value in ranges.joined() {
      guard let name = Unicode.Scalar(value)?.properties.name else { continue }
      let bytes = Array(name.utf8)
      if let end = bytes.indices.first(where: { bytes[$0...].starts(with: " WITH ".utf8) }) {
        // In Cyrillic a descender or hook makes a letter of its own; only combining marks are
        // accents.
        let accents = name.utf8.dropFirst(end + 6)
        if !name.hasPrefix("CYRILLIC") || cyrillicAccents.contains(String(accents) ?? "") {
          accented.append((value, String(decoding: bytes[..<end], as: UTF8.self)))
        }
      } else {
        byName[name] = value
      }
    }
    var plain: [UInt32: UInt32] = [:]
    for letter in accented {
      if let base = byName[letter.base] { plain[letter.scalar] = base }
    }
    return plain
  }

  private static let cyrillicAccents = [
    "GRAVE", "BREVE", "DIAERESIS", "MACRON", "DOUBLE ACUTE", "DOUBLE GRAVE ACCENT",
  ]

  /// Small letters whose names do not tell that they are forms of others.
  private static let otherForms: [UInt32: UInt32] = [
    0x131: 0x69, 0x17F: 0x73, 0x1E9B: 0x73, 0x1E9C: 0x73, 0x1E9D: 0x73,  // dotless i, long s
    0xB5: 0x3BC, 0x3C2: 0x3C3,  // micro sign, final sigma
    0x390: 0x3B9, 0x3B0: 0x3C5,
    // Cyrillic letters that are another with a combining mark.
    0x439: 0x438, 0x451: 0x435, 0x453: 0x433, 0x457: 0x456, 0x45C: 0x43A, 0x45E: 0x443,
    0x477: 0x475,
    // Arabic: alef with hamza, madda or wasla; waw and yeh with hamza; the final and Persian forms
    // of yeh, kaf and heh. Lucene's normalisers of Arabic and Persian do the same.
    0x622: 0x627, 0x623: 0x627, 0x625: 0x627, 0x671: 0x627, 0x624: 0x648, 0x626: 0x64A,
    0x649: 0x64A, 0x6CC: 0x64A, 0x6A9: 0x643, 0x629: 0x647, 0x6C0: 0x647, 0x6D5: 0x647,
    0x6C1: 0x647,
    0x6C2: 0x647, 0x6D3: 0x6D2, 0x640: dropped,  // the tatweel only stretches a line
  ]
}
