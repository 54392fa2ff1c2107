import Foundation
import TestSupport
import Testing

/// `winnow run --metrics`: the run's numbers for Prometheus.
@Suite struct MetricsTests {
  @Test("the file holds the run's numbers, word for word")
  func golden() throws {
    let place = try Workplace(stages: #"{"use": "near_duplicates", "label": "a \"b\" \\ c\nd"}"#)
    let records = ["quiet harbours", "yellow buoys", "wet wood", "wet wood"].enumerated().map {
      #"{"id":"\#($0)","text":"\#($1)"}"# + "\n"
    }
    try place.write("in.ndjson", records.joined() + "no JSON\n")
    let result = try place.run("umask 077; winnow run in.ndjson -q --metrics winnow.prom")
    #expect(result.code == 0 && result.errors == "")
    #expect(try place.names(".").filter { $0.hasPrefix("winnow.prom") } == ["winnow.prom"])
    #expect(try place.run("stat -c %a winnow.prom").text == "644\n")
    let label = #"stage="a \"b\" \\ c\nd""#
    let plain = try place.read("winnow.prom")
      .replacing(/seconds(_total(\{.*?\})?)? [\d.]+\n/) { "seconds\($0.output.1 ?? "") N\n" }
      .replacing(/(peak_memory_bytes|threads) \d+\n/) { "\($0.output.1) N\n" }
      .replacing(/# HELP .*\n/, with: "")
    #expect(
      plain == """
        # TYPE winnow_build_info gauge
        winnow_build_info{version="0.1.0"} 1
        # TYPE winnow_run_exit_code gauge
        winnow_run_exit_code 0
        # TYPE winnow_run_start_time_seconds gauge
        winnow_run_start_time_seconds N
        # TYPE winnow_run_end_time_seconds gauge
        winnow_run_end_time_seconds N
        # TYPE winnow_documents_read_total counter
        winnow_documents_read_total 5
        # TYPE winnow_documents_kept_total counter
        winnow_documents_kept_total 3
        # TYPE winnow_documents_rejected_total counter
        winnow_documents_rejected_total{stage="input",reason="malformed_record"} 1
        winnow_documents_rejected_total{stage="input",reason="no_content"} 0
        winnow_documents_rejected_total{stage="input",reason="too_large"} 0
        winnow_documents_rejected_total{stage="input",reason="too_many_values"} 0
        winnow_documents_rejected_total{stage="input",reason="unknown_format"} 0
        winnow_documents_rejected_total{stage="input",reason="unreadable"} 0
        winnow_documents_rejected_total{\(label),reason="exact_duplicate"} 1
        winnow_documents_rejected_total{\(label),reason="near_duplicate"} 0
        winnow_documents_rejected_total{\(label),reason="unchanged"} 0
        winnow_documents_rejected_total{\(label),reason="rescraped"} 0
        winnow_documents_rejected_total{stage="output",reason="empty_text"} 0
        # TYPE winnow_files_skipped_total counter
        winnow_files_skipped_total 0
        # TYPE winnow_files_left_out_total counter
        winnow_files_left_out_total 0
        # TYPE winnow_input_bytes_total counter
        winnow_input_bytes_total \(try place.read("in.ndjson").utf8.count - 5)
        # TYPE winnow_output_bytes_total counter
        winnow_output_bytes_total \(try place.read("out.ndjson").utf8.count)
        # TYPE winnow_rejects_bytes_total counter
        winnow_rejects_bytes_total \(try place.read("rejects.ndjson").utf8.count)
        # TYPE winnow_stage_cpu_seconds_total counter
        winnow_stage_cpu_seconds_total{stage="input"} N
        winnow_stage_cpu_seconds_total{\(label)} N
        winnow_stage_cpu_seconds_total{stage="output"} N
        # TYPE winnow_cpu_seconds_total counter
        winnow_cpu_seconds_total N
        # TYPE winnow_run_duration_seconds gauge
        winnow_run_duration_seconds N
        # TYPE winnow_run_peak_memory_bytes gauge
        winnow_run_peak_memory_bytes N
        # TYPE winnow_run_threads gauge
        winnow_run_threads N

        """)
  }

  @Test("it follows the format and Prometheus' conventions, as promtool checks them")
  func conventions() throws {
    let place = try Workplace(stages: Workplace.allStages)
    let pages = Workplace.root.appendingPathComponent("Fixtures/pages").path
    #expect(try place.run("winnow run '\(pages)' -q --metrics winnow.prom").code == 0)
    let parsed = try Exposition(try place.read("winnow.prom"))
    #expect(parsed.problems == [])
    let report = try place.run("winnow run '\(pages)' -q --report report.json")
    #expect(report.code == 0)
    let json =
      try JSONSerialization.jsonObject(with: Data(place.read("report.json").utf8)) as? [String: Any]
    let counts = try #require(json?["counts"] as? [String: Any])
    #expect(parsed.sum("winnow_documents_read_total") == (counts["in"] as? Int).map(Double.init))
    #expect(parsed.sum("winnow_documents_kept_total") == (counts["out"] as? Int).map(Double.init))
    #expect(
      parsed.sum("winnow_documents_rejected_total")
        == (counts["rejected"] as? Int).map(Double.init))
    let start = try #require(parsed.sum("winnow_run_start_time_seconds"))
    let end = try #require(parsed.sum("winnow_run_end_time_seconds"))
    #expect(start <= end && abs(end - Date().timeIntervalSince1970) < 3600)
  }

