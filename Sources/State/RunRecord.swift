public import Bytes

/// The record of a run in a state directory.
public struct RunRecord: Sendable, Hashable {
  /// From 1.
  public let number: Int
  /// When its first process started, `2026-11-20T02:00:00Z`.
  public let started: String
  /// Whether it came to its end.
  public let isFinished: Bool
  /// Records read, rejected ones included.
  public let records: Int
  /// Documents written to the output.
  public let kept: Int
  /// Whether it was no run of a pipeline, but documents of earlier outputs were entered.
  public let isImport: Bool

  public init(
    number: Int, started: String, isFinished: Bool, records: Int, kept: Int, isImport: Bool = false
  ) {
    self.number = number
    self.started = started
    self.isFinished = isFinished
    self.records = records
    self.kept = kept
    self.isImport = isImport
  }

  public var json: JSONObject {
    [
      "run": .int(Int64(number)), "started": .string(started), "finished": .bool(isFinished),
      "records": .int(Int64(records)), "kept": .int(Int64(kept)), "import": .bool(isImport),
    ]
  }

  /// Nil for what no record of a run looks like.
  public init?(_ json: JSONValue) {
    guard let members = json.object, let number = members["run"]?.int,
      let started = members["started"]?.string, let records = members["records"]?.int,
      let kept = members["kept"]?.int
    else { return nil }
    self.init(
      number: number, started: started, isFinished: members["finished"] == true,
      records: records, kept: kept, isImport: members["import"] == true)
  }
}

extension StateDirectory {
  /// The label under which the run itself keeps what it must remember: no stage can have it.
  public static let ownLabel = ""

  private static let runPrefix = Array("run ".utf8)

  /// All runs, the first one first; of one that was interrupted what it had done at its last checkpoint.
  /// - Throws: When the store cannot be read.
  public var runs: [RunRecord] {
    get throws {
      var runs: [RunRecord] = []
      try keySpace(StateDirectory.ownLabel).forEach(prefix: StateDirectory.runPrefix) { _, value in
        guard let run = RunRecord(try JSONValue(parsing: value, named: path)) else {
          throw StateError.damaged(
            path: path, detail: "the record of a run is not what it should be")
        }
        runs.append(run)
        return true
      }
      return runs
    }
  }

  /// The number that the next run gets.
  /// - Throws: When the store cannot be read.
  public var nextRun: Int { get throws { try (runs.last?.number ?? 0) + 1 } }

  /// Stages the record of a run, in place of what was said of it before.
  public func record(_ run: RunRecord) throws {
    // Big-endian, so that byte order is the order of the runs.
    let number = UInt32(clamping: run.number).bigEndianBytes
    try keySpace(StateDirectory.ownLabel).set(
      Array(JSONValue.object(run.json).jsonText.utf8), for: StateDirectory.runPrefix + number)
  }
}

extension JSONValue {
  /// JSON that a program wrote, from a state directory.
  /// - Throws: `StateError.damaged` for what no program wrote.
  public init(parsing bytes: [UInt8], named path: String) throws {
    do throws(JSONReader.SyntaxError) {
      self = try JSONReader.read(SourceText(name: path, bytes: bytes)).plain
    } catch {
      throw StateError.damaged(path: path, detail: error.message)
    }
  }
}
