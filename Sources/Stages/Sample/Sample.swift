import Bytes
public import Pipeline

/// Keeps a part of the documents, chosen by their ids.
///
/// The choice is a function of id and seed: the same documents whatever their order, number of threads or
/// neighbours. A larger fraction chooses those of a smaller one, and more.
public struct Sample: Stage {
  public struct Settings: ComponentSettings {
    var fraction = 1.0
    var seed = 0

    public init() {}

    public static let fields: [Field<Self>] = [
      Field(
        "fraction", \.fraction, "The part of the documents to keep: 0.01 for one in a hundred.",
        must: .beWithin(0...1), isRequired: true),
      Field("seed", \.seed, "Another number gives another sample."),
    ]
  }

  public static let manual = Manual(
    name: "sample",
    summary: "Keeps a random part of the documents.",
    discussion: """
      Whether a document is kept depends on its id and the seed alone. So a sample is the same in any order, \
      and a document that comes again is treated as before. A larger fraction keeps the documents of a smaller \
      one and more. The number of documents kept is close to the fraction, not exact; for a fixed number use \
      `limit`. If records have no ids of their own, the names of their places are used.
      """,
    example: #"{ "use": "sample", "fraction": 0.01, "seed": 7 }"#,
    reasons: [.notSampled])

  private let settings: Settings

  public init(settings: Settings, context: Context) { self.settings = settings }

  public func makeWorker() -> sending Worker { Worker(settings) }

  /// Hashes ids.
  public struct Worker: StageWorker {
    private let seed: UInt64
    /// Hashes from here on are left out; nil keeps all.
    private let bound: UInt64?

    init(_ settings: Settings) {
      seed = UInt64(bitPattern: Int64(settings.seed))
      // 2^64 times 1 is no number of 64 bits.
      bound = settings.fraction < 1 ? UInt64(settings.fraction * 0x1p64) : nil
    }

    public func process(_ document: inout Document) -> Verdict {
      guard let bound else { return .keep }
      let hash = Hash64.hash(document.id.utf8.span, seed: seed)
      return hash < bound ? .keep : .drop(.notSampled)
    }
  }
}

extension DropReason {
  static let notSampled = DropReason("not_sampled", "The document is not part of the sample.")
}
