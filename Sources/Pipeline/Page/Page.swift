/// A page taken apart: its elements as a flat tree, and its text as blocks in reading order.
///
/// Arrays instead of nodes: two passes over contiguous memory answer what a stage wants to know, and a
/// page is four allocations however large it is. Elements stand in document order, so that an element's
/// descendants, and the blocks inside it, are ranges. Built by the `html` stage, read by those that
/// choose among the blocks.
public struct Page: Sendable {
  /// Elements in document order; a parent stands before its children. The first, if any, is the root.
  ///
  /// Block-level elements, and such inline elements as hold one; other inline elements leave nothing
  /// but their text.
  public var elements: [Element] = []

  /// Blocks in reading order, those that the page hides among them.
  public var blocks: [Block] = []

  /// The blocks' text with a line feed between two of them, or ` | ` between two cells of a table:
  /// well-formed UTF-8 with white space normalised. Inside a block a line feed stands for a line break of the page.
  public var text: [UInt8] = []

  /// The elements' `class`, `id`, `role`, `itemprop` and `itemtype` values, in ASCII lower case.
  public var names: [UInt8] = []

  /// The style in which the text is written, and the formatting that this needs.
  public var markup = Markup()

  /// The kinds that the page declares itself to be.
  public var kinds: Kinds = []

  public init() {}

  /// The kinds that a page declares in linked data and Open Graph; a page may declare several.
  public struct Kinds: OptionSet, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let article = Kinds(rawValue: 1 << 0)
    public static let product = Kinds(rawValue: 1 << 1)
    public static let offer = Kinds(rawValue: 1 << 2)
    public static let list = Kinds(rawValue: 1 << 3)
    public static let collection = Kinds(rawValue: 1 << 4)
    public static let discussion = Kinds(rawValue: 1 << 5)
    public static let question = Kinds(rawValue: 1 << 6)
    public static let answers = Kinds(rawValue: 1 << 7)
    public static let instruction = Kinds(rawValue: 1 << 8)
    public static let software = Kinds(rawValue: 1 << 9)
    public static let business = Kinds(rawValue: 1 << 10)
    public static let review = Kinds(rawValue: 1 << 11)
    public static let openGraphArticle = Kinds(rawValue: 1 << 12)
    public static let openGraphProduct = Kinds(rawValue: 1 << 13)
    public static let openGraphSite = Kinds(rawValue: 1 << 14)
  }

  /// Indices of the blocks that the page does not hide.
  public var shownBlocks: [Int] { blocks.indices.filter { !blocks[$0].isHidden } }

  /// Bytes of text in them.
  public var shownBytes: Int {
    blocks.reduce(0) { $1.isHidden ? $0 : $0 + $1.text.count }
  }

  /// An element of the page.
  public struct Element: Sendable {
    public let tag: Tag
    /// Number of ancestors.
    public let depth: UInt16
    /// Index of the parent; -1 for the root.
    public let parent: Int32
    /// The element's words in `names`, separated by spaces; often empty.
    public let names: Range<UInt32>
    /// The index after the last descendant.
    public var end: Int32
    /// The blocks inside.
    public var blocks: Range<Int32>

    /// An element without content, which starts with the block numbered `block`.
    public init(
      tag: Tag, depth: UInt16, parent: Int32, names: Range<UInt32>, end: Int32, block: Int32
    ) {
      self.tag = tag
      self.depth = depth
      self.parent = parent
      self.names = names
      self.end = end
      blocks = block..<block
    }
  }

  /// A run of text that a browser would show as a paragraph of its own.
  public struct Block: Sendable {
    public enum Kind: UInt8, Sendable {
      case paragraph, heading, listItem, quote, code, tableRow, caption
    }

    /// The block's bytes in `text`; never empty.
    public let text: Range<UInt32>
    /// Index of the nearest element around it that `elements` holds.
    public let element: Int32
    public let kind: Kind
    /// 1 to 6 for headings, otherwise 0.
    public let level: UInt8
    /// How many of the block's bytes are inside links.
    public let linkBytes: UInt32
    /// Number of links that begin in the block; at most 65,535.
    public let links: UInt16
    /// The kinds of pages that these links lead to.
    public let linkKinds: LinkKinds
    /// Whether the page hides the block at first: a tab that is not chosen, an overlay, a folded part.
    public let isHidden: Bool

    public init(
      text: Range<UInt32>, element: Int32, kind: Kind, level: UInt8 = 0, linkBytes: UInt32 = 0,
      links: UInt16 = 0, linkKinds: LinkKinds = [], isHidden: Bool = false
    ) {
      self.text = text
      self.element = element
      self.kind = kind
      self.level = level
      self.linkBytes = linkBytes
      self.links = links
      self.linkKinds = linkKinds
      self.isHidden = isHidden
    }
  }
}
