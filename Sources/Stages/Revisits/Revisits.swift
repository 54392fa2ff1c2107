import Bytes
public import Pipeline
import SharedByStages

/// Drops pages that come again with the same bytes, before anything is done with them.
///
/// Archives call this a revisit with an identical payload digest (WARC 1.1, section 6.7). A nightly crawl
/// brings most pages back unchanged. Workers hash the bytes; the ledger looks up whether the
/// page, by its URL or its id, had them before.
public struct Revisits: IndexedStage {
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

}

extension DropReason {
  static let revisit = DropReason(
    "revisit", "The page was there before, by its URL or id, with the same bytes.")
}
