/// A writing system, by its ISO 15924 code.
///
/// Told by the Unicode block of a letter (Blocks.txt, Unicode 16), which for letters agrees with
/// the property Script but for a handful of rare ones; the Swift standard library knows no scripts.
public enum Script: String, Sendable, CaseIterable {
  case latin = "Latn"
  case greek = "Grek"
  case cyrillic = "Cyrl"
  case armenian = "Armn"
  case hebrew = "Hebr"
  case arabic = "Arab"
  case syriac = "Syrc"
  case thaana = "Thaa"
  case nko = "Nkoo"
  case devanagari = "Deva"
  case bengali = "Beng"
  case gurmukhi = "Guru"
  case gujarati = "Gujr"
  case oriya = "Orya"
  case tamil = "Taml"
  case telugu = "Telu"
  case kannada = "Knda"
  case malayalam = "Mlym"
  case sinhala = "Sinh"
  case thai = "Thai"
  case lao = "Laoo"
  case tibetan = "Tibt"
  case myanmar = "Mymr"
  case georgian = "Geor"
  case ethiopic = "Ethi"
  case cherokee = "Cher"
  case canadianAboriginal = "Cans"
  case ogham = "Ogam"
  case runic = "Runr"
  case tagalog = "Tglg"
  case khmer = "Khmr"
  case mongolian = "Mong"
  case limbu = "Limb"
  case buginese = "Bugi"
  case balinese = "Bali"
  case sundanese = "Sund"
  case olChiki = "Olck"
  case glagolitic = "Glag"
  case coptic = "Copt"
  case tifinagh = "Tfng"
  case bopomofo = "Bopo"
  case yi = "Yiii"
  case lisu = "Lisu"
  case vai = "Vaii"
  case javanese = "Java"
  case cham = "Cham"
  case meeteiMayek = "Mtei"
  case gothic = "Goth"
  case adlam = "Adlm"
  /// Ideographs alone; whether simplified or traditional their blocks do not tell.
  case han = "Hani"
  case simplifiedHan = "Hans"
  case traditionalHan = "Hant"
  /// Hiragana and Katakana, and ideographs between them.
  case japanese = "Jpan"
  /// Hangul, and ideographs between it.
  case korean = "Kore"
  /// A script that is not in this list.
  case unknown = "Zzzz"

  /// The script of a letter: `han` for ideographs, `japanese` for Kana, `korean` for Hangul.
  /// - Complexity: O(log n) in the number of blocks.
  public init(letter: UInt32) {
    let block = Script.block(of: letter)
    self = block < Script.blocks.count ? Script.blocks[block].script : .unknown
  }

  /// The script that most letters of a text belong to; of several with as many, the one that comes
  /// first in Unicode. Nil when there are no letters.
  ///
  /// Japanese is written in ideographs and Kana: they count together, as `japanese` if at least one
  /// in ten is Kana, otherwise as `han`. Running Japanese text has five in ten; a Chinese page that
  /// quotes a Japanese name does not reach one.
  /// - Parameter text: Well-formed UTF-8.
  /// - Complexity: O(`text.count`).
  public static func dominant(in text: Span<UInt8>) -> Script? {
    var tallies: [(script: Script, count: Int)] = []
    func add(_ count: Int, _ script: Script) {
      if let index = tallies.firstIndex(where: { $0.script == script }) {
        tallies[index].count += count
      } else {
        tallies.append((script, count))
      }
    }
    let counts = countLetters(of: text)
    for (block, count) in counts.enumerated() where count > 0 {
      add(count, block < blocks.count ? blocks[block].script : .unknown)
    }
    let ideographs = tallies.first { $0.script == .han }?.count ?? 0
    let kana = tallies.first { $0.script == .japanese }?.count ?? 0
    if kana * 10 >= ideographs + kana { add(ideographs, .japanese) } else { add(kana, .han) }
    var best: (script: Script, count: Int)?
    for tally in tallies where tally.count > best?.count ?? 0 { best = tally }
    return best?.script
  }

  /// Letters in each of `blocks`, and in none of them at the end.
  private static func countLetters(of text: Span<UInt8>) -> [Int] {
    let (blocks, classes) = (Script.blocks, ScalarClass.table)
    var counts = [Int](repeating: 0, count: blocks.count + 1)
    var block = 0
    var index = 0
    while index < text.count {
      let (value, length) = text.scalar(at: index)
      index += length
      guard classes[value] == .letter || classes[value] == .unspacedLetter else { continue }
      // Most letters stand beside letters of their block.
      if block == blocks.count || !blocks[block].letters.contains(value) {
        block = Script.block(of: value)
      }
      counts[block] += 1
    }
    return counts
  }

  /// Index of the block that holds a letter; `blocks.count` for none.
  private static func block(of letter: UInt32) -> Int {
    let blocks = Script.blocks
    let index = blocks.partitioningIndex { $0.letters.upperBound >= letter }
    return index < blocks.count && blocks[index].letters.contains(letter) ? index : blocks.count
  }

