import Pipeline

/// Features that say whose a block is: phrases, where its links lead, the page's title and article.
extension FeatureReader {
  mutating func readPhrases(_ page: Page) {
    let marks = phrases.matches
    var label: Int?
    for (index, block) in page.blocks.enumerated() {
      let own = marks[index]
      matrix[.phrase, index] = own.kind
      matrix[.phraseRest, index] = own.kind > 0 ? ByteScale.count(Int(own.rest)) : ByteScale.none
      let (heading, section) = (Int(headings.nearest[index]), Int(headings.section[index]))
      if heading >= 0 { matrix[.headingPhrase, index] = marks[heading].kind }
      if section >= 0 { matrix[.sectionPhrase, index] = marks[section].kind }
      matrix[.phraseAbove, index] = phrases.distances[Int(block.element)]
      matrix[.phraseAboveKind, index] = phrases.kinds[Int(block.element)]
      matrix[.blocksSincePhrase, index] =
        label.map { ByteScale.distance(index - $0) } ?? ByteScale.none
      if let label { matrix[.phraseBefore, index] = marks[label].kind }
      if own.isLabel { label = index }
    }
    matrix.fill(.pagePhrases, ByteScale.count(marks.count(where: \.isLabel)))
    let comments = marks.count { $0.isLabel && $0.kind == ExcessPhrase.comments.rawValue }
    matrix.fill(.pageCommentPhrases, ByteScale.count(comments))
  }

  mutating func readLinks(_ page: Page) {
    let count = page.blocks.count
    let all = Int(tree.before[count].articleLinks)
    for (index, block) in page.blocks.enumerated() {
      var kinds = block.linkKinds.rawValue
      while kinds != 0 {
        matrix[.linksToSharing, kinds.trailingZeroBitCount, index] = 1
        kinds &= kinds &- 1
      }
      let around = tree.sums(Int32(max(index - 4, 0))..<Int32(min(index + 5, count)))
      matrix[.articleLinksAround, index] = ByteScale.count(Int(around.articleLinks))
      matrix[.articleLinksBefore, index] = ByteScale.share(
        Int(tree.before[index].articleLinks), of: all)
    }
    matrix.fill(.pageArticleLinks, ByteScale.share(all, of: count))
  }

  mutating func readTitle(_ page: Page) {
    var headings = 0
    for (index, block) in page.blocks.enumerated() {
      if block.level == 1 { headings += 1 }
      matrix[.titleShare, index] = titles.shares[index]
      matrix[.titlesBefore, index] = ByteScale.count(headings)
      matrix[.articlesBefore, index] = articles.begun[index]
      matrix[.articleProseShare, index] = articles.shares[index]
      let since = titles.block.flatMap { $0 <= index ? ByteScale.distance(index - $0) : nil }
      matrix[.blocksSinceOwnTitle, index] = since ?? ByteScale.none
    }
    matrix.fill(.pageArticleProse, articles.largest)
    matrix.fill(.pageHasOwnTitle, titles.block == nil ? 0 : 1)
    guard let title = titles.block else {
      matrix.fill(.ownTitleUp, ByteScale.none)
      return
    }
    ownTitle.move(to: Int(page.blocks[title].element), page, levels: tree.levels)
    for (index, block) in page.blocks.enumerated() {
      matrix[.ownTitleUp, index] = ownTitle.up[Int(block.element)]
      matrix[.ownTitleDown, index] = ownTitle.down[Int(block.element)]
    }
  }
}
