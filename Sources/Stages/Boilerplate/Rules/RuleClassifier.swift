import Bytes
import Pipeline

/// Scores blocks by rules, without a model.
///
/// Three passes over arrays. What is prose is found first, by length and by the share of links (Kohlschütter,
/// Fankhauser, Nejdl, "Boilerplate Detection using Shallow Text Features", 2010). Then the elements that
/// are boilerplate as a whole, by their tags and names, unless they hold a large part of the prose: sites
/// call wrappers what they like. What remains of the prose leads to the smallest element that
/// holds most of it, the container. At last each block is scored by what it is, where it stands, and what
/// its neighbours are.
struct RuleClassifier: BlockClassifier {
  /// Words in each block.
  private(set) var words: [Int] = []
  /// Words before each block, and at the end all of them: what an element holds is a difference.
  private var wordsBefore: [Int] = []
  /// The same of words of prose.
  private var prose: [Int] = []
  /// For each element, the groups that its names belong to, and those of the elements around it, too.
  private(set) var groups: [NameGroup.Set] = []
  private var around: [NameGroup.Set] = []
  /// For each element, whether it or one around it is boilerplate.
  private(set) var isBoilerplate: [Bool] = []
  /// Of blocks by themselves, before their neighbours count.
  private(set) var own: [Float] = []
  /// How the page was read; for explanations.
  private(set) var reading = Reading.article(container: 0)

  /// The way a page is scored, and the element that then counts.
  enum Reading: Equatable {
    case article(container: Int)
    /// `isIndex` if the page only leads to others.
    case listing(main: Int, isIndex: Bool)
  }

  private var scores: [Float] = []

  var selection: BlockSelection { .byThreshold }

  mutating func score(
    _ page: Page, of origin: PageOrigin, into blocks: inout [ScoredBlock]
  ) {
    var scores = self.scores
    self.scores = []
    score(page, into: &scores)
    blocks.removeAll(keepingCapacity: true)
    for (index, block) in page.blocks.enumerated() {
      // Text that the page hides scores 0: to the rules it is not the page's text.
      let score = block.isHidden ? 0 : scores[index]
      blocks.append(ScoredBlock(score: score, words: Int32(words[index])))
    }
    self.scores = scores
  }

  private mutating func score(_ page: Page, into scores: inout [Float]) {
    scores.removeAll(keepingCapacity: true)
    guard !page.blocks.isEmpty else { return }
    measure(page)
    markBoilerplate(page)
    // Text in boilerplate does not make the elements around it count.
    addUp(page, leavingOut: isBoilerplate)
    let main = main(of: page)
    if prose(in: page.elements[main]) < RuleClassifier.leastProse(words: words(in: main, of: page))
    {
      scoreAsListing(page, main, into: &scores)
    } else {
      let container = container(of: page)
      reading = .article(container: container)
      scoreByThemselves(page, container)
      scoreByNeighbours(page, container, into: &scores)
    }
  }

  // MARK: Prose

  /// Fewest words of a block that is prose: below, captions, buttons and headings prevail.
  private static let proseWords = 8
  /// The largest share of links in prose, as in the paper.
  private static let proseLinks = 0.33

  private mutating func measure(_ page: Page) {
    words.removeAll(keepingCapacity: true)
    wordsBefore.removeAll(keepingCapacity: true)
    var sum = 0
    let text = page.text.span
    for block in page.blocks {
      let range = Int(block.text.lowerBound)..<Int(block.text.upperBound)
      let content = text.extracting(range)
      words.append(block.isHidden ? 0 : Words.count(in: content))
      wordsBefore.append(sum)
      sum += words[words.count - 1]
    }
    wordsBefore.append(sum)
    addUp(page, leavingOut: [])
  }

  /// Adds up the prose, without what stands in elements that are marked; unmarked if there are no marks.
  private mutating func addUp(_ page: Page, leavingOut isMarked: [Bool]) {
    prose.removeAll(keepingCapacity: true)
    var sum = 0
    for (index, block) in page.blocks.enumerated() {
      prose.append(sum)
      let isProse =
        words[index] >= RuleClassifier.proseWords && block.linkShare <= RuleClassifier.proseLinks
      let isLeftOut = !isMarked.isEmpty && isMarked[Int(block.element)]
      if isProse, block.kind != .heading, !isLeftOut { sum += words[index] }
    }
    prose.append(sum)
  }

