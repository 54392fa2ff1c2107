import Bytes
import Pipeline

/// Copies those attributes of one start tag that say something about the page's text or metadata.
struct AttributeScanner {
  let tag: Tag
  /// Whether a script's type says that it holds linked data.
  private(set) var isLinkedData = false
  /// One bit for each kind of attribute copied so far: of attributes with one name the first counts.
  private var seen: UInt32 = 0

  init(tag: Tag) { self.tag = tag }

  /// Longest value that is taken over, in bytes; longer ones are cut. Descriptions are the longest
  /// that anybody reads; lists of classes made by programs can be much longer.
  private static let maximumValue = 4096

  /// Copies from the name's end to behind the tag's `>`, where `index` is left.
  /// - Parameter unclosed: For which quotation marks a search to the end of the page was in vain.
  /// - Returns: False when the page ends before the tag.
  mutating func copy(
    _ input: UnsafeBufferPointer<UInt8>, from index: inout Int, to output: inout [UInt8],
    _ unclosed: inout (single: Bool, double: Bool)
  ) -> Bool {
    let count = input.count
    while true {
      while index < count, input[index].isHTMLSpace || input[index] == UInt8(ascii: "/") {
        index &+= 1
      }
      guard index < count else { return false }
      if input[index] == UInt8(ascii: ">") {
        index &+= 1
        return true
      }
      let nameStart = index
      let name = attributeName(input, at: &index)
      let nameEnd = index
      while index < count, input[index].isHTMLSpace { index &+= 1 }
      var value = index..<index
      if index < count, input[index] == UInt8(ascii: "=") {
        index &+= 1
        guard let range = attributeValue(input, at: &index, &unclosed) else { return false }
        value = range
      }
      if isWanted(name, UnsafeBufferPointer(rebasing: input[value])) {
        append(input, name: nameStart..<nameEnd, value: value, to: &output)
      }
    }
  }

  @inline(__always)
  private func attributeName(
    _ input: UnsafeBufferPointer<UInt8>, at index: inout Int
  ) -> MarkupName {
    var name = MarkupName()
    // An equals sign may begin a name, not end it.
    repeat {
      name.append(input[index])
      index &+= 1
    } while index < input.count && !input[index].isHTMLSpace && input[index] != UInt8(ascii: "=")
      && input[index] != UInt8(ascii: ">") && input[index] != UInt8(ascii: "/")
    return name
  }

  /// The value behind an equals sign, without its quotation marks; nil at the end of the page.
  @inline(__always)
  private func attributeValue(
    _ input: UnsafeBufferPointer<UInt8>, at index: inout Int,
    _ unclosed: inout (single: Bool, double: Bool)
  ) -> Range<Int>? {
    while index < input.count, input[index].isHTMLSpace { index &+= 1 }
    guard index < input.count else { return nil }
    let quote = input[index]
    if quote == UInt8(ascii: "\"") && !unclosed.double
      || quote == UInt8(ascii: "'") && !unclosed.single
    {
      if let end = input.index(of: quote, from: index + 1) {
        defer { index = end + 1 }
        return (index + 1)..<end
      }
      // The last quotation mark of a page has no partner. A browser takes all that follows for the
      // value and shows nothing of it; to read it as an unquoted value saves the text.
      if quote == UInt8(ascii: "'") { unclosed.single = true } else { unclosed.double = true }
    }
    let start = index
    while index < input.count, !input[index].isHTMLSpace, input[index] != UInt8(ascii: ">") {
      index &+= 1
    }
    return start..<index
  }

  private static let classes = MarkupName("class")
  private static let id = MarkupName("id")
  private static let role = MarkupName("role")
  private static let style = MarkupName("style")
  private static let hidden = MarkupName("hidden")
  private static let ariaHidden = MarkupName("aria-hidden")
  private static let itemprop = MarkupName("itemprop")
  private static let itemtype = MarkupName("itemtype")
  private static let rel = MarkupName("rel")
  private static let href = MarkupName("href")
  private static let content = MarkupName("content")
  private static let name = MarkupName("name")
  private static let property = MarkupName("property")
  private static let datetime = MarkupName("datetime")
  private static let lang = MarkupName("lang")
  private static let type = MarkupName("type")

  /// Whether the attribute is to be copied. Notes that it was.
  private mutating func isWanted(_ name: MarkupName, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    typealias Known = AttributeScanner
    switch name.count {
    case 2: return name == Known.id && take(0)
    case 3: return name == Known.rel && (tag == .a || tag == .link) && take(1)
    case 4:
      if name == Known.href { return (tag == .a || tag == .link) && take(2) }
      if name == Known.role { return take(3) }
      if name == Known.name { return tag == .meta && take(4) }
      if name == Known.lang { return tag == .html && take(5) }
      if name == Known.type, tag == .script { isLinkedData = value.holds("ld+json") }
      return false
    case 5:
      if name == Known.classes { return take(6) }
      return name == Known.style && (value.holds("none") || value.holds("hidden")) && take(7)
    case 6: return name == Known.hidden && take(8)
    case 7: return name == Known.content && take(9)
    case 8:
      if name == Known.property { return tag == .meta && take(10) }
      if name == Known.datetime { return tag == .time && take(11) }
      if name == Known.itemtype { return take(14) }
      return name == Known.itemprop && take(12)
    case 11: return name == Known.ariaHidden && take(13)
    default: return false
    }
  }

  @inline(__always)
  private mutating func take(_ bit: UInt32) -> Bool {
    let mask: UInt32 = 1 << bit
    defer { seen |= mask }
    return seen & mask == 0
  }

  /// Writes ` name="value"`, with the quotation mark that the value does not hold.
  @inline(__always)
  private func append(
    _ input: UnsafeBufferPointer<UInt8>, name: Range<Int>, value: Range<Int>,
    to output: inout [UInt8]
  ) {
    output.append(0x20)
    output.append(contentsOf: UnsafeBufferPointer(rebasing: input[name]))
    // That a link leads somewhere is all that is asked of it.
    if tag == .a, value.isEmpty || input[name.lowerBound] | 0x20 == UInt8(ascii: "h") { return }
    guard !value.isEmpty else { return }
    var bytes = UnsafeBufferPointer(rebasing: input[value])
    if bytes.count > AttributeScanner.maximumValue {
      var end = AttributeScanner.maximumValue
      while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      bytes = UnsafeBufferPointer(rebasing: bytes[..<end])
    }
    let holdsDouble = bytes.index(of: UInt8(ascii: "\""), from: 0) != nil
    let quote = holdsDouble ? UInt8(ascii: "'") : UInt8(ascii: "\"")
    output.append(contentsOf: [UInt8(ascii: "="), quote])
    if holdsDouble, bytes.index(of: UInt8(ascii: "'"), from: 0) != nil {
      // Both kinds, in an unquoted value only.
      for byte in bytes where byte != quote { output.append(byte) }
    } else {
      output.append(contentsOf: bytes)
    }
    output.append(quote)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether `word`, given in lower case, occurs in any case.
  func holds(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    for start in 0...(count - length) where self[start] | 0x20 == word.utf8Start[0] {
      var offset = 1
      while offset < length, self[start + offset] | 0x20 == word.utf8Start[offset] { offset += 1 }
      if offset == length { return true }
    }
    return false
  }
}
