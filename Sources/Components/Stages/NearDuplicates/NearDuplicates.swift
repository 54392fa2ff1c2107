import Bytes
public import Pipeline

/// Finds documents that repeat an earlier one, word by word or nearly so.
///
/// The search is that of Broder (1997): a text is the set of its shingles, runs of consecutive
/// words; two texts are as similar as their sets' Jaccard similarity; a signature of the set
/// (`MinHash`), cut into `Bands`, brings those together that may be similar. Unlike in most tools
/// that is not the end: each candidate is compared by its `BottomSketch`, so that `threshold` means
/// what it says and chance drops nothing.
///
/// Workers compute the `Fingerprint`, in parallel; the ledger looks it up and enters it, in input
/// order, so that the first of several alike is the one that stays, at any number of threads. Only
/// kept documents are entered: a document is never dropped for being like one that was itself
/// dropped, and a second run over the output drops nothing.
public struct NearDuplicates: OrderedStage {
  public struct Settings: ComponentSettings {
    public var shingleWords = 5
    public var threshold = 0.8
    public var action = Action.drop
    public var bands: Int?
    public var rows: Int?

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "shingle_words", \.shingleWords,
        "Consecutive words in one shingle. More make the comparison stricter: one changed word "
          + "changes so many shingles.",
        must: .beWithin(1...32)),
      Field(
        "threshold", \.threshold,
        "Jaccard similarity of the shingles from which a document counts as a repeat.",
        must: .beWithin(0.3...1)),
      Field(
        "action", \.action,
        "What happens to a repeat: drop rejects it, annotate keeps it and says what it repeats."),
      Field(
        "bands", \.bands,
        "Bands of the signature; together with rows. Without both they follow from the threshold.",
        must: .beWithin(1...2048)),
      Field(
        "rows", \.rows,
        "Values of the signature in one band; together with bands.",
        must: .beWithin(1...32)),
    ]
  }

  /// What becomes of a repeat.
  public enum Action: String, SettingChoice {
    case drop, annotate
  }

  public static let manual = Manual(
    name: "near_duplicates",
    summary: "Drops documents that repeat an earlier one, exactly or nearly.",
    discussion: """
      Texts are compared by their words, after folding: upper and lower case, accents, punctuation \
      and white space make no difference. A text is the set of its shingles, all runs of \
      `shingle_words` consecutive words. The similarity of two texts is the Jaccard similarity of \
      these sets: the number of shingles that they share, divided by the number that at least one \
      of them has. With shingles of 5 words, one word changed in 100 leaves a similarity of about \
      0.90, one in 50 about 0.82, one in 20 about 0.6.

      Of documents that are alike the first in input order stays. A repeat is rejected as \
      `exact_duplicate` when all of its words are the same in the same order, else as \
      `near_duplicate`. The reject names the kept document (`duplicate_of`), the `similarity` and \
      the kind of `match`, exact or near. With `"action": "annotate"` the repeat is kept, and the \
      same is written to its annotations under the stage's label. Only kept documents that repeat \
      nothing are compared with: a chain of small changes is not followed.

      No text is lost for being short: with fewer words than a shingle, all of its words are one \
      shingle, so that it repeats only its equals. In scripts without spaces (Chinese, Japanese, \
      Thai, Lao, Khmer, Burmese) each letter counts as a word. A text with neither letters nor \
      digits repeats only texts of the same bytes, and an empty one nothing.

      Candidates come from signatures cut into `bands` of `rows` values: two documents are \
      compared when at least one band is equal, which happens to pairs of similarity s with \
      probability 1 − (1 − s^rows)^bands. Without settings, rows are as many as let \
      \(percent(Bands.catchAtThreshold)) % of the pairs at the threshold be found with \
      \(Bands.derivedSignatureSize) values; at the threshold \(Settings().threshold) these are \
      \(standardBands.count) bands of \(standardBands.rows) rows, and pairs are compared with \
      these probabilities: \(standardBands.curve(at: [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9])). More \
      bands find more and take more memory.

      A comparison decides, never the signature alone. It is exact for two texts of up to \
      \(BottomSketch.size) different shingles each; for longer ones it samples \
      \(BottomSketch.size) shingles, with a standard error of 0.0125 at a similarity of 0.8. At \
      most \(DuplicateIndex.maximumCandidates) candidates are compared, those with the most bands \
      in common.

      The index is held in memory: for a document of n different shingles 4 × min(n, \
      \(BottomSketch.size)) bytes, 12 to 24 bytes per band, its identifier, and about 70 bytes.
      """,
    example: #"{ "use": "near_duplicates", "shingle_words": 5, "threshold": 0.8 }"#,
    reasons: [.exactDuplicate, .nearDuplicate])

  private static let standardBands = Bands(threshold: Settings().threshold)

  private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }

  private let label: String
  private let settings: Settings
  private let bands: Bands

  public init(settings: Settings, context: Context) throws(Complaint) {
    label = context.label
    self.settings = settings
    switch (settings.bands, settings.rows) {
    case (nil, nil): bands = Bands(threshold: settings.threshold)
    case (.some, nil): throw Complaint("bands", "must be given together with rows")
    case (nil, .some): throw Complaint("rows", "must be given together with bands")
    case (let count?, let rows?):
      bands = Bands(count: count, rows: rows)
      guard bands.signatureSize <= Bands.maximumSignatureSize else {
        throw Complaint(
          "bands",
          "times rows must be at most \(Bands.maximumSignatureSize), is \(bands.signatureSize)")
      }
    }
  }

  public func makeWorker() -> sending Signer {
    Signer(shingleWords: settings.shingleWords, bands: bands)
  }

  public func openLedger(_ state: StageState?) -> sending Ledger {
    Ledger(
      label: label, action: settings.action,
      index: DuplicateIndex(bandCount: bands.count, threshold: settings.threshold))
  }

  /// Takes fingerprints.
  public struct Signer: StageWorker {
    private let bands: Bands
    private var shingles: ShingleReader
    private var signature: MinHash
    private var sketch = BottomSketch()

    init(shingleWords: Int, bands: Bands) {
      self.bands = bands
      shingles = ShingleReader(width: shingleWords)
      signature = MinHash(size: bands.signatureSize)
    }

    /// Finds nothing in a document without text.
    public mutating func process(_ document: inout Document) -> Outcome<Fingerprint?> {
      .keep(document.text.isEmpty ? nil : fingerprint(document.text))
    }

    /// - Complexity: O(`text.bytes.count`).
    mutating func fingerprint(_ text: UTF8Text) -> Fingerprint {
      shingles.start()
      signature.start()
      sketch.start()
      text.bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        while start < bytes.count {
          let end = ShingleReader.endOfPiece(in: bytes, from: start)
          shingles.read(UnsafeBufferPointer(rebasing: bytes[start..<end]))
          addShingles()
          start = end
        }
      }
      shingles.finish()
      addShingles()
      guard shingles.wordCount > 0 else {
        return Fingerprint(digest: Digest(wordless: text.bytes), bandKeys: [], sketch: [])
      }
      sketch.finish()
      signature.finish(sketch.hashes)
      return Fingerprint(
        digest: shingles.digest, bandKeys: signature.keys(bands), sketch: sketch.hashes)
    }

    private mutating func addShingles() {
      signature.add(shingles.hashes)
      sketch.add(shingles.hashes)
    }
  }

  /// Keeps the first of several alike.
  public struct Ledger: StageLedger {
    private let label: String
    private let action: Action
    private var index: DuplicateIndex

    init(label: String, action: Action, index: DuplicateIndex) {
      self.label = label
      self.action = action
      self.index = index
    }

    public mutating func commit(
      _ document: inout Document, _ fingerprint: Fingerprint?
    ) throws -> Verdict {
      guard let fingerprint else { return .keep }
      guard let match = index.match(for: fingerprint) else {
        try index.insert(fingerprint, id: document.id)
        return .keep
      }
      let details: JSONObject = [
        "duplicate_of": .string(index.id(of: match.document)),
        "similarity": .double((match.similarity * 10_000).rounded() / 10_000),
        "match": match.isExact ? "exact" : "near",
      ]
      switch action {
      case .drop:
        return .drop(match.isExact ? .exactDuplicate : .nearDuplicate, details)
      case .annotate:
        for member in details.members { document.annotate(member.key, member.value, label: label) }
        return .keep
      }
    }

    public var memoryBytes: Int { index.memoryBytes }
  }
}

extension DropReason {
  static let exactDuplicate = DropReason(
    "exact_duplicate", "All words are those of an earlier document, in the same order.")
  static let nearDuplicate = DropReason(
    "near_duplicate", "The words are nearly those of an earlier document.")
}
