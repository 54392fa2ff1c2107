public import Pipeline

extension RepeatedBlocks {
  /// Cuts and hashes.
  public struct Worker: StageWorker {
    private var reader: BlockReader

    init(reader: BlockReader) { self.reader = reader }

    public mutating func process(_ document: inout Document) -> Outcome<BlockFinding> {
      .keep(reader.read(document))
    }
  }
}