  private func prose(in element: Page.Element) -> Int {
    prose[Int(element.blocks.upperBound)] - prose[Int(element.blocks.lowerBound)]
  }

  private func wordCount(in element: Page.Element) -> Int {
    wordsBefore[Int(element.blocks.upperBound)] - wordsBefore[Int(element.blocks.lowerBound)]
  }

  // MARK: Boilerplate

  /// Elements, or all elements of one name group together, with a larger share of the page's prose are
  /// no boilerplate, whatever they are called: posts of a thread are often called comments.
  private static let largestBoilerplate = 0.4

  private mutating func markBoilerplate(_ page: Page) {
    readNames(page)
    let trusted = trustedGroups(page)
    let total = Double(max(prose[prose.count - 1], 1))
    isBoilerplate.removeAll(keepingCapacity: true)
    for (index, element) in page.elements.enumerated() {
      var marked = element.parent >= 0 && isBoilerplate[Int(element.parent)]
      if !marked, !element.blocks.isEmpty {
        if Double(prose(in: element)) < RuleClassifier.largestBoilerplate * total {
          marked = RuleClassifier.isBoilerplate(element, groups[index].intersection(trusted))
        } else if groups[index].contains(NameGroup.Set(.consent)) {
          // On a page without prose of its own, that of the cookie banner is all there is.
          marked = wordCount(in: element) * 2 < wordCount(in: page.elements[0])
        }
      }
      isBoilerplate.append(marked)
    }
  }

  private mutating func readNames(_ page: Page) {
    groups.removeAll(keepingCapacity: true)
    let names = page.names.span
    for element in page.elements {
      let range = Int(element.names.lowerBound)..<Int(element.names.upperBound)
      groups.append(NameGroup.groups(in: names.extracting(range)))
    }
  }

  /// The groups whose outermost elements do not together hold too much of the prose.
  private mutating func trustedGroups(_ page: Page) -> NameGroup.Set {
    around.removeAll(keepingCapacity: true)
    var sums = [Int](repeating: 0, count: NameGroup.allCases.count)
    for (index, element) in page.elements.enumerated() {
      let outer = element.parent >= 0 ? around[Int(element.parent)] : []
      around.append(outer.union(groups[index]))
      let fresh = groups[index].subtracting(outer)
      // Nearly all elements have none.
      if fresh.isEmpty { continue }
      for group in NameGroup.allCases where fresh.contains(NameGroup.Set(group)) {
        let inside = prose(in: element)
        // A wrapper around everything says nothing about the others of its group.
        if Double(inside) < RuleClassifier.wrapperShare * Double(prose[prose.count - 1]) {
          sums[Int(group.rawValue)] += inside
        } else {
          around[index].remove(NameGroup.Set(group))
        }
      }
    }
    let limit = RuleClassifier.largestBoilerplate * Double(prose[prose.count - 1])
    return NameGroup.allCases.reduce(into: []) { trusted, group in
      if Double(sums[Int(group.rawValue)]) <= limit { trusted.insert(NameGroup.Set(group)) }
    }
  }

  /// An element with this share of the prose encloses the page rather than a part of it.
  private static let wrapperShare = 0.9

  private static func isBoilerplate(_ element: Page.Element, _ groups: NameGroup.Set) -> Bool {
    switch element.tag {
    case .nav, .footer, .aside, .dialog, .form, .fieldset: return true
    case .html, .body, .main, .article, .h1, .h2, .h3, .h4, .h5, .h6, .p, .td, .th, .tr:
      return false
    default: return !groups.isEmpty
    }
  }

  // MARK: Container

  /// A child that holds this share of its parent's prose is the container in its place.
  private static let containerShare = 0.75

