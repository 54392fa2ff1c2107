import Pipeline

/// Which dates and names in a page are the page's own.
extension PageBuilder {
  /// Takes an element that begins, with all that its attributes say of dates and authors.
  mutating func openPlace(_ tag: Tag) -> PageFacts.OpenPlace {
    if attributes.itemtype != nil { facts.noteType(attributes) }
    guard let place = PageFacts.place(attributes, tag, &placeMarks), !isInForeignPart()
    else { return .none }
    return facts.open(place, attributes, at: page.text.count)
  }

  /// Whether one of the open elements holds comments, reviews or other pages' teasers.
  ///
  /// The classes of the outermost ones say what may be on the page, not what they hold.
  private mutating func isInForeignPart() -> Bool {
    let names = page.names
    return frames.contains { frame in
      switch frame.tag {
      case .html, .body, .main, .article: return false
      case .blockquote: return true
      default:
        guard !frame.names.isEmpty else { return false }
        let range = Int(frame.names.lowerBound)..<Int(frame.names.upperBound)
        return placeMarks.marks(names.span.extracting(range)).contains(.foreign)
      }
    }
  }
}
