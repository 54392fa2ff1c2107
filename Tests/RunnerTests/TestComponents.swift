import Bytes
import Pipeline
import Runner
import State
import Synchronization

/// Makes `count` documents with the ids 0, 1, 2, … and texts of `size` bytes.
struct Numbers: Source {
  struct Settings: ComponentSettings {
    var count = 100
    var size = 10
    /// From this document on, documents are larger than the window.
    var hugeEvery = 0
    /// Having read this document, it asks for the run to stop.
    var stopAt: Int?
    init() {}
    static let fields: [Field<Self>] = [
      Field("count", \.count, "How many."), Field("size", \.size, "Bytes of text."),
      Field("stop_at", \.stopAt, "Where the run is asked to stop."),
      Field("huge_every", \.hugeEvery, "Each n-th document has 20 MiB."),
    ]
  }
  static let manual = Manual(name: "numbers", summary: "Numbers.", discussion: "", example: "{}")
  static let endings: [String] = []
  let byteCount: Int? = nil
  let canBeReadAgain = true
  let settings: Settings
  let stop: StopSignal
  init(settings: Settings, context: Context) {
    self.settings = settings
    stop = context.stop
  }
  func makeReader(_ state: StageState?) -> sending Reader { Reader(settings: settings, stop: stop) }
  func makeDecoder() -> sending Decoder { Decoder() }

  struct Reader: SourceReader {
    let settings: Settings
    let stop: StopSignal
    var next = 0
    mutating func fill(_ batch: inout RawBatch) -> Bool {
      while !batch.isFull, next < settings.count {
        let isHuge = settings.hugeEvery > 0 && next % settings.hugeEvery == settings.hugeEvery - 1
        let start = batch.bytes.count
        batch.bytes += repeatElement(UInt8(ascii: "x"), count: isHuge ? 20 << 20 : settings.size)
        batch.records.append(
          RawRecord(
            range: start..<batch.bytes.count, origin: Origin(file: "numbers", line: next)))
        if next == settings.stopAt { stop.request() }
        next += 1
      }
      return next < settings.count
    }
    var position: JSONValue { .int(Int64(next)) }
    mutating func seek(to position: JSONValue) { next = position.int ?? 0 }
  }

  struct Decoder: RecordDecoder {
    func decode(_ record: RawRecord, of batch: RawBatch) -> Outcome<Document> {
      let text = UTF8Text(wellFormed: Array(batch.bytes[record.range]))
      return .keep(
        Document(id: "\(record.origin.line ?? 0)", text: text, origin: record.origin))
    }
  }
}

/// Keeps a thread busy for a while that depends on the document, so that batches overtake each other;
/// drops each tenth; finds out the id's last digit.
struct Shuffle: OrderedStage {
  struct Settings: ComponentSettings {
    static let fields: [Field<Self>] = []
  }
  static let tenth = DropReason("tenth", "Its number ends in nine.")
  static let fifth = DropReason("fifth", "Its digit was seen an even number of times.")
  static let manual = Manual(
    name: "shuffle", summary: "Shuffles.", discussion: "", example: "{}", reasons: [tenth, fifth])
  let label: String
  init(settings: Settings, context: Context) { label = context.label }
  func makeWorker() -> sending Worker { Worker() }
  func openLedger(_ state: StageState?) throws -> sending Ledger {
    try Ledger(label: label, state: state)
  }

  struct Worker: StageWorker {
    func process(_ document: inout Document) -> Outcome<Int> {
      let number = Int(document.id) ?? 0
      var state = UInt64(number)
      for _ in 0..<Int(Hash64.mix(UInt64(number), 7) % 1000) { state = Hash64.mix(state, 1) }
      if number % 10 == 9 { return .drop(Shuffle.tenth, ["work": .bool(state == 0)]) }
      return .keep(number % 10)
    }
  }

  /// Its decisions depend on everything that came before, in this run and those before it.
  struct Ledger: StageLedger {
    let label: String
    let state: StageState?
    var seen = [Int](repeating: 0, count: 10)
    var total = 0
    var memoryBytes: Int { 88 }

    init(label: String, state: StageState?) throws {
      self.label = label
      self.state = state
      guard let value = try state?.keys.value(for: [1]) else { return }
      let numbers = try JSONValue(parsing: value, named: "test").array?.compactMap(\.int) ?? []
      (seen, total) = (Array(numbers.dropLast()), numbers.last ?? 0)
    }

    func checkpoint() {
      let numbers = JSONValue.array((seen + [total]).map { .int(Int64($0)) })
      state?.keys.set(Array(numbers.jsonText.utf8), for: [1])
    }

    mutating func commit(_ document: inout Document, _ digit: Int) -> Verdict {
      seen[digit] += 1
      total += 1
      document.annotate("place", .int(Int64(total)), label: label)
      return digit == 5 && seen[digit] % 2 == 0 ? .drop(Shuffle.fifth) : .keep
    }
  }
}

