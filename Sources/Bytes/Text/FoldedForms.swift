/// Scalars that fold to several, and those that stand for others by way of typesetting or of an older
/// character set: `ß` is `ss`, `ﬁ` is `fi`, `ｶﾞ` and `ガ` are `カ` with a voiced sound mark.
///
/// They are the full case foldings (Unicode, section 5.18), the canonical decompositions of the scripts in
/// which marks are letters (UAX #15), and of the compatibility decompositions those of letters and digits.
/// Not all: ideographs of plane 2, and words in one scalar such as `㎏`, stay as they are.
enum FoldedForms {
  /// From each such scalar to what it folds to, folded itself.
  /// - Parameter fold: What one scalar folds to; nil for one that vanishes.
  static func all(_ fold: (UInt32) -> UInt32?) -> [UInt32: [UInt32]] {
    var forms: [UInt32: [UInt32]] = [:]
    func add(_ scalar: UInt32, _ target: some Sequence<UInt32>) {
      forms[scalar] = target.flatMap { part in forms[part] ?? fold(part).map { [$0] } ?? [] }
    }
    func add(_ scalar: UInt32, _ target: String) { add(scalar, target.unicodeScalars.map(\.value)) }

    for (scalar, target) in letters { add(scalar, target) }
    for scalar in specialCasing.joined() {
      guard let upper = Unicode.Scalar(scalar)?.properties.uppercaseMapping.unicodeScalars,
        upper.filter({ $0.properties.generalCategory != .nonspacingMark }).count > 1
      else { continue }
      add(scalar, upper.map(\.value))
    }
    for (scalar, base, mark) in voicedKana { add(scalar, [base, mark]) }
    for (offset, target) in halfWidthKana.unicodeScalars.enumerated() {
      add(0xFF65 + UInt32(offset), [target.value])
    }
    for letter in composedLetters { add(letter[0], letter.dropFirst()) }
    for (offset, numeral) in romanNumerals.enumerated() {
      add(0x2160 + UInt32(offset), numeral)
      add(0x2170 + UInt32(offset), numeral)
    }
    for (scalar, target) in namedForms() { add(scalar, target) }
    for scalar in digits.joined() {
      if let value = Unicode.Scalar(scalar)?.properties.numericValue, value < 10 {
        add(scalar, [0x30 + UInt32(value)])
      }
    }
    for (scalar, target) in ideographs() { add(scalar, [target]) }
    return forms
  }

  /// Two letters in one scalar, in all their cases, and letters in the shapes of mathematics and old print.
  private static let letters: [(UInt32, String)] = [
    (0x3D0, "β"), (0x3D1, "θ"), (0x3D2, "υ"), (0x3D3, "υ"), (0x3D4, "υ"), (0x3D5, "φ"),
    (0x3D6, "π"),
    (0x3F0, "κ"), (0x3F1, "ρ"), (0x3F2, "σ"), (0x3F5, "ε"), (0x3F9, "σ"), (0x1FBE, "ι"),
    (0xFB1F, "\u{5F2}"),
    (0x1C80, "в"), (0x1C81, "д"), (0x1C82, "о"), (0x1C83, "с"), (0x1C84, "т"), (0x1C85, "т"),
    (0x1C86, "ъ"), (0x1C87, "ѣ"), (0x1C88, "ꙋ"),
    (0x1E9E, "ss"), (0x132, "ij"), (0x133, "ij"),
    (0x1C4, "dz"), (0x1C5, "dz"), (0x1C6, "dz"), (0x1C7, "lj"), (0x1C8, "lj"), (0x1C9, "lj"),
    (0x1CA, "nj"), (0x1CB, "nj"), (0x1CC, "nj"), (0x1F1, "dz"), (0x1F2, "dz"), (0x1F3, "dz"),
  ]

  /// Where letters lie whose capitals are several.
  private static let specialCasing: [ClosedRange<UInt32>] = [
    0xDF...0xDF, 0x149...0x149, 0x587...0x587, 0xFB00...0xFB06, 0xFB13...0xFB17,
  ]

  // MARK: Kana

  private static let voicedMark: UInt32 = 0x3099
  private static let semivoicedMark: UInt32 = 0x309A

