import Bytes

extension UInt8 {
  /// Whether the name of a tag ends before the byte.
  @inline(__always)
  var endsName: Bool { isHTMLSpace || self == UInt8(ascii: ">") || self == UInt8(ascii: "/") }
}

/// Helpers for scanning the raw markup of a page.
extension Span<UInt8> {
  /// Reads the name of a tag and moves `index` past it.
  @inline(__always)
  func name(at index: inout Int) -> MarkupName {
    if let name = smallName(at: index), self[index &+ name.count].endsName {
      index &+= name.count
      return name
    }
    var name = MarkupName()
    while index < count {
      let byte = self[index]
      if byte.endsName { break }
      name.append(byte)
      index &+= 1
    }
    return name
  }

  /// One to seven small letters at `index`, read at once, if a byte below 0x40 ends them; nil for all else, and
  /// where fewer than eight bytes are left. Most names have this form.
  @inline(__always)
  func smallName(at index: Int) -> MarkupName? {
    guard index &+ 8 <= count else { return nil }
    let word = eightBytes(at: index)
    let each: UInt64 = 0x0101_0101_0101_0101
    // The first byte below 0x40 ends the letters.
    let length = (~word & (each &* 0x40)).trailingZeroBitCount &>> 3
    guard length > 0, length < 8 else { return nil }
    let mask: UInt64 = 1 &<< UInt64(truncatingIfNeeded: length &* 8) &- 1
    guard word & mask & (each &* 0xA0) == mask & (each &* 0x20) else { return nil }
    return MarkupName(letters: word & mask, count: length)
  }

  /// Whether `name` stands at `start`, in any case, and ends there.
  func hasName(_ name: StaticString, at start: Int) -> Bool {
    let name = name.bytes
    let length = name.count
    guard start + length <= count else { return false }
    for offset in 0..<length where self[start + offset] | 0x20 != name[offset] { return false }
    guard start + length < count else { return true }
    let next = self[start + length]
    return next.isHTMLSpace || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }

  /// The `<` of the next end tag called `name` at or after `start`; nil if there is none.
  /// - Parameter nesting: Whether start tags of that name in between have end tags of their own.
  func endTag(_ name: StaticString, nesting: Bool, from start: Int) -> Int? {
    var index = start
    var depth = 0
    while let found = self.index(of: UInt8(ascii: "<"), from: index) {
      index = found + 1
      if index < count, self[index] == UInt8(ascii: "/") {
        if hasName(name, at: index + 1) {
          if depth == 0 { return found }
          depth -= 1
        }
      } else if nesting, hasName(name, at: index) {
        depth += 1
      }
    }
    return nil
  }

  /// The `<` of the end tag of a script whose text begins at `start`; nil when it has none.
  ///
  /// Inside `<!--` a script may hold `<script>` and its end tag as text (HTML Living Standard, section
  /// 13.2.5.27, "script data double escaped state").
  func endOfScript(from start: Int) -> Int? {
    var index = start
    var escapedFrom: Int?
    var isDoubleEscaped = false
    while let found = self.index(of: UInt8(ascii: "<"), from: index) {
      // A `-->` on the way ends the escape.
      if let from = escapedFrom, hasCommentEnd(from..<found) {
        escapedFrom = nil
        isDoubleEscaped = false
      } else if escapedFrom != nil {
        escapedFrom = Swift.max(index - 2, start)
      }
      index = found + 1
      guard index < count else { return nil }
      if self[index] == UInt8(ascii: "/") {
        if hasName("script", at: index + 1) {
          if !isDoubleEscaped { return found }
          isDoubleEscaped = false
        }
      } else if self[index] == UInt8(ascii: "!") {
        if escapedFrom == nil, index + 2 < count, self[index + 1] == UInt8(ascii: "-"),
          self[index + 2] == UInt8(ascii: "-")
        {
          escapedFrom = index + 3
        }
      } else if escapedFrom != nil, hasName("script", at: index) {
        isDoubleEscaped = true
      }
    }
    return nil
  }

  private func hasCommentEnd(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    // Not beyond the range: who asks again for the next one would search the same bytes again.
    let part = self.extracting(..<range.upperBound)
    while let end = part.index(of: UInt8(ascii: ">"), from: index) {
      if end >= 2, self[end - 1] == UInt8(ascii: "-"), self[end - 2] == UInt8(ascii: "-") {
        return true
      }
      index = end + 1
    }
    return false
  }

  /// As much of well-formed UTF-8 as fits into so many bytes without cutting a character.
  @_lifetime(copy self)
  func beginning(ofAtMost maximum: Int) -> Self {
    guard count > maximum else { return self }
    var end = maximum
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return extracting(..<end)
  }

  /// The first occurrence of `text`, given in lower case, at or after `start`. For short buffers.
  func index(ofText text: StaticString, from start: Int) -> Int? {
    let first = text.bytes[0]
    var index = start
    while index + text.utf8CodeUnitCount <= count {
      if self[index] | 0x20 == first | 0x20, hasPrefix(text, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// Whether `word`, given in lower case, occurs in any case.
  func holds(_ word: StaticString) -> Bool {
    let word = word.bytes
    let length = word.count
    guard count >= length else { return false }
    for start in 0...(count - length) where self[start] | 0x20 == word[0] {
      var offset = 1
      while offset < length, self[start + offset] | 0x20 == word[offset] { offset += 1 }
      if offset == length { return true }
    }
    return false
  }
}
