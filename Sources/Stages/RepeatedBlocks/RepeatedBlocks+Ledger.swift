import Bytes
public import Pipeline

extension RepeatedBlocks {
  /// Counts and decides.
  public struct Ledger: StageLedger {
    private let label: String
    private let settings: Settings
    private var counts: any BlockCounts
    /// Scratch: where the blocks to be dropped stand.
    private var repeated: [Range<Int>] = []

    init(label: String, settings: Settings, counts: any BlockCounts) {
      self.label = label
      self.settings = settings
      self.counts = counts
    }

    public mutating func commit(_ document: inout Document, _ finding: BlockFinding) throws
      -> Verdict
    {
      repeated.removeAll(keepingCapacity: true)
      for block in finding.blocks {
        let others = try counts.enter(finding.document, for: block.key) & ~finding.document
        if others.nonzeroBitCount >= settings.documents { repeated.append(block.range) }
      }
      if repeated.isEmpty { return .keep }
      let details: JSONObject = [
        "blocks": .int(Int64(repeated.count)),
        "bytes": .int(Int64(repeated.reduce(0) { $0 + $1.count })),
      ]
      if settings.action == .drop {
        let rest = document.text.removing(repeated)
        if rest.isEmpty { return .drop(.onlyRepeatedBlocks, details) }
        document.text = rest
      }
      for member in details.members { document.annotate(member.key, member.value, label: label) }
      return .keep
    }

    public var memoryBytes: Int { counts.memoryBytes }
  }
}

extension UTF8Text {
  /// The text without some of its blocks, and without the white space between each and the next one.
  /// - Parameter blocks: Ascending ranges with no white space around them.
  /// - Returns: Empty when nothing but white space is left.
  /// - Complexity: O(`bytes.count`).
  fileprivate func removing(_ blocks: [Range<Int>]) -> UTF8Text {
    var rest: [UInt8] = []
    rest.reserveCapacity(bytes.count)
    var start = 0
    for block in blocks {
      // The indentation of a block belongs to it.
      rest += bytes[start..<max(start, bytes.startOfLine(block.lowerBound))]
      start = block.upperBound
      while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
      if start < bytes.count { start = max(block.upperBound, bytes.startOfLine(start)) }
    }
    rest += bytes[start...]
    // Where the last block is gone, what stood between it and the one before is left.
    if start == bytes.count {
      while let byte = rest.last, byte <= 0x20 { rest.removeLast() }
    }
    return UTF8Text(wellFormed: rest)
  }
}

extension [UInt8] {
  /// Where the line of `index` starts, before which there is nothing but white space in it.
  fileprivate func startOfLine(_ index: Int) -> Int {
    var start = index
    while start > 0, self[start - 1] <= 0x20, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }
}
