import Pipeline

/// The properties of a tag that the nesting rules use (HTML Living Standard, section 13.2.6), one bit each.
struct TagTraits: OptionSet {
  let rawValue: UInt16

  /// "Special": the end tag of an inline element does not reach past it.
  static let special = TagTraits(rawValue: 1)
  /// Bounds the scope in which an end tag looks for its start tag.
  static let boundsScope = TagTraits(rawValue: 2)
  /// Ends an open paragraph when it starts.
  static let endsParagraph = TagTraits(rawValue: 4)
  /// Ends in place when its end tag comes too early: "formatting" elements and forms.
  static let endsInPlace = TagTraits(rawValue: 8)
  /// Has no content.
  static let void = TagTraits(rawValue: 16)
  /// Belongs into `head`, which anything else ends.
  static let belongsInHead = TagTraits(rawValue: 32)
  /// A part of a table, which only the table's bounds keep from its start tag.
  static let partOfTable = TagTraits(rawValue: 64)

  /// By raw value of the tag.
  static let table: [TagTraits] = {
    var table = [TagTraits](repeating: [], count: 256)
    for tag in Tag.allCases { table[Int(tag.rawValue)] = traits(of: tag) }
    return table
  }()

  private static func traits(of tag: Tag) -> TagTraits {
    switch tag {
    case .html: [.special, .boundsScope]
    case .head, .body, .frameset, .noembed, .noframes, .iframe, .select, .textarea: .special
    case .object: [.special, .boundsScope]
    case .template: [.special, .boundsScope, .belongsInHead]
    case .title, .script, .style, .noscript: [.special, .belongsInHead]
    case .meta, .link, .base: [.special, .void, .belongsInHead]
    case .main, .article, .section, .nav, .aside, .header, .footer, .address, .hgroup, .search,
      .h1, .h2, .h3, .h4, .h5, .h6, .div, .p, .pre, .blockquote, .ol, .ul, .menu, .li, .dl, .dt,
      .dd, .figure, .figcaption, .center, .fieldset, .details, .summary:
      [.special, .endsParagraph]
    case .dialog: .endsParagraph
    case .form: [.special, .endsParagraph, .endsInPlace]
    case .hr: [.special, .endsParagraph, .void]
    case .table: [.special, .endsParagraph, .boundsScope]
    case .caption, .td, .th: [.special, .boundsScope, .partOfTable]
    case .thead, .tbody, .tfoot, .tr, .colgroup: [.special, .partOfTable]
    case .col: [.special, .void, .partOfTable]
    case .br, .wbr, .img, .source, .track, .embed, .param, .area, .input: [.special, .void]
    case .button: .special
    case .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u:
      .endsInPlace
    default: []
    }
  }
}
