import Pipeline

/// How the `html` stage treats an element.
extension Tag {
  /// Whether a browser starts a new line for the element, as its default style sheet says (HTML Living
  /// Standard, section 15.3), or a page's own element may.
  var isBlockLevel: Bool {
    switch self {
    case .custom, .html, .head, .body,
      .main, .article, .section, .nav, .aside, .header, .footer, .address, .hgroup, .search,
      .h1, .h2, .h3, .h4, .h5, .h6,
      .div, .p, .hr, .pre, .blockquote, .ol, .ul, .menu, .li, .dl, .dt, .dd, .figure, .figcaption,
      .center, .table, .caption, .colgroup, .col, .thead, .tbody, .tfoot, .tr, .td, .th,
      .form, .fieldset, .legend, .details, .summary, .dialog, .title, .frameset, .optgroup, .option:
      true
    default: false
    }
  }

  /// Whether the element's content is not text of the page: code, pictures, controls.
  var isSkipped: Bool {
    switch self {
    case .script, .style, .noscript, .template, .svg, .math, .select, .textarea, .datalist, .iframe,
      .object, .canvas, .audio, .video, .noembed, .noframes, .head, .map:
      true
    default: false
    }
  }

  /// Whether the cells of a table may stand right inside, the row being left out by mistake.
  var holdsCells: Bool {
    self == .tr || self == .table || self == .tbody || self == .thead || self == .tfoot
  }

  /// Whether a browser shows a picture, a film or a control in the element's place.
  var isReplaced: Bool {
    switch self {
    case .img, .svg, .embed, .object, .canvas, .video, .audio, .iframe, .button, .input, .select,
      .textarea:
      true
    default: false
    }
  }

  /// Whether the element, in preformatted text, is one of its lines: highlighters wrap each in one.
  var isLineOfCode: Bool {
    switch self {
    case .div, .li, .ol, .ul, .custom: true
    default: false
    }
  }

  /// Whether the element only changes how its text looks. Such tags never reach the parser, unless they
  /// say more by an attribute.
  var isFormatting: Bool {
    switch self {
    case .b, .strong, .i, .em, .u, .s, .strike, .small, .big, .font, .sub, .sup, .mark, .ins, .del,
      .abbr, .acronym, .kbd, .samp, .var, .tt, .nobr, .bdi, .bdo, .q:
      true
    default: false
    }
  }

  /// Whether the element has neither text nor anything else that is looked at here.
  var isEmpty: Bool {
    switch self {
    case .wbr, .img, .picture, .source, .track, .embed, .param, .area, .col, .colgroup, .input,
      .base:
      true
    default: false
    }
  }

  /// Whether everything up to the end tag is characters, whatever it looks like, or is cut out like
  /// them: raw text (HTML Living Standard, section 13.2.5) and foreign content.
  var isRaw: Bool {
    switch self {
    case .script, .style, .noscript, .textarea, .iframe, .noembed, .noframes, .svg: true
    default: false
    }
  }
}
