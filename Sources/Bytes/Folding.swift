/// Folds letters so that spellings of one word compare equal: upper and lower case, accented and plain
/// letters, the various apostrophes, hyphens and spaces.
///
/// The table maps one scalar to one scalar. It is built from the case mappings of the Unicode data in
/// the Swift standard library and from the formal names of letters, which never change (Unicode
/// stability policy): LATIN SMALL LETTER L WITH STROKE folds to LATIN SMALL LETTER L. The decomposition
/// mappings would not fold that one, since a stroke is no combining mark.
public enum Folding {
  /// What a scalar folds to: itself, another scalar, or `dropped`.
  ///
  /// Built once, at first use, in about 10 ms; any thread may read it.
  public static let table: ScalarTable<UInt32> = {
    let plain = plainLetters()
    return ScalarTable(rest: unchanged) { scalar in
      if let folded = punctuation[scalar.value] { return folded }
      switch ScalarClass.table[scalar.value] {
      case .space: return 0x20
      case .invisible: return dropped
      case .mark: return scalar.value < 0x0370 || isLatinMark(scalar.value) ? dropped : unchanged
      case .other where scalar.value >= 0xFF01 && scalar.value <= 0xFF5E:
        return scalar.value - 0xFEE0
      case .letter, .digit:
        let lower = lowercase(scalar)
        return plain[lower] ?? (lower == scalar.value ? unchanged : lower)
      default: return unchanged
      }
    }
  }()

  /// In the table: the scalar stands for itself.
  public static let unchanged: UInt32 = 0xFFFF_FFFF

  /// In the table: the scalar vanishes, as combining accents and soft hyphens do.
  public static let dropped: UInt32 = 0xFFFF_FFFE

  /// Appends the folded form of `text` to `folded`, runs of white space as one space.
  public static func fold(_ text: some Sequence<UInt8>, into folded: inout [UInt8]) {
    let bytes = Array(text)
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (value, length) = bytes.scalar(at: index)
        index += length
        let target = table[value]
        if target == dropped { continue }
        let scalar = target == unchanged ? value : target
        if scalar == 0x20, folded.last == 0x20 { continue }
        folded.append(scalar: scalar)
      }
    }
  }

  /// The folded form of a string.
  public static func folded(_ string: String) -> [UInt8] {
    var folded: [UInt8] = []
    fold(string.utf8, into: &folded)
    return folded
  }

  /// Marks that stand for one in writing: the curved, modifier and prime forms that names such as
  /// al-Sha'abi are printed with, and the dashes that replace a hyphen.
  private static let punctuation: [UInt32: UInt32] = {
    var map: [UInt32: UInt32] = [:]
    for value: UInt32 in [
      0x60, 0xB4, 0x2BB, 0x2BC, 0x2BD, 0x2BE, 0x2BF, 0x2C8, 0x2CA, 0x2CB, 0x2018, 0x2019, 0x201A,
      0x201B, 0x2032, 0x2035, 0x55A, 0x5F3, 0xA78B, 0xA78C, 0xFF07,
    ] { map[value] = 0x27 }
    for value: UInt32 in [
      0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x58A, 0x5BE, 0xFE63, 0xFF0D,
    ] { map[value] = 0x2D }
    return map
  }()

  private static func isLatinMark(_ value: UInt32) -> Bool {
    (0x1AB0...0x1AFF).contains(value) || (0x1DC0...0x1DFF).contains(value)
      || (0x20D0...0x20FF).contains(value)
  }

  private static func lowercase(_ scalar: Unicode.Scalar) -> UInt32 {
    guard scalar.properties.changesWhenLowercased else { return scalar.value }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    // One letter has a longer form: I with a dot above, whose dot is an accent here.
    return lower.first?.value ?? scalar.value
  }

  /// From each accented small letter of the Latin, Greek and Cyrillic scripts to its plain one.
  private static func plainLetters() -> [UInt32: UInt32] {
    var byName: [String: UInt32] = [:]
    var accented: [(scalar: UInt32, name: String)] = []
    let ranges: [ClosedRange<UInt32>] = [
      0x61...0x7A, 0xDF...0x24F, 0x250...0x2AF, 0x370...0x52F, 0x1E00...0x1FFF,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name else { continue }
      if let with = name.utf8.start(of: " WITH ".utf8) {
        // The breve and the double dot make letters of their own in Cyrillic: й is no и.
        if !name.hasPrefix("CYRILLIC") { accented.append((value, String(name[..<with]))) }
      } else {
        byName[name] = value
      }
    }
    var plain: [UInt32: UInt32] = [:]
    for letter in accented {
      if let base = byName[letter.name] { plain[letter.scalar] = base }
    }
    // "ё" is printed as "е" in most Russian text, and final sigma is a form of sigma.
    plain[0x451] = 0x435
    plain[0x3C2] = 0x3C3
    return plain
  }
}

extension String.UTF8View {
  /// The index at which `pattern` first occurs.
  fileprivate func start(of pattern: String.UTF8View) -> Index? {
    var start = startIndex
    while start != endIndex {
      if self[start...].starts(with: pattern) { return start }
      start = index(after: start)
    }
    return nil
  }
}
