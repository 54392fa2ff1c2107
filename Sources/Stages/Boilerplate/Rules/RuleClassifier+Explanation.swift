import Bytes
import Pipeline

extension RuleClassifier {
  func explain(_ page: Page) -> ScoreExplanation {
    var explanation = ScoreExplanation()
    guard !page.blocks.isEmpty else { return explanation }
    explanation.facts = [.init("judged by", "rules"), .init("read as", readingText(page))]
    for (index, block) in page.blocks.enumerated() {
      explanation.evidence.append(evidence(page, index, block))
    }
    return explanation
  }

  private func readingText(_ page: Page) -> String {
    switch reading {
    case .article(let container):
      "an article in \(page.selector(of: container)), the smallest element with most of the prose"
    case .listing(_, isIndex: true): "an index: hardly any prose, and hardly anything but links"
    case .listing(let main, isIndex: false):
      "a listing in \(page.selector(of: main)): there is hardly any prose"
    }
  }

  /// The terms of a block's score. What comes first decides, if it is there.
  private func evidence(
    _ page: Page, _ index: Int, _ block: Page.Block
  ) -> [Explanation.Evidence] {
    if block.isHidden { return [.init("hidden by the page", "0")] }
    if isBoilerplate[Int(block.element)] {
      return [.init("stands in boilerplate", culprit(page, Int(block.element)))]
    }
    let links = Explanation.Evidence(
      "share of the text in links", "\(Int((block.linkShare * 100).rounded())) %")
    let words = Explanation.Evidence("words", grouped(self.words[index]))
    switch reading {
    case .listing(let main, _):
      let isInside = page.elements[main].blocks.contains(Int32(index))
      return [.init("stands in \(page.selector(of: main))", isInside ? "yes" : "no"), words, links]
    case .article(let container):
      let isInside = page.elements[container].blocks.contains(Int32(index))
      let place = Explanation.Evidence(
        "stands in \(page.selector(of: container))", isInside ? "yes" : "no")
      if isInside, block.kind == .heading {
        return [place] + headingEvidence(block)
      }
      let own = Explanation.Evidence("score by itself", fixed(Double(self.own[index]), 2))
      return [place, words, links, own] + (isInside ? neighbours(index) : [])
    }
  }

  private func headingEvidence(_ block: Page.Block) -> [Explanation.Evidence] {
    block.level == 1
      ? [.init("heading of level 1", "the page's title, which is metadata")]
      : [.init("heading", "nearly as good as what it stands above")]
  }

  /// The scores of the neighbouring blocks on their own: a short line between paragraphs is part of them.
  private func neighbours(_ index: Int) -> [Explanation.Evidence] {
    let before = index > 0 ? fixed(Double(own[index - 1]), 2) : "none"
    let behind = index + 1 < own.count ? fixed(Double(own[index + 1]), 2) : "none"
    return [.init("the blocks before and behind by themselves", "\(before), \(behind)")]
  }

  /// The outermost of the elements around a block that are boilerplate, and what its names speak of.
  private func culprit(_ page: Page, _ element: Int) -> String {
    var culprit = element
    while page.elements[culprit].parent >= 0, isBoilerplate[Int(page.elements[culprit].parent)] {
      culprit = Int(page.elements[culprit].parent)
    }
    let spoken = NameGroup.allCases.filter { groups[culprit].contains(NameGroup.Set($0)) }
    let names =
      spoken.isEmpty ? "" : ", which speaks of \(spoken.map { "\($0)" }.joined(separator: ", "))"
    return page.selector(of: culprit) + names
  }
}
