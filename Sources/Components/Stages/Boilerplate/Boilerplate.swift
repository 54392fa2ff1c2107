import Bytes
public import Pipeline

/// Keeps a page's main content and drops what surrounds it on every page of the site: menus, related
/// links, share buttons, comments, newsletters, footers.
///
/// A classifier gives every block a score, a threshold decides, and a block that says again what an
/// earlier one said is left out. Texts without markup are cut at blank lines; of them only repetitions
/// and the site's own lines at the end can be told from the rest.
public struct Boilerplate: Stage {
  public struct Settings: ComponentSettings {
    var favor = Favor.balanced
    var keepsRepeats = false

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "favor", \.favor,
        "What to prefer where a block is doubtful: precision drops it, recall keeps it, balanced goes "
          + "by what is more probable."),
      Field(
        "keeps_repeats", \.keepsRepeats,
        "Whether a paragraph, caption or line that stands twice is kept twice."),
    ]
  }

  /// Which error is the lesser one.
  public enum Favor: String, SettingChoice {
    case precision, balanced, recall

    /// The least score of a block that is kept. The steps to either side move about one block in ten
    /// of an article.
    var threshold: Float {
      switch self {
      case .precision: 0.65
      case .balanced: 0.5
      case .recall: 0.3
      }
    }
  }

  public static let manual = Manual(
    name: "boilerplate",
    summary: "Keeps the main content of pages and drops everything around it.",
    discussion: """
      Goes behind `html`, whose blocks it chooses among. What counts is the part of the page that holds \
      most of the prose, how much of a block is text and how much links, the elements around it (`main`, \
      `article`; `nav`, `footer`, `aside`, `form`) and their class names, as evidence that weighs less the \
      larger the part of the page is that they enclose. Comments under an article are not its text, the \
      posts of a forum thread are the thread's.

      Blocks that are kept are separated by an empty line, items of a list and rows of a table by a line \
      feed. A block that says the same as an earlier one of the document is kept once, case and white \
      space aside, if it has at least \(RepeatFilter.minimumBytes) bytes; `keeps_repeats` turns that off.

      A document without markup is cut into paragraphs at empty lines; its repeated paragraphs are kept \
      once, and lines at its end that speak of the site (copyright, policies, disclaimers, subscriptions) \
      are dropped.
      """,
    example: #"{ "use": "boilerplate", "favor": "precision" }"#,
    effects: [.rewritesText],
    reasons: [.noMainContent])

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Chooser {
    Chooser(settings: settings, classifier: RuleClassifier())
  }

  /// One thread's share of the stage.
  public struct Chooser: StageWorker {
    private let settings: Settings
    private var classifier: any BlockClassifier
    private var scores: [Float] = []
    /// Indices of the blocks that are kept.
    private var chosen: [Int] = []
    private var pageText = PageText()
    private var repeats = RepeatFilter()
    private var paragraphs = Paragraphs()

    init(settings: Settings, classifier: sending any BlockClassifier) {
      self.settings = settings
      self.classifier = classifier
    }

    public mutating func process(_ document: inout Document) -> Verdict {
      repeats.start()
      let text: [UInt8]
      if let page = document.page {
        document.page = nil
        text = mainContent(of: page)
      } else {
        text = mainContent(of: document.text)
      }
      document.text = UTF8Text(wellFormed: text)
      return text.isEmpty ? .drop(.noMainContent) : .keep
    }

    private mutating func mainContent(of page: Page) -> [UInt8] {
      classifier.score(page, into: &scores)
      chosen.removeAll(keepingCapacity: true)
      page.text.withUnsafeBufferPointer { bytes in
        for (index, block) in page.blocks.enumerated()
        where scores[index] >= settings.favor.threshold {
          let range = Int(block.text.lowerBound)..<Int(block.text.upperBound)
          let content = UnsafeBufferPointer(rebasing: bytes[range])
          if settings.keepsRepeats || repeats.isNew(content) { chosen.append(index) }
        }
      }
      return pageText.write(page, chosen)
    }

    private mutating func mainContent(of text: UTF8Text) -> [UInt8] {
      var kept: [UInt8] = []
      text.bytes.withUnsafeBufferPointer { bytes in
        for range in paragraphs.main(of: bytes) {
          let content = UnsafeBufferPointer(rebasing: bytes[range])
          guard settings.keepsRepeats || repeats.isNew(content) else { continue }
          if !kept.isEmpty { kept += Chooser.emptyLine }
          kept += content
        }
      }
      return kept
    }

    private static let emptyLine = Array("\n\n".utf8)
  }
}

extension DropReason {
  static let noMainContent = DropReason(
    "no_main_content", "Nothing on the page looks like main content.")
}
