/// The elements of HTML that a stage may want to tell apart (HTML Living Standard, section 4).
public enum Tag: UInt8, Sendable, CaseIterable {
  /// An element that is none of these.
  case other
  /// An element whose name has a hyphen: one that the page's own scripts define.
  case custom
  case html, head, body
  case main, article, section, nav, aside, header, footer, address, hgroup, search
  case h1, h2, h3, h4, h5, h6
  case div, p, hr, pre, blockquote, ol, ul, menu, li, dl, dt, dd, figure, figcaption, center
  case a, em, strong, b, i, u, s, small, big, q, cite, code, kbd, samp, `var`, tt, sub, sup, span
  case br, wbr, abbr, acronym, time, mark, del, ins, strike, font, label, nobr, bdi, bdo, data
  case img, picture, source, track, audio, video, iframe, object, embed, param, canvas, svg, math
  case map, area
  case table, caption, colgroup, col, thead, tbody, tfoot, tr, td, th
  case form, fieldset, legend, input, button, select, optgroup, option, textarea, datalist, output
  case details, summary, dialog
  case script, style, noscript, template, title, meta, link, base, noembed, noframes, frameset

  /// The name in lower case; of the first two cases a word that no element is called.
  public var name: String { "\(self)" }

  /// 1 to 6 for headings, otherwise 0.
  public var headingLevel: UInt8 {
    switch self {
    case .h1: 1
    case .h2: 2
    case .h3: 3
    case .h4: 4
    case .h5: 5
    case .h6: 6
    default: 0
    }
  }
}