  @Test("a run that is interrupted writes what was counted")
  func interrupted() throws {
    let place = try Workplace()
    try place.write("in.ndjson", RunCommandTests.three)
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q --metrics winnow.prom < pipe & pid=$!
      cat in.ndjson >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.02; done
      kill -TERM $pid; wait $pid
      """)
    #expect(result.code == 143)
    let parsed = try Exposition(try place.read("winnow.prom"))
    #expect(parsed.problems == [])
    #expect(parsed.sum("winnow_run_exit_code") == 143)
    #expect(parsed.sum("winnow_documents_read_total") == 3)
  }

  @Test("a run that fails or finds too many bad records writes its exit code")
  func failed() throws {
    let place = try Workplace()
    try place.write("in.ndjson", "no JSON\n")
    let bad = try place.run(
      "winnow run in.ndjson -q --set run.max_bad_records=0 --metrics winnow.prom")
    #expect(bad.code == 3)
    #expect(try place.read("winnow.prom").contains("\nwinnow_run_exit_code 3\n"))
    let failed = try place.run("winnow run in.ndjson -q -o no/out.ndjson --metrics winnow.prom")
    #expect(failed.code == 1)
    let parsed = try Exposition(try place.read("winnow.prom"))
    #expect(parsed.problems == [])
    #expect(parsed.sum("winnow_run_exit_code") == 1)
    #expect(parsed.sum("winnow_documents_read_total") == nil)
  }

  @Test("it is not written over an input, and a file that cannot be written is a failure")
  func refusals() throws {
    let place = try Workplace()
    try place.write("in.ndjson", RunCommandTests.three)
    let input = try place.run("winnow run in.ndjson -q --metrics in.ndjson")
    #expect(input.code == 2)
    #expect(
      input.errors == "--metrics:1:1: error: --metrics names in.ndjson, which the input reads\n")
    #expect(try place.read("in.ndjson") == RunCommandTests.three)
    let folder = try place.run("winnow run in.ndjson -q --metrics no/winnow.prom")
    #expect(folder.code == 1)
    #expect(
      folder.errors
        == "winnow: error: cannot write no/winnow.prom.partial: No such file or directory\n")
    #expect(place.exists("out.ndjson"))
    let pipe = try place.run("winnow run in.ndjson -q --metrics /dev/stdout | head -1")
    #expect(pipe.text.hasPrefix("# HELP winnow_build_info "))
  }
}

/// Prometheus' text format, read strictly, and held to the rules of `promtool check metrics`.
private struct Exposition {
  private(set) var problems: [String] = []
  private var values: [String: Double] = [:]
  private var types: [String: String] = [:]
  private var helps: Set<String> = []
  private var series: Set<String> = []

  func sum(_ name: String) -> Double? { values[name] }

  init(_ text: String) throws {
    if !text.hasSuffix("\n") { problems.append("the last line has no end") }
    var current = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if let help = line.wholeMatch(of: /# HELP ([a-z_]+) (.+)/) {
        current = String(help.output.1)
        if !helps.insert(current).inserted { problems.append("\(current): a second HELP") }
        if help.output.2.contains("\\") { problems.append("\(current): an escape in HELP") }
      } else if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge)/) {
        if String(type.output.1) != current { problems.append("\(line): TYPE before HELP") }
        if types[current] != nil { problems.append("\(current): a second TYPE") }
        types[current] = String(type.output.2)
      } else {
        addSample(line, current)
      }
    }
    for (name, type) in types { check(name, type) }
  }

  private mutating func addSample(_ line: Substring, _ current: String) {
    let sample =
      /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="(?:[^"\\]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\]|\\[\\"n])*")*\})? (\S+)/
    guard let match = line.wholeMatch(of: sample), let value = Double(match.output.3) else {
      return problems.append("\(line): no sample")
    }
    let name = String(match.output.1)
    if name != current || types[name] == nil { problems.append("\(line): not with its family") }
    if !series.insert(name + String(match.output.2 ?? "")).inserted {
      problems.append("\(line): stands twice")
    }
    values[name, default: 0] += value
  }

  /// Rules of promtool's linter.
  private mutating func check(_ name: String, _ type: String) {
    if (type == "counter") != name.hasSuffix("_total") {
      problems.append("\(name): counters, and only they, end in _total")
    }
    for ending in ["_count", "_sum", "_bucket"] where name.hasSuffix(ending) {
      problems.append("\(name): \(ending) is for histograms")
    }
    let words = Set(name.split(separator: "_"))
    let units: Set<Substring> = [
      "milliseconds", "microseconds", "minutes", "hours", "kilobytes", "megabytes", "ms", "s", "kb",
      "mb", "gb", "percent", "counter", "gauge", "metric",
    ]
    if !words.isDisjoint(with: units) { problems.append("\(name): no base unit, or its type") }
    if !name.hasPrefix("winnow_") { problems.append("\(name): not winnow's") }
    if !series.contains(where: { $0 == name || $0.hasPrefix(name + "{") }) {
      problems.append("\(name): no sample")
    }
  }
}
