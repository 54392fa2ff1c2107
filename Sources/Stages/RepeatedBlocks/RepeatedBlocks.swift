import Bytes
public import Pipeline

/// Drops the blocks that many documents of a site share: disclaimers, "about us", calls to subscribe.
///
/// Workers cut texts into blocks and hash their words; the ledger counts in which documents a block was
/// seen (`BlockCounts`) and drops those that enough others had. One page does not tell what belongs to
/// the site, a hundred of them do.
public struct RepeatedBlocks: OrderedStage {
  private let label: String
  private let settings: Settings

  public init(settings: Settings, context: Context) {
    label = context.label
    self.settings = settings
  }

  public func makeWorker() -> sending Worker { Worker(reader: BlockReader(settings)) }

  public func openLedger(_ state: StageState?) throws -> sending Ledger {
    // A document's own bit may be among those of a block, so that one more tells enough from less.
    let sufficientBits = settings.documents + 1
    let counts: any BlockCounts =
      if let state {
        try StoredCounts(state.keys, sufficientBits: sufficientBits)
      } else {
        BlockTable(memory: settings.memory.bytes)
      }
    return Ledger(label: label, settings: settings, counts: counts)
  }

  public var needsFirstPass: Bool { settings.firstPass }

}

extension DropReason {
  static let onlyRepeatedBlocks = DropReason(
    "only_repeated_blocks", "Every block of the text stands in many other documents.")
}