/// Says of each document how many there are, which takes a first pass.
struct Census: OrderedStage {
  struct Settings: ComponentSettings {
    static let fields: [Field<Self>] = []
  }
  static let manual = Manual(name: "census", summary: "Counts.", discussion: "", example: "{}")
  let label: String
  init(settings: Settings, context: Context) { label = context.label }
  func makeWorker() -> sending Worker { Worker() }
  func openLedger(_ state: StageState?) -> sending Ledger { Ledger(label: label) }
  let needsFirstPass = true

  struct Worker: StageWorker {
    func process(_ document: inout Document) -> Outcome<String> { .keep(document.id) }
  }

  struct Ledger: StageLedger {
    let label: String
    var ids: Set<String> = []
    var memoryBytes: Int { ids.count }
    mutating func commit(_ document: inout Document, _ id: String) -> Verdict {
      ids.insert(id)
      document.annotate("count", .int(Int64(ids.count)), label: label)
      return .keep
    }
  }
}

/// Fails at one document, once under each name: a crash that can be arranged.
struct Fragile: Stage {
  struct Settings: ComponentSettings {
    var at = 50
    var name = ""
    init() {}
    static let fields: [Field<Self>] = [
      Field("at", \.at, "Where."), Field("name", \.name, "Under which it fails only once."),
    ]
  }
  private static let failed = Mutex<Set<String>>([])
  struct Broken: Error {}
  static let manual = Manual(name: "fragile", summary: "Fails.", discussion: "", example: "{}")
  let settings: Settings
  init(settings: Settings, context: Context) { self.settings = settings }
  func makeWorker() -> sending Worker { Worker(settings: settings) }
  struct Worker: StageWorker {
    let settings: Settings
    func process(_ document: inout Document) throws -> Verdict {
      guard document.id == "\(settings.at)" else { return .keep }
      let name = settings.name + document.id
      if Fragile.failed.withLock({ $0.insert(name).inserted }) { throw Broken() }
      return .keep
    }
  }
}

/// Collects what is written in memory, under the name that the settings give.
struct Memory: Sink {
  struct Settings: ComponentSettings {
    var name = ""
    var refuses = false
    init() {}
    static let fields: [Field<Self>] = [
      Field("name", \.name, "Under which `Memory.take` finds it."),
      Field("refuses", \.refuses, "Does not become final when it is asked first."),
    ]
  }
  struct Refused: Error {}
  static let manual = Manual(name: "memory", summary: "Remembers.", discussion: "", example: "{}")
  private static let written = Mutex<[String: [String]]>([:])
  private static let refused = Mutex<Set<String>>([])
  let settings: Settings
  var name: String { settings.name }
  init(settings: Settings, context: Context) { self.settings = settings }
  func makeEncoder() -> sending Encoder { Encoder() }
  func makeWriter(for run: RunStart, at position: SinkPosition?) -> sending Writer {
    Memory.cut(name, to: position?.details["lines"]?.int)
    return Writer(name: name, refuses: settings.refuses)
  }

  /// Everything written under a name, line by line, and `END` when it became final.
  static func take(_ name: String) -> [String] {
    written.withLock { $0.removeValue(forKey: name) ?? [] }
  }

  /// Cuts off everything that an interrupted run wrote after its last checkpoint.
  private static func cut(_ name: String, to count: Int?) {
    written.withLock { $0[name] = $0[name].map { Array($0.prefix(count ?? 0)) } }
  }

  /// The value that `take` would return.
  static func peek(_ name: String) -> [String] { written.withLock { $0[name] ?? [] } }

  struct Encoder: RecordEncoder {
    func encode(_ document: Document, rejection: Rejection?, into bytes: inout [UInt8]) {
      let reason = rejection.map { " \($0.stage):\($0.drop.reason.name)" } ?? ""
      bytes += "\(document.id)\(reason) \(JSONValue.object(document.annotations).jsonText)\n".utf8
    }
  }

  struct Writer: SinkWriter {
    let name: String
    let refuses: Bool
    func write(_ bytes: [UInt8]) -> Int {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      Memory.written.withLock { $0[name, default: []] += lines }
      return bytes.count
    }
    func checkpoint() -> SinkPosition {
      let count = Memory.written.withLock { $0[name]?.count ?? 0 }
      return SinkPosition(details: ["lines": .int(Int64(count))])
    }
    func close() -> SinkPosition { checkpoint() }
    func publish() throws {
      if refuses, Memory.refused.withLock({ $0.insert(name).inserted }) { throw Refused() }
      Memory.written.withLock { $0[name, default: []].append("END") }
    }
    func abandon() -> String? { nil }
  }
}

extension Registry {
  static let test = Registry(
    sources: [.source(Numbers.self)],
    stages: [.stage(Shuffle.self), .stage(Census.self), .stage(Fragile.self)],
    sinks: [.sink(Memory.self)])

  /// Reads a definition that is right.
  func definition(_ text: String, stop: StopSignal = StopSignal()) throws -> Definition {
    let (definition, diagnostics) = read(
      SourceText(name: "test", bytes: Array(text.utf8)), stop: stop)
    struct Wrong: Error { let diagnostics: [Diagnostic] }
    guard let definition else { throw Wrong(diagnostics: diagnostics) }
    return definition
  }
}
