import Pipeline

/// The elements that are open at one place of the markup, and which of them a tag ends.
///
/// The rules are those of the HTML Living Standard (section 13.2.6) as far as they decide which text stands in
/// which element. There are two differences: text in a table but outside its cells stays there and does not
/// move in front of the table; and a formatting element that the end of a paragraph cuts off does not begin
/// again after it.
struct OpenElements {
  private struct Entry {
    /// `other` for one that ended in place, too.
    var tag: Tag
    /// Tells elements apart that have no tag of their own; 0 once it has ended in place.
    var name: UInt64
  }

  private var entries: [Entry] = []
  /// How many paragraphs are open: most start tags need not look for one.
  private var paragraphs = 0
  private var hasBody = false
  private let traits = TagTraits.table

  /// Open elements, the root included.
  var count: Int { entries.count }

  /// The innermost element.
  var last: Tag { entries[entries.count - 1].tag }

  var isInHead: Bool { entries.count == 2 && entries[1].tag == .head }

  /// Before the first tag of a page: the root is open.
  mutating func start() {
    entries.removeAll(keepingCapacity: true)
    entries.append(Entry(tag: .html, name: 0))
    paragraphs = 0
    hasBody = false
  }

  mutating func push(_ tag: Tag, _ name: MarkupName) {
    entries.append(Entry(tag: tag, name: name.identity))
    if tag == .p { paragraphs += 1 }
    if tag != .head { hasBody = true }
  }

  mutating func removeLast() {
    if entries.removeLast().tag == .p { paragraphs -= 1 }
  }

  // MARK: Start tags

  /// The effect of a start tag on the open elements.
  struct Opening {
    /// So many of them stay open.
    var keep: Int
    /// The link among those that ends in place, by its number; nil for none.
    var endedLink: Int?
  }

  /// The elements that end where an element starts; nil if the tag is not followed.
  mutating func opening(_ tag: Tag) -> Opening? {
    var keep = entries.count
    let traits = self.traits[Int(tag.rawValue)]
    if isInHead, !traits.contains(.belongsInHead) { keep = 1 }
    switch tag {
    case .html: return nil
    case .head, .body: return hasBody || keep > 1 ? nil : Opening(keep: keep)
    case .li: keep = endOfItem(.li, .li, keep)
    case .dt, .dd: keep = endOfItem(.dt, .dd, keep)
    case .a: return openingOfLink(keep)
    case .button: keep = index(of: .button, below: keep) ?? keep
    case .option: if last == .option { keep -= 1 }
    case .optgroup:
      if last == .option { keep -= 1 }
      if entries[keep - 1].tag == .optgroup { keep -= 1 }
    case .table: keep = endOfTable(keep)
    case _ where traits.contains(.partOfTable): return Opening(keep: endInTable(tag, keep))
    default: break
    }
    if traits.contains(.endsParagraph), paragraphs > 0 { keep = paragraph(below: keep) ?? keep }
    if tag.headingLevel > 0, entries[keep - 1].tag.headingLevel > 0 { keep -= 1 }
    return Opening(keep: keep)
  }

  /// The paragraph that is open, within the bounds of a button or a table's cell.
  private func paragraph(below keep: Int) -> Int? {
    innermost(
      below: keep, where: { $0.tag == .p }, within: { $0.tag == .button || boundsScope($0) })
  }

  /// An item ends where the next begins, unless another block stands between them.
  private func endOfItem(_ first: Tag, _ second: Tag, _ keep: Int) -> Int {
    var index = keep - 1
    while index > 0 {
      let tag = entries[index].tag
      if tag == first || tag == second { return index }
      let isPassed = tag == .address || tag == .div || tag == .p
      if !isPassed, traits[Int(tag.rawValue)].contains(.special) { return keep }
      index -= 1
    }
    return keep
  }

  /// A table does not stand right in another one.
  private func endOfTable(_ keep: Int) -> Int {
    var index = keep - 1
    while index > 0 {
      switch entries[index].tag {
      case .table: return index
      case .td, .th, .caption, .template, .object: return keep
      default: index -= 1
      }
    }
    return keep
  }

  /// The number of elements that stay open when a row, a cell or another part of a table begins.
  private func endInTable(_ tag: Tag, _ keep: Int) -> Int {
    guard let table = index(of: .table, below: keep, bounds: [.template, .object]) else {
      return keep
    }
    var kept = table + 1
    guard tag == .tr || tag == .td || tag == .th || tag == .col else { return kept }
    while kept < keep {
      switch entries[kept].tag {
      case .thead, .tbody, .tfoot: if tag == .col { return kept }
      case .tr: if tag == .tr || tag == .col { return kept }
      case .colgroup: if tag != .col { return kept }
      default: return kept
      }
      kept += 1
    }
    return kept
  }