  /// Kana with a sound mark, the letter and the mark.
  private static let voicedKana: [(UInt32, UInt32, UInt32)] = {
    var kana: [(UInt32, UInt32, UInt32)] = []
    for script in [0, 0x60] as [UInt32] {
      for base in (0x304B...0x3061 as ClosedRange<UInt32>).filter({ $0 % 2 == 1 })
        + [0x3064, 0x3066, 0x3068, 0x306F, 0x3072, 0x3075, 0x3078, 0x307B, 0x309D]
      {
        kana.append((base + script + 1, base + script, voicedMark))
        if (0x306F...0x307B).contains(base) {
          kana.append((base + script + 2, base + script, semivoicedMark))
        }
      }
      kana.append((0x3094 + script, 0x3046 + script, voicedMark))
    }
    for base in 0x30EF...0x30F2 as ClosedRange<UInt32> { kana.append((base + 8, base, voicedMark)) }
    return kana
  }()

  /// The letters that the half-width forms from U+FF65 on stand for.
  private static let halfWidthKana =
    "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309A}"

  // MARK: Scripts in which marks are letters

  /// A letter and what it is composed of (UnicodeData.txt, decompositions without a tag). They may be of
  /// others in the list before them.
  private static let composedLetters: [[UInt32]] = [
    // Devanagari, Bengali, Gurmukhi, Oriya: letters with a nukta, and vowel signs in two parts.
    [0x929, 0x928, 0x93C], [0x931, 0x930, 0x93C], [0x934, 0x933, 0x93C], [0x958, 0x915, 0x93C],
    [0x959, 0x916, 0x93C], [0x95A, 0x917, 0x93C], [0x95B, 0x91C, 0x93C], [0x95C, 0x921, 0x93C],
    [0x95D, 0x922, 0x93C], [0x95E, 0x92B, 0x93C], [0x95F, 0x92F, 0x93C], [0x9CB, 0x9C7, 0x9BE],
    [0x9CC, 0x9C7, 0x9D7], [0x9DC, 0x9A1, 0x9BC], [0x9DD, 0x9A2, 0x9BC], [0x9DF, 0x9AF, 0x9BC],
    [0xA33, 0xA32, 0xA3C], [0xA36, 0xA38, 0xA3C], [0xA59, 0xA16, 0xA3C], [0xA5A, 0xA17, 0xA3C],
    [0xA5B, 0xA1C, 0xA3C], [0xA5E, 0xA2B, 0xA3C], [0xB48, 0xB47, 0xB56], [0xB4B, 0xB47, 0xB3E],
    [0xB4C, 0xB47, 0xB57], [0xB5C, 0xB21, 0xB3C], [0xB5D, 0xB22, 0xB3C],
    // Tamil, Telugu, Kannada, Malayalam, Sinhala.
    [0xB94, 0xB92, 0xBD7], [0xBCA, 0xBC6, 0xBBE], [0xBCB, 0xBC7, 0xBBE], [0xBCC, 0xBC6, 0xBD7],
    [0xC48, 0xC46, 0xC56], [0xCC0, 0xCBF, 0xCD5], [0xCC7, 0xCC6, 0xCD5], [0xCC8, 0xCC6, 0xCD6],
    [0xCCA, 0xCC6, 0xCC2], [0xCCB, 0xCCA, 0xCD5], [0xD4A, 0xD46, 0xD3E], [0xD4B, 0xD47, 0xD3E],
    [0xD4C, 0xD46, 0xD57], [0xDDA, 0xDD9, 0xDCA], [0xDDC, 0xDD9, 0xDCF], [0xDDD, 0xDDC, 0xDCA],
    [0xDDE, 0xDD9, 0xDDF],
    // Thai and Lao: a vowel sign that other keyboards write in two parts, and digraphs.
    [0xE33, 0xE4D, 0xE32], [0xEB3, 0xECD, 0xEB2], [0xEDC, 0xEAB, 0xE99], [0xEDD, 0xEAB, 0xEA1],
    // Tibetan, Myanmar, Balinese.
    [0xF43, 0xF42, 0xFB7], [0xF4D, 0xF4C, 0xFB7], [0xF52, 0xF51, 0xFB7], [0xF57, 0xF56, 0xFB7],
    [0xF5C, 0xF5B, 0xFB7], [0xF69, 0xF40, 0xFB5], [0xF73, 0xF71, 0xF72], [0xF75, 0xF71, 0xF74],
    [0xF76, 0xFB2, 0xF80], [0xF78, 0xFB3, 0xF80], [0xF81, 0xF71, 0xF80], [0xF93, 0xF92, 0xFB7],
    [0xF9D, 0xF9C, 0xFB7], [0xFA2, 0xFA1, 0xFB7], [0xFA7, 0xFA6, 0xFB7], [0xFAC, 0xFAB, 0xFB7],
    [0xFB9, 0xF90, 0xFB5], [0x1026, 0x1025, 0x102E], [0x1B06, 0x1B05, 0x1B35],
    [0x1B08, 0x1B07, 0x1B35], [0x1B0A, 0x1B09, 0x1B35], [0x1B0C, 0x1B0B, 0x1B35],
    [0x1B0E, 0x1B0D, 0x1B35], [0x1B12, 0x1B11, 0x1B35], [0x1B3B, 0x1B3A, 0x1B35],
    [0x1B3D, 0x1B3C, 0x1B35], [0x1B40, 0x1B3E, 0x1B35], [0x1B41, 0x1B3F, 0x1B35],
    [0x1B43, 0x1B42, 0x1B35],
    // Kaithi, Chakma, Grantha, Tirhuta, Siddham, Dives Akuru.
    [0x1109A, 0x11099, 0x110BA], [0x1109C, 0x1109B, 0x110BA], [0x110AB, 0x110A5, 0x110BA],
    [0x1112E, 0x11131, 0x11127], [0x1112F, 0x11132, 0x11127], [0x1134B, 0x11347, 0x1133E],
    [0x1134C, 0x11347, 0x11357], [0x114BB, 0x114B9, 0x114BA], [0x114BC, 0x114B9, 0x114B0],
    [0x114BE, 0x114B9, 0x114BD], [0x115BA, 0x115B8, 0x115AF], [0x115BB, 0x115B9, 0x115AF],
    [0x11938, 0x11935, 0x11930],
  ]

