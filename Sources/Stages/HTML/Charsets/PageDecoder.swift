import Bytes
import Pipeline

/// Makes UTF-8 of a page's bytes. Belongs to one thread; keeps a converter for each character set met.
final class PageDecoder {
  private let detector: CharsetDetector
  private var converters: [Charset: CharsetConverter] = [:]
  private var converted: [UInt8] = []

  /// - Throws: `OutOfMemory`.
  init() throws(OutOfMemory) { detector = try CharsetDetector() }

  /// The result of the search for a page's character set.
  struct Finding {
    let used: Charset
    /// The character set that the transport or the page declares, if it is a known one.
    let declared: Charset?
    /// Whether all bytes are ASCII, so that nearly every declaration is right.
    var isASCII = false
    /// The character set that the letter frequencies suggest, if another one is used.
    var rival: Charset?
    /// How many characters stand where nobody writes them, if those are more than a text has by chance.
    var odd = 0
    /// How many characters were lost: bytes that have no meaning in the set.
    var lost = 0
    /// Whether the bytes make a text in no set that is known here.
    var isUndecodable = false
  }

  /// Calls `body` with the page as well-formed UTF-8 without zero bytes. A page that is that already is
  /// handed over where it stands.
  func withText<Result>(
    of html: RawHTML, _ body: (MarkupText, Finding) throws -> Result
  ) rethrows -> Result {
    let bytes = html.bytes.span
    let declared =
      html.charset.flatMap { Charset.labelled($0.utf8) } ?? DeclaredCharset.inMarkup(bytes)
    let mark = DeclaredCharset.byteOrderMark(bytes)
    let hasZeros = bytes.index(of: 0, from: 0) != nil
    if UTF8Text.firstIllFormed(in: bytes) == nil, !hasZeros,
      bytes.shiftedCharset(declared) == nil
    {
      let text = MarkupText(html.bytes, from: mark?.length ?? 0)
      // Whether it is ASCII matters only to say that a declaration is wrong.
      let isASCII = declared != .utf8 && text.span.allSatisfy { $0 < 0x80 }
      return try body(text, Finding(used: .utf8, declared: declared, isASCII: isASCII))
    }
    var finding = convert(bytes, mark: mark, declared: declared)
    // Zeros are the first to be counted among the controls, and no parser takes them.
    if hasZeros { replaceZeros() }
    let controls = converted.count { $0 < 0x20 && !$0.isHTMLSpace }
    if controls > PageDecoder.fewControls, controls * PageDecoder.controlShare > converted.count {
      finding.isUndecodable = true
    }
    return try body(MarkupText(converted), finding)
  }

  /// Fills `converted`.
  private func convert(
    _ bytes: Span<UInt8>, mark: (Charset, length: Int)?, declared: Charset?
  ) -> Finding {
    if let (charset, length) = mark {
      let text = bytes.extracting(length...)
      let lost = charset == .utf8 ? repair(text).lost : convert(text, from: charset)
      return Finding(used: charset, declared: declared, lost: lost)
    }
    if let charset = PageDecoder.unmarkedUTF16(bytes) {
      return Finding(used: charset, declared: declared, lost: convert(bytes, from: charset))
    }
    if let shifted = bytes.shiftedCharset(declared) {
      guard shifted == .iso2022JP else {
        return Finding(used: shifted, declared: declared, isUndecodable: true)
      }
      return Finding(used: shifted, declared: declared, lost: convert(bytes, from: shifted))
    }
    let (isUTF8, lost) = repair(bytes)
    if isUTF8 { return Finding(used: .utf8, declared: declared, lost: lost) }
    let detected = judged(detector.detect(bytes))
    let (charset, plausibility) = choose(declared, detected)
    var finding = Finding(used: charset, declared: declared, lost: convert(bytes, from: charset))
    if let detected, detected.plausibility.high >= PageDecoder.enoughLetters,
      !detected.charset.isLike(charset)
    {
      finding.rival = detected.charset
    }
    if plausibility.oddness > PageDecoder.toleratedOddness {
      finding.odd = plausibility.odd
      finding.isUndecodable = plausibility.odd > PageDecoder.toleratedOddities
    }
    return finding
  }

