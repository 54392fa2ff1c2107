import Bytes
public import Pipeline

extension Boilerplate.Chooser: ExplainingWorker {
  public mutating func explain(
    _ document: inout Document
  ) -> (outcome: Verdict, explanation: Explanation) {
    let page = document.page
    let text = document.text
    trace = ChoiceTrace()
    let outcome = process(&document)
    guard let trace else { return (outcome, Explanation()) }
    self.trace = nil
    return (outcome, page.map { explanation(of: $0, trace) } ?? explanation(of: text, trace))
  }

  // MARK: Pages

  private func explanation(of page: Page, _ trace: ChoiceTrace) -> Explanation {
    let scores = classifier.explain(page)
    var explanation = Explanation()
    explanation.cut = trace.threshold
    explanation.facts = scores.facts + facts(trace)
    for (index, block) in page.blocks.enumerated() {
      let bytes = page.text[Int(block.text.lowerBound)..<Int(block.text.upperBound)]
      let isKept = trace.isKept(index)
      var told = Explanation.Block(
        UTF8Text(wellFormed: Array(bytes)), isKept: isKept,
        reason: reason(trace.causes[index], isKept, trace))
      told.form = block.form
      told.place = page.place(of: Int(block.element))
      told.isHidden = block.isHidden
      told.score = blocks[index].score
      if index < scores.evidence.count { told.evidence = scores.evidence[index] }
      explanation.blocks.append(told)
    }
    return explanation
  }

  private func facts(_ trace: ChoiceTrace) -> [Explanation.Fact] {
    var facts = [Explanation.Fact("favor", settings.favor.rawValue)]
    if case .byExpectedMeasure(let least) = classifier.selection {
      let best = BlockSelection.bestMeasure(blocks, beta: settings.favor.beta)
      let measure = fixed(best.measure, 2)
      let limit = fixed(least, 2)
      facts.append(.init("expected F measure", "\(measure), must be at least \(limit)"))
    }
    let cut = trace.threshold.map { fixed(Double($0), 2) }
    let why = trace.isBare ? ": the page has nothing around its text" : ""
    facts.append(.init("cut", cut.map { "a score of \($0)\(why)" } ?? "none: nothing is kept"))
    return facts
  }

  private func reason(_ cause: ChoiceTrace.Cause, _ isKept: Bool, _ trace: ChoiceTrace) -> String? {
    switch (cause, isKept) {
    case (.score, _): trace.threshold == nil ? "too little of the page is promising" : nil
    case (.tableRow, true): "the rest of its table is kept"
    case (.tableRow, false): "the rest of its row is dropped"
    case (.definition, true): "its term, or what is said of it, is kept"
    case (.definition, false): "its term, or what is said of it, is dropped"
    case (.list, true): "the rest of its list or table is kept"
    case (.list, false): "the rest of its list or table is dropped"
    case (.hidden, _): "hidden in the midst of what is shown"
    case (.comment, true): "a reader's comment, put behind the article"
    case (.comment, false): "a reader's comment"
    case (.repetition, _): "says again what an earlier block said"
    }
  }

  // MARK: Text without markup

  private func explanation(of text: UTF8Text, _ trace: ChoiceTrace) -> Explanation {
    var explanation = Explanation()
    explanation.facts.append(
      .init("judged", "as text without markup, by repetition and the site's own lines at its end"))
    let bytes = text.bytes.span
    let main = Set(trace.main)
    TextBlocks.forEachParagraph(in: bytes) { range in
      let isKept = trace.kept.contains(range)
      let reason =
        isKept
        ? "a paragraph of the text"
        : main.contains(range)
          ? "says again what an earlier paragraph said" : "speaks of the site, at the end"
      explanation.blocks.append(
        Explanation.Block(
          UTF8Text(wellFormed: Array(bytes.extracting(range))), isKept: isKept, reason: reason))
    }
    return explanation
  }
}

extension Page.Block {
  fileprivate var form: Explanation.Form {
    switch kind {
    case .paragraph: .paragraph
    case .heading: .heading(level: max(Int(level), 1))
    case .listItem: .listItem
    case .quote: .quote
    case .code: .code
    case .tableRow: .tableRow
    case .caption: .caption
    }
  }
}

extension Page {
  /// Levels that a place shows, and names of an element.
  private static let shownLevels = 5
  private static let shownNames = 3

  /// An element and those around it, as selectors, without what encloses every page.
  func place(of element: Int) -> String {
    var parts: [String] = []
    var index = element
    while index >= 0, parts.count < Page.shownLevels {
      if elements[index].tag != .html, elements[index].tag != .body || parts.isEmpty {
        parts.append(selector(of: index))
      }
      index = Int(elements[index].parent)
    }
    return parts.reversed().joined(separator: " > ")
  }

  /// An element's tag and the first of its names: `div.story.wide`.
  func selector(of element: Int) -> String {
    let range = elements[element].names
    let names = String(
      decoding: self.names[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    var parts = [elements[element].tag.name]
    // Addresses of vocabularies are among the names; `class` and `id` often say the same.
    for name in names.split(separator: " ") where !name.contains("/") {
      if parts.count <= Page.shownNames, !parts.dropFirst().contains(String(name)) {
        parts.append(String(name))
      }
    }
    return parts.joined(separator: ".")
  }
}
