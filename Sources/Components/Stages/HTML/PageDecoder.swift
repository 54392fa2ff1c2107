import Bytes
import Pipeline

/// Makes UTF-8 of a page's bytes. Belongs to one thread; keeps a converter for each character set met.
final class PageDecoder {
  private let detector: CharsetDetector
  private var converters: [Charset: CharsetConverter] = [:]
  private var converted: [UInt8] = []

  /// - Throws: `OutOfMemory`.
  init() throws(OutOfMemory) { detector = try CharsetDetector() }

  /// What was found out about a page's character set.
  struct Finding {
    let used: Charset
    /// What the transport or the page says, if it names a known one.
    let declared: Charset?
    /// Whether all bytes are ASCII, so that nearly every declaration is right.
    let isASCII: Bool
    /// Whether there are more control characters than in any text.
    var isBinary = false
  }

  /// Calls `body` with the page as well-formed UTF-8 without zero bytes. A page that is that already is
  /// handed over where it stands.
  func withText<Result>(
    of html: RawHTML, _ body: (UnsafeBufferPointer<UInt8>, Finding) throws -> Result
  ) rethrows -> Result {
    let illFormed = UTF8Text.firstIllFormed(in: html.bytes.span)
    return try html.bytes.withUnsafeBufferPointer { bytes in
      let declared =
        html.charset.flatMap { Charset.labelled($0.utf8) } ?? DeclaredCharset.inMarkup(bytes)
      let mark = DeclaredCharset.byteOrderMark(bytes)
      let hasZeros = bytes.index(of: 0, from: 0) != nil
      if illFormed == nil, !hasZeros, declared?.isShifted != true {
        let text = UnsafeBufferPointer(rebasing: bytes[(mark?.length ?? 0)...])
        // Whether it is ASCII matters only to say that a declaration is wrong.
        let isASCII = declared != .utf8 && !text.contains { $0 >= 0x80 }
        return try body(text, Finding(used: .utf8, declared: declared, isASCII: isASCII))
      }
      let used = convert(bytes, mark: mark, declared: declared)
      // Zeros are the first to be counted among the controls, and no parser takes them.
      if hasZeros { replaceZeros() }
      return try converted.withUnsafeBufferPointer {
        let controls = $0.count { $0 < 0x20 && !$0.isHTMLSpace }
        let isBinary =
          controls > PageDecoder.fewControls && controls * PageDecoder.controlShare > $0.count
        let finding = Finding(used: used, declared: declared, isASCII: false, isBinary: isBinary)
        return try body($0, finding)
      }
    }
  }

  /// Fills `converted`. Returns the character set that was used.
  private func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, mark: (Charset, length: Int)?, declared: Charset?
  ) -> Charset {
    if let (charset, length) = mark {
      let text = UnsafeBufferPointer(rebasing: bytes[length...])
      if charset == .utf8 { repair(text) } else { _ = convert(text, from: charset) }
      return charset
    }
    if let charset = PageDecoder.unmarkedUTF16(bytes) {
      _ = convert(bytes, from: charset)
      return charset
    }
    if repair(bytes), declared?.isShifted != true { return .utf8 }
    let highBytes = bytes.count { $0 >= 0x80 }
    let detected = detector.detect(bytes)
    for candidate in [declared, detected] {
      guard let charset = candidate, charset != .utf8,
        charset == detected || !PageDecoder.isDoubtful(charset, detected: detected, bytes)
      else { continue }
      let replaced = convert(bytes, from: charset)
      if replaced <= highBytes / PageDecoder.toleratedShare { return charset }
    }
    _ = convert(bytes, from: .windows1252)
    return .windows1252
  }

  /// One byte without meaning among so many that are not ASCII does not disprove a character set: pages
  /// are cut off, or hold parts of others.
  private static let toleratedShare = 50

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

  /// Replaces what is ill-formed. Returns whether the bytes are UTF-8 for the most part.
  @discardableResult
  private func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    converted = UTF8Text(repairing: Array(bytes)).bytes
    var replaced = 0
    var index = 0
    converted.withUnsafeBufferPointer { text in
      while let found = text.index(of: 0xEF, from: index) {
        if found + 2 < text.count, text[found + 1] == 0xBF, text[found + 2] == 0xBD {
          replaced += 1
        }
        index = found + 1
      }
    }
    let sequences = converted.count { $0 >= 0xC2 } - replaced
    return sequences >= replaced * PageDecoder.toleratedSequences
  }

  /// Whether a declared character set, in which every byte has a meaning, is contradicted by what the
  /// letters' frequencies say.
  private static func isDoubtful(
    _ declared: Charset, detected: Charset?, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard declared.family == .latin, let detected else { return false }
    return detected.family == .multibyte || detected.family == .nonLatin && isMostlyHigh(bytes)
  }

  /// Whether runs of bytes beyond ASCII are longer than in any text of Latin letters.
  private static func isMostlyHigh(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var high = 0
    var pairs = 0
    for index in bytes.indices.dropFirst() where bytes[index] >= 0x80 {
      high += 1
      if bytes[index - 1] >= 0x80 { pairs += 1 }
    }
    return pairs * 2 > high
  }

  /// Appends nothing to what was there: `converted` is the result.
  private func convert(_ bytes: UnsafeBufferPointer<UInt8>, from charset: Charset) -> Int {
    if converters[charset] == nil { converters[charset] = CharsetConverter(charset) }
    converted.removeAll(keepingCapacity: true)
    // A C library without the character set is as good as a page without meaning in it.
    return converters[charset]?.convert(bytes, to: &converted) ?? .max
  }

  /// How much of a page decides whether it is UTF-16 without a mark.
  private static let zeroSample = 4096

  /// UTF-16 of a page whose mark is missing: markup is ASCII, so that every other byte is zero.
  private static func unmarkedUTF16(_ bytes: UnsafeBufferPointer<UInt8>) -> Charset? {
    var zeros = (even: 0, odd: 0)
    for (index, byte) in bytes.prefix(zeroSample).enumerated() where byte == 0 {
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
  /// Whether its texts look like ASCII.
  fileprivate var isShifted: Bool { name == "iso-2022-jp" }
}