  /// Chooses the character set of bytes that are no UTF-8: the declared one, unless the text is more
  /// plausible in the one that the letters' frequencies suggest.
  private func choose(_ declared: Charset?, _ detected: Judged?) -> Judged {
    var best = judged(declared) ?? detected ?? judge(.windows1252)
    if let detected, detected.charset != best.charset,
      isBetter(detected, than: best) || isLikelier(detected, than: best)
    {
      best = detected
    }
    // Neither the page nor the letter frequencies name a set that fits: others are tried.
    if best.plausibility.odd >= PageDecoder.enoughOddities {
      let isDoubtful = best.plausibility.oddness > PageDecoder.doubtfulOddness
      let others = isDoubtful ? Charset.ofLatinLetters + Charset.ofEastAsia : Charset.ofLatinLetters
      for charset in others where charset != best.charset {
        let candidate = judge(charset)
        if isBetter(candidate, than: best) { best = candidate }
      }
    }
    return best
  }

  private typealias Judged = (charset: Charset, plausibility: Plausibility)

  private func judge(_ charset: Charset) -> Judged { (charset, plausibility(in: charset)) }

  /// The set, or its kin among those of Windows if the text has letters where the set has controls; nil
  /// for sets that are ruled out.
  private func judged(_ charset: Charset?) -> Judged? {
    guard let charset, charset.isOfBytes else { return nil }
    let own = judge(charset)
    guard let kin = charset.superset.map(judge),
      kin.plausibility.controls < own.plausibility.controls
        || charset.hasDrawings && kin.plausibility.odd < own.plausibility.odd
    else { return own }
    return kin
  }

  private func isBetter(_ first: Judged, than second: Judged) -> Bool {
    second.plausibility.oddness - first.plausibility.oddness > PageDecoder.clearGain
  }

  /// Whether the set that the frequencies of the letters suggest is to be preferred to the declared one,
  /// although texts in both look like texts.
  private func isLikelier(_ detected: Judged, than declared: Judged) -> Bool {
    let (own, other) = (detected.plausibility, declared.plausibility)
    guard own.high >= PageDecoder.enoughLetters,
      own.oddness - other.oddness < PageDecoder.clearGain
    else { return false }
    switch (detected.charset.family, declared.charset.family) {
    case (.script(.latin), .script(.latin)):
      return own.high >= PageDecoder.enoughLatinLetters
        && !detected.charset.isLike(declared.charset)
    case (.script(let first), .script(let second)):
      return first != second || other.isMostlyCapitals && !own.isMostlyCapitals
    default: return true
    }
  }

  /// How plausible the text that the detector looked at is in a character set.
  private func plausibility(in charset: Charset) -> Plausibility {
    let sample = detector.sample
    let lost = convert(sample.span, from: charset)
    let text = converted
    var plausibility: Plausibility
    if let known = Plausibility(of: sample.span, in: charset) {
      plausibility = known
    } else {
      plausibility = Plausibility(of: text.span)
    }
    plausibility.add(lost: lost)
    return plausibility
  }

  /// Smaller differences between the shares of odd characters are chance.
  private static let clearGain = 0.02
  /// Fewer odd characters do not set off a search among sets that nothing suggests.
  private static let enoughOddities = 3
  /// A text in letters of Europe with a larger share of odd characters may be in another script.
  private static let doubtfulOddness = 0.15
  /// Fewer characters beyond ASCII do not show which set they are of.
  private static let enoughLetters = 8
  /// Sets for one script share most of their letters, so that it takes more of them to tell two apart.
  private static let enoughLatinLetters = 16
  /// In a text with a larger share of odd characters, and more of them than a page may have by chance,
  /// no candidate is right.
  private static let toleratedOddness = 0.25
  private static let toleratedOddities = 8

  /// Of so many ill-formed sequences among well-formed ones it does not follow that a page is no UTF-8.
  private static let toleratedSequences = 8

  /// One control character among so many others shows a picture, an archive or the like.
  private static let controlShare = 20
  /// In so short a page it shows nothing.
  private static let fewControls = 16

  /// The parser would take a zero for the page's end. It drops other controls.
  private func replaceZeros() {
    for index in converted.indices where converted[index] == 0 { converted[index] = 1 }
  }

  /// Replaces what is ill-formed. Returns whether the bytes are UTF-8 for the most part, and how many
  /// characters were lost.
  private func repair(_ bytes: Span<UInt8>) -> (isUTF8: Bool, lost: Int) {
    let repaired = UTF8Text(repairing: Array(bytes)).bytes
    converted = repaired
    var replaced = 0
    var index = 0
    let text = repaired.span
    while let found = text.index(of: 0xEF, from: index) {
      if found + 2 < text.count, text[found + 1] == 0xBF, text[found + 2] == 0xBD {
        replaced += 1
      }
      index = found + 1
    }
    let sequences = repaired.count { $0 >= 0xC2 } - replaced
    return (sequences >= replaced * PageDecoder.toleratedSequences, replaced)
  }

