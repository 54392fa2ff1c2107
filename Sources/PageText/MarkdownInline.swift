import Bytes
import Pipeline

/// Writes the text of a block, or of a part of it, as Markdown: links, emphasis, code, pictures, line
/// breaks.
struct MarkdownInline {
  private let page: Page
  /// The spans that are open, from the outermost in; at most one of each kind.
  private var open: [Page.Span] = []
  /// Where emphasis closed last, as an offset in the page's text: marks that touch would be read anew.
  private var closedAt = -1
  /// Of the link that was written last: one that encloses several blocks is written once.
  private var lastTarget: Range<UInt32> = 0..<0

  init(_ page: Page) { self.page = page }

  /// Writes a part of the text of one block.
  /// - Parameters:
  ///   - linePrefix: What stands in front of a line that a line break begins.
  ///   - hasImages: Whether the block's pictures are written with it.
  mutating func write(
    _ range: Range<Int>, of block: Int, in place: MarkdownPlace, linePrefix: [UInt8],
    hasImages: Bool = true, to output: inout [UInt8]
  ) {
    var spans = page.spans(in: page.blocks[block])
    var images = hasImages ? page.images(of: block) : 0..<0
    var position = range.lowerBound
    closedAt = -1
    let page = page
    let text = page.text.span
    while true {
      close(at: position, &output)
      write(&images, at: position, text, range, &output)
      openSpans(&spans, at: position, text, range, place, &output)
      guard position < range.upperBound else { break }
      let end = boundary(behind: position, range, spans, images)
      if open.last?.kind == .code {
        writeCode(text, position..<end, in: place, &output)
      } else {
        writeLines(text, position..<end, range, place, linePrefix, &output)
      }
      position = end
    }
  }

  /// Where the next span or picture begins or ends.
  private func boundary(
    behind position: Int, _ range: Range<Int>, _ spans: Range<Int>, _ images: Range<Int>
  ) -> Int {
    var end = range.upperBound
    for span in open { end = min(end, Int(span.text.upperBound)) }
    // A span that begins inside code is left out.
    if open.last?.kind == .code { return end }
    if let next = spans.first {
      end = min(end, max(Int(page.markup.spans[next].text.lowerBound), position + 1))
    }
    if let next = images.first, let offset = page.markup.images[next].offset {
      end = min(end, max(Int(offset), position + 1))
    }
    return end
  }

  // MARK: Spans

  /// Closes what ends at `position`, and whatever is open inside of it: misnested spans end early.
  private mutating func close(at position: Int, _ output: inout [UInt8]) {
    guard let first = open.firstIndex(where: { Int($0.text.upperBound) <= position }) else {
      return
    }
    while open.count > first, let span = open.popLast() {
      switch span.kind {
      case .link:
        output += "](".utf8
        output += page.address(span.target)
        output.append(UInt8(ascii: ")"))
      case .strong: output += "**".utf8
      case .emphasis: output += "*".utf8
      case .code: break
      }
      if span.kind == .strong || span.kind == .emphasis { closedAt = position }
    }
  }

  private mutating func openSpans(
    _ spans: inout Range<Int>, at position: Int, _ text: Span<UInt8>,
    _ range: Range<Int>, _ place: MarkdownPlace, _ output: inout [UInt8]
  ) {
    var starting: [Page.Span] = []
    while let next = spans.first, Int(page.markup.spans[next].text.lowerBound) <= position {
      let span = page.markup.spans[next]
      spans.removeFirst()
      if Int(span.text.lowerBound) >= position, Int(span.text.upperBound) <= range.upperBound {
        starting.append(span)
      }
    }
    if starting.isEmpty { return }
    // The longest outside; code, in which nothing else counts, inside.
    starting.sort {
      ($0.kind == .code ? 0 : Int($0.text.upperBound), $1.kind.rawValue)
        > ($1.kind == .code ? 0 : Int($1.text.upperBound), $0.kind.rawValue)
    }
    for span in starting where isWritable(span, text, range, place) {
      open.append(span)
      switch span.kind {
      case .link:
        output.append(UInt8(ascii: "["))
        lastTarget = span.target
      case .strong: output += "**".utf8
      case .emphasis: output += "*".utf8
      case .code: break
      }
    }
  }

  private func isWritable(
    _ span: Page.Span, _ text: Span<UInt8>, _ range: Range<Int>,
    _ place: MarkdownPlace
  ) -> Bool {
    if open.contains(where: { $0.kind == span.kind }) { return false }
    let part = Int(span.text.lowerBound)..<Int(span.text.upperBound)
    switch span.kind {
    case .link: return !span.target.isEmpty && span.target != lastTarget
    case .code: return true
    case .strong, .emphasis:
      // A heading is strong by itself.
      if place == .heading, part == range { return false }
      return closedAt != part.lowerBound && isFlanked(part, text, range)
    }
  }

