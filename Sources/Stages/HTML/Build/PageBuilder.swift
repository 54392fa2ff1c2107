import Bytes
import PageText
import Pipeline

/// Builds a page's flat tree from its tags and text: keeps the stack of open elements, cuts the text
/// into blocks, and notes what the page says of itself.
struct PageBuilder {
  var page = Page()
  /// The facts that the page states outside its text.
  var facts = PageFacts()
  var placeMarks = PlaceMarkCache()
  /// Which limits were met, by their names in annotations.
  private(set) var limits: [String] = []
  /// Characters of the text that stand for lost ones.
  var damaged = 0

  var frames: [Frame] = []
  /// How many frames, from the first, have an element.
  var materialized = 0
  /// Open elements in and including one that is skipped.
  var skipped = 0
  var isInTitle = false
  var linkDepth = 0
  /// Links that began since the last text.
  var newLinks: UInt16 = 0
  /// And where they lead.
  var newLinkKinds: LinkKinds = []
  /// The page's own host, for these.
  private var site: [UInt8] = []
  var preformattedDepth = 0
  /// Whether an element that is a line of code has ended, and no text has come since.
  var isBetweenLines = false
  /// Whether the text of several cells of a table is one block somewhere.
  var hasJoinedCells = false
  /// The tables of the page that ends.
  var outline = PageOutline()
  /// Of the tag that is being read.
  var attributes = Attributes()

  var block: OpenBlock?
  var gap = Gap.none
  /// `<br>` since the last text.
  var breaks = 0
  /// Whether an inline element has just ended: if another begins at once, their texts are not glued.
  var hasEndedInline = false

  /// The formatting of the text beyond its blocks.
  var markup = MarkupCollector()

  /// The formula that is being read.
  var formula = Formula()
  /// Where the last formula ended in the page's text.
  var formulaEnd = -1

  private(set) var keepsHidden = false
  /// The scalars that a character reference stands for.
  var scalars: [UInt8] = []

  /// Elements of a page; the largest of 1,349 pages of people's making has 6,554.
  static let maximumElements = 1 << 20
  /// Blocks of a page; at most 2,641 there.
  static let maximumBlocks = 1 << 17
  /// Text of a page in bytes, 107,721 there: far below what the offsets could hold.
  static let maximumText = 16 << 20

  /// An open element.
  struct Frame {
    let tag: Tag
    /// Index in `elements`; -1 while the element is inline and holds no other.
    var element: Int32
    let names: Range<UInt32>
    /// The kind of the text directly inside.
    let kind: Page.Block.Kind
    let level: UInt8
    var isLink: Bool
    /// Whether the element or one around it is hidden.
    var isHidden = false
    /// The date or name that the element's text is.
    let place: PageFacts.OpenPlace
    /// Of a line of code the length of the page's text when it began; -1 for other elements.
    var lineStart = -1

    var isLine: Bool { lineStart >= 0 }
  }

  /// A block being written.
  struct OpenBlock {
    let start: Int
    let element: Int32
    let kind: Page.Block.Kind
    let level: UInt8
    let isHidden: Bool
    var linkBytes = 0
    var links: UInt16 = 0
    var linkKinds: LinkKinds = []
  }

  /// The gap between the last character of a block and the next.
  enum Gap: UInt8, Comparable {
    case none
    /// Nothing, but two elements meet: a space, unless the text needs none.
    case seam
    /// A picture or a control: a space between words, and between a mark and a word.
    case replaced
    case space
    /// A line feed in the markup: a space, unless the text is in a script without spaces.
    case wrap
    case lineBreak, cell

    static func < (first: Gap, second: Gap) -> Bool { first.rawValue < second.rawValue }
  }

  // MARK: Page

  /// Begins a page; forgets the one before.
  /// - Parameter address: Where it was fetched; empty if that is not known.
  mutating func begin(keepsHidden: Bool, style: Page.Style, address: String) {
    self.keepsHidden = keepsHidden
    markup.begin(style, address: address)
    site = LinkKinds.site(of: address)
    page = Page()
    page.elements.append(
      Page.Element(tag: .html, depth: 0, parent: -1, names: 0..<0, end: 1, block: 0))
    facts = PageFacts()
    placeMarks.reset()
    limits = []
    damaged = 0
    frames.removeAll(keepingCapacity: true)
    frames.append(
      Frame(
        tag: .html, element: 0, names: 0..<0, kind: .paragraph, level: 0, isLink: false,
        place: .none))
    materialized = 1
    (skipped, isInTitle, linkDepth, preformattedDepth) = (0, false, 0, 0)
    (isBetweenLines, hasJoinedCells) = (false, false)
    (block, gap, breaks, hasEndedInline) = (nil, .none, 0, false)
    (newLinks, newLinkKinds) = (0, [])
    formula.end()
    formulaEnd = -1
    attributes.start()
  }

