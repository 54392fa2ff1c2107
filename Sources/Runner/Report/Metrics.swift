import Bytes
import Pipeline

/// A run's numbers for Prometheus, in its text format (version 0.0.4), as the textfile collector of node_exporter
/// reads it. The counts are those of the report.
public struct Metrics: Sendable {
  private let report: Report?
  private let version: String
  private let started: Double
  private let ended: Double
  private let exitCode: Int32

  /// - Parameters:
  ///   - report: Nil for a run that failed before it began.
  ///   - started: Seconds since 1970, as is `ended`.
  public init(
    _ report: Report?, version: String, started: Double, ended: Double, exitCode: Int32
  ) {
    self.report = report
    self.version = version
    self.started = started
    self.ended = ended
    self.exitCode = exitCode
  }

  public var text: String {
    (runFamilies + (report?.families ?? [])).map(\.text).joined()
  }

  private var runFamilies: [MetricFamily] {
    [
      MetricFamily(
        "winnow_build_info", .gauge, "The version of winnow that ran; the value is always 1.",
        [.init(1, ["version": version])]),
      MetricFamily(
        "winnow_run_exit_code", .gauge, "Exit code of the last run: 0 when it was done.",
        [.init(Int(exitCode))]),
      MetricFamily(
        "winnow_run_start_time_seconds", .gauge,
        "When the last run started, in seconds since 1970; of a run that was resumed, when it was resumed.",
        [.init(started)]),
      MetricFamily(
        "winnow_run_end_time_seconds", .gauge, "When the last run ended, in seconds since 1970.",
        [.init(ended)]),
    ]
  }
}

extension Report {
  /// Every stage with each reason that its manual declares has a sample from the start: a series that appears with
  /// its first reject has no increase.
  fileprivate var families: [MetricFamily] {
    let stageSeconds = zip(["input"] + stages.map(\.label) + ["output"], seconds)
    return [
      MetricFamily(
        "winnow_documents_read_total", .counter, "Records of the input that came to their end.",
        [.init(counts.inputsWritten)]),
      MetricFamily(
        "winnow_documents_kept_total", .counter, "Documents written to the output.",
        [.init(counts.kept)]),
      MetricFamily(
        "winnow_documents_rejected_total", .counter,
        "Documents that were dropped, by the stage that dropped them and its reason.",
        rejectSamples),
      MetricFamily(
        "winnow_documents_added_total", .counter, "Documents that stages made beside others.",
        counts.added.sorted { $0.key < $1.key }.map { .init($0.value, ["stage": $0.key]) }),
      MetricFamily(
        "winnow_files_skipped_total", .counter,
        "Files left out since an earlier run processed them.",
        [.init(counts.skippedFiles)]),
      MetricFamily(
        "winnow_files_left_out_total", .counter, "Files of folders left out by their endings.",
        [.init(counts.leftOut.values.reduce(0, +))]),
      MetricFamily(
        "winnow_input_bytes_total", .counter, "Bytes of records that were read.",
        [.init(counts.inputBytes)]),
      MetricFamily(
        "winnow_output_bytes_total", .counter,
        "Bytes of records that were kept, before compression.", [.init(counts.outputBytes)]),
      MetricFamily(
        "winnow_rejects_bytes_total", .counter,
        "Bytes of records that were rejected, as written, before compression.",
        [.init(counts.rejectBytes)]),
      MetricFamily(
        "winnow_stage_cpu_seconds_total", .counter,
        "Processor time of the input, each stage and the output, without that before a run was resumed.",
        stageSeconds.map { .init(rounded($1), ["stage": $0]) }),
      MetricFamily(
        "winnow_cpu_seconds_total", .counter, "Processor time of the whole process.",
        [.init(rounded(Machine.processSeconds))]),
      MetricFamily(
        "winnow_run_duration_seconds", .gauge, "How long the last run took.",
        [.init(rounded(elapsedSeconds))]),
      MetricFamily(
        "winnow_run_peak_memory_bytes", .gauge, "The most memory that the process ever held.",
        [.init(Machine.peakMemoryBytes)]),
      MetricFamily(
        "winnow_run_threads", .gauge, "Threads that took documents through the stages.",
        [.init(jobs)]),
    ]
  }

  private var rejectSamples: [MetricFamily.Sample] {
    declaredReasons.flatMap { stage, names in
      let counted = counts.rejected.filter { $0.key.stage == stage }
      let others = counted.keys.map(\.reason).filter { !names.contains($0) }.sorted()
      return (names + others).map { name in
        let count = counted[Tally.Counts.Rejected(stage: stage, reason: name)] ?? 0
        return MetricFamily.Sample(count, ["stage": stage, "reason": name])
      }
    }
  }
}
