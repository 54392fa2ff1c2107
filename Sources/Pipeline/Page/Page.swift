/// A page taken apart: its elements as a flat tree, and its text as blocks in reading order.
///
/// Arrays instead of nodes: two passes over contiguous memory answer what a stage wants to know, and a
/// page is four allocations however large it is. Built by the `html` stage, read by those that choose
/// among the blocks.
public struct Page: Sendable {
  /// Elements in document order; a parent stands before its children. The first is the root.
  public var elements: [Element] = []

  /// Blocks in reading order.
  public var blocks: [Block] = []

  /// The blocks' text, one after another; well-formed UTF-8 with white space normalised.
  public var text: [UInt8] = []

  /// The elements' `class`, `id` and `role` values, in ASCII lower case.
  public var attributes: [UInt8] = []

  public init() {}

  /// An element of the page.
  public struct Element: Sendable {
    public var tag: Tag
    /// Index of the parent; -1 for the root.
    public var parent: Int32
    /// Number of ancestors.
    public var depth: UInt16
    /// The element's class, id and role in `attributes`, separated by spaces; often empty.
    public var names: Range<UInt32>

    public init(tag: Tag, parent: Int32, depth: UInt16, names: Range<UInt32>) {
      self.tag = tag
      self.parent = parent
      self.depth = depth
      self.names = names
    }
  }

  /// A run of text that a browser would show as a paragraph of its own.
  public struct Block: Sendable {
    public enum Kind: UInt8, Sendable {
      case paragraph, heading, listItem, quote, code, tableRow, caption
    }

    /// The block's bytes in `text`; never empty.
    public var text: Range<UInt32>
    /// Index of the nearest block-level element around it.
    public var element: Int32
    public var kind: Kind
    /// 1 to 6 for headings, otherwise 0.
    public var level: UInt8
    /// How many of the block's bytes are inside links.
    public var linkBytes: UInt32

    public init(
      text: Range<UInt32>, element: Int32, kind: Kind, level: UInt8 = 0, linkBytes: UInt32 = 0
    ) {
      self.text = text
      self.element = element
      self.kind = kind
      self.level = level
      self.linkBytes = linkBytes
    }
  }
}