  /// Ends the page and hands it over.
  mutating func end() -> Page {
    skipped = 0
    if formula.isOpen { endFormula() }
    while frames.count > 1 { popFrame() }
    endBlock()
    page.elements[0].end = Int32(page.elements.count)
    page.elements[0].blocks = 0..<Int32(page.blocks.count)
    // The limits may be met by a tag as well as by text.
    if page.elements.count > PageBuilder.maximumElements { meet("elements") }
    if page.blocks.count >= PageBuilder.maximumBlocks { meet("blocks") }
    if page.text.count > PageBuilder.maximumText { meet("text") }
    if markup.isFull { meet("markup") }
    page.markup = markup.markup
    if hasJoinedCells { splitLayoutRows() }
    defer { page = Page() }
    return page
  }

  // MARK: Elements

  /// Takes an element that says something and holds no text: `meta`, `link`, `html`, a picture, the
  /// address that relative references start from.
  mutating func note(_ tag: Tag) {
    switch tag {
    case .base: markup.noteBase(attributes)
    case .img where attributes.isTwin:
      if markup.isCollecting, skipped == 0 { markup.noteTwin(attributes) }
    case _ where tag.isReplaced:
      guard skipped == 0, keepsHidden || !attributes.isHidden else { return }
      gap = max(gap, .replaced)
      guard tag == .img, markup.isCollecting, !isShownFormula else { return }
      markup.noteImage(
        attributes, block: page.blocks.count, offset: block == nil ? nil : page.text.count,
        element: max(frames[materialized - 1].element, 0))
    default: facts.note(tag, attributes)
    }
  }

  /// Takes an element's start; `attributes` are its own.
  mutating func startElement(_ tag: Tag) {
    if tag == .title, !facts.hasTitle { isInTitle = true }
    if skipped > 0 {
      skipped += 1
      if formula.isOpen { formula.startElement(attributes, depth: skipped) }
    } else if tag.isSkipped || tag == .title || isControl(tag)
      || attributes.isHidden && !keepsHidden && !tag.isBlockLevel && !isSpokenFormula
      || isShownFormula
    {
      skipped += 1
      if attributes.isHidden && !keepsHidden { return }
      if tag == .math { formula.start(attributes) }
      if tag.isReplaced { gap = max(gap, .replaced) }
    } else {
      push(tag)
    }
  }

  /// Whether the element is a control of the page rather than its text. Buttons that open a part of the
  /// text hold its heading.
  private func isControl(_ tag: Tag) -> Bool {
    guard tag == .button else { return false }
    return !frames.contains { $0.level > 0 || $0.tag == .summary || $0.tag == .dt }
  }

  private mutating func push(_ tag: Tag) {
    let parent = frames[frames.count - 1]
    let isHiddenItself =
      attributes.isHidden && !isSpokenFormula && tag != .body
      || tag == .dialog && !attributes.isOpen
    let isHidden = parent.isHidden || isHiddenItself && !keepsHidden
    let isLine = preformattedDepth > 0 && tag.isLineOfCode && isHidden == parent.isHidden
    var frame = Frame(
      tag: tag, element: -1, names: attributes.appendNames(to: &page.names),
      kind: isLine ? parent.kind : tag.kind(inside: parent.kind),
      level: tag.headingLevel > 0 ? tag.headingLevel : parent.level,
      isLink: tag == .a && attributes.hasHref, isHidden: isHidden,
      place: isHidden ? .none : openPlace(tag))
    if isLine {
      frame.lineStart = page.text.count
      gap = max(gap, .lineBreak)
    }
    switch tag {
    case .br:
      breaks += 1
      if breaks >= 2, preformattedDepth == 0 { endBlock() } else { gap = max(gap, .lineBreak) }
    case _ where parent.tag.holdsCells && (tag == .td || tag == .th) && block?.kind == .tableRow:
      gap = .cell
      frame.element = appendElement(frame)
    case _ where frame.isLine: break
    case _ where tag.isBlockLevel:
      endBlock()
      frame.element = appendElement(frame)
    default:
      if hasEndedInline { gap = max(gap, .seam) }
    }
    if frame.isLink {
      linkDepth += 1
      if newLinks < .max { newLinks += 1 }
      if let kinds = attributes.linkKinds(from: site) { newLinkKinds.formUnion(kinds) }
    }
    if tag == .pre { preformattedDepth += 1 }
    if markup.isCollecting {
      open(frame)
    } else if tag == .td || tag == .th {
      markup.openCell(attributes, element: frame.element)
    }
    frames.append(frame)
    if frame.element >= 0 { materialized = frames.count }
  }

