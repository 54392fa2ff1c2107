import Bytes
import Pipeline

/// Writes blocks as Markdown (CommonMark, with the tables of GitHub Flavored Markdown and the definition
/// lists of Markdown Extra).
struct MarkdownWriter {
  let page: Page
  let outline: PageOutline
  var inline: MarkdownInline
  private let numbering: ListNumbering
  var output: [UInt8] = []

  /// Items and quotations around the last block, from the outside in.
  private var around: [Container] = []
  var last: Page.Block?
  private var isFenceOpen = false
  private var fence: [UInt8] = []
  var row: Row?

  /// Lists and quotations inside of one another beyond this count as one: each costs two columns in
  /// every line.
  static let maximumNesting = 12

  /// An item, a definition or a quotation.
  struct Container {
    let element: Int32
    /// In front of its first line, and of the others.
    let marker: [UInt8]
    let indent: [UInt8]
  }

  /// The row of a table that is being written.
  struct Row {
    let table: Int
    let number: Int32
    /// The cell that is being written; -1 for none, and how many columns have begun.
    var cell: Int32 = -1
    var columns: Int32 = 0
    let isFirst: Bool
  }

  init(_ page: Page, _ outline: PageOutline) {
    self.page = page
    self.outline = outline
    inline = MarkdownInline(page)
    numbering = ListNumbering(page)
  }

  mutating func write(_ blocks: [Int]) -> [UInt8] {
    for index in blocks {
      for image in page.markup.images[page.images(of: index)] where image.offset == nil {
        begin(page.blocks[index], isImage: true)
        page.write(image, to: &output)
        last = nil
      }
      write(page.blocks[index], index)
    }
    endParts()
    return output
  }

  private mutating func write(_ block: Page.Block, _ index: Int) {
    let range = Int(block.text.lowerBound)..<Int(block.text.upperBound)
    let parts = outline.dataParts(of: block, in: page)
    if !parts.isEmpty {
      for part in parts { writePart(part, of: block, index) }
      last = block
      return
    }
    if isFenceOpen, let last, isOneCode(last, block) {
      writeCodeLines(range)
      return
    }
    begin(block)
    switch block.kind {
    case .code: writeCode(block, index)
    case .heading:
      output += [UInt8](repeating: UInt8(ascii: "#"), count: Int(min(max(block.level, 1), 6)))
      output.append(0x20)
      inline.write(range, of: index, in: .heading, linePrefix: [], to: &output)
    default:
      inline.write(range, of: index, in: .paragraph, linePrefix: prefix(), to: &output)
    }
    last = block
  }

  // MARK: Lists and quotations

  /// Ends what the last block was part of and writes what stands in front of the next: an empty line,
  /// the marks of quotations and items.
  mutating func begin(_ block: Page.Block, isImage: Bool = false) {
    endParts()
    let next = containers(around: block)
    var common = 0
    while common < min(around.count, next.count), around[common].element == next[common].element {
      common += 1
    }
    if !output.isEmpty {
      let isTight = !isImage && isTight(block, next, common: common)
      around.removeLast(around.count - common)
      if !isTight {
        output.append(0x0A)
        output += prefix()
        while output.last == 0x20 { output.removeLast() }
      }
      output.append(0x0A)
    }
    around = Array(next.prefix(common))
    output += prefix()
    for container in next[common...] { output += container.marker }
    around = next
  }

  /// The prefix of every line of the block except its first.
  func prefix() -> [UInt8] { around.flatMap(\.indent) }

  /// Whether the block stands right below the last one: an item below an item of the same list, a
  /// definition below its term.
  private func isTight(_ block: Page.Block, _ next: [Container], common: Int) -> Bool {
    guard let last, last.kind == .listItem, block.kind == .listItem else { return false }
    let container = outline.container(around: block.element)
    if container >= 0, page.elements[Int(container)].tag == .dd, common < next.count { return true }
    guard common < next.count, let item = next.last, common == next.count - 1,
      page.elements[Int(item.element)].tag == .li
    else { return false }
    // A list inside an item may follow its text at once, unless it begins with another number than 1.
    let list = page.elements[Int(item.element)].parent
    if common == around.count { return numbering[item.element].map { $0 == 1 } ?? true }
    let isSameList = page.elements[Int(around[common].element)].parent == list
    return isSameList
  }

