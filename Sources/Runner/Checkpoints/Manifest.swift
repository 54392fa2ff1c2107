import Bytes
import Pipeline
import State

/// The progress of a run. A checkpoint writes it together with the changes of the ledgers. A process that
/// takes over the run needs nothing else.
struct Manifest: Sendable, Hashable {
  enum Status: String {
    /// There is input left, or was when the checkpoint was made.
    case running
    /// The outputs are complete, but may not have their final names yet.
    case finishing
    case done
  }

  /// Number of the run in its state directory, from 1.
  let run: Int
  /// When the run's first process started.
  let started: String
  /// `Definition.canonical`.
  let definition: JSONObject
  var status: Status
  var input: InputPosition
  var outputs: OutputPositions
  var counts: Tally.Counts

  /// For the list of runs.
  var record: RunRecord {
    RunRecord(
      number: run, started: started, isFinished: status == .done, records: counts.read,
      kept: counts.kept)
  }
}

// MARK: In the state directory

extension Manifest {
  private static let key = Array("manifest".utf8)
  /// Under keys of their own, since they are megabytes, and no JSON.
  private static let pendingOutputKey = Array("pending output".utf8)
  private static let pendingRejectsKey = Array("pending rejects".utf8)

  /// The manifest of the last checkpoint; nil before the first.
  /// - Throws: `StateError`.
  static func read(from state: StateDirectory) throws -> Manifest? {
    let keys = try state.keySpace(StateDirectory.ownLabel)
    guard let bytes = try keys.value(for: key) else { return nil }
    let json = try JSONValue(parsing: bytes, named: state.path)
    guard
      let manifest = Manifest(
        json, pendingOutput: try keys.value(for: pendingOutputKey) ?? [],
        pendingRejects: try keys.value(for: pendingRejectsKey) ?? [])
    else {
      throw StateError.damaged(path: state.path, detail: "the manifest is not what it should be")
    }
    return manifest
  }

  /// Stages the manifest.
  func stage(in state: StateDirectory) throws {
    let keys = try state.keySpace(StateDirectory.ownLabel)
    keys.set(Array(json.jsonText.utf8), for: Manifest.key)
    keys.set(outputs.output.pending, for: Manifest.pendingOutputKey)
    keys.set(outputs.rejects?.pending ?? [], for: Manifest.pendingRejectsKey)
    try state.record(record)
  }
}

// MARK: JSON

extension Manifest {
  var json: JSONValue {
    [
      "run": .int(Int64(run)),
      "status": .string(status.rawValue),
      "started": .string(started),
      "definition": .object(definition),
      "input": ["number": .int(Int64(input.input)), "place": input.place],
      "output": .object(outputs.output.details),
      "rejects": outputs.rejects.map { .object($0.details) } ?? .null,
      "counts": counts.json,
    ]
  }

  /// Nil for what no manifest looks like.
  init?(_ json: JSONValue, pendingOutput: [UInt8], pendingRejects: [UInt8]) {
    guard let members = json.object, let run = members["run"]?.int,
      let status = members["status"]?.string.flatMap(Status.init),
      let started = members["started"]?.string, let definition = members["definition"]?.object,
      let input = members["input"]?.object, let number = input["number"]?.int, number >= 0,
      let output = members["output"]?.object,
      let counts = members["counts"].flatMap(Tally.Counts.init)
    else { return nil }
    self.run = run
    self.status = status
    self.started = started
    self.definition = definition
    self.input = InputPosition(input: number, place: input["place"] ?? .null)
    outputs = OutputPositions(
      output: SinkPosition(details: output, pending: pendingOutput),
      rejects: members["rejects"]?.object.map {
        SinkPosition(details: $0, pending: pendingRejects)
      })
    self.counts = counts
  }
}

extension Tally.Counts {
  var json: JSONValue {
    let rejected = rejected.map { ($0.key.stage, $0.key.reason, $0.value) }.sorted { $0 < $1 }
    return [
      "read": .int(Int64(read)),
      "skipped_files": .int(Int64(skippedFiles)),
      "left_out": .object(JSONObject(leftOut)),
      "passed_over": .object(JSONObject(passedOver)),
      "added": .object(JSONObject(added)),
      "kept": .int(Int64(kept)),
      "input_bytes": .int(Int64(inputBytes)),
      "output_bytes": .int(Int64(outputBytes)),
      "reject_bytes": .int(Int64(rejectBytes)),
      "rejected": .array(
        rejected.map { [.string($0), .string($1), .int(Int64($2))] }),
    ]
  }

  init?(_ json: JSONValue) {
    guard let members = json.object, let read = members["read"]?.int,
      let skippedFiles = members["skipped_files"]?.int, let kept = members["kept"]?.int,
      let inputBytes = members["input_bytes"]?.int, let outputBytes = members["output_bytes"]?.int,
      let rejectBytes = members["reject_bytes"]?.int, let rejections = members["rejected"]?.array
    else { return nil }
    self.init(
      read: read, skippedFiles: skippedFiles, kept: kept, inputBytes: inputBytes,
      outputBytes: outputBytes, rejectBytes: rejectBytes)
    for member in members["left_out"]?.object?.members ?? [] {
      leftOut[member.key] = member.value.int
    }
    for member in members["passed_over"]?.object?.members ?? [] {
      passedOver[member.key] = member.value.int
    }
    for member in members["added"]?.object?.members ?? [] { added[member.key] = member.value.int }
    for rejection in rejections {
      guard let parts = rejection.array, parts.count == 3, let stage = parts[0].string,
        let reason = parts[1].string, let count = parts[2].int
      else { return nil }
      rejected[Rejected(stage: stage, reason: reason)] = count
    }
  }
}

extension JSONObject {
  /// Counts by name, in the order of the names.
  init(_ counts: [String: Int]) {
    self.init(counts.sorted { $0.key < $1.key }.map { ($0.key, .int(Int64($0.value))) })
  }
}
