import Bytes

/// Sums of money: a number with a currency before or after it, and with multipliers such as
/// `million`.
enum MoneyPattern {
  /// Longer numbers are no sums.
  private static let maximumNumber = 40

  /// The sum whose number begins with the digits at `digits`.
  /// - Parameter floor: The sum must not begin before.
  static func match(
    in text: Span<UInt8>, digits: Range<Int>, from floor: Int
  ) -> Range<Int>? {
    let number = digits.lowerBound
    let currency = currencyStart(in: text, before: number, from: floor)
    guard currency != nil || !isPart(of: text, number),
      let amountEnd = amountEnd(in: text, digits)
    else { return nil }
    if let end = currencyEnd(in: text, behind: amountEnd) {
      // Between two numbers, a currency belongs to the second if the first has one before it.
      let next = end + text.space(at: end)
      if let currency, next > end, text.byte(at: next).isASCIIDigit { return currency..<amountEnd }
      return (currency ?? number)..<end
    }
    guard let currency, !text.isWord(at: amountEnd) else { return nil }
    return currency..<amountEnd
  }

  // MARK: The amount

  /// The end of a number and its multiplier; of several of them in `1億2000万`.
  private static func amountEnd(in text: Span<UInt8>, _ digits: Range<Int>) -> Int? {
    var digits = digits
    let start = digits.lowerBound
    while let number = numberEnd(in: text, digits) {
      guard let end = multiplierEnd(in: text, behind: number) else { return number }
      let further = text.digitsEnd(from: end, maximum: maximumNumber)
      guard further > end, further - start <= maximumNumber else { return end }
      digits = end..<further
    }
    return nil
  }

  /// The end of `1,200.50`, `1.200,50`, `1 200`, `1'200`, `12,34,567`, `3.5`.
  private static func numberEnd(
    in text: Span<UInt8>, _ digits: Range<Int>
  ) -> Int? {
    guard digits.count <= maximumNumber else { return nil }
    var end = digits.upperBound
    while end - digits.lowerBound <= maximumNumber {
      let separator = text.byte(at: end)
      let isPoint = separator == UInt8(ascii: ".") || separator == UInt8(ascii: ",")
      let width =
        isPoint || separator == UInt8(ascii: "'")
        ? 1 : text.holds("\u{2019}", at: end) ? 3 : text.space(at: end)
      guard width > 0 else { return end }
      let group = text.digitsEnd(from: end + width, maximum: maximumNumber)
      switch group - end - width {
      case 3 where isPoint || digits.count <= 3: end = group
      // As in India: two digits each before the last three.
      case 2
      where isPoint && text.byte(at: group) == separator && digits.count <= 2
        && text.byte(at: group + 1).isASCIIDigit:
        end = group
      case 1... where isPoint: return group
      default: return end
      }
    }
    return nil
  }

  /// Whether a number at `start` is the later part of a longer one, or of a word.
  private static func isPart(of text: Span<UInt8>, _ start: Int) -> Bool {
    guard let (value, before) = text.scalar(before: start) else { return false }
    switch value {
    case 0x2E, 0x2C, 0x27, 0x2F, 0x3A:  // . , ' / :
      return text.byte(at: before - 1).isASCIIDigit
    default: return text.isWord(before: start)
    }
  }

  /// The end of ` million`, `bn`, `m`, `億`; nil when there is none.
  private static func multiplierEnd(
    in text: Span<UInt8>, behind number: Int
  ) -> Int? {
    let start = number + text.space(at: number)
    guard let (word, end) = Lexicon.standard.word(in: text, at: start) else { return nil }
    switch word {
    case .multiplier:
      // The point of an abbreviation belongs to the sum where that goes on: `5 Mio. €`.
      let point = text.byte(at: end) == UInt8(ascii: ".") && text.space(at: end + 1) > 0
      return point && currencyEnd(in: text, behind: end + 1) != nil ? end + 1 : end
    case .multiplierSign:
      // Apart from the number a letter is a multiplier only before a symbol: `5 M€`.
      return start == number || isSymbol(text, at: end) ? end : nil
    default: return nil
    }
  }

  // MARK: Currencies

  /// Where the currency before a number starts: `$`, `US$`, `€ `, `USD `.
  private static func currencyStart(
    in text: Span<UInt8>, before number: Int, from floor: Int
  ) -> Int? {
    let end = text.spaceStart(before: number)
    guard end > floor, let (value, symbol) = text.scalar(before: end) else { return nil }
    if isSymbol(value) {
      guard symbol >= floor else { return nil }
      let letters = lettersStart(in: text, endingAt: symbol, from: floor)
      let isPrefix = dollars.contains(UInt64(bytes: text.extracting(letters..<symbol)))
      return value == 0x24 && isPrefix ? letters : symbol
    }
    let nameEnd = value == 0x2E ? symbol : end
    let start = lettersStart(in: text, endingAt: nameEnd, from: floor)
    guard start < nameEnd, !text.isWord(before: start),
      case (.currency, _)? = Lexicon.standard.word(in: text, at: start, endingAt: nameEnd),
      isCode(text, start..<nameEnd)
    else { return nil }
    return start
  }

  /// The end of the currency after an amount: ` €`, `zł`, ` EUR`, ` million dollars`, ` d'euros`.
  private static func currencyEnd(
    in text: Span<UInt8>, behind amount: Int
  ) -> Int? {
    let start = amount + text.space(at: amount)
    guard start < text.count else { return nil }
    let (value, length) = text.scalar(at: start)
    if isSymbol(value) {
      // A symbol before the next number belongs to that one.
      let end = start + length
      return start > amount && text.byte(at: end).isASCIIDigit ? nil : end
    }
    return name(in: text, at: start) ?? name(in: text, at: skipConnector(text, start))
  }

  private static func name(in text: Span<UInt8>, at start: Int) -> Int? {
    guard let (word, end) = Lexicon.standard.word(in: text, at: start) else { return nil }
    switch word {
    case .currency: return isCode(text, start..<end) ? end : nil
    case .currencyName: return end
    default: return nil
    }
  }

  /// Codes are written in capitals, abbreviations are not: `try` is a word, `RS 6` a car.
  private static func isCode(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.extracting(range).allSatisfy(\.isASCIICapital) == (range.count == 3)
  }

  /// The offset after `de `, `di `, or `d` with an apostrophe.
  private static func skipConnector(_ text: Span<UInt8>, _ offset: Int) -> Int {
    for (word, count): (StaticString, Int) in [
      ("de ", 3), ("di ", 3), ("d'", 2), ("d\u{2019}", 4),
    ] where text.holds(word, at: offset) { return offset + count }
    return offset
  }

  private static func lettersStart(
    in text: Span<UInt8>, endingAt end: Int, from floor: Int
  ) -> Int {
    var start = end
    while start > floor, end - start < 4, text[start - 1].isASCIILetter { start -= 1 }
    return start
  }

  private static func isSymbol(_ text: Span<UInt8>, at offset: Int) -> Bool {
    offset < text.count && isSymbol(text.scalar(at: offset).value)
  }

  private static func isSymbol(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x24 }
    return Unicode.Scalar(value)?.properties.generalCategory == .currencySymbol
  }

  /// Letters before `$` that tell whose dollar it is.
  private static let dollars: Set<UInt64> = Set(
    ["US", "A", "AU", "C", "CA", "HK", "NT", "NZ", "R", "S", "SG"].map { UInt64(bytes: $0.utf8) })
}
