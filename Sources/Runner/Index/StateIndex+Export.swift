public import Bytes
public import Pipeline
import State

/// A line of an export: `{"run":{…}}` for each run, before all others, and then
/// `{"index":"LABEL","entry":{…}}` with what `StageIndex.export` gave. In an entry that is a document,
/// `run` is the number of its run.
enum ExportLine {
  static let run = "run"
  static let index = "index"
  static let entry = "entry"

  /// The beginning of such a line. No record of an output begins like this.
  static func begins(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: Array("{\"\(run)\"".utf8)) || line.starts(with: Array("{\"\(index)\"".utf8))
  }
}

extension StateIndex {
  /// Writes everything that `importRecords` needs to make the same index elsewhere. Of a run that is not
  /// finished nothing is written: what it has kept is in no output that anybody has.
  /// - Returns: The number of documents, counted in each stage; nil when `stop` was requested, and nothing
  ///   was made final.
  public func export<S: Sink>(to sink: S, stop: StopSignal) throws -> Int? {
    var writer = try sink.makeWriter(for: RunStart(moment: Machine.timestamp), at: nil)
    do {
      var lines = JSONWriter()
      let unfinished = try unfinishedRun
      for run in try state.runs where run.number != unfinished {
        StateIndex.append([ExportLine.run: .object(run.json)], to: &lines)
      }
      var count = 0
      for stage in stages {
        try stage.index.export { entry in
          if stop.isRequested { throw Stopped() }
          let run = entry[ExportLine.run]?.int
          if run != nil, run == unfinished { return }
          StateIndex.append(
            [ExportLine.index: .string(stage.label), ExportLine.entry: .object(entry)], to: &lines)
          if run != nil { count += 1 }
          guard lines.bytes.count >= batchBytes else { return }
          try writer.write(lines.bytes)
          lines.bytes.removeAll(keepingCapacity: true)
        }
      }
      try writer.write(lines.bytes)
      _ = try writer.close()
      try writer.publish()
      return count
    } catch is Stopped {
      _ = writer.abandon()
      return nil
    }
  }

  private struct Stopped: Error {}

  private static func append(_ line: JSONObject, to lines: inout JSONWriter) {
    lines.object(line)
    lines.endLine()
  }
}