  /// Adds a block-level element, and before it the inline elements around it that have none yet.
  private mutating func appendElement(_ frame: Frame) -> Int32 {
    for index in materialized..<frames.count where frames[index].tag != .br {
      frames[index].element = appendElement(frames[index], depth: index)
    }
    return appendElement(frame, depth: frames.count)
  }

  private mutating func appendElement(_ frame: Frame, depth: Int) -> Int32 {
    let index = Int32(page.elements.count)
    let parent = depth > 0 ? frames[depth - 1].element : 0
    page.elements.append(
      Page.Element(
        tag: frame.tag, depth: UInt16(depth), parent: max(parent, 0), names: frame.names,
        end: index + 1, block: Int32(page.blocks.count)))
    return index
  }

  /// Takes the end of the innermost element.
  mutating func endElement() {
    isInTitle = false
    if skipped > 0 {
      skipped -= 1
      if formula.isOpen { endFormula() }
    } else if frames.count > 1 {
      popFrame()
    }
  }

  /// Takes the end of a link inside which elements are still open.
  /// - Parameter number: Of the link among the open elements, the root being 0.
  mutating func endLink(_ number: Int) {
    guard number < frames.count, frames[number].isLink else { return }
    frames[number].isLink = false
    linkDepth -= 1
    if markup.isCollecting { markup.close(.link, at: page.text.count) }
  }

  private mutating func popFrame() {
    let frame = frames.removeLast()
    if frame.isLine {
      endLine(frame)
    } else if frame.tag.isBlockLevel, frame.tag != .td, frame.tag != .th {
      endBlock()
    }
    if frame.isLink { linkDepth -= 1 }
    if frame.tag == .td || frame.tag == .th {
      markup.closeCell(at: page.text.count, links: (block?.linkBytes ?? 0, block?.links ?? 0))
    }
    if markup.isCollecting { close(frame) }
    if frame.tag == .pre { preformattedDepth -= 1 }
    facts.close(frame.place, at: page.text)
    if frame.element >= 0 {
      let index = Int(frame.element)
      page.elements[index].end = Int32(page.elements.count)
      page.elements[index].blocks =
        page.elements[index].blocks.lowerBound..<Int32(page.blocks.count)
    } else if Int(frame.names.upperBound) == page.names.count {
      page.names.removeLast(frame.names.count)
    }
    materialized = min(materialized, frames.count)
    hasEndedInline = !frame.tag.isBlockLevel && frame.tag != .br
  }

  /// Takes that a block begins that is not followed: its text is not glued to the text before.
  mutating func separate() { gap = max(gap, .space) }

  /// Notes that a limit was met.
  mutating func meet(_ limit: String) {
    if !limits.contains(limit) { limits.append(limit) }
  }

  /// Whether the page has as much as is taken of one.
  var isFull: Bool {
    page.elements.count > PageBuilder.maximumElements
      || page.blocks.count >= PageBuilder.maximumBlocks || page.text.count > PageBuilder.maximumText
  }
}

extension Tag {
  /// The kind of the text in the element, given the kind `outer` of text in the element around it.
  fileprivate func kind(inside outer: Page.Block.Kind) -> Page.Block.Kind {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: .heading
    case .pre: .code
    case .li, .dt, .dd: .listItem
    case .blockquote: .quote
    case .figcaption, .caption: .caption
    case .tr, .td, .th: .tableRow
    // A table may be there for the layout's sake: what has a block of its own in it is no row.
    case _ where isBlockLevel && outer == .tableRow: .paragraph
    default: outer
    }
  }
}
