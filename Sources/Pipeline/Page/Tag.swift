/// The elements of HTML that a stage may want to tell apart (HTML Living Standard, section 4); all
/// others are `other`.
public enum Tag: String, Sendable, CaseIterable {
  case other
  case html, head, body
  case main, article, section, nav, aside, header, footer, address, hgroup, search
  case h1, h2, h3, h4, h5, h6
  case div, p, hr, pre, blockquote, ol, ul, menu, li, dl, dt, dd, figure, figcaption, center
  case a, em, strong, b, i, u, s, small, q, cite, code, kbd, samp, `var`, sub, sup, span, br, wbr
  case abbr, time, mark, del, ins, font, label
  case img, picture, audio, video, iframe, object, embed, canvas, svg, math, map
  case table, caption, thead, tbody, tfoot, tr, td, th
  case form, fieldset, legend, input, button, select, option, textarea, datalist
  case details, summary, dialog
  case script, style, noscript, template, title, meta, link, base
}