  /// Appends nothing to what was there: `converted` is the result.
  private func convert(_ bytes: Span<UInt8>, from charset: Charset) -> Int {
    if converters[charset] == nil { converters[charset] = CharsetConverter(charset) }
    converted.removeAll(keepingCapacity: true)
    // A C library without the character set is as good as a page without meaning in it.
    return converters[charset]?.convert(bytes, to: &converted) ?? .max
  }

  /// How much of a page decides whether it is UTF-16 without a mark.
  private static let zeroSample = 4096

  /// UTF-16 of a page whose mark is missing: markup is ASCII, so that every other byte of it is zero.
  private static func unmarkedUTF16(_ bytes: Span<UInt8>) -> Charset? {
    // Of a page with more text than markup the first tag tells.
    let sample = bytes.extracting(first: zeroSample)
    let start = sample.firstIndex(in: sample.indices) { $0 != 0 && !$0.isHTMLSpace }
    if let start, bytes[start] == UInt8(ascii: "<") {
      let isSecond = start % 2 == 1
      if isSecond, bytes[start - 1] == 0 { return .utf16BE }
      if !isSecond, bytes.byte(at: start + 1) == 0 { return .utf16LE }
    }
    var zeros = (even: 0, odd: 0)
    for index in sample.indices where sample[index] == 0 {
      if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let many = max(min(bytes.count, zeroSample) / 8, 8)
    guard max(zeros.even, zeros.odd) > many,
      min(zeros.even, zeros.odd) * 8 < max(zeros.even, zeros.odd)
    else { return nil }
    return zeros.odd > zeros.even ? .utf16LE : .utf16BE
  }
}

extension Charset {
  /// The set of Windows that has letters where this one has controls.
  fileprivate var superset: Charset? {
    let name: StaticString
    switch self.name {
    case "iso-8859-2": name = "windows-1250"
    case "iso-8859-4", "iso-8859-13": name = "windows-1257"
    case "iso-8859-6": name = "windows-1256"
    case "iso-8859-7": name = "windows-1253"
    case "iso-8859-8": name = "windows-1255"
    case "koi8-r": name = "koi8-u"
    default: return nil
    }
    return Charset.labelled("\(name)".utf8)
  }

  /// Whether the set has parts of drawings where its kin has letters.
  fileprivate var hasDrawings: Bool { name == "koi8-r" }

  /// Whether bytes that are neither UTF-8 nor UTF-16 nor ASCII may be in the set.
  fileprivate var isOfBytes: Bool {
    self != .utf8 && !isUTF16 && self != .iso2022JP && self != .replacement
  }

  /// Whether the sets are the same but for signs.
  fileprivate func isLike(_ other: Charset) -> Bool {
    self == other || isWestern && other.isWestern
  }

  private var isWestern: Bool {
    self == .windows1252 || name == "iso-8859-15" || name == "macintosh"
  }

  /// The legacy sets of East Asia, the one with the fewest frequent rows first: a text in it looks like
  /// one in the others, too.
  fileprivate static let ofEastAsia = [
    "euc-kr", "gb18030", "euc-jp", "shift_jis", "big5",
  ].compactMap { labelled($0.utf8) }

  /// The sets of Windows for Latin letters.
  fileprivate static let ofLatinLetters = [
    "windows-1252", "windows-1250", "windows-1254", "windows-1257", "windows-1258",
  ].compactMap { labelled($0.utf8) }
}

extension Span<UInt8> {
  /// The set of bytes that are ASCII and stand for something else, between escape sequences:
  /// ISO-2022-JP, or one that no decoder is made for.
  fileprivate func shiftedCharset(_ declared: Charset?) -> Charset? {
    var index = 0
    while let escape = self.index(of: 0x1B, from: index) {
      index = escape + 1
      guard byte(at: index) == UInt8(ascii: "$") else { continue }
      switch byte(at: index + 1) {
      case UInt8(ascii: "B"), UInt8(ascii: "@"), UInt8(ascii: "("): return .iso2022JP
      case UInt8(ascii: "A"), UInt8(ascii: ")"), UInt8(ascii: "*"): return .replacement
      default: break
      }
    }
    // HZ begins its pairs so.
    return declared == .replacement && self.index(ofText: "~{", from: 0) != nil ? declared : nil
  }
}
