import Bytes
import Pipeline

/// Formulas and lines of code.
extension PageBuilder {
  /// Whether the element holds a formula for those who hear pages: hidden beside its picture.
  var isSpokenFormula: Bool {
    attributes.isHidden && (attributes.classes?.bytes.holds("mathml") ?? false)
  }

  /// Whether the element is the picture of the formula before it, or the same formula made of boxes.
  var isShownFormula: Bool {
    guard formulaEnd == page.text.count, let classes = attributes.classes?.bytes else {
      return false
    }
    return classes.holds("katex-html") || classes.holds("math-fallback")
  }

  /// Takes the end of an element in a formula, or of the formula.
  mutating func endFormula() {
    guard skipped == 0 else { return formula.endElement(depth: skipped) }
    let result = formula.result
    formula.end()
    if preformattedDepth > 0 { characters(result.span) } else { appendText(result.span) }
    formulaEnd = page.text.count
  }

  /// Takes the end of an element that is a line of code. An empty one is a line, too.
  mutating func endLine(_ frame: Frame) {
    if block != nil {
      if page.text.count == frame.lineStart {
        page.text.append(0x0A)
      } else if page.text.last == 0x0A {
        page.text.removeLast()
      }
    }
    gap = max(gap, .lineBreak)
    isBetweenLines = true
  }
}
