import Bytes
import Pipeline

/// Reads a page: scans its markup and builds its tree, by libxml2 or at once.
struct PageParser {
  /// The result of parsing a page.
  struct Result {
    let page: Page
    let facts: PageFacts
    /// Characters of the text that stand for lost ones.
    let damaged: Int
    /// Limits that were met, in that order.
    let limits: [String]
    /// How many elements libxml2 told of: none where another reader was asked.
    let elementsByLibXML2: Int
  }

  /// Who reads tags and text.
  enum Reader: String, SettingChoice {
    /// libxml2, behind a filter.
    case libxml2
    /// The filter's scanner alone.
    case fast
  }

  private var scanner = MarkupScanner()
  private var filter = MarkupFilter()
  private var pass = LibXML2Pass()
  private let style: Page.Style
  private let reader: Reader

  /// - Parameter style: What to collect beside the blocks.
  init(style: Page.Style = Page.Style(), reader: Reader = .libxml2) {
    self.style = style
    self.reader = reader
  }

  /// Where in the input the scripts of linked data (JSON-LD) stand.
  var linkedData: [Range<Int>] { scanner.linkedData }

  /// Parses one page; forgets the one before.
  /// - Parameters:
  ///   - page: Its markup.
  ///   - address: Where the page was fetched; empty if that is not known.
  ///   - keepsHidden: Whether text counts that the page hides.
  ///   - keepsFallback: Whether the content of `noscript` counts.
  /// - Throws: When libxml2 has no memory.
  mutating func parse(
    _ page: MarkupText, address: String = "", keepsHidden: Bool,
    keepsFallback: Bool = false
  ) throws -> Result {
    pass.construction.begin(keepsHidden: keepsHidden, style: style, address: address)
    var told = 0
    switch reader {
    case .fast: scanner.scan(page.span, keepsFallback: keepsFallback, into: &pass.construction)
    case .libxml2:
      filter.begin(style: style)
      scanner.scan(page.span, keepsFallback: keepsFallback, into: &filter)
      filter.end()
      pass.begin(page, filter.sideAttributes)
      defer { pass.end() }
      told = try LibXML2.read(&filter.output, by: &pass)
    }
    let built = pass.construction.end()
    let builder = pass.construction.builder
    return Result(
      page: built, facts: builder.facts, damaged: builder.damaged, limits: builder.limits,
      elementsByLibXML2: told)
  }
}
