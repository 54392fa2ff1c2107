import Bytes
public import Pipeline

/// Drops the blocks that many documents of a site share: disclaimers, "about us", calls to subscribe.
///
/// Workers cut texts into blocks and hash their words; the ledger counts in which documents a block was
/// seen (`BlockCounts`) and drops those that enough others had. One page does not tell what belongs to
/// the site, a hundred of them do.
public struct RepeatedBlocks: OrderedStage {
  public struct Settings: ComponentSettings {
    var unit = Unit.paragraph
    var scope = Scope.host
    /// With 1 the first document that quotes another takes the quotation from all others: on pages
    /// whose main content people had marked, that cost 0.3 points of word F1, and 3 cost nothing.
    var documents = 3
    /// On the same pages, blocks of up to four words that repeat were main content in three of seven
    /// cases ("Description", "Pros"), longer ones in two of seven.
    var minimumWords = 5
    var firstPass = false
    var action = Action.drop
    var memory = ByteCount.mebibytes(256)

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "unit", \.unit, "What a block is: a paragraph, up to the next empty line, or a line."),
      Field(
        "scope", \.scope,
        "Whose documents count: those of the same host, or those of the whole corpus."),
      Field(
        "documents", \.documents,
        "How many other documents must have a block for it to be dropped.",
        must: .beWithin(1...32)),
      Field(
        "minimum_words", \.minimumWords,
        "Blocks with fewer words stay, such as headings and lines of verse.",
        must: .beWithin(1...1000)),
      Field(
        "first_pass", \.firstPass,
        "Whether to read the whole input once before, so that the first documents are clean too."),
      Field(
        "action", \.action,
        "What happens to repeated blocks: drop takes them out of the text, annotate only counts them."
      ),
      Field(
        "memory", \.memory,
        "Memory for the counts of a run without state; when it is full, rare blocks are forgotten.",
        must: .beAtLeast(.mebibytes(1))),
    ]
  }

  /// What a text is cut into.
  public enum Unit: String, SettingChoice {
    case paragraph, line
  }

  /// Whose documents are counted together.
  public enum Scope: String, SettingChoice {
    case host, corpus
  }

  /// What becomes of repeated blocks.
  public enum Action: String, SettingChoice {
    case drop, annotate
  }

  public static let manual = Manual(
    name: "repeated_blocks",
    summary: "Drops blocks of text that many documents of a site share.",
    discussion: """
      A block is dropped from a document when at least `documents` other documents of the same host \
      have it: disclaimers, "about us", calls to subscribe. Those that come before it in the input \
      count, and with a state directory those of earlier runs. With `"first_pass": true` the whole \
      input is read once before the run, and all of its documents count, so that the first pages are \
      clean too.

      Blocks are the same when their words are, after folding: case, accents, punctuation and white \
      space make no difference. Blocks with fewer than `minimum_words` words stay, whatever their \
      number: headings, table cells, short lines of code and verse repeat for good reasons. In scripts \
      without spaces each letter counts as a word. `unit` says what is compared, paragraphs (parts of \
      the text between empty lines; a list or table is one) or single lines, which finds more of what \
      a site repeats within its lists, and more of what repeats for good reasons. Of one document at \
      most \(BlockReader.maximumBlocks) blocks are looked at; others stay.

      The host is that of the metadata's `url`, or where that is null of `canonical_url`, in small \
      letters, without port and `www.`. Subdomains are hosts of their own. Documents with neither are \
      counted together, as if they were of one host. With `"scope": "corpus"` hosts make no \
      difference.

      What was dropped is said in the document's annotations, under the stage's label: the number of \
      `blocks` and their `bytes`. A document of which nothing is left is rejected with its text as it \
      was. `"action": "annotate"` leaves all texts as they are and writes the same annotations.

      A document counts once however often it is seen: again in the first pass, on the next night, or \
      under one URL (one id, where it has no URL) many times. It is remembered as one of 64 bits, so \
      that a block has been in at least as many documents as are counted, and now and then in a few \
      more: 3 are counted after 3.1 on average, 16 after 19, 32 after 45.

      Order: behind `language` and `near_duplicates`. A page that is there under four URLs would \
      otherwise repeat itself, and lose its own text; and near-duplicates compare a page with itself on \
      the night before, whose blocks must not depend on what was counted in between. The stage must \
      stand before those that record positions in the text, such as `entities`.

      In the first pass the stages up to this one do their work as in the run itself, the ordered ones \
      among them with an index of their own that knows no earlier runs. It takes about as long as these \
      stages take, and needs inputs that can be read twice, files and folders. After an interruption it \
      is done again.

      Without state, counts are held in memory: 21 to 43 bytes for each different block, up to \
      `memory`. Then blocks seen in one document are forgotten, and if more than half is left, those \
      seen in two, and so on. With a state directory counts are kept there and take no memory.
      """,
    example: #"{ "use": "repeated_blocks", "documents": 5, "first_pass": true }"#,
    effects: [.rewritesText, .needsText],
    reasons: [.onlyRepeatedBlocks])

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

  /// Cuts and hashes.
  public struct Worker: StageWorker {
    private var reader: BlockReader

    init(reader: BlockReader) { self.reader = reader }

    public mutating func process(_ document: inout Document) -> Outcome<BlockFinding> {
      .keep(reader.read(document))
    }
  }

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
    bytes.withUnsafeBufferPointer { bytes in
      for block in blocks {
        // The indentation of a block belongs to it.
        rest += bytes[start..<max(start, bytes.startOfLine(block.lowerBound))]
        start = block.upperBound
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        if start < bytes.count { start = max(block.upperBound, bytes.startOfLine(start)) }
      }
      rest += bytes[start...]
    }
    // Where the last block is gone, what stood between it and the one before is left.
    if start == bytes.count {
      while let byte = rest.last, byte <= 0x20 { rest.removeLast() }
    }
    return UTF8Text(wellFormed: rest)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the line of `index` starts, before which there is nothing but white space in it.
  fileprivate func startOfLine(_ index: Int) -> Int {
    var start = index
    while start > 0, self[start - 1] <= 0x20, self[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }
}

extension DropReason {
  static let onlyRepeatedBlocks = DropReason(
    "only_repeated_blocks", "Every block of the text stands in many other documents.")
}
