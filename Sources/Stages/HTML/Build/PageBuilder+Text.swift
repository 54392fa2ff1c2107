import Bytes
import Pipeline

/// How text becomes blocks.
extension PageBuilder {
  /// Takes text.
  mutating func characters(_ bytes: Span<UInt8>) {
    if isInTitle { facts.appendTitle(bytes) }
    if skipped > 0 {
      if formula.isOpen { formula.characters(bytes) }
      return
    }
    if preformattedDepth > 0 { appendPreformatted(bytes) } else { appendText(bytes) }
  }

  /// Takes the characters that a reference stands for.
  /// - Parameter second: 0 for most.
  mutating func character(_ first: UInt32, _ second: UInt32) {
    scalars.removeAll(keepingCapacity: true)
    scalars.append(scalar: first)
    if second != 0 { scalars.append(scalar: second) }
    let taken = scalars
    characters(taken.span)
  }

  /// Appends text whose white space means no more than that words end.
  mutating func appendText(_ bytes: Span<UInt8>) {
    let classes = TextClass.table
    var index = 0
    while index < bytes.count {
      let start = index
      var end = index
      scan: while index < bytes.count {
        switch classes[Int(bytes[index])] {
        case .plain:
          index &+= 1
          end = index
          bytes.stepOverWords(from: &index, end: &end)
        case .space:
          // A single space between words stays where it is.
          guard end > start, bytes[index] == 0x20, end == index else { break scan }
          index &+= 1
        case .special:
          let special = bytes.special(at: index)
          guard special.meaning == .text else { break scan }
          index &+= special.length
          end = index
        case .control: break scan
        }
      }
      if end > start {
        append(bytes.extracting(start..<end))
        if index > end { gap = max(gap, .space) }
      }
      // Indentation is the most frequent of what is no text.
      var indentation = Gap.none
      while index < bytes.count, bytes[index].isHTMLSpace {
        indentation = bytes[index] == 0x0A ? .wrap : max(indentation, .space)
        index &+= 1
      }
      gap = max(gap, indentation)
      if index < bytes.count, end == index { skip(bytes, at: &index) }
    }
  }

  /// Steps over what is no text: white space, invisible characters, controls.
  private mutating func skip(_ bytes: Span<UInt8>, at index: inout Int) {
    switch TextClass.table[Int(bytes[index])] {
    case .plain: break
    case .space: index &+= 1
    case .control: index &+= 1
    case .special:
      let special = bytes.special(at: index)
      switch special.meaning {
      case .text: break
      case .space: gap = max(gap, .space)
      case .nothing: break
      case .damage:
        damaged &+= 1
        append(bytes.extracting(index..<index + special.length))
      case .windows1252(let scalar):
        var scalarBytes: [UInt8] = []
        scalarBytes.append(scalar: scalar)
        append(scalarBytes.span)
      }
      index &+= special.length
    }
  }

  /// Appends text to the block, after the space that the gap before it calls for. Begins a block if none is open.
  private mutating func append(_ text: Span<UInt8>) {
    // Text before the first text of a link is not part of the link.
    var start = newLinks == 0 ? page.text.count : .max
    if block == nil {
      beginBlock()
      start = page.text.count
    } else {
      appendGap(before: text)
      start = min(start, page.text.count)
    }
    if markup.isWaiting { markup.textBegins(at: page.text.count) }
    page.text.append(contentsOf: text)
    noteLinks(around: page.text.count - start)
    (gap, breaks, hasEndedInline) = (.none, 0, false)
  }

  private mutating func appendGap(before text: Span<UInt8>) {
    switch gap {
    case .none: break
    case .seam:
      if page.text.endsInSpacedWord, text.beginsWithSpacedWord { page.text.append(0x20) }
    case .replaced:
      if page.text.endsBeforeReplaced, text.beginsWithSpacedWord { page.text.append(0x20) }
    case .space: page.text.append(0x20)
    case .wrap: if !page.text.endsInWideText || !text.beginsWithWideText { page.text.append(0x20) }
    case .lineBreak: page.text.append(block?.kind == .heading ? 0x20 : 0x0A)
    case .cell:
      page.text.append(contentsOf: " | ".utf8)
      hasJoinedCells = true
    }
  }

  private mutating func appendPreformatted(_ bytes: Span<UInt8>) {
    if block == nil {
      // Line feeds in front of the first line are no part of it.
      guard let first = bytes.firstIndex(in: bytes.indices, where: { $0 != 0x0A && $0 != 0x0D })
      else { return }
      beginBlock()
      appendLines(bytes.extracting(first...))
    } else {
      if gap == .lineBreak {
        // Between two lines of code white space only separates their elements.
        if isBetweenLines, bytes.allSatisfy(\.isHTMLSpace) { return }
        page.text.append(0x0A)
      }
      appendLines(bytes)
    }
    isBetweenLines = false
    (gap, breaks, hasEndedInline) = (.none, 0, false)
  }

  private mutating func appendLines(_ bytes: Span<UInt8>) {
    if markup.isWaiting { markup.codeBegins(at: page.text.count) }
    for index in bytes.indices {
      let byte = bytes[index]
      if byte >= 0x20 || byte == 0x0A || byte == 0x09 {
        page.text.append(byte)
      } else if byte == 0x0C {
        page.text.append(0x20)
      }
    }
    noteLinks(around: bytes.count)
  }

  /// Counts text, in bytes, and the links that have begun with it.
  private mutating func noteLinks(around byteCount: Int) {
    if linkDepth > 0 { block?.linkBytes += byteCount }
    guard newLinks > 0, let links = block?.links else { return }
    block?.links = links.addingReportingOverflow(newLinks).overflow ? .max : links + newLinks
    block?.linkKinds.formUnion(newLinkKinds)
    (newLinks, newLinkKinds) = (0, [])
  }

  private mutating func beginBlock() {
    if !page.text.isEmpty { page.text.append(0x0A) }
    let frame = frames[frames.count - 1]
    block = OpenBlock(
      start: page.text.count, element: max(frames[materialized - 1].element, 0), kind: frame.kind,
      level: frame.level, isHidden: frame.isHidden)
  }

  mutating func endBlock() {
    (gap, breaks, hasEndedInline) = (.none, 0, false)
    guard let open = block else { return }
    block = nil
    if open.kind == .code {
      while page.text.count > open.start, let last = page.text.last, last.isHTMLSpace {
        page.text.removeLast()
      }
    }
    if open.kind == .heading { dropPermalink(open) }
    let end = page.text.count
    if markup.isCollecting { markup.blockEnds(at: end) }
    if end == open.start {
      if end > 0 { page.text.removeLast() }
      return
    }
    page.blocks.append(
      Page.Block(
        text: UInt32(open.start)..<UInt32(end), element: open.element, kind: open.kind,
        level: open.kind == .heading ? open.level : 0,
        linkBytes: UInt32(min(open.linkBytes, end - open.start)), links: open.links,
        linkKinds: open.linkKinds, isHidden: open.isHidden))
  }

  /// Takes the pilcrow off the end of a heading, by which documentation links it to itself.
  private mutating func dropPermalink(_ open: OpenBlock) {
    guard page.text.count - open.start > 2, page.text.suffix(2).elementsEqual("¶".utf8) else {
      return
    }
    page.text.removeLast(2)
    while page.text.count > open.start, page.text.last == 0x20 { page.text.removeLast() }
  }
}
