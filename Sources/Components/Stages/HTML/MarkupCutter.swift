import Bytes
import Pipeline

/// Rewrites a page without what the parser need not see: script, style and SVG, comments, tags that only
/// format, and all attributes but a few. Of 401 MB of pages 94 MB are left.
///
/// Tags are recognised as the tokenizer of the HTML Living Standard does it (section 13.2.5), so that
/// nothing is cut that a browser would show. What is left gives libxml2 fewer occasions to differ from one:
/// a stray `<` is written as `&lt;`, the slash of `<div/>`
/// vanishes, a tag has each attribute once (libxml2 compares each of a tag's attributes with all others).
///
/// One pass. Every search that runs to the end of the page in vain is made once: hostile pages take the
/// same time per byte as others.
struct MarkupCutter {
  /// The page for the parser.
  private(set) var output: [UInt8] = []
  /// Where in the input the scripts of linked data (JSON-LD) stand.
  private(set) var linkedData: [Range<Int>] = []

  private var openFormatting = [UInt16](repeating: 0, count: Tag.allCases.count)
  private var preformattedDepth = 0
  /// `div` elements open in the button that is open; nil outside buttons.
  private var buttonDivisions: Int?
  private var unclosed = Set<Tag>()
  private var unclosedQuotes: (single: Bool, double: Bool) = (false, false)
  private var keepsFallback = false
  private let tags = TagTable.shared

  /// Cuts one page; forgets the one before.
  /// - Parameter keepsFallback: Whether the content of `noscript` stays.
  mutating func cut(_ input: UnsafeBufferPointer<UInt8>, keepsFallback: Bool = false) {
    self.keepsFallback = keepsFallback
    output.removeAll(keepingCapacity: true)
    output.reserveCapacity(input.count / 2 + 64)
    linkedData.removeAll(keepingCapacity: true)
    for index in openFormatting.indices { openFormatting[index] = 0 }
    preformattedDepth = 0
    buttonDivisions = nil
    unclosed.removeAll(keepingCapacity: true)
    unclosedQuotes = (false, false)
    var index = 0
    while index < input.count {
      let tag = input.index(of: UInt8(ascii: "<"), from: index) ?? input.count
      if tag > index { appendText(input, index..<tag) }
      guard tag < input.count else { break }
      index = appendMarkup(input, at: tag)
    }
  }

