public import Bytes
public import Pipeline

/// Finds documents that repeat an earlier one, word by word or nearly so.
///
/// The search is that of Broder (1997): a text is the set of its shingles, runs of consecutive
/// words; two texts are as similar as their sets' Jaccard similarity; a signature of the set
/// (`MinHash`), cut into `Bands`, brings those together that may be similar. Unlike in most tools
/// that is not the end: each candidate is compared by its `Sketch`, so that `threshold` means
/// what it says and chance drops nothing.
///
/// Workers compute the `Fingerprint`, in parallel; the ledger looks it up and enters it, in input
/// order, so that which of several alike stays is the same at any number of threads. Only kept documents
/// are entered: a document is never dropped for being like one that was itself dropped, and a second
/// run over the output drops nothing.
public struct NearDuplicates: OrderedStage {
  let label: String
  private let settings: Settings
  private let decision: Decision

  public init(settings: Settings, context: Context) throws(Complaint) {
    label = context.label
    self.settings = settings
    decision = Decision(threshold: settings.threshold, bands: try NearDuplicates.bands(settings))
    let needsField = settings.keep == .greatest || settings.keep == .least
    if needsField, settings.keepBy == nil {
      throw Complaint("keep", "needs keep_by, the name of a metadata field")
    }
    if !needsField, settings.keepBy != nil {
      throw Complaint("keep_by", "needs keep to be greatest or least")
    }
    if settings.keep != .first, settings.action == .annotate {
      throw Complaint("keep", "has no effect with action annotate, which keeps every copy")
    }
  }

  private static func bands(_ settings: Settings) throws(Complaint) -> Bands {
    switch (settings.bands, settings.rows) {
    case (nil, nil): return Bands(threshold: settings.threshold)
    case (.some, nil): throw Complaint("bands", "must be given together with rows")
    case (nil, .some): throw Complaint("rows", "must be given together with bands")
    case (let count?, let rows?):
      let bands = Bands(count: count, rows: rows)
      guard bands.rowCount <= MinHash.size else {
        throw Complaint(
          "bands", "times rows must be at most \(MinHash.size), is \(bands.rowCount)")
      }
      return bands
    }
  }

  public var characteristics: JSONObject { decision.characteristics }

  public func makeWorker() -> sending Signer {
    Signer(settings: settings, bands: decision.bands)
  }

  public func openLedger(_ state: StageState?) throws -> sending Ledger {
    guard let state else {
      let store = MemoryStore(
        bandCount: decision.bands.count, keepsRanks: settings.keep != .first,
        keepsClusters: settings.action == .annotate)
      return Ledger(label: label, settings: settings, index: index(store))
    }
    return Ledger(label: label, settings: settings, index: index(try store(state)))
  }

  func store(_ state: StageState) throws -> StateStore {
    try StateStore(state, format: format, label: label)
  }

  var format: IndexFormat { IndexFormat(settings, decision.bands) }

  func index<Store>(_ store: Store) -> DuplicateIndex<Store> {
    DuplicateIndex(store: store, settings: settings, decision: decision)
  }
}

extension DropReason {
  static let exactDuplicate = DropReason(
    "exact_duplicate", "All words are those of an earlier document, in the same order.")
  static let nearDuplicate = DropReason(
    "near_duplicate", "The words are nearly those of an earlier document.")
  static let unchanged = DropReason(
    "unchanged", "The page was there before, by its id or URL, with the same words.")
  static let rescraped = DropReason(
    "rescraped", "The page was there before, by its id or URL, with other words.")
}