  /// The smallest element that holds most of the prose: from the root down, to the child that holds
  /// nearly all of its parent's.
  private func container(of page: Page) -> Int {
    var container = 0
    while true {
      let whole = prose(in: page.elements[container])
      var child = container + 1
      var next: Int?
      while child < Int(page.elements[container].end), whole > 0, next == nil {
        let share = Double(prose(in: page.elements[child])) / Double(whole)
        if share >= RuleClassifier.containerShare { next = child }
        child = Int(page.elements[child].end)
      }
      guard let next else { return container }
      container = next
    }
  }

  // MARK: Listings

  /// With less prose than this, in words, a page is read for its items: products, threads, teasers.
  private static func leastProse(words: Int) -> Int { max(50, words / 4) }

  /// The first `main` element, or the root.
  private func main(of page: Page) -> Int {
    page.elements.firstIndex { $0.tag == .main && !$0.blocks.isEmpty } ?? 0
  }

  /// Words in the element that are not boilerplate.
  private func words(in element: Int, of page: Page) -> Int {
    page.elements[element].blocks.reduce(0) { sum, index in
      let block = page.blocks[Int(index)]
      return isBoilerplate[Int(block.element)] ? sum : sum + words[Int(index)]
    }
  }

  /// Where there is hardly any prose, everything counts that is not boilerplate, links included, unless
  /// there is hardly anything but links: then the page only leads to others.
  private mutating func scoreAsListing(_ page: Page, _ main: Int, into scores: inout [Float]) {
    let inside = page.elements[main].blocks
    var bytes = 0
    var linkBytes = 0
    for index in inside where !isBoilerplate[Int(page.blocks[Int(index)].element)] {
      bytes += page.blocks[Int(index)].text.count
      linkBytes += Int(page.blocks[Int(index)].linkBytes)
    }
    let isIndex =
      main == 0 && Double(linkBytes) > RuleClassifier.linksOfIndex * Double(bytes)
      || words(in: main, of: page) < RuleClassifier.leastListing
    reading = .listing(main: main, isIndex: isIndex)
    for (index, block) in page.blocks.enumerated() {
      if !inside.contains(Int32(index)) || isBoilerplate[Int(block.element)] {
        scores.append(0)
      } else if isIndex || words[index] < 2 {
        scores.append(0.4)
      } else {
        scores.append(0.7 - 0.1 * Float(block.linkShare))
      }
    }
  }

  /// Fewer words than this are left-overs: a link past the menu, the price of a subscription.
  private static let leastListing = 12

  /// A page without a `main` element and with a larger share of links than this is an index.
  private static let linksOfIndex = 0.97

  // MARK: Scores

  private mutating func scoreByThemselves(_ page: Page, _ container: Int) {
    own.removeAll(keepingCapacity: true)
    let inside = page.elements[container].blocks
    for (index, block) in page.blocks.enumerated() {
      if isBoilerplate[Int(block.element)] {
        own.append(0)
        continue
      }
      let length = min(Float(words[index]) / 12, 1)
      var score = (0.35 + 0.6 * length) * (1 - Float(block.linkShare))
      if !inside.contains(Int32(index)) { score *= 0.5 }
      own.append(score)
    }
  }

  private func scoreByNeighbours(_ page: Page, _ container: Int, into scores: inout [Float]) {
    let inside = page.elements[container].blocks
    for (index, block) in page.blocks.enumerated() {
      guard inside.contains(Int32(index)), !isBoilerplate[Int(block.element)] else {
        scores.append(own[index])
        continue
      }
      let before = index > Int(inside.lowerBound) ? own[index - 1] : 0
      let after = index + 1 < Int(inside.upperBound) ? own[index + 1] : 0
      switch block.kind {
      case .heading where block.level == 1:
        // The page's title is metadata.
        scores.append(0.2)
      case .heading:
        // A heading is as good as what it stands above.
        let later = index + 2 < Int(inside.upperBound) ? own[index + 2] : 0
        scores.append(max(after, later) * 0.9)
      default:
        // A short line among paragraphs is part of them.
        scores.append(
          max(own[index], 0.4 * own[index] + 0.4 * min(before, after) + 0.2 * max(before, after)))
      }
    }
  }
}

extension Page.Block {
  /// The share of the text that is inside links, 0...1.
  var linkShare: Double { Double(linkBytes) / Double(max(text.count, 1)) }
}
