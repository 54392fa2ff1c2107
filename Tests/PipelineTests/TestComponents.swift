import Bytes
import Pipeline

/// A stage with a setting of every type, which keeps what it was made from.
struct Sample: Stage {
  struct Settings: ComponentSettings, Equatable {
    var flag = false
    var count = 3
    var ratio = 0.5
    var name = "plain"
    var size = ByteCount.kibibytes(64)
    var file = FilePath("words.txt")
    var order = Order.byName
    var words: [String] = ["a", "b"]
    var table: [[Int]] = []
    var limit: Int?
    var note: String?

    init() {}

    static let fields: [Field<Self>] = [
      Field("flag", \.flag, "Whether."),
      Field("count", \.count, "How many.", must: .beWithin(1...10)),
      Field("ratio", \.ratio, "How much.", must: .beWithin(0...1)),
      Field("name", \.name, "What.", must: .notBeEmpty),
      Field("size", \.size, "How large.", must: .beAtLeast(.kibibytes(1))),
      Field("file", \.file, "Where."),
      Field("order", \.order, "In which order."),
      Field("words", \.words, "Which.", must: .holdSomething()),
      Field("table", \.table, "Numbers."),
      Field("limit", \.limit, "At most.", must: .beAtLeast(0)),
      Field("note", \.note, "Anything."),
    ]
  }

  enum Order: String, SettingChoice {
    case byName = "by_name"
    case bySize = "by_size"
  }

  static let manual = Manual(
    name: "sample", summary: "Does nothing.", discussion: "It is there to be configured.",
    example: #"{ "use": "sample", "count": 5 }"#,
    promises: [Manual.Promise("size", "Bytes.")], reasons: [DropReason("odd", "It is odd.")])

  let settings: Settings
  let context: Context

  init(settings: Settings, context: Context) throws(Complaint) {
    if settings.name == "refused" { throw Complaint("name", "is refused") }
    if settings.name == "refused for its count" {
      throw Complaint("count", "does not fit the name")
    }
    if settings.name == "refused as a whole" { throw Complaint(nil, "cannot be made") }
    self.settings = settings
    self.context = context
  }

  func makeWorker() -> sending Idle { Idle() }
}

/// A stage with a required setting.
struct Strict: Stage {
  struct Settings: ComponentSettings {
    var words: [String] = []
    init() {}
    static let fields: [Field<Self>] = [Field("words", \.words, "Which.", isRequired: true)]
  }
  static let manual = Manual(
    name: "strict", summary: "Wants words.", discussion: "All of them.",
    example: #"{ "use": "strict", "words": ["a"] }"#)
  init(settings: Settings, context: Context) {}
  func makeWorker() -> sending Idle { Idle() }
}

struct NoSettings: ComponentSettings {
  static let fields: [Field<Self>] = []
}

/// Changes text.
struct Rewriter: Stage {
  static let manual = Manual(
    name: "rewriter", summary: "Rewrites.", discussion: "", example: "{}", effects: [.rewritesText])
  init(settings: NoSettings, context: Context) {}
  func makeWorker() -> sending Idle { Idle() }
}

/// Records positions.
struct Locator: Stage {
  static let manual = Manual(
    name: "locator", summary: "Locates.", discussion: "", example: "{}", effects: [.locatesText])
  init(settings: NoSettings, context: Context) {}
  func makeWorker() -> sending Idle { Idle() }
}

struct Idle: StageWorker {
  func process(_ document: inout Document) -> Verdict { .keep }
}

protocol PathKind: Sendable {
  static var name: String { get }
  static var endings: [String] { get }
}

enum Records: PathKind {
  static let name = "ndjson"
  static let endings = [".ndjson", ".jsonl"]
}

enum Pages: PathKind {
  static let name = "files"
  static let endings = [".html", ".txt"]
}

/// A source that remembers what it was to read.
struct PathSource<Kind: PathKind>: Source {
  struct Settings: ComponentSettings {
    var paths: [FilePath] = []
    var source = "default"
    init() {}
    static var fields: [Field<Self>] {
      [
        Field("paths", \.paths, "Which.", must: .holdSomething(), isRequired: true),
        Field("source", \.source, "Whose."),
      ]
    }
  }
  static var manual: Manual {
    Manual(name: Kind.name, summary: "Reads.", discussion: "", example: "{}")
  }
  static var endings: [String] { Kind.endings }
  var byteCount: Int? { nil }
  let settings: Settings
  let context: Context
  func makeReader(_ state: StageState?) -> sending Nothing { Nothing() }
  func makeDecoder() -> sending Nothing { Nothing() }

