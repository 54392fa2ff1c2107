import Bytes
import Pipeline

/// Features that a block has from the elements around it and from the page.
extension FeatureReader {
  mutating func readElements(_ page: Page) {
    let all = tree.before[page.blocks.count]
    readShares(page, all)
    for (index, block) in page.blocks.enumerated() {
      let element = Int(block.element)
      matrix[.level, index] = ByteScale.distance(Int(tree.levels[element]))
      readLevels(page, index)
      readDistances(index, element)
      readUnits(index, element, all)
    }
  }

  /// Divides once for each element: a block stands in eight that count, most of them shared.
  private mutating func readShares(_ page: Page, _ all: TreeSurvey.Sums) {
    shares.removeAll(keepingCapacity: true)
    for element in page.elements {
      let sums = tree.sums(element.blocks)
      shares.append(
        ElementShares(
          words: ByteScale.share(Int(sums.words), of: Int(all.words)),
          prose: ByteScale.share(Int(sums.prose), of: Int(all.prose)),
          links: ByteScale.share(Int(sums.linkBytes), of: Int(sums.bytes))))
    }
  }

  private mutating func readLevels(_ page: Page, _ index: Int) {
    var element = Int(page.blocks[index].element)
    for level in 0..<Feature.elementLevels {
      let own = shares[element]
      matrix[.wordShare0, level, index] = own.words
      matrix[.proseShare0, level, index] = own.prose
      matrix[.linkDensity0, level, index] = own.links
      element = max(Int(page.elements[element].parent), 0)
    }
  }

  private mutating func readDistances(_ index: Int, _ element: Int) {
    writeDistances(from: element, to: tree.candidates, .halfUp, index)
    for kind in 0..<LandmarkSurvey.count {
      matrix[.mainAbove, kind, index] = landmarks.distance(of: element, to: kind)
    }
  }

  /// Writes the levels up and down to each candidate; `first` is the first of their features.
  @inline(__always)
  func writeDistances(
    from element: Int, to candidates: [Candidate], _ first: Feature, _ block: Int
  ) {
    for place in candidates.indices {
      matrix[first, place * 2, block] = candidates[place].up[element]
      matrix[first, place * 2 + 1, block] = candidates[place].down[element]
    }
  }

  private mutating func readUnits(_ index: Int, _ element: Int, _ all: TreeSurvey.Sums) {
    for place in 0..<2 {
      let unit = place == 0 ? units.nearest[element] : units.widest[element]
      let offset = place * 5
      guard unit >= 0 else {
        matrix[.unitLevel, offset, index] = ByteScale.none
        continue
      }
      let group = Int(units.groups[Int(unit)])
      let level = Int(tree.levels[element] - tree.levels[Int(unit)])
      let words = Int(units.words[group])
      let count = Int(units.counts[group])
      matrix[.unitLevel, offset, index] = ByteScale.distance(level)
      matrix[.unitCount, offset, index] = ByteScale.count(count)
      matrix[.unitWordShare, offset, index] = ByteScale.share(words, of: Int(all.words))
      matrix[.unitProseShare, offset, index] = ByteScale.share(
        Int(units.prose[group]), of: Int(all.prose))
      matrix[.unitWords, offset, index] = ByteScale.count(words / max(count, 1))
      matrix[.unitLinkShare, place * 2, index] = ByteScale.share(
        Int(units.linkBytes[group]), of: Int(units.bytes[group]))
      matrix[.unitLinks, place * 2, index] = ByteScale.count(
        Int(units.links[group]) / max(count, 1))
    }
  }

  mutating func readSlots(_ page: Page) {
    let all = tree.before[page.blocks.count]
    for index in page.blocks.indices {
      let slot = slots.sums[Int(slots.slots[index])]
      matrix[.slotCount, index] = ByteScale.count(Int(slot.blocks))
      matrix[.slotBefore, index] = ByteScale.count(index - Int(slot.first))
      matrix[.slotSpread, index] = ByteScale.share(
        Int(slot.last - slot.first), of: page.blocks.count)
      matrix[.slotWordShare, index] = ByteScale.share(Int(slot.words), of: Int(all.words))
      matrix[.slotProseShare, index] = ByteScale.share(Int(slot.prose), of: Int(all.prose))
      matrix[.slotWords, index] = ByteScale.count(Int(slot.words / slot.blocks))
      matrix[.slotLinkShare, index] = ByteScale.share(Int(slot.linkBytes), of: Int(slot.bytes))
    }
  }

  // MARK: Page