  /// In ascending order, neighbours of one script together.
  static let blocks: [(letters: ClosedRange<UInt32>, script: Script)] = [
    (0x0041...0x02FF, .latin), (0x0370...0x03FF, .greek), (0x0400...0x052F, .cyrillic),
    (0x0530...0x058F, .armenian), (0x0590...0x05FF, .hebrew), (0x0600...0x06FF, .arabic),
    (0x0700...0x074F, .syriac), (0x0750...0x077F, .arabic), (0x0780...0x07BF, .thaana),
    (0x07C0...0x07FF, .nko), (0x0860...0x086F, .syriac), (0x0870...0x08FF, .arabic),
    (0x0900...0x097F, .devanagari), (0x0980...0x09FF, .bengali), (0x0A00...0x0A7F, .gurmukhi),
    (0x0A80...0x0AFF, .gujarati), (0x0B00...0x0B7F, .oriya), (0x0B80...0x0BFF, .tamil),
    (0x0C00...0x0C7F, .telugu), (0x0C80...0x0CFF, .kannada), (0x0D00...0x0D7F, .malayalam),
    (0x0D80...0x0DFF, .sinhala), (0x0E00...0x0E7F, .thai), (0x0E80...0x0EFF, .lao),
    (0x0F00...0x0FFF, .tibetan), (0x1000...0x109F, .myanmar), (0x10A0...0x10FF, .georgian),
    (0x1100...0x11FF, .korean), (0x1200...0x139F, .ethiopic), (0x13A0...0x13FF, .cherokee),
    (0x1400...0x167F, .canadianAboriginal), (0x1680...0x169F, .ogham), (0x16A0...0x16FF, .runic),
    (0x1700...0x171F, .tagalog), (0x1780...0x17FF, .khmer), (0x1800...0x18AF, .mongolian),
    (0x18B0...0x18FF, .canadianAboriginal), (0x1900...0x194F, .limbu), (0x1A00...0x1A1F, .buginese),
    (0x1B00...0x1B7F, .balinese), (0x1B80...0x1BBF, .sundanese), (0x1C50...0x1C7F, .olChiki),
    (0x1C80...0x1C8F, .cyrillic), (0x1C90...0x1CBF, .georgian), (0x1CC0...0x1CCF, .sundanese),
    (0x1D00...0x1DBF, .latin), (0x1E00...0x1EFF, .latin), (0x1F00...0x1FFF, .greek),
    (0x2071...0x209C, .latin), (0x212A...0x212B, .latin), (0x2160...0x2188, .latin),
    (0x2C00...0x2C5F, .glagolitic), (0x2C60...0x2C7F, .latin), (0x2C80...0x2CFF, .coptic),
    (0x2D00...0x2D2F, .georgian), (0x2D30...0x2D7F, .tifinagh), (0x2D80...0x2DDF, .ethiopic),
    (0x2DE0...0x2DFF, .cyrillic), (0x2E80...0x2FDF, .han), (0x3005...0x3007, .han),
    (0x3021...0x303B, .han), (0x3040...0x30FF, .japanese), (0x3100...0x312F, .bopomofo),
    (0x3130...0x318F, .korean), (0x31A0...0x31BF, .bopomofo), (0x31F0...0x31FF, .japanese),
    (0x3400...0x4DBF, .han), (0x4E00...0x9FFF, .han), (0xA000...0xA4CF, .yi),
    (0xA4D0...0xA4FF, .lisu),
    (0xA500...0xA63F, .vai), (0xA640...0xA69F, .cyrillic), (0xA720...0xA7FF, .latin),
    (0xA8E0...0xA8FF, .devanagari), (0xA960...0xA97F, .korean), (0xA980...0xA9DF, .javanese),
    (0xA9E0...0xA9FF, .myanmar), (0xAA00...0xAA5F, .cham), (0xAA60...0xAA7F, .myanmar),
    (0xAAE0...0xAAFF, .meeteiMayek), (0xAB00...0xAB2F, .ethiopic), (0xAB30...0xAB6F, .latin),
    (0xAB70...0xABBF, .cherokee), (0xABC0...0xABFF, .meeteiMayek), (0xAC00...0xD7FF, .korean),
    (0xF900...0xFAFF, .han), (0xFB00...0xFB06, .latin), (0xFB13...0xFB17, .armenian),
    (0xFB1D...0xFB4F, .hebrew), (0xFB50...0xFDFF, .arabic), (0xFE70...0xFEFF, .arabic),
    (0xFF21...0xFF5A, .latin), (0xFF66...0xFF9F, .japanese), (0xFFA0...0xFFDC, .korean),
    (0x10330...0x1034F, .gothic), (0x1B000...0x1B16F, .japanese), (0x1E900...0x1E95F, .adlam),
    (0x20000...0x3FFFF, .han),
  ]
}
