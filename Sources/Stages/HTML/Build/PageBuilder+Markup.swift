import Pipeline

/// Passes links, emphasis and the like to the collector.
extension PageBuilder {
  /// Takes the start or end tag of an element that only changes how its text looks.
  mutating func noteFormatting(_ tag: Tag, starts: Bool) {
    guard markup.isCollecting, skipped == 0, preformattedDepth == 0, let kind = tag.formatting
    else { return }
    if starts {
      markup.open(kind, frames: frames.count)
    } else {
      markup.close(kind, at: page.text.count)
    }
  }

  /// Tells the collector of an element that is about to be open.
  mutating func open(_ frame: Frame) {
    if frame.isLink { markup.openLink(attributes, frames: frames.count + 1) }
    switch frame.tag {
    case .td, .th: markup.openCell(attributes, element: frame.element)
    case .ol, .li: markup.noteNumber(attributes, element: frame.element)
    case .code where preformattedDepth == 0: markup.open(.code, frames: frames.count + 1)
    case .code, .pre:
      // Highlighters put the language on one of the elements around the code.
      for names in [frame.names] + frames.suffix(2).reversed().map(\.names) {
        let range = Int(names.lowerBound)..<Int(names.upperBound)
        markup.noteLanguage(in: page.names[range], block: page.blocks.count)
      }
    default: break
    }
  }

  /// Tells it that the innermost element has ended.
  mutating func close(_ frame: Frame) {
    markup.closeAll(above: frames.count, at: page.text.count)
  }
}

extension Tag {
  /// How text in the element looks, if it makes a difference in Markdown.
  fileprivate var formatting: Page.Span.Kind? {
    switch self {
    case .strong, .b: .strong
    case .em, .i: .emphasis
    default: nil
    }
  }
}
