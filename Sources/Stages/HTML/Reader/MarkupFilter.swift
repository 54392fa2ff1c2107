import Bytes
import Pipeline

/// Copies what of a page's markup counts, for libxml2 to read.
///
/// Left out are what the scanner steps over, attributes that nobody looks at, tags that only change how text
/// looks, and white space beyond the first of a row: three quarters of a page's bytes, each of which costs
/// libxml2 some ten nanoseconds.
///
/// An element's names (`class`, `id` and the like) and where links lead are kept beside the copy (`SideAttributes`):
/// they are looked at as the page has them, and would be most of what is left.
///
/// The copy is written so that every version of libxml2 reads the same in it: character references are decoded
/// (libxml2 2.9 knows those of HTML 4 alone, and only with a semicolon); `html`, `head` and `body` have names that
/// it has no rules for, so that it neither invents nor drops them; names that are not HTML's are replaced by
/// short ones, since it holds no more than ten million bytes of them.
struct MarkupFilter: MarkupReceiver {
  /// The copy, without zero bytes.
  var output: [UInt8] = []
  /// Where a start tag begins that has not ended; nil if there is none.
  private var tagStart: Int?
  private var hasAttributes = false
  /// Whether nothing of the tag that has begun counts.
  private var isPassedOver = false
  private(set) var sideAttributes = SideAttributes()
  /// White space that counts unless a block begins beside it; 0 for none.
  private var space: UInt8 = 0
  /// Whether nothing has come since a block began.
  private var isAtBlock = true
  private var formatting = FormattingCounts()
  /// Whether all white space may count, as in preformatted text and between the parts of a formula: where these
  /// end is for others to say.
  private var keepsSpace = false
  /// Whether emphasis is collected: then the tags count that only change how text looks.
  private var keepsFormatting = false
  /// Whether pictures are collected.
  private var keepsImages = false
  private let tagNames = FilteredNames.names
  private let attributes = FilteredNames.attributes
  private let references = CharacterReferences.shared

  var isFull: Bool { false }

  /// Begins a page; forgets the one before.
  mutating func begin(style: Page.Style) {
    output.removeAll(keepingCapacity: true)
    (tagStart, space, isAtBlock, keepsSpace) = (nil, 0, true, false)
    sideAttributes.removeAll()
    formatting.reset()
    keepsFormatting = style.format == .markdown
    keepsImages = style.writesImages
    output += FilteredNames.rootTag
  }

  /// Ends the page.
  mutating func end() {
    // A tag that the end of the page cuts off is none.
    if let tagStart { output.removeLast(output.count - tagStart) }
    output += FilteredNames.rootEnd
  }

  // MARK: Tags

  mutating func startTagBegins(_ tag: Tag, _ name: MarkupName) {
    // Whether something stands between two words always matters; its kind matters only if pictures do.
    let isBetween = tag.isReplaced && space == 0 && !isAtBlock
    isPassedOver = tag.isEmpty && !(tag == .img && keepsImages) && tag != .base && !isBetween
    guard !isPassedOver else { return }
    settleSpace(isAtBlock: tag.startsBlock)
    tagStart = output.count
    hasAttributes = false
    sideAttributes.begin(tag)
    output.append(UInt8(ascii: "<"))
    append(name, of: tag)
  }

  mutating func attribute(
    _ name: AttributeName, _ place: Range<Int>, in page: Span<UInt8>, of tag: Tag
  ) {
    guard !isPassedOver, name.counts(on: tag), keepsImages || !name.isOfPicture else { return }
    let value = page.extracting(place).beginning(ofAtMost: AttributeValue.maximumCount)
    switch name {
    case .style:
      guard AttributeValue(value).hidesElement else { return }
      output.append(contentsOf: FilteredNames.hidingStyle)
    case .hidden:
      guard !value.holds("until-found") else { return }
      output.append(contentsOf: FilteredNames.hidden)
    case .class, .id, .role, .itemprop, .itemtype, .href:
      sideAttributes.append(name, place.lowerBound..<place.lowerBound + value.count)
    default:
      attributes.append(name.rawValue, to: &output)
      appendEscaped(value)
      output.append(UInt8(ascii: "\""))
    }
    switch tag {
    case .meta: if name == .content, !value.isEmpty { hasAttributes = true }
    // Of the links of a page itself only that to its own address counts.
    case .link:
      if AttributeValue(value).hasWord("canonical") { hasAttributes = true }
    default: hasAttributes = true
    }
  }

  mutating func startTagEnds(_ tag: Tag, _ name: MarkupName) {
    guard let start = tagStart else { return }
    tagStart = nil
    let needsAttributes = tag.isFormatting && !keepsFormatting || tag == .meta || tag == .link
    guard hasAttributes || !needsAttributes else {
      output.removeLast(output.count - start)
      sideAttributes.removeLast()
      return
    }
    output.append(UInt8(ascii: ">"))
    if tag.isFormatting, hasAttributes { formatting.starts(tag) }
    if tag == .pre || tag == .math { keepsSpace = true }
    isAtBlock = tag.startsBlock
  }

