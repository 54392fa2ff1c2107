import ArgumentParser
import Bytes
import Pipeline
import Runner

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what each stage does to one page, block by block.",
    discussion: """
      PAGE is read as INPUT arguments of winnow run are: a page or text as a file, records as NDJSON, \
      standard input (-) by its first byte. The stages do what they do in a run, but no state directory is \
      touched, nothing goes to outputs, and stages that compare documents see only this one.
      """)

  @Argument(
    help: ArgumentHelp("The definition.", valueName: "PIPELINE.json"), completion: .definition)
  var pipeline: String

  @Argument(
    help: ArgumentHelp("The page, or records of which --id names one.", valueName: "PAGE"),
    completion: .file())
  var page: String

  @Option(help: "The record's id, or its place as rejects give it: pages.ndjson:17.")
  var id: String?

  @Option(
    help: ArgumentHelp("Write a page of HTML instead; - for standard output.", valueName: "file"),
    completion: .file())
  var html: String?

  @Option(
    help: "What PAGE is: the name of an input, such as ndjson or files.", completion: .inputNames)
  var format: String?

  @OptionGroup var set: OverrideOption

  func run() throws {
    let stop = StopSignal()
    let signals = try Signals(stop, hasBegun: false)
    var arguments = DefinitionArguments()
    arguments.inputs = [InputArgument(page)]
    arguments.format = format
    arguments.overrides = set.overrides
    arguments.needsNoState = true
    if let html { arguments.written = [("--html", html)] }
    let definition = try DefinitionFile.read(pipeline, arguments: arguments, stop: stop)
    try Terminal.reporting {
      guard let found = try PageSearch(input: page, id: id, stop: stop).find(in: definition) else {
        Terminal.complain("interrupted")
        throw ExitCode(signals.exitCode)
      }
      try write(PageAccount(of: found.record, named: found.name, in: definition))
    }
  }

  private func write(_ account: PageAccount) throws {
    guard let html else {
      let text = account.text(
        columns: Terminal.outputColumns ?? 100, isColored: Terminal.showsColoredOutput)
      return try File.standardOutput.write(Array(text.utf8).span)
    }
    let bytes = Array(account.html.utf8)
    if html == "-" { return try File.standardOutput.write(bytes.span) }
    try File.writing(html).write(bytes.span)
  }
}
