public import Bytes
import Pipeline

/// The report of a run, for machines (`json`) and for people (`summary`).
///
/// `counts` and `bytes` depend only on input and definition; `stages` and `run` hold the values that depend on
/// the machine.
public struct Report: Sendable {
  let counts: Tally.Counts
  /// The counts that come from an earlier process.
  private let resumed: Tally.Counts
  /// Number of the run in its state directory; nil without one.
  private let run: Int?
  private let rejections: [Rejections]
  /// Processor time by `Activity`.
  let seconds: [Double]
  let stages: [LabelledStage]
  let jobs: Int
  let elapsedSeconds: Double
  /// The input, the stages and the output, with the reasons that their manuals declare.
  let declaredReasons: [(stage: String, reasons: [String])]
  private let ledgerBytes: Int
  private let writesRejects: Bool
  private let inputsByEnding: [String: String]
  private let status: String

  /// The rejections of one stage, in the order of the stages and of their manuals' reasons.
  private struct Rejections {
    let stage: String
    let reasons: [(name: String, count: Int)]
    var total: Int { reasons.reduce(0) { $0 + $1.count } }
  }

  /// - Parameter ending: Nil when the run failed.
  public init(_ run: Run, ending: Run.Ending?) {
    counts = run.tally.current
    resumed = run.tally.resumed
    self.run = run.checkpoints?.run
    seconds = run.tally.secondsByActivity
    stages = run.definition.stages
    jobs = run.jobs
    elapsedSeconds = Machine.elapsedSeconds - run.started
    ledgerBytes = run.ledgerBytes
    status =
      switch ending {
      case .done: "done"
      case .interrupted: "interrupted"
      case .closedPipe: "closed_pipe"
      case nil: "failed"
      }
    inputsByEnding = run.definition.inputsByEnding
    writesRejects = run.definition.rejects != nil
    declaredReasons = Report.declaredReasons(run.definition)
    rejections = Report.rejections(counts, ["input"] + stages.map(\.label) + ["output"])
  }

  private static func declaredReasons(
    _ definition: Definition
  ) -> [(stage: String, reasons: [String])] {
    // Inputs of several kinds may share reasons.
    var ofInputs: [String] = []
    for source in definition.inputs {
      for reason in type(of: source).manual.reasons where !ofInputs.contains(reason.name) {
        ofInputs.append(reason.name)
      }
    }
    let ofStages = definition.stages.map {
      (stage: $0.label, reasons: type(of: $0.stage).manual.reasons.map(\.name))
    }
    let ofOutput = type(of: definition.output).manual.reasons.map(\.name)
    return [("input", ofInputs)] + ofStages + [("output", ofOutput)]
  }

  private static func rejections(_ counts: Tally.Counts, _ order: [String]) -> [Rejections] {
    order.compactMap { stage in
      let reasons = counts.rejected.filter { $0.key.stage == stage }
        .map { (name: $0.key.reason, count: $0.value) }
        .sorted { $0.name < $1.name }
      return reasons.isEmpty ? nil : Rejections(stage: stage, reasons: reasons)
    }
  }

  private var written: Int { counts.written }

  /// Of what this process did.
  private var documentsPerSecond: Double {
    Double(counts.written - resumed.written) / elapsedSeconds
  }
  private var bytesPerSecond: Double {
    Double(counts.inputBytes - resumed.inputBytes) / elapsedSeconds
  }

  /// Records that the input could not make documents of.
  public var badRecords: Int { rejections.first { $0.stage == "input" }?.total ?? 0 }

  // MARK: For machines

  public var json: JSONValue {
    var json: JSONObject = [
      "status": .string(status),
      "counts": [
        "in": .int(Int64(counts.inputsWritten)),
        "out": .int(Int64(counts.kept)),
        "rejected": .int(Int64(written - counts.kept)),
        "rejected_by": .object(
          JSONObject(
            rejections.map { stage in
              (
                stage.stage,
                .object(JSONObject(stage.reasons.map { ($0.name, .int(Int64($0.count))) }))
              )
            })),
      ],
      "bytes": [
        "in": .int(Int64(counts.inputBytes)),
        "out": .int(Int64(counts.outputBytes)),
        "rejects": .int(Int64(counts.rejectBytes)),
      ],
      "stages": .array(stageRows.map(\.json)),
      "run": [
        "jobs": .int(Int64(jobs)),
        "elapsed_seconds": .double(rounded(elapsedSeconds)),
        "cpu_seconds": .double(rounded(Machine.processSeconds)),
        "documents_per_second": .double(rounded(documentsPerSecond)),
        "input_bytes_per_second": .int(Int64(bytesPerSecond)),
        "peak_memory_bytes": .int(Int64(Machine.peakMemoryBytes)),
        "ledger_memory_bytes": .int(Int64(ledgerBytes)),
        "libraries": .object(libraries),
      ],
    ]
    if !counts.added.isEmpty { json["added_by"] = .object(JSONObject(counts.added)) }
    if !counts.leftOut.isEmpty {
      json["left_out"] = .object(JSONObject(counts.leftOut))
    }
    if !counts.passedOver.isEmpty {
      json["passed_over"] = .object(JSONObject(counts.passedOver))
    }
    if let run {
      json["state"] = [
        "run": .int(Int64(run)),
        "documents_before_resuming": .int(Int64(resumed.written)),
        "skipped_files": .int(Int64(counts.skippedFiles)),
      ]
    }
    return .object(json)
  }