  // MARK: Forms of print

  private static let romanNumerals = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "l", "c", "d", "m",
  ]

  /// Where digits lie that are raised, lowered, in circles, or of a mathematical alphabet.
  private static let digits: [ClosedRange<UInt32>] = [
    0xB2...0xB3, 0xB9...0xB9, 0x2070...0x2070, 0x2074...0x2079, 0x2080...0x2089, 0x2460...0x2468,
    0x24EA...0x24EA, 0x1D7CE...0x1D7FF,
  ]

  /// The mathematical alphabets, and the forms that Arabic letters take in print: their names tell.
  private static func namedForms() -> [(UInt32, [UInt32])] {
    let alphabets: ClosedRange<UInt32> = 0x1D400...0x1D7CB
    let plain = [0x61...0x7A, 0x391...0x3C9, 0x621...0x6D5] as [ClosedRange<UInt32>]
    var byName: [String: UInt32] = [:]
    for value in plain.joined() {
      if let name = Unicode.Scalar(value)?.properties.name { byName[name] = value }
    }
    return [0xFB50...0xFBFF, 0xFC00...0xFCF1, 0xFD30...0xFD3D, 0xFE80...0xFEFC, alphabets].joined()
      .compactMap { value in
        guard let name = Unicode.Scalar(value)?.properties.name else { return nil }
        let words = name.split(separator: " ").map(String.init)
        if alphabets.contains(value) {
          guard let last = words.last else { return nil }
          let scripts = ["LATIN", "GREEK"].compactMap { byName["\($0) SMALL LETTER \(last)"] }
          return scripts.first.map { (value, [$0]) }
        }
        guard words.count > 3, words.last == "FORM" else { return nil }
        let parts = words[2..<words.count - 2].split(separator: "WITH")
        let named =
          words[1] == "LIGATURE"
          ? parts.map { $0.joined(separator: " ") }
          : [words[2..<words.count - 2].joined(separator: " ")]
        let scalars = named.compactMap { byName["ARABIC LETTER \($0)"] }
        return scalars.count == named.count ? (value, scalars) : nil
      }
  }

  /// From each ideograph that an older character set has twice to the one that it is: strings of Swift are
  /// equal when they are canonically equivalent.
  private static func ideographs() -> [(UInt32, UInt32)] {
    var twice: [String: [UInt32]] = [:]
    for value in 0xF900...0xFAD9 as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      twice[String(scalar), default: []].append(value)
    }
    let unified: [ClosedRange<UInt32>] = [0x3400...0x4DBF, 0x4E00...0x9FFF]
    // Of plane 2, where asking all would take long, those that are.
    let further: [UInt32] = [0x22844, 0x2284A, 0x233D5, 0x242EE, 0x25249, 0x25CD0, 0x27ED3]
    return (Array(unified.joined()) + further).flatMap { value in
      let same = Unicode.Scalar(value).flatMap { twice[String($0)] } ?? []
      return same.map { ($0, value) }
    }
  }
}
