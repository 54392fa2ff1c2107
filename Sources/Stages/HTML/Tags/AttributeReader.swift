import Bytes
import Pipeline

/// Reads the attributes of start tags.
struct AttributeReader {
  /// For which quotation marks a search to the end of the page was in vain.
  private var unclosed: (single: Bool, double: Bool) = (false, false)
  private let names = NameTable.attributes

  /// Before the first tag of a page.
  mutating func start() { unclosed = (false, false) }

  /// Reads from the tag's name to its `>`, and leaves `index` after it.
  /// - Parameter note: Receives the attributes that are of interest, and where their values stand.
  /// - Returns: False if the page ends before the tag does.
  @inline(__always)
  mutating func read(
    _ input: Span<UInt8>, from index: inout Int,
    note: (AttributeName, Range<Int>) -> Void
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
      let name = attributeName(input, at: &index)
      while index < count, input[index].isHTMLSpace { index &+= 1 }
      var value = index..<index
      if index < count, input[index] == UInt8(ascii: "=") {
        index &+= 1
        guard let range = attributeValue(input, at: &index) else { return false }
        value = range
      }
      if let name = names[name] { note(name, value) }
    }
  }

  @inline(__always)
  private func attributeName(
    _ input: Span<UInt8>, at index: inout Int
  ) -> MarkupName {
    if let name = input.smallName(at: index) {
      let next = input[index &+ name.count]
      if next == UInt8(ascii: "=") || next.endsName {
        index &+= name.count
        return name
      }
    }
    var name = MarkupName()
    // An equals sign may begin a name, not end it.
    repeat {
      // None that is looked at has a hyphen, but those of pictures that load late.
      if input[index] == UInt8(ascii: "-"), !name.goesOn(before: input.byte(at: index + 1)) {
        return unknownName(input, at: &index)
      }
      name.append(input[index])
      index &+= 1
    } while index < input.count && !input[index].endsName && input[index] != UInt8(ascii: "=")
    return name
  }

  /// Steps over the rest of a name: that of `data-toggle` and the like says nothing here.
  @inline(__always)
  private func unknownName(
    _ input: Span<UInt8>, at index: inout Int
  ) -> MarkupName {
    while index < input.count, !input[index].endsName, input[index] != UInt8(ascii: "=") {
      index &+= 1
    }
    return MarkupName()
  }

  /// The value after an equals sign, without its quotation marks; nil at the end of the page.
  @inline(__always)
  private mutating func attributeValue(
    _ input: Span<UInt8>, at index: inout Int
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
}

extension MarkupName {
  /// Whether the beginning of a name and the byte after a hyphen may belong to an attribute of a picture that
  /// loads late: `data-src`, `data-original`, `data-lazy-src`.
  @inline(__always)
  fileprivate func goesOn(before next: UInt8) -> Bool {
    guard count == 4 || count == 9 else { return false }
    return next == UInt8(ascii: "s") || next == UInt8(ascii: "o") || next == UInt8(ascii: "l")
  }
}
