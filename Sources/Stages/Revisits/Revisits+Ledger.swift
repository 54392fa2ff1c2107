import Bytes
public import Pipeline

extension Revisits {
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