  /// Whether asterisks around the part would be read as emphasis: not where a mark stands between a
  /// letter and a punctuation mark inside (CommonMark, "left-flanking delimiter run").
  private func isFlanked(
    _ part: Range<Int>, _ text: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    let before = part.lowerBound > range.lowerBound ? text.scalar(before: part.lowerBound) : nil
    let last = text.scalar(before: part.upperBound)
    let first = text.scalar(at: part.lowerBound)
    let isBehindWord = before.map { ScalarClass.table[$0.value].isWord } ?? false
    let isBeforeWord =
      part.upperBound < range.upperBound
      && ScalarClass.table[text.scalar(at: part.upperBound).value].isWord
    let beginsWithWord = ScalarClass.table[first.value].isWord
    let endsWithWord = last.map { ScalarClass.table[$0.value].isWord } ?? false
    return (beginsWithWord || !isBehindWord) && (endsWithWord || !isBeforeWord)
  }

  // MARK: Text

  private func writeLines(
    _ text: Span<UInt8>, _ range: Range<Int>, _ whole: Range<Int>,
    _ place: MarkdownPlace, _ linePrefix: [UInt8], _ output: inout [UInt8]
  ) {
    // Not beyond the part: a search for a line feed that is far away would be made again for the next.
    let part = text.extracting(..<range.upperBound)
    let isInLabel = open.contains { $0.kind == .link }
    var start = range.lowerBound
    while start < range.upperBound {
      if text[start] == 0x0A {
        switch place {
        case .paragraph:
          output += "  \n".utf8
          output += linePrefix
        case .heading, .label: output.append(0x20)
        case .cell: output += "<br>".utf8
        }
        start += 1
        continue
      }
      let end = part.index(of: 0x0A, from: start) ?? range.upperBound
      let isLineStart = start == whole.lowerBound || text[start - 1] == 0x0A
      MarkdownEscaping.append(
        text, start..<end, in: isInLabel && place != .cell ? .label : place,
        isLineStart: isLineStart && place == .paragraph && open.isEmpty, to: &output)
      start = end
    }
  }

  /// Code between as many backticks as it does not hold in a row.
  private func writeCode(
    _ text: Span<UInt8>, _ part: Range<Int>, in place: MarkdownPlace,
    _ output: inout [UInt8]
  ) {
    let fence = [UInt8](
      repeating: UInt8(ascii: "`"), count: text.longestRun(of: UInt8(ascii: "`"), in: part) + 1)
    let isPadded =
      text[part.lowerBound] == UInt8(ascii: "`") || text[part.upperBound - 1] == UInt8(ascii: "`")
    output += fence
    if isPadded { output.append(0x20) }
    for index in part {
      if place == .cell, text[index] == UInt8(ascii: "|") { output.append(UInt8(ascii: "\\")) }
      output.append(text[index] == 0x0A ? 0x20 : text[index])
    }
    if isPadded { output.append(0x20) }
    output += fence
  }

  // MARK: Pictures

  private func write(
    _ images: inout Range<Int>, at position: Int, _ text: Span<UInt8>,
    _ range: Range<Int>, _ output: inout [UInt8]
  ) {
    while let next = images.first {
      let image = page.markup.images[next]
      if let offset = image.offset {
        if Int(offset) > position { return }
        if position > range.lowerBound, !text[position - 1].isHTMLSpace { output.append(0x20) }
        page.write(image, to: &output)
        if position < range.upperBound, !text[position].isHTMLSpace { output.append(0x20) }
      }
      images.removeFirst()
    }
  }
}

extension Page {
  /// An address between the parentheses of Markdown; in angle brackets if it holds parentheses itself.
  fileprivate func address(_ range: Range<UInt32>) -> [UInt8] {
    let address = string(range)
    let hasParenthesis = address.contains { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
    return hasParenthesis ? [UInt8(ascii: "<")] + address + [UInt8(ascii: ">")] : Array(address)
  }

  /// Writes a picture in Markdown.
  func write(_ image: Image, to output: inout [UInt8]) {
    output += "![".utf8
    let text = string(image.text).span
    MarkdownEscaping.append(
      text, 0..<text.count, in: .label, isLineStart: false, to: &output)
    output += "](".utf8
    output += address(image.source)
    output.append(UInt8(ascii: ")"))
  }
}

extension Span<UInt8> {
  /// The length of the longest run of `byte`.
  func longestRun(of byte: UInt8, in range: Range<Int>) -> Int {
    var longest = 0
    var run = 0
    for index in range {
      run = self[index] == byte ? run + 1 : 0
      longest = Swift.max(longest, run)
    }
    return longest
  }
}
