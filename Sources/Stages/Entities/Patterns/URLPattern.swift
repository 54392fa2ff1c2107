import Bytes

/// URLs in running text: with one of the schemes http, https and ftp, or beginning with `www.`.
enum URLPattern {
  /// Longer ones are data, not addresses; what a browser's address bar shows is the same length.
  static let maximum = 2048

  /// The range that was examined, and the URL in it, if there is one.
  struct Scanned {
    let range: Range<Int>?
    let end: Int
  }

  /// The URL whose `://` begins at `index`, or the dot of whose `www.`; nil where none can begin.
  /// - Parameter floor: The URL must not begin before.
  static func match(
    in text: Span<UInt8>, at index: Int, from floor: Int
  ) -> Scanned? {
    let host: Int
    let start: Int
    if text[index] == UInt8(ascii: ":") {
      guard text.holds("://", at: index), let scheme = schemeStart(in: text, endingAt: index)
      else { return nil }
      start = scheme
      host = index + 3
    } else {
      start = index - 3
      guard start >= 0, (start..<index).allSatisfy({ text[$0] | 0x20 == UInt8(ascii: "w") }) else {
        return nil
      }
      host = index + 1
    }
    guard start >= floor, !text.isWord(before: start), canBegin(text, at: host) else { return nil }
    let end = bodyEnd(in: text, from: host)
    let trimmed = trim(text, host..<end)
    let isWhole = trimmed > host && trimmed - start <= maximum
    let isNamed =
      host == index + 3 || text.firstIndex(in: host..<trimmed) { $0 == UInt8(ascii: ".") } != nil
    return Scanned(range: isWhole && isNamed ? start..<trimmed : nil, end: end)
  }

  private static func schemeStart(
    in text: Span<UInt8>, endingAt end: Int
  ) -> Int? {
    var start = end
    while start > 0, end - start < 6, text[start - 1].isASCIILetter { start -= 1 }
    let scheme = (start..<end).reduce(0 as UInt64) { $0 &<< 8 | UInt64(text[$1] | 0x20) }
    return schemes.contains(scheme) ? start : nil
  }

  private static let schemes = ["http", "https", "ftp"].map { UInt64(bytes: $0.utf8) }

  /// Whether a host can begin here: with a letter or digit, or the bracket of an IPv6 address.
  private static func canBegin(_ text: Span<UInt8>, at host: Int) -> Bool {
    host < text.count
      && (text[host] == UInt8(ascii: "[")
        || NameScalar.table[text.scalar(at: host).value].kind.isWord)
  }

  /// Where the characters end that a URL is made of, closing brackets only where they were opened.
  private static func bodyEnd(in text: Span<UInt8>, from host: Int) -> Int {
    var index = host
    var openRound = 0
    var openSquare = 0
    var previous: UInt8 = 0
    while index < text.count {
      let byte = text[index]
      var length = 1
      switch byte {
      case UInt8(ascii: "("): openRound += 1
      case UInt8(ascii: "["): openSquare += 1
      case UInt8(ascii: ")"):
        if openRound == 0 { return index }
        openRound -= 1
      case UInt8(ascii: "]"):
        if openSquare == 0 { return index }
        openSquare -= 1
      case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"),
        UInt8(ascii: "^"), UInt8(ascii: "`"):
        return index
      case 0x80...:
        let scalar = text.scalar(at: index)
        guard continues(NameScalar.table[scalar.value].kind, behind: previous) else { return index }
        length = scalar.length
      default: break
      }
      previous = byte
      index += length
    }
    return index
  }

  /// Whether a scalar beyond ASCII continues a URL. Chinese and Japanese text follows on URLs
  /// without a space, so that such letters belong to one only where a part of its path begins with
  /// them.
  private static func continues(_ kind: NameScalar.Kind, behind previous: UInt8) -> Bool {
    switch kind {
    case .word, .hangul, .mark, .accent: true
    case .unspaced:
      previous >= 0x80 || previous == UInt8(ascii: "/") || previous == UInt8(ascii: "=")
        || previous == UInt8(ascii: "_")
    default: false
    }
  }

  /// The end without the punctuation of the sentence that the URL stands in.
  private static func trim(_ text: Span<UInt8>, _ body: Range<Int>) -> Int {
    var end = body.upperBound
    while end > body.lowerBound {
      switch text[end - 1] {
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
        UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "*"),
        UInt8(ascii: "("), UInt8(ascii: "["):
        end -= 1
      default: return end
      }
    }
    return end
  }
}

extension UInt64 {
  /// At most eight bytes as one number, to compare short words by.
  init(bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 &<< 8 | UInt64($1) }
  }

  init(bytes: Span<UInt8>) {
    self = bytes.indices.reduce(0) { $0 &<< 8 | UInt64(bytes[$1]) }
  }
}