  private func containers(around block: Page.Block) -> [Container] {
    var containers: [Container] = []
    var index = outline.container(around: block.element)
    while index >= 0 {
      switch page.elements[Int(index)].tag {
      case _ where isWrapper(index): break
      case .li: containers.append(item(index))
      case .dd where isDefinition(index): containers.append(Container(element: index, ": ", "  "))
      case .blockquote: containers.append(Container(element: index, "> ", "> "))
      default: break
      }
      index = outline.container(outside: index, in: page)
    }
    return containers.suffix(MarkdownWriter.maximumNesting).reversed()
  }

  /// Items and quotations of more blocks than this that hold so large a share of the page are left open
  /// by mistake or lay out the page.
  private static let wrapperBlocks = 20
  private static let wrapperShare = 0.25

  private func isWrapper(_ element: Int32) -> Bool {
    let count = page.elements[Int(element)].blocks.count
    return count > MarkdownWriter.wrapperBlocks
      && Double(count) > MarkdownWriter.wrapperShare * Double(page.blocks.count)
  }

  /// Whether something of the same list stands before the definition: its term may have been left out.
  private func isDefinition(_ element: Int32) -> Bool {
    if around.contains(where: { $0.element == element }) { return true }
    guard let last else { return false }
    let before = outline.container(around: last.element, in: page) { $0 == .dt || $0 == .dd }
    return before >= 0 && before != element
      && page.elements[Int(before)].parent == page.elements[Int(element)].parent
  }

  private func item(_ element: Int32) -> Container {
    guard let number = numbering[element] else { return Container(element: element, "- ", "  ") }
    let marker = "\(number). "
    return Container(element: element, marker, String(repeating: " ", count: marker.utf8.count))
  }

  private mutating func endParts() {
    if isFenceOpen {
      output.append(0x0A)
      output += prefix()
      output += fence
      isFenceOpen = false
    }
    endRow()
    row = nil
  }

  // MARK: Code

  private func isOneCode(_ first: Page.Block, _ second: Page.Block) -> Bool {
    guard first.kind == .code, second.kind == .code else { return false }
    let element = outline.container(around: first.element, in: page) { $0 == .pre }
    return element >= 0
      && element == outline.container(around: second.element, in: page) { $0 == .pre }
  }

  private mutating func writeCode(_ block: Page.Block, _ index: Int) {
    let pre = outline.container(around: block.element, in: page) { $0 == .pre }
    // All blocks of the element go between the same fences.
    let blocks =
      pre >= 0 ? page.elements[Int(pre)].blocks : Int32(index)..<Int32(index + 1)
    let first = page.blocks[Int(blocks.lowerBound)].text.lowerBound
    let end = page.blocks[Int(blocks.upperBound) - 1].text.upperBound
    let ticks = page.text.span.longestRun(of: UInt8(ascii: "`"), in: Int(first)..<Int(end))
    fence = [UInt8](repeating: UInt8(ascii: "`"), count: max(3, ticks + 1))
    output += fence
    let languages = page.markup.languages
    let language = languages.partitioningIndex { $0.block >= Int32(index) }
    if language < languages.count, languages[language].block == Int32(index) {
      output += page.string(languages[language].name)
    }
    isFenceOpen = true
    writeCodeLines(Int(block.text.lowerBound)..<Int(block.text.upperBound))
  }

  private mutating func writeCodeLines(_ range: Range<Int>) {
    let prefix = prefix()
    for line in page.text[range].split(separator: 0x0A, omittingEmptySubsequences: false) {
      output.append(0x0A)
      output += prefix
      output += line
    }
  }
}

extension MarkdownWriter.Container {
  init(element: Int32, _ marker: String, _ indent: String) {
    self.init(element: element, marker: Array(marker.utf8), indent: Array(indent.utf8))
  }
}