  /// The versions of those on which the stages' output may depend.
  private var libraries: JSONObject {
    var versions: JSONObject = [:]
    for library in stages.flatMap({ type(of: $0.stage).manual.libraries }) {
      versions[library.name] = .string(library.version)
    }
    return versions
  }

  private struct StageRow {
    let label: String
    let use: String?
    let documentsIn: Int
    let documentsOut: Int
    let seconds: Double
    /// See `Stage`.
    let characteristics: JSONObject

    var json: JSONValue {
      var members: JSONObject = [
        "label": .string(label), "use": JSONValue(use), "in": .int(Int64(documentsIn)),
        "out": .int(Int64(documentsOut)), "cpu_seconds": .double(rounded(seconds)),
      ]
      if !characteristics.isEmpty { members["characteristics"] = .object(characteristics) }
      return .object(members)
    }
  }

  /// Input, stages and output with how many documents went in and on.
  private var stageRows: [StageRow] {
    var alive = counts.inputsWritten
    let parts: [(label: String, stage: (any Stage)?)] =
      [("input", nil)] + stages.map { ($0.label, $0.stage) } + [("output", nil)]
    return parts.enumerated().map { index, part in
      let before = alive
      alive += part.stage == nil ? 0 : counts.added[part.label] ?? 0
      alive -= rejections.first { $0.stage == part.label }?.total ?? 0
      return StageRow(
        label: part.label, use: part.stage.map { type(of: $0).manual.name }, documentsIn: before,
        documentsOut: alive, seconds: seconds[index],
        characteristics: part.stage?.characteristics ?? [:])
    }
  }

  /// The documents and the processor time of one stage, the input or the output.
  public struct StageTiming: Sendable {
    public let label: String
    /// Documents that went on.
    public let documents: Int
    /// Processor time.
    public let seconds: Double
  }

  /// The input, the stages and the output.
  public var stageTimings: [StageTiming] {
    stageRows.map {
      StageTiming(label: $0.label, documents: $0.documentsOut, seconds: $0.seconds)
    }
  }

  /// Bytes written to the output.
  public var outputBytes: Int { counts.outputBytes }

  // MARK: For people

  /// The summary for the user at the end: counts, speed, and why documents were rejected.
  public var summary: String {
    let rejected = written - counts.kept
    var text =
      "\(grouped(counts.inputsWritten)) in, \(grouped(counts.kept)) out, \(grouped(rejected)) rejected; "
      + "\(fixed(elapsedSeconds, 1)) s, \(grouped(Int(documentsPerSecond))) documents/s, "
      + "\(sizeText(bytesPerSecond))/s, peak \(sizeText(Double(Machine.peakMemoryBytes)))\n"
    if resumed.written > 0 {
      text += "  \(grouped(resumed.written)) of them before this run was resumed\n"
    }
    for (stage, count) in counts.added.sorted(by: { $0.key < $1.key }) {
      text += "  \(grouped(count)) added by \(TerminalText.visible(stage))\n"
    }
    if counts.skippedFiles > 0 {
      text += "  \(counted(counts.skippedFiles, "file")) skipped, processed before\n"
    }
    if rejected > 0, !writesRejects { text += "  rejects are not written: --rejects FILE\n" }
    text += causes
    for stage in rejections {
      for reason in stage.reasons {
        text += "  \(grouped(reason.count)) \(TerminalText.visible(stage.stage)): \(reason.name)\n"
      }
    }
    return text
  }

  /// Lists the files that were left out, and says why the output may be empty.
  private var causes: String {
    var text = ""
    if !counts.leftOut.isEmpty {
      text += "  \(Report.line(leftOut: counts.leftOut))\n"
    }
    if !counts.passedOver.isEmpty {
      let kinds = counts.passedOver.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let list = kinds.map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
      let total = counts.passedOver.values.reduce(0, +)
      text += "  \(counted(total, "record")) without a page or text passed over: \(list)\n"
    }
    if written == 0, counts.skippedFiles == 0 {
      text += "  nothing was read\(otherInput.map { ": --format \($0)?" } ?? "")\n"
    } else if written > 0, counts.kept == 0 {
      let first = counts.explanations.first
      text +=
        "  nothing was kept"
        + (counts.rejected.count == 1 && first != nil
          ? ", all for one reason: \(first?.value ?? "")" : "") + "\n"
    }
    return text
  }

  /// `3 files left out by their endings: 2 .jpg, 1 .css`
  static func line(leftOut: [String: Int]) -> String {
    let endings = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let list = endings.map { "\(grouped($0.value)) \($0.key)" }.joined(separator: ", ")
    let total = leftOut.values.reduce(0, +)
    return
      "\(counted(total, "file")) left out by \(total == 1 ? "its ending" : "their endings"): \(list)"
  }

  /// The input that reads what was left out.
  private var otherInput: String? {
    let known = counts.leftOut.compactMap { ending, count in
      inputsByEnding[ending].map { (name: $0, count: count) }
    }
    return known.max { ($0.count, $1.name) < ($1.count, $0.name) }?.name
  }

  /// Processor time by stage, a line each.
  public var timings: String {
    stageRows.map { row in
      let each = row.documentsIn == 0 ? 0 : row.seconds / Double(row.documentsIn) * 1e6
      return "  \(TerminalText.visible(row.label)): \(fixed(row.seconds, 2)) s CPU, "
        + "\(fixed(each, 0)) µs a document, "
        + "\(grouped(row.documentsIn)) in, \(grouped(row.documentsOut)) out\n"
    }.joined()
  }
}

/// To milliseconds or thousandths: more says nothing.
func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