  struct Nothing: SourceReader, RecordDecoder {
    var position: JSONValue { .null }
    func fill(_ batch: inout RawBatch) -> Bool { false }
    func seek(to position: JSONValue) {}
    func decode(_ record: RawRecord, of batch: RawBatch) -> Outcome<Document> {
      .drop(.unreadable)
    }
  }
}

/// A sink that remembers where it was to write.
struct PathSink: Sink {
  struct Settings: ComponentSettings {
    var path = FilePath("-")
    init() {}
    static let fields: [Field<Self>] = [Field("path", \.path, "Where.", isRequired: true)]
  }
  static let manual = Manual(name: "ndjson", summary: "Writes.", discussion: "", example: "{}")
  let path: String
  init(settings: Settings, context: Context) { path = settings.path.path }
  func makeEncoder() -> sending Nowhere { Nowhere() }
  func makeWriter(for run: RunStart, at position: SinkPosition?) -> sending Nowhere { Nowhere() }

  struct Nowhere: RecordEncoder, SinkWriter {
    func encode(_ document: Document, rejection: Rejection?, into bytes: inout [UInt8]) {}
    func write(_ bytes: [UInt8]) -> Int { bytes.count }
    func checkpoint() -> SinkPosition { SinkPosition(details: [:]) }
    func close() -> SinkPosition { checkpoint() }
    func publish() {}
    func abandon() -> String? { nil }
  }
}

extension Registry {
  static let test = Registry(
    sources: [.source(PathSource<Pages>.self), .source(PathSource<Records>.self)],
    stages: [
      .stage(Sample.self), .stage(Strict.self), .stage(Rewriter.self), .stage(Locator.self),
    ],
    sinks: [.sink(PathSink.self)])

  /// Reads a definition called `p`.
  func read(
    _ text: String, _ arguments: DefinitionArguments = DefinitionArguments(),
    environment: [String: String] = [:], standardInput: ByteStream = .standardInput
  ) -> Reading {
    let (definition, diagnostics) = read(
      SourceText(name: "p", folder: "folder", bytes: Array(text.utf8)), arguments: arguments,
      environment: environment, standardInput: standardInput)
    return Reading(definition: definition, messages: diagnostics.map(\.description))
  }
}

/// The result of reading a definition.
struct Reading {
  let definition: Definition?
  let messages: [String]

  /// Each input: the kind, the paths, and the setting `source`.
  var inputs: [String] {
    (definition?.inputs ?? []).map { input in
      if let records = input as? PathSource<Records> {
        return "ndjson \(records.settings.paths.map(\.path)) \(records.settings.source)"
      }
      if let pages = input as? PathSource<Pages> {
        return "files \(pages.settings.paths.map(\.path)) \(pages.settings.source)"
      }
      return "?"
    }
  }

  var output: String? { (definition?.output as? PathSink)?.path }
  var rejects: String? { (definition?.rejects as? PathSink)?.path }
  var labels: [String] { (definition?.stages ?? []).map(\.label) }

  /// The settings of the first stage that is a sample.
  var sample: Sample.Settings? {
    definition?.stages.lazy.compactMap { ($0.stage as? Sample)?.settings }.first
  }
}

/// A definition with the given stages on its second line and the bounds of the run on its last.
func pipeline(stages: String = "", run: String = "{}") -> String {
  """
  {"input": {"use": "ndjson", "paths": ["in"]}, "output": {"use": "ndjson", "path": "out"}, "stages": [
  \(stages)
  ], "run":
  \(run)}
  """
}
