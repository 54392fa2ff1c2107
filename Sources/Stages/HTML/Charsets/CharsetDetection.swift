import Bytes
import CUchardet

/// Finds out in which character set a page is written (HTML Living Standard, section 13.2.3, with two
/// changes: what the bytes themselves prove wins over what is declared, and undeclared pages are looked
/// at instead of being taken for windows-1252).
///
/// Holds uchardet's detector, which belongs to one thread.
///
/// Safe: the detector is there as long as the object, and keeps no pointer that it is given.
@safe final class CharsetDetector {
  private let detector: uchardet_t
  /// The text that was looked at last, markup left out.
  private(set) var sample: [UInt8] = []

  /// - Throws: `OutOfMemory`.
  init() throws(OutOfMemory) {
    guard let detector = unsafe uchardet_new() else { throw OutOfMemory() }
    unsafe self.detector = detector
  }

  deinit { unsafe uchardet_delete(detector) }

  /// As much text decides; more would take more time and change no answer.
  private static let sampleBytes = 32 << 10

  /// The character set of the text of a page, by the frequencies of its letters; nil when there is too
  /// little to say. Markup is left out: its ASCII letters would outnumber those of many pages.
  func detect(_ bytes: Span<UInt8>) -> Charset? {
    sample.removeAll(keepingCapacity: true)
    var index = 0
    while index < bytes.count, sample.count < CharsetDetector.sampleBytes {
      let end = bytes.index(of: UInt8(ascii: "<"), from: index) ?? bytes.count
      let run = bytes.extracting(index..<min(end, index + CharsetDetector.sampleBytes))
      if run.contains(where: { $0 >= 0x80 }) {
        sample.append(contentsOf: run)
        sample.append(0x0A)
      }
      guard end < bytes.count else { break }
      index = behindTag(bytes, at: end)
    }
    guard !sample.isEmpty else { return nil }
    unsafe uchardet_reset(detector)
    let failed = unsafe sample.withUnsafeBytes { sample in
      unsafe uchardet_handle_data(detector, sample.baseAddress, sample.count)
    }
    unsafe uchardet_data_end(detector)
    guard failed == 0, let name = unsafe uchardet_get_charset(detector) else { return nil }
    return unsafe Charset.labelled(String(cString: name).utf8)
  }

  /// The index after the tag or raw text that begins with the `<` at `start`.
  private func behindTag(_ bytes: Span<UInt8>, at start: Int) -> Int {
    for name in ["script", "style"] as [StaticString] where bytes.hasName(name, at: start + 1) {
      return bytes.endTag(name, nesting: false, from: start + 1) ?? bytes.count
    }
    return bytes.index(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? bytes.count
  }
}

/// The character set that a page declares.
enum DeclaredCharset {
  /// The character set that a byte order mark proves, and the mark's length.
  static func byteOrderMark(_ bytes: Span<UInt8>) -> (Charset, length: Int)? {
    if bytes.starts(with: "\u{FEFF}") { return (.utf8, 3) }
    if bytes.byte(at: 0) == 0xFF && bytes.byte(at: 1) == 0xFE { return (.utf16LE, 2) }
    if bytes.byte(at: 0) == 0xFE && bytes.byte(at: 1) == 0xFF { return (.utf16BE, 2) }
    return nil
  }

  /// How far a declaration in the page is searched, as the Standard says.
  private static let prescanBytes = 1024

  /// The character set that a `meta` element near the page's beginning declares; nil if none does.
  ///
  /// A declaration that can be read as ASCII is not in UTF-16, whatever it claims.
  static func inMarkup(_ bytes: Span<UInt8>) -> Charset? {
    let head = bytes.extracting(first: prescanBytes)
    var index = 0
    while let tag = head.index(of: UInt8(ascii: "<"), from: index) {
      index = tag + 1
      if head.hasPrefix("!--", at: index) {
        index = head.index(ofText: "-->", from: index + 1).map { $0 + 3 } ?? head.count
        continue
      }
      guard head.hasName("meta", at: index) else { continue }
      let end = head.index(of: UInt8(ascii: ">"), from: index) ?? head.count
      if let label = label(head.extracting((index + 4)..<end)),
        let charset = Charset.labelled(label)
      {
        return charset.isUTF16 ? .utf8 : charset
      }
      index = end
    }
    return nil
  }

  /// The label in `charset="…"`, or in `content="text/html; charset=…"`.
  private static func label(_ attributes: Span<UInt8>) -> [UInt8]? {
    var index = 0
    while let found = attributes.index(ofText: "charset", from: index) {
      index = found + 7
      while index < attributes.count, attributes[index].isHTMLSpace { index += 1 }
      guard index < attributes.count, attributes[index] == UInt8(ascii: "=") else { continue }
      index += 1
      let rest = Array(attributes.extracting(index...)).drop {
        $0.isHTMLSpace || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
      }
      let label = rest.prefix {
        !$0.isHTMLSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
          && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "/")
      }
      if !label.isEmpty { return Array(label) }
    }
    return nil
  }
}
