import Pipeline

extension Page {
  /// Whether the page has nothing around its text: no link, nothing to fill in, no part that is for finding one's
  /// way. So are pages that were stripped before, printed, or taken from a feed.
  ///
  /// - Complexity: O(elements + blocks).
  var isBare: Bool {
    !blocks.contains { $0.links > 0 }
      && !elements.contains { element in
        switch element.tag {
        case .nav, .aside, .footer, .form: true
        default: false
        }
      }
  }
}
