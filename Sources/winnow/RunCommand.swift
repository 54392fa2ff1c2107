import ArgumentParser
import Bytes
import Pipeline
import Runner

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a pipeline.",
    discussion: """
      INPUT arguments take the place of the definition's input and are read as what they are: folders, \
      .html and .txt as files, .ndjson and .jsonl as records, standard input (-) by its first byte. So are \
      the names in lists of files.
      """)

  @Argument(
    help: ArgumentHelp(
      "A definition, if the first ends in .json (otherwise pipeline.json is read), then inputs.",
      valueName: "PIPELINE.json] [INPUT"), completion: .file())
  var arguments: [String] = []

  @OptionGroup var lists: InputListOptions

  @Option(
    name: [.short, .long], help: "Where kept documents go; - for standard output.",
    completion: .file())
  var output: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "Number of threads; default: the processors available.")
  var jobs: Int?

  @OptionGroup var set: OverrideOption

  @Option(
    help: "What all INPUTs are: the name of an input, such as ndjson or files.",
    completion: .inputNames)
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Where all other documents go; with -o the definition's own rejects are not written.",
      valueName: "file"), completion: .file())
  var rejects: String?

  @Option(
    help: ArgumentHelp("Where to write a report as JSON.", valueName: "file"), completion: .file())
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Where to write the run's numbers for Prometheus, at its end: a file for the textfile collector.",
      valueName: "file"), completion: .file())
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "The state directory: what is remembered from run to run, and from which an interrupted run goes on.",
      valueName: "dir"), completion: .directory)
  var state: String?

  @Flag(help: "Go on with a state directory although the definition is not that of its last run.")
  var acceptChanges = false

  @Flag(
    help: ArgumentHelp(
      "Say what would be read and written, and what stands in the way; read no page, write nothing.",
      discussion: "The exit code is the one that the run would have at its start."))
  var dryRun = false

  @Option(help: "Whether to tell how far the run is.")
  var progress = ProgressChoice.auto

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Also say where the time went.")
  var verbose = false

  enum ProgressChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("-j must be within 1...1024, is \(jobs)")
    }
  }

  func run() throws {
    let stop = StopSignal()
    let jobs = jobs ?? Machine.availableProcessors
    let signals = try Signals(stop, jobs: jobs, hasBegun: false)
    let isNamed = arguments.first?.hasSuffix(".json") == true
    let inputs = try lists.inputs(Array(arguments.dropFirst(isNamed ? 1 : 0)), stop)
    if stop.isRequested { throw ExitCode(signals.exitCode) }
    let definition = try DefinitionFile.read(
      isNamed ? arguments[0] : "pipeline.json", arguments: definitionArguments(inputs), stop: stop)
    if dryRun { return try look(at: definition, stop) }
    let started = Machine.timeSeconds
    var report: Report?
    var code = ExitCode.success
    do {
      let run = try opened(definition, jobs: jobs, stop)
      signals.begin()
      let progress = progressStyle.map { Progress(run, style: $0, show: Terminal.error) }
      let result = Result { try run.run() }
      progress?.end()
      let ended = Report(run, ending: try? result.get())
      report = ended
      try conclude(ended)
      try exit(result, run, ended, signals)
    } catch let error as ExitCode {
      code = error
    }
    if let metrics {
      let numbers = Metrics(
        report, version: Winnow.versionNumber, started: started, ended: Machine.timeSeconds,
        exitCode: code.rawValue)
      try write(numbers, to: metrics)
    }
    if code != .success { throw code }
  }

  private func write(_ metrics: Metrics, to path: String) throws {
    do throws(SystemError) {
      try FileSystem.replaceContents(
        of: path, with: Array(metrics.text.utf8), unfinished: FilePath.unfinishedEnding)
    } catch {
      Terminal.complain(error)
      throw ExitCode.runFailed
    }
  }

  private func definitionArguments(_ inputs: [InputArgument]?) -> DefinitionArguments {
    var arguments = DefinitionArguments()
    arguments.inputs = inputs
    arguments.format = format
    arguments.output = output
    arguments.rejects = rejects
    if let report { arguments.written.append(("--report", report)) }
    if let metrics { arguments.written.append(("--metrics", metrics)) }
    arguments.state = state
    arguments.overrides = set.overrides
    return arguments
  }

  /// Says what the run would do, and what stands in its way.
  private func look(at definition: Definition, _ stop: StopSignal) throws {
    let written = [("report", report), ("metrics", metrics)].compactMap { name, path in
      path.map { (name, $0) }
    }
    let dry = DryRun(definition, written: written, stop: stop, acceptsChanges: acceptChanges)
    if !quiet { try Terminal.output(dry.text) }
    for problem in dry.problems { Terminal.complain(problem) }
    if !dry.problems.isEmpty { throw ExitCode.runFailed }
  }

  private func opened(
    _ definition: Definition, jobs: Int, _ stop: StopSignal
  ) throws -> Run {
    try Terminal.reporting {
      try Run(definition, jobs: jobs, stop: stop, acceptsChanges: acceptChanges)
    }
  }

  private var progressStyle: Progress.Style? {
    switch progress {
    case .auto: Terminal.isInteractive && !quiet ? .live : nil
    case .always: quiet ? nil : .lines
    case .never: nil
    }
  }

  /// Says what the run did.
  private func conclude(_ report: Report) throws {
    if !quiet { Terminal.tell("winnow: " + report.summary) }
    if verbose { Terminal.tell(report.timings) }
    guard let path = self.report else { return }
    do {
      let file = try File.writing(path)
      let bytes = Array((report.json.indentedText() + "\n").utf8)
      try file.write(bytes.span)
    } catch {
      Terminal.complain(error)
      throw ExitCode.runFailed
    }
  }

  private func exit(
    _ result: Result<Run.Ending, any Error>, _ run: Run, _ report: Report, _ signals: Signals
  ) throws {
    switch result {
    case .success(.done):
      if let limit = run.maximumBadRecords, report.badRecords > limit {
        Terminal.complain(
          "\(report.badRecords) bad records, and run.max_bad_records allows \(limit)")
        throw ExitCode.tooManyBadRecords
      }
    case .success(.closedPipe):
      return
    case .success(.interrupted):
      Terminal.complain("interrupted" + remains(run))
      throw ExitCode(signals.exitCode)
    case .failure(let error):
      Terminal.complain(error, remains(run))
      throw ExitCode.runFailed
    }
  }

  private func remains(_ run: Run) -> String {
    if run.isResumable { return "; the same command goes on from the last checkpoint" }
    return run.remains.isEmpty
      ? "" : "; what was written is in " + run.remains.joined(separator: ", ")
  }
}
