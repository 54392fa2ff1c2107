import Bytes
import Pipeline

/// Reads the features of a page's blocks, for training and for classifying alike.
///
/// Some passes over arrays, no recursion: what an element holds is a difference of sums, what it stands
/// in is taken over from its parent.
struct FeatureReader {
  var matrix = FeatureMatrix()
  var names = NameSurvey()
  var tree = TreeSurvey()
  var units = UnitSurvey()
  var landmarks = LandmarkSurvey()
  var slots = SlotSurvey()
  var headings = HeadingSurvey()
  var phrases = PhraseSurvey()
  var titles = TitleSurvey()
  var articles = ArticleSurvey()
  /// The element of the block that is the page's title.
  var ownTitle = Candidate()
  var texts: [TextMeasures] = []
  var wordHashes: [UInt32] = []
  var nameSums: [SignatureSums] = []
  var farNames: [NameSum] = []
  var shares: [ElementShares] = []
  var content = ContentSurvey()
  /// Of each element, the share of words that are probably content.
  var purities: [UInt8] = []
  private var copies = KeyIndex()
  private var copyNumbers: [Int32] = []
  private var copyCounts: [Int32] = []

  /// Words of a block that the word model looks at: what a block is, its first ones say, and of the long
  /// ones the length.
  static let maximumHashes = 32

  /// Reads all features but those that models give.
  /// - Complexity: O(elements + blocks + bytes of text and names).
  mutating func read(_ page: Page, of document: PageOrigin) {
    matrix.reset(blocks: page.blocks.count)
    guard !page.blocks.isEmpty else { return }
    measureTexts(page)
    names.survey(page)
    tree.survey(page, texts)
    landmarks.survey(page, names)
    units.survey(page, names, tree)
    slots.survey(page, names, tree)
    headings.survey(page)
    phrases.survey(page, texts, wordHashes)
    titles.survey(page, document.title, texts, wordHashes)
    articles.survey(page, tree)
    readTexts(page)
    readPositions(page)
    readHeadings(page)
    readSurroundings(page)
    readElements(page)
    readSlots(page)
    readPage(page)
    readPhrases(page)
    readLinks(page)
    readTitle(page)
    readAddress(document.address)
  }

  private mutating func measureTexts(_ page: Page) {
    texts.removeAll(keepingCapacity: true)
    wordHashes.removeAll(keepingCapacity: true)
    copies.reset(capacity: page.blocks.count)
    copyNumbers.removeAll(keepingCapacity: true)
    copyCounts.removeAll(keepingCapacity: true)
    let text = page.text.span
    for block in page.blocks {
      let range = Int(block.text.lowerBound)..<Int(block.text.upperBound)
      let own = text.extracting(range)
      texts.append(
        TextMeasures.measure(own, hashes: &wordHashes, limit: FeatureReader.maximumHashes))
      let number = copies.number(of: Hash64.hash(own))
      if number == copyCounts.count { copyCounts.append(0) }
      copyNumbers.append(Int32(number))
      copyCounts[number] += 1
    }
  }

  // MARK: Blocks

  private mutating func readTexts(_ page: Page) {
    var seen = [Int32](repeating: 0, count: copyCounts.count)
    for (index, block) in page.blocks.enumerated() {
      let text = texts[index]
      matrix[.words, index] = ByteScale.count(text.words)
      matrix[.wordLength, index] = ByteScale.ratio(text.lettersOfWords, to: text.words)
      matrix[.linkShare, index] = ByteScale.share(Int(block.linkBytes), of: block.text.count)
      matrix[.links, index] = ByteScale.count(Int(block.links))
      matrix[.kind, index] = block.kind.rawValue
      matrix[.headingLevel, index] = block.level
      matrix[.sentences, index] = ByteScale.count(text.sentences)
      matrix[.sentenceLength, index] = ByteScale.ratio(text.words, to: text.sentences)
      matrix[.commas, index] = ByteScale.count(text.commas)
      matrix[.digitShare, index] = ByteScale.share(text.digits, of: text.digits + text.letters)
      matrix[.capitalShare, index] = text.capitalShare
      matrix[.symbols, index] = ByteScale.count(text.symbols)
      matrix[.separators, index] = ByteScale.count(text.separators)
      matrix[.currencies, index] = ByteScale.count(text.currencies)
      matrix[.lineBreaks, index] = ByteScale.count(text.lineBreaks)
      matrix[.firstMark, index] = text.first.rawValue
      matrix[.lastMark, index] = text.last.rawValue
      matrix[.hidden, index] = block.isHidden ? 1 : 0
      let copy = Int(copyNumbers[index])
      matrix[.copies, index] = ByteScale.count(Int(copyCounts[copy]) - 1)
      matrix[.copiesBefore, index] = ByteScale.count(Int(seen[copy]))
      seen[copy] += 1
    }
  }

  private mutating func readPositions(_ page: Page) {
    let all = tree.before[page.blocks.count]
    let count = page.blocks.count
    for index in 0..<count {
      let before = tree.before[index]
      matrix[.blocksBefore, index] = ByteScale.count(index)
      matrix[.blocksAfter, index] = ByteScale.count(count - 1 - index)
      matrix[.wordsBefore, index] = ByteScale.count(Int(before.words))
      matrix[.wordsAfter, index] = ByteScale.count(Int(all.words - tree.before[index + 1].words))
      matrix[.wordPosition, index] = ByteScale.share(Int(before.words), of: Int(all.words))
      matrix[.prosePosition, index] = ByteScale.share(Int(before.prose), of: Int(all.prose))
      matrix[.blockPosition, index] = ByteScale.share(index, of: count)
    }
  }

  private mutating func readHeadings(_ page: Page) {
    var title: Int?
    var heading: Int?
    for (index, block) in page.blocks.enumerated() {
      let sinceTitle = title.map { ByteScale.distance(index - $0) } ?? ByteScale.none
      matrix[.blocksSinceTitle, index] = sinceTitle
      if let heading {
        matrix[.blocksSinceHeading, index] = ByteScale.distance(index - heading)
        matrix[.headingRank, index] = page.blocks[heading].level
        matrix[.headingWords, index] = ByteScale.count(texts[heading].words)
      } else {
        matrix[.blocksSinceHeading, index] = ByteScale.none
      }
      if block.kind == .heading { heading = index }
      if block.level == 1, title == nil { title = index }
    }
    var next: Int?
    for index in page.blocks.indices.reversed() {
      matrix[.blocksToHeading, index] =
        next.map { ByteScale.distance($0 - index) } ?? ByteScale.none
      if page.blocks[index].kind == .heading { next = index }
    }
  }

  private mutating func readSurroundings(_ page: Page) {
    let count = page.blocks.count
    for index in 0..<count {
      if index > 0 {
        matrix[.previousWords, index] = matrix[.words, index - 1]
      }
      if index + 1 < count {
        matrix[.nextWords, index] = matrix[.words, index + 1]
        matrix[.nextLinkShare, index] = matrix[.linkShare, index + 1]
      }
      let around = tree.sums(Int32(max(index - 3, 0))..<Int32(min(index + 4, count)))
      let own = tree.sums(Int32(index)..<Int32(index + 1))
      matrix[.linkShareAround, index] = ByteScale.share(
        Int(around.linkBytes - own.linkBytes), of: Int(around.bytes - own.bytes))
    }
  }
}