  /// Takes over what begins with the `<` at `start`. Returns where it ends.
  private mutating func appendMarkup(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let next = start + 1 < input.count ? input[start + 1] : 0
    if next.isASCIILetter { return appendStartTag(input, at: start) }
    if next == UInt8(ascii: "/") {
      let name = start + 2 < input.count ? input[start + 2] : 0
      if name.isASCIILetter { return appendEndTag(input, at: start) }
      return input.index(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? input.count
    }
    if next == UInt8(ascii: "!") { return endOfDeclaration(input, at: start) }
    if next == UInt8(ascii: "?") {
      return input.index(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? input.count
    }
    output.append(contentsOf: "&lt;".utf8)
    return start + 1
  }

  /// Text is taken over as it is, but for the indentation in front of it.
  @inline(__always)
  private mutating func appendText(_ input: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var start = range.lowerBound
    if preformattedDepth == 0, input[start] <= 0x20 {
      while start < range.upperBound, input[start].isHTMLSpace { start &+= 1 }
      if start > range.lowerBound { output.append(0x20) }
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: input[start..<range.upperBound]))
  }

  /// Behind a comment, document type or the like, none of which is taken over.
  private func endOfDeclaration(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let isComment =
      start + 3 < input.count && input[start + 2] == UInt8(ascii: "-")
      && input[start + 3] == UInt8(ascii: "-")
    guard isComment else {
      return input.index(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? input.count
    }
    // `<!-->` is a whole comment, and `--!>` ends one too.
    var index = start + 4
    if index < input.count, input[index] == UInt8(ascii: ">") { return index + 1 }
    while let end = input.index(of: UInt8(ascii: ">"), from: index) {
      if input[end - 1] == UInt8(ascii: "-"), input[end - 2] == UInt8(ascii: "-") { return end + 1 }
      if input[end - 1] == UInt8(ascii: "!"), input[end - 2] == UInt8(ascii: "-"),
        input[end - 3] == UInt8(ascii: "-")
      {
        return end + 1
      }
      index = end + 1
    }
    return input.count
  }

  // MARK: Tags

  private mutating func appendEndTag(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var index = start + 2
    let name = input.name(at: &index)
    let nameEnd = index
    let end = input.index(of: UInt8(ascii: ">"), from: index) ?? input.count
    let tag = tags[name]
    if tag.isEmpty || tag.isRaw { return min(end + 1, input.count) }
    if tag.isFormatting {
      guard openFormatting[Int(tag.rawValue)] > 0 else { return min(end + 1, input.count) }
      openFormatting[Int(tag.rawValue)] -= 1
    }
    if tag == .pre { preformattedDepth = max(preformattedDepth - 1, 0) }
    endInButton(tag)
    output.append(contentsOf: "</".utf8)
    appendName(input, tag, start + 2..<nameEnd)
    output.append(UInt8(ascii: ">"))
    return min(end + 1, input.count)
  }

  /// Ends what is open in a button before the button: libxml2 would not let its end tag close a `div`, and
  /// the rest of the page would be the button's. Nor is it where the button has no end tag: it ends with
  /// the `div` around it.
  private mutating func endInButton(_ tag: Tag) {
    guard let divisions = buttonDivisions else { return }
    if tag == .button {
      endButton(divisions)
    } else if tag == .div, divisions == 0 {
      endButton(0)
      output.append(contentsOf: "</button>".utf8)
    } else if tag == .div {
      buttonDivisions = divisions - 1
    }
  }

  private mutating func endButton(_ divisions: Int) {
    for _ in 0..<divisions { output.append(contentsOf: "</div>".utf8) }
    buttonDivisions = nil
  }

  /// Longest name of an unknown element that the parser sees: it keeps each one that it met.
  private static let maximumName = 32

  /// Names of known elements as they are; of others no byte that libxml2 would not take for a part of
  /// a name. It reads names byte by byte, and what follows half a character as Latin-1.
  @inline(__always)
  private mutating func appendName(
    _ input: UnsafeBufferPointer<UInt8>, _ tag: Tag, _ range: Range<Int>
  ) {
    let name = UnsafeBufferPointer(rebasing: input[range])
    if tag != .other && tag != .custom {
      output.append(contentsOf: name)
    } else {
      for byte in name.prefix(MarkupCutter.maximumName) {
        let isNamePart = byte.isASCIILetter || byte.isASCIIDigit
        output.append(isNamePart ? byte : UInt8(ascii: "-"))
      }
    }
  }

  private mutating func appendStartTag(_ input: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    var index = start + 1
    let tag = tags[input.name(at: &index)]
    if tag == .button, let divisions = buttonDivisions {
      endButton(divisions)
      output.append(contentsOf: "</button>".utf8)
    }
    let before = output.count
    output.append(UInt8(ascii: "<"))
    appendName(input, tag, start + 1..<index)
    let behindName = output.count
    var attributes = AttributeScanner(tag: tag)
    let isClosed = attributes.copy(input, from: &index, to: &output, &unclosedQuotes)
    guard isClosed else {
      // A tag that the end of the page cuts off is none.
      output.removeLast(output.count - before)
      return input.count
    }
    if tag == .noscript, keepsFallback {
      output.removeLast(output.count - before)
      return index
    }
    if tag.isRaw {
      let data = attributes.isLinkedData
      output.removeLast(output.count - before)
      if tag == .svg, input[index - 2] == UInt8(ascii: "/") { return index }
      let body = index
      index = endOfRaw(input, tag, from: body)
      if tag == .script, data { linkedData.append(body..<index) }
      return skipEndTag(input, from: index)
    }
    if tag.isEmpty || tag.isFormatting && output.count == behindName {
      output.removeLast(output.count - before)
      return index
    }
    output.append(UInt8(ascii: ">"))
    if tag.isFormatting { openFormatting[Int(tag.rawValue)] &+= 1 }
    if tag == .pre { preformattedDepth += 1 }
    if tag == .button { buttonDivisions = 0 } else if tag == .div { buttonDivisions? += 1 }
    return tag == .title ? appendTitle(input, from: index) : index
  }

  /// A title's content is characters, in which references count and tags do not.
  private mutating func appendTitle(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let end = endOfRaw(input, .title, from: start)
    for byte in UnsafeBufferPointer(rebasing: input[start..<end]) {
      if byte == UInt8(ascii: "<") {
        output.append(contentsOf: "&lt;".utf8)
      } else {
        output.append(byte)
      }
    }
    return end
  }

  // MARK: Raw text

  /// Where the end tag of raw text stands that begins at `start`. Unclosed script and style run to the
  /// end of the page, as in a browser; of other elements only the tag is cut then.
  private mutating func endOfRaw(
    _ input: UnsafeBufferPointer<UInt8>, _ tag: Tag, from start: Int
  ) -> Int {
    if unclosed.contains(tag) { return start }
    let end: Int? =
      switch tag {
      case .script: input.endOfScript(from: start)
      case .svg: input.endTag("svg", nesting: true, from: start)
      default: input.endTag(tag.staticName, nesting: false, from: start)
      }
    if let end { return end }
    if tag == .script || tag == .style { return input.count }
    unclosed.insert(tag)
    return start
  }

  /// Behind the end tag at `start`; `start` itself when there is none.
  private func skipEndTag(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard start + 1 < input.count, input[start] == UInt8(ascii: "<"),
      input[start + 1] == UInt8(ascii: "/")
    else { return start }
    return input.index(of: UInt8(ascii: ">"), from: start).map { $0 + 1 } ?? input.count
  }
}

extension Tag {
  /// Names of the elements whose end is searched for as text.
  fileprivate var staticName: StaticString {
    switch self {
    case .style: "style"
    case .noscript: "noscript"
    case .textarea: "textarea"
    case .iframe: "iframe"
    case .noembed: "noembed"
    case .noframes: "noframes"
    default: "title"
    }
  }
}