  mutating func readPage(_ page: Page) {
    let all = tree.before[page.blocks.count]
    matrix.fill(.pageBlocks, ByteScale.count(page.blocks.count))
    matrix.fill(.pageWords, ByteScale.count(Int(all.words)))
    matrix.fill(.pageProse, ByteScale.count(Int(all.prose)))
    matrix.fill(.pageProseShare, ByteScale.share(Int(all.prose), of: Int(all.words)))
    matrix.fill(.pageLinkShare, ByteScale.share(Int(all.linkBytes), of: Int(all.bytes)))
    matrix.fill(.pageLongest, ByteScale.count(texts.reduce(0) { max($0, $1.words) }))
    matrix.fill(.pageCurrencies, ByteScale.count(texts.count { $0.currencies > 0 }))
    let copied = page.blocks.indices.count { matrix[.copies, $0] > 0 }
    matrix.fill(.pageCopies, ByteScale.share(copied, of: page.blocks.count))
    readBlockCounts(page)
    readElementCounts(page)
    let half = tree.sums(page.elements[tree.candidates[0].element].blocks)
    matrix.fill(.pageHalfWordShare, ByteScale.share(Int(half.words), of: Int(all.words)))
    let best = tree.sums(page.elements[tree.candidates[2].element].blocks)
    matrix.fill(.pageBestWordShare, ByteScale.share(Int(best.words), of: Int(all.words)))
    readWidestGroup(all)
    readKinds(page.kinds)
  }

  private mutating func readKinds(_ kinds: Page.Kinds) {
    for bit in 0..<Feature.kindCount where kinds.rawValue >> bit & 1 == 1 {
      for block in 0..<matrix.blockCount { matrix[.saysIsArticle, bit, block] = 1 }
    }
  }

  private mutating func readBlockCounts(_ page: Page) {
    var (paragraphs, prose, headings, titles, items, rows, code, links) = (0, 0, 0, 0, 0, 0, 0, 0)
    for (index, block) in page.blocks.enumerated() {
      if page.elements[Int(block.element)].tag == .p { paragraphs += 1 }
      if TreeSurvey.isProse(block, words: texts[index].words) { prose += 1 }
      links += Int(block.links)
      switch block.kind {
      case .heading:
        headings += 1
        if block.level == 1 { titles += 1 }
      case .listItem: items += 1
      case .tableRow: rows += 1
      case .code: code += 1
      default: break
      }
    }
    matrix.fill(.pageParagraphs, ByteScale.count(paragraphs))
    matrix.fill(.pageProseBlocks, ByteScale.count(prose))
    matrix.fill(.pageHeadings, ByteScale.count(headings))
    matrix.fill(.pageTitles, ByteScale.count(titles))
    matrix.fill(.pageItems, ByteScale.count(items))
    matrix.fill(.pageRows, ByteScale.count(rows))
    matrix.fill(.pageCode, ByteScale.count(code))
    matrix.fill(.pageLinks, ByteScale.count(links))
  }

  private mutating func readElementCounts(_ page: Page) {
    var (articles, forms, hasMain) = (0, 0, false)
    for element in page.elements {
      switch element.tag {
      case .article: articles += 1
      case .form: forms += 1
      case .main: hasMain = true
      default: break
      }
    }
    matrix.fill(.pageArticles, ByteScale.count(articles))
    matrix.fill(.pageForms, ByteScale.count(forms))
    matrix.fill(.pageHasMain, hasMain ? 1 : 0)
  }

  private mutating func readWidestGroup(_ all: TreeSurvey.Sums) {
    var widest: Int?
    for group in units.counts.indices where units.counts[group] >= UnitSurvey.minimumCount {
      if units.words[group] > widest.map({ units.words[$0] }) ?? 0 { widest = group }
    }
    guard let widest else { return }
    let words = Int(units.words[widest])
    let count = Int(units.counts[widest])
    matrix.fill(.pageWideWordShare, ByteScale.share(words, of: Int(all.words)))
    matrix.fill(.pageWideCount, ByteScale.count(count))
    matrix.fill(.pageWideWords, ByteScale.count(words / max(count, 1)))
  }

  mutating func readAddress(_ address: String?) {
    guard let address, let scheme = address.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
    var (depth, length, digits, hyphens, hasQuery) = (0, 0, 0, 0, false)
    var slashes = 0
    var wasSlash = false
    for byte in address.utf8[address.utf8.index(after: scheme)...] {
      if byte == UInt8(ascii: "?") { hasQuery = true }
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      if byte == UInt8(ascii: "/") {
        slashes += 1
        wasSlash = true
        continue
      }
      // Two slashes stand before the host, a third after it.
      guard slashes >= 3 else { continue }
      if wasSlash { depth += 1 }
      wasSlash = false
      length += 1
      if byte.isASCIIDigit { digits += 1 }
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { hyphens += 1 }
    }
    matrix.fill(.addressDepth, ByteScale.count(depth))
    matrix.fill(.addressLength, ByteScale.count(length))
    matrix.fill(.addressDigits, ByteScale.count(digits))
    matrix.fill(.addressHyphens, ByteScale.count(hyphens))
    matrix.fill(.addressHasQuery, hasQuery ? 1 : 0)
  }
}

/// An element's share of the page's words and prose, and the share of links in it.
struct ElementShares {
  let words: UInt8
  let prose: UInt8
  let links: UInt8
}
