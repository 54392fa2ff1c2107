import Bytes
public import Pipeline
import SharedByStages

/// Drops pages that come again with the same bytes, before anything is done with them.
///
/// What an archive calls a revisit with an identical payload digest (WARC 1.1, section 6.7): a nightly
/// crawl brings most pages back as they were. Workers hash the bytes; the ledger looks up whether the
/// page, by its URL or its id, had them before.
public struct Revisits: IndexedStage {
  public struct Settings: ComponentSettings {
    public init() {}

    public static let fields: [Field<Self>] = []
  }

  public static let manual = Manual(
    name: "revisits",
    summary: "Drops pages that come again with the same bytes.",
    discussion: """
      A page that was there before, by its URL (the metadata's `url` without its fragment) or, where it \
      has none, by its id, and has the same bytes as then is rejected as `revisit`, with the earlier \
      one's id (`duplicate_of`) and, with a state directory, the number of its run \
      (`duplicate_of_run`). Put the stage first: what it costs is reading the page once, a small part of \
      what taking it apart costs. A page of which only the scripts or the advertisements have changed is \
      another page here; `near_duplicates` knows it by its words.

      What became of the earlier page makes no difference: one that a later stage rejected is not read \
      again either. Whoever changes the later stages (`--accept-changes`) and wants all pages to pass \
      them begins with a new state directory, or leaves this stage out for one run.

      Ids that are only a file's name and a line number do not count, and a page that has neither an id \
      nor a URL passes. Texts are treated like pages.

      Without state pages are remembered in memory, for one run: about 200 bytes for each. With a state \
      directory they are kept there and take no memory.
      """,
    example: #"{ "use": "revisits" }"#,
    reasons: [.revisit])

  private let label: String

  public init(settings: Settings, context: Context) { label = context.label }

  public func makeWorker() -> sending Worker { Worker() }

  public func openLedger(_ state: StageState?) throws -> sending Ledger {
    guard let state else { return Ledger(pages: PagesInMemory()) }
    return Ledger(pages: try StoredPages(state, label: label))
  }

  public func openIndex(_ state: StageState) throws -> any StageIndex {
    try StoredPages(state, label: label)
  }

  /// Hashes.
  public struct Worker: StageWorker {
    public mutating func process(_ document: inout Document) -> Outcome<RevisitFinding> {
      .keep(RevisitFinding(document))
    }
  }

  /// Remembers and decides.
  public struct Ledger: StageLedger {
    private var pages: any SeenPages

    init(pages: any SeenPages) { self.pages = pages }

    public mutating func commit(_ document: inout Document, _ finding: RevisitFinding) throws
      -> Verdict
    {
      guard let key = finding.key else { return .keep }
      if let page = try pages.page(under: key), page.content == finding.content {
        var details: JSONObject = ["duplicate_of": .string(page.id)]
        details["duplicate_of_run"] = page.run.map { .int(Int64($0)) }
        return .drop(.revisit, details)
      }
      try pages.enter(content: finding.content, id: document.id, under: key)
      return .keep
    }

    public var memoryBytes: Int { pages.memoryBytes }
  }
}

/// What a worker found out about a page: by what it is known, and the hash of its bytes.
public struct RevisitFinding: Sendable, Hashable {
  /// The hash of its URL, or of its id; nil where the input gave neither.
  let key: UInt64?
  /// See `ContentHash`.
  let content: [UInt8]

  init(_ document: Document) {
    let identity = PageIdentity(document)
    key = identity.url ?? identity.id
    var hash = ContentHash()
    if let html = document.html {
      html.bytes.withUnsafeBytes { hash.add($0) }
      // The same bytes in another character set are another text.
      Array((html.charset ?? "").utf8).withUnsafeBytes { hash.add($0) }
    } else {
      document.text.bytes.withUnsafeBytes { hash.add($0) }
    }
    content = hash.value
  }
}

extension DropReason {
  static let revisit = DropReason(
    "revisit", "The page was there before, by its URL or id, with the same bytes.")
}