  mutating func endTag(_ tag: Tag, _ name: MarkupName) {
    switch tag {
    // Content after these end tags still belongs to the page.
    case .html, .body: return
    case .br:
      settleSpace(isAtBlock: false)
      sideAttributes.begin(.br)
      append("<br>")
      isAtBlock = false
      return
    case _ where tag.isEmpty || tag.isRaw: return
    case _ where tag.isFormatting: guard formatting.ends(tag) || keepsFormatting else { return }
    default: break
    }
    settleSpace(isAtBlock: false)
    append("</")
    append(name, of: tag)
    output.append(UInt8(ascii: ">"))
    isAtBlock = false
  }

  /// Writes the white space before what comes, if it counts.
  @inline(__always)
  private mutating func settleSpace(isAtBlock isBeforeBlock: Bool) {
    if space != 0, !isAtBlock, !isBeforeBlock { output.append(space) }
    space = 0
  }

  private mutating func append(_ name: MarkupName, of tag: Tag) {
    if tag == .other || tag == .custom {
      FilteredNames.append(name, to: &output)
    } else {
      tagNames.append(tag.rawValue, to: &output)
    }
  }

  // MARK: Text

  mutating func text(_ bytes: Span<UInt8>) {
    references.forEachPart(of: bytes, isInAttribute: false) { part in
      switch part {
      case .text(let text): appendText(text)
      case .ampersand: append(scalar: 0x26)
      case .reference(let reference):
        append(scalar: reference.first)
        if reference.second != 0 { append(scalar: reference.second) }
      }
    }
  }

  private mutating func append(scalar: UInt32) {
    settleSpace(isAtBlock: false)
    isAtBlock = false
    switch scalar {
    case 0x26: append("&amp;")
    case 0x3C: append("&lt;")
    default: output.append(scalar: scalar)
    }
  }

  /// Appends text without references. A `<` in it is no tag.
  private mutating func appendText(_ bytes: Span<UInt8>) {
    var index = 0
    while let bracket = bytes.index(of: UInt8(ascii: "<"), from: index) {
      appendCharacters(bytes.extracting(index..<bracket))
      append(scalar: 0x3C)
      index = bracket + 1
    }
    appendCharacters(bytes.extracting(index...))
  }

  private mutating func appendCharacters(_ bytes: Span<UInt8>) {
    if keepsSpace {
      appendAsItStands(bytes)
      return
    }
    var index = 0
    while index < bytes.count {
      let start = index
      var end = index
      while index < bytes.count {
        if bytes[index] > 0x20 {
          index &+= 1
          end = index
          bytes.stepOverWords(from: &index, end: &end)
        } else {
          guard bytes[index] == 0x20, end == index, end > start else { break }
          index &+= 1
        }
      }
      if end > start {
        settleSpace(isAtBlock: false)
        output.append(contentsOf: bytes.extracting(start..<end))
        isAtBlock = false
      }
      index = end
      readSpace(bytes, from: &index)
    }
  }

  /// Notes one byte of white space for all that stands at `index`. Controls vanish.
  private mutating func readSpace(_ bytes: Span<UInt8>, from index: inout Int) {
    while index < bytes.count, bytes[index] <= 0x20 {
      // A line feed counts more than a space.
      if bytes[index] == 0x0A {
        space = 0x0A
      } else if bytes[index].isHTMLSpace, space == 0 {
        space = 0x20
      }
      index &+= 1
    }
  }

  /// Appends text as it stands, but for what libxml2 would not hand on: it takes a zero byte for the end of its
  /// input, and a form feed, which is white space, for a mistake.
  private mutating func appendAsItStands(_ bytes: Span<UInt8>) {
    settleSpace(isAtBlock: false)
    isAtBlock = false
    for index in bytes.indices where bytes[index] != 0 {
      output.append(bytes[index] == 0x0C ? 0x20 : bytes[index])
    }
  }

  /// Appends an attribute's value so that libxml2 gives it back as it is written here.
  private mutating func appendEscaped(_ value: Span<UInt8>) {
    var start = 0
    for index in value.indices {
      let escape: StaticString
      switch value[index] {
      case UInt8(ascii: "&"): escape = "&amp;"
      case UInt8(ascii: "\""): escape = "&quot;"
      case 0: escape = ""
      default: continue
      }
      output.append(contentsOf: value.extracting(start..<index))
      append(escape)
      start = index + 1
    }
    output.append(contentsOf: value.extracting(start...))
  }

  private mutating func append(_ text: StaticString) {
    output.append(contentsOf: text.bytes)
  }
}

extension Tag {
  /// Whether a start tag surely begins a block, whatever is open.
  fileprivate var startsBlock: Bool {
    isBlockLevel && !isSkipped && self != .html && self != .body && self != .title
  }
}
