extension Page {
  /// How the text of a page is written. Set where the page is taken apart, so that every later stage
  /// writes it alike.
  public struct Style: Sendable, Equatable {
    public enum Format: String, SettingChoice { case text, markdown }

    public var format = Format.text
    /// Whether the targets of links follow their texts.
    public var writesLinks = false
    /// Whether pictures stand in the text by their alternative texts.
    public var writesImages = false

    public init() {}

    /// Whether the text is that of the blocks and nothing else.
    public var isPlain: Bool { self == Style() }
  }

  /// The formatting of the text beyond its blocks. Except for the cells of tables, it is collected only as far as
  /// the style needs it. The text of the blocks is the same in any case.
  public struct Markup: Sendable {
    public var style = Style()
    /// Parts of blocks that look or lead elsewhere, by where they start. Each lies in one block; spans of
    /// different kinds may overlap, of one kind they do not.
    public var spans: [Span] = []
    /// In document order.
    public var images: [Image] = []
    /// The cells of all tables, in document order.
    public var cells: [Cell] = []
    /// Numbers that ordered lists and their items give themselves, in document order.
    public var numbers: [Number] = []
    /// Programming languages that blocks of code are said to be in, in document order.
    public var languages: [Language] = []
    /// Addresses, alternative texts and names of languages: well-formed UTF-8.
    public var strings: [UInt8] = []

    public init() {}
  }

  /// A part of a block's text.
  public struct Span: Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable { case link, strong, emphasis, code }

    public let kind: Kind
    /// In the page's `text`. A link that encloses several blocks is a span in each.
    public var text: Range<UInt32>
    /// Where a link leads, in `strings`; empty if nowhere.
    public let target: Range<UInt32>

    public init(kind: Kind, text: Range<UInt32>, target: Range<UInt32>) {
      self.kind = kind
      self.text = text
      self.target = target
    }
  }

  /// A picture that has an alternative text.
  public struct Image: Sendable {
    /// Index of the block that it stands in or, if in none, before.
    public var block: Int32
    /// Where it stands in the block, as an offset in the page's `text`; nil outside of blocks.
    public let offset: UInt32?
    /// Index of the nearest element around it that `elements` holds.
    public let element: Int32
    /// In `strings`; not empty.
    public let text: Range<UInt32>
    /// Address in `strings`; empty if it has none that is worth writing.
    public let source: Range<UInt32>

    public init(
      block: Int32, offset: UInt32?, element: Int32, text: Range<UInt32>, source: Range<UInt32>
    ) {
      self.block = block
      self.offset = offset
      self.element = element
      self.text = text
      self.source = source
    }
  }

  /// A cell of a table.
  public struct Cell: Sendable {
    /// Index of its `td` or `th`.
    public let element: Int32
    /// The range from its first character to the end of its last in the page's `text`; empty if it has none.
    public var text: Range<UInt32>
    /// How many columns and rows of the table it takes; at least one.
    public let columns: UInt16
    public let rows: UInt16

    public init(element: Int32, text: Range<UInt32>, columns: UInt16 = 1, rows: UInt16 = 1) {
      self.element = element
      self.text = text
      self.columns = columns
      self.rows = rows
    }
  }

  /// The number of an item, or of an ordered list's first item.
  public struct Number: Sendable {
    /// Index of the `ol` or `li`.
    public let element: Int32
    public let value: Int32

    public init(element: Int32, value: Int32) {
      self.element = element
      self.value = value
    }
  }

  /// The programming language of a block of code.
  public struct Language: Sendable {
    /// Index of the block.
    public var block: Int32
    /// In `strings`; not empty.
    public let name: Range<UInt32>

    public init(block: Int32, name: Range<UInt32>) {
      self.block = block
      self.name = name
    }
  }
}