  /// A link ends where the next one begins.
  private mutating func openingOfLink(_ keep: Int) -> Opening {
    guard let link = index(of: .a, below: keep) else { return Opening(keep: keep) }
    let hasSpecial = entries[link..<keep].contains {
      traits[Int($0.tag.rawValue)].contains(.special)
    }
    if !hasSpecial { return Opening(keep: link) }
    endInPlace(link)
    return Opening(keep: keep, endedLink: link)
  }

  /// The innermost `tag` in scope.
  private func index(of tag: Tag, below keep: Int) -> Int? {
    innermost(below: keep, where: { $0.tag == tag }, within: { boundsScope($0) })
  }

  private func index(of tag: Tag, below keep: Int, bounds: [Tag]) -> Int? {
    innermost(below: keep, where: { $0.tag == tag }, within: { bounds.contains($0.tag) })
  }

  /// The innermost of the first `keep` elements that `matches`, unless one that ends the search stands
  /// inside it. The root is none.
  @inline(__always)
  private func innermost(
    below keep: Int, where matches: (Entry) -> Bool, within isBound: (Entry) -> Bool
  ) -> Int? {
    var index = keep - 1
    while index > 0 {
      if matches(entries[index]) { return index }
      if isBound(entries[index]) { return nil }
      index -= 1
    }
    return nil
  }

  @inline(__always)
  private func boundsScope(_ entry: Entry) -> Bool {
    traits[Int(entry.tag.rawValue)].contains(.boundsScope)
  }

  private mutating func endInPlace(_ index: Int) {
    entries[index].tag = .other
    entries[index].name = 0
  }

  // MARK: End tags

  /// The effect of an end tag.
  enum Closing {
    /// So many elements stay open.
    case keep(Int)
    /// The link of this number ends, and what is open inside it stays so.
    case link(Int)
    /// An empty paragraph stands here.
    case paragraph
    case nothing
  }

  mutating func closing(_ tag: Tag, _ name: MarkupName) -> Closing {
    switch tag {
    case .html, .body: return .nothing
    case .head: return isInHead ? .keep(1) : .nothing
    case .p: return paragraph(below: count).map(Closing.keep) ?? .paragraph
    case .h1, .h2, .h3, .h4, .h5, .h6: return closingOfHeading()
    case .dt, .dd: return closingOfBlock { $0 == .dt || $0 == .dd }
    case .table: return closingInTable(.table)
    default: break
    }
    let traits = self.traits[Int(tag.rawValue)]
    if traits.contains(.endsInPlace) { return closingInPlace(tag) }
    if traits.contains(.partOfTable) { return closingInTable(tag) }
    if traits.contains(.special) { return closingOfBlock { $0 == tag } }
    return closingOfOther(tag, name.identity)
  }

  private func closingOfHeading() -> Closing { closingOfBlock { $0.headingLevel > 0 } }

  @inline(__always)
  private func closingOfBlock(_ matches: (Tag) -> Bool) -> Closing {
    closing(innermost(below: count, where: { matches($0.tag) }, within: { boundsScope($0) }))
  }

  private func closingInTable(_ tag: Tag) -> Closing {
    closing(index(of: tag, below: count, bounds: [.table, .template, .object]))
  }

  private func closing(_ element: Int?) -> Closing { element.map(Closing.keep) ?? .nothing }

  private mutating func closingInPlace(_ tag: Tag) -> Closing {
    var hasSpecial = false
    var index = count - 1
    while index > 0 {
      let open = entries[index].tag
      if open == tag {
        if !hasSpecial { return .keep(index) }
        endInPlace(index)
        return tag == .a ? .link(index) : .nothing
      }
      let traits = self.traits[Int(open.rawValue)]
      if traits.contains(.boundsScope) { return .nothing }
      if traits.contains(.special) { hasSpecial = true }
      index -= 1
    }
    return .nothing
  }

  private func closingOfOther(_ tag: Tag, _ name: UInt64) -> Closing {
    closing(
      innermost(
        below: count, where: { $0.tag == tag && $0.name == name },
        within: { traits[Int($0.tag.rawValue)].contains(.special) }))
  }
}
