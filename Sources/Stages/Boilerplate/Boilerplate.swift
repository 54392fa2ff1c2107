import Bytes
import PageText
public import Pipeline

/// Keeps a page's main content and drops what surrounds it on every page of the site: menus, related
/// links, share buttons, comments, newsletters, footers.
///
/// A classifier gives every block a score, a threshold decides, and a block that says again what an
/// earlier one said is left out. Texts without markup are cut at blank lines; of them only repetitions
/// and the site's own lines at the end can be told from the rest.
public struct Boilerplate: Stage {
  public struct Settings: ComponentSettings {
    var classifier = Classifier.model
    var model: FilePath?
    var favor = Favor.balanced
    var keepsRepeats = false
    var comments = Comments.drop

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "classifier", \.classifier,
        "What judges the blocks of a page: a trained model, or rules."),
      Field(
        "model", \.model,
        "A model file of your own instead of the one that is built in; Tools/main-content trains it."
      ),
      Field(
        "favor", \.favor,
        "What happens to a doubtful block: precision drops it, recall keeps it, balanced goes by what is more "
          + "probable."),
      Field(
        "keeps_repeats", \.keepsRepeats,
        "Keep a paragraph, caption or line twice that stands twice."),
      Field(
        "comments", \.comments,
        "What happens to comments under an article: drop leaves them out, keep puts them after it. The posts "
          + "of a forum are its content either way."),
    ]
  }

  /// The classifier that judges the blocks.
  public enum Classifier: String, SettingChoice {
    case model, rules
  }

  /// Whether comments of readers are kept.
  public enum Comments: String, SettingChoice { case drop, keep }

  public static let manual = Manual(
    name: "boilerplate",
    summary: "Keeps the main content of pages and drops everything around it.",
    discussion: """
      Put this stage after `html`: it chooses among the blocks that `html` made.

      **How it chooses.** A model that was trained on reviewed pages of seven kinds (articles, forum threads, \
      products, listings, collections, documentation, services) says of each block how probably it is main \
      content. It looks at the block's text, at the elements around it and their names, at where the prose of \
      the page is, at what is repeated, and at what a first look makes of the blocks around it. The stage then \
      keeps as many blocks, from the most probable down, as promise the best F measure of their words. A page \
      of which little can be expected is dropped. `favor` lets precision or recall weigh twice as much. Blocks \
      that the page hides at first, such as tabs that are not chosen, can be kept, too; but nothing is kept \
      that is hidden in the midst of what the page shows. The cells of a row are kept or dropped together, \
      and so are a term and its definition, and the items of a list or the rows of a table that have no \
      links. A page that has nothing around its text, neither links nor forms nor parts for finding one's way, is kept \
      but for what is certainly none of it.

      The model is part of the program, gives the same answer on every machine, and does not need to know the \
      language of a page. `"classifier": "rules"` judges without it, by length, links, elements and names \
      alone, and never keeps what is hidden.

      **What it writes.** Plain text or Markdown, as the settings of `html` say. In plain text there is an empty \
      line between blocks, and a line feed between items of a list, rows of a table and lines of code. A \
      paragraph, heading, caption or item that says the same as an earlier one of the document is kept once, \
      case and white space aside, if it has at least \(RepeatFilter.minimumBytes) bytes; `keeps_repeats` turns \
      that off.

      **Documents without markup** are cut into paragraphs at empty lines. Repeated paragraphs are kept once, and \
      lines at the end that speak of the site (copyright, policies, disclaimers, subscriptions) are dropped.
      """,
    example: #"{ "use": "boilerplate", "favor": "precision" }"#,
    effects: [.rewritesText, .needsPage],
    reasons: [.noMainContent])

  private let settings: Settings
  /// Nil when rules judge.
  private let model: MainContentModel?

  public init(settings: Settings, context: Context) throws(Complaint) {
    self.settings = settings
    guard settings.classifier == .model else {
      if settings.model != nil { throw Complaint("model", "is of no use to the classifier rules") }
      model = nil
      return
    }
    do throws(ModelProblem) {
      model =
        if let file = settings.model { try MainContentModel.file(file.path) } else {
          try MainContentModel.builtIn.get()
        }
    } catch {
      let name = settings.model.map { "names \($0.path), which" } ?? "of the program"
      throw Complaint("model", "\(name) \(error)")
    }
  }

  public func makeWorker() -> sending Chooser {
    if let model { return Chooser(settings: settings, classifier: ModelClassifier(model)) }
    return Chooser(settings: settings, classifier: RuleClassifier())
  }

  /// One thread's share of the stage.
  public struct Chooser: StageWorker {
    let settings: Settings
    private(set) var classifier: any BlockClassifier
    private(set) var blocks: [ScoredBlock] = []
    /// Nil where nobody wants to know.
    var trace: ChoiceTrace?
    /// Indices of the blocks that are kept.
    private var chosen: [Int] = []
    /// For each block whether it is.
    private var isChosen: [Bool] = []
    private var tableRows = TableRows()
    private var definitionPairs = DefinitionPairs()
    private var hiddenParts = HiddenParts()
    private var comments = CommentSections()
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
        text = mainContent(of: page, from: PageOrigin(document))
      } else {
        text = mainContent(of: document.text)
      }
      document.text = UTF8Text(wellFormed: text)
      return text.isEmpty ? .drop(.noMainContent) : .keep
    }

    private mutating func mainContent(of page: Page, from origin: PageOrigin) -> [UInt8] {
      classifier.score(page, of: origin, into: &blocks)
      let isBare = page.isBare
      let threshold = classifier.selection.threshold(blocks, favoring: settings.favor).map {
        isBare ? min($0, Chooser.bareThreshold) : $0
      }
      trace?.begin(blocks, threshold: threshold, isBare: isBare)
      guard let threshold else { return [] }
      isChosen.removeAll(keepingCapacity: true)
      for block in blocks { isChosen.append(block.score >= threshold) }
      pageText.read(page)
      tableRows.complete(page, pageText.outline, &isChosen)
      trace?.note(isChosen, .tableRow)
      definitionPairs.complete(page, &isChosen)
      trace?.note(isChosen, .definition)
      WholeLists.complete(page, &isChosen)
      trace?.note(isChosen, .list)
      hiddenParts.drop(page, &isChosen)
      trace?.note(isChosen, .hidden)
      chosen.removeAll(keepingCapacity: true)
      for index in page.blocks.indices where isChosen[index] { chosen.append(index) }
      comments.settle(page, &chosen, keeps: settings.comments == .keep)
      trace?.note(chosen, .comment)
      if !settings.keepsRepeats { dropRepeats(page) }
      trace?.note(chosen, .repetition)
      return pageText.write(page, chosen)
    }

    private mutating func dropRepeats(_ page: Page) {
      let bytes = page.text.span
      chosen.removeAll { index in
        let range = page.blocks[index].text
        let content = bytes.extracting(Int(range.lowerBound)..<Int(range.upperBound))
        return page.blocks[index].kind.canRepeat ? false : !repeats.isNew(content)
      }
    }

    private mutating func mainContent(of text: UTF8Text) -> [UInt8] {
      var kept: [UInt8] = []
      let bytes = text.bytes.span
      let main = paragraphs.main(of: bytes)
      trace?.main = main
      for range in main {
        let content = bytes.extracting(range)
        guard settings.keepsRepeats || repeats.isNew(content) else { continue }
        trace?.kept.insert(range)
        if !kept.isEmpty { kept += Chooser.emptyLine }
        kept.append(contentsOf: content)
      }
      return kept
    }

    /// The least score of a block on a page that has nothing around its text. The pages that the model was trained on
    /// all have something, so that it takes the last lines of such a page for what they would be there.
    private static let bareThreshold: Float = 0.05
    private static let emptyLine = Array("\n\n".utf8)
  }
}

extension Page.Block.Kind {
  /// Whether two blocks that are the same are two: lines of a program, rows of a timetable.
  fileprivate var canRepeat: Bool { self == .code || self == .tableRow }
}

extension DropReason {
  static let noMainContent = DropReason(
    "no_main_content", "Nothing on the page looks like main content.")
}
