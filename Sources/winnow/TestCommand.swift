import ArgumentParser
import Bytes
import Pipeline
import Runner

struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Takes examples through a pipeline, and says which do not come out as they expect.",
    discussion: """
      Each example is a page and what must come of it: members of the record, or a reject with its stage and \
      reason. winnow manual examples describes them. The exit code is 0 when all come out as expected, and 1 \
      otherwise. Inputs and outputs of the definition are not touched.
      """)

  @Argument(
    help: ArgumentHelp("The definition.", valueName: "PIPELINE.json"), completion: .definition)
  var pipeline: String

  @Argument(
    help: ArgumentHelp(
      "Files or folders of examples; default: what the definition's examples names.",
      valueName: "EXAMPLES"), completion: .file())
  var paths: [String] = []

  @OptionGroup var set: OverrideOption

  @Flag(name: .shortAndLong, help: "Say nothing of examples that come out as expected.")
  var quiet = false

  func run() throws {
    let stop = StopSignal()
    let signals = try Signals(stop, hasBegun: false)
    var arguments = DefinitionArguments()
    arguments.overrides = set.overrides
    arguments.needsNoState = true
    let definition = try DefinitionFile.readWithoutInput(pipeline, arguments: arguments, stop: stop)
    let examples = try examples(of: definition)
    var failed = 0
    for example in examples {
      let result = try Terminal.reporting { try ExampleResult(of: example, in: definition) }
      try show(result)
      if !result.failures.isEmpty { failed += 1 }
      if stop.isRequested { throw ExitCode(signals.exitCode) }
    }
    let passed = examples.count - failed
    if !quiet || failed > 0 {
      try Terminal.output(
        "\(counted(examples.count, "example")): \(grouped(passed)) passed, \(grouped(failed)) failed\n"
      )
    }
    if failed > 0 { throw ExitCode.runFailed }
  }

  /// The examples, or everything that is wrong with them on standard error.
  private func examples(of definition: Definition) throws -> [Example] {
    let paths = paths.isEmpty ? [definition.examples?.path].compactMap(\.self) : paths
    if paths.isEmpty {
      throw ValidationError(
        "\(pipeline) names no examples; name files or folders of them, here or under \"examples\" in it"
      )
    }
    var files = ExampleFiles()
    do throws(SystemError) {
      for path in paths { try files.read(path) }
    } catch {
      Terminal.complain(error)
      throw ExitCode.wrongArguments
    }
    if !files.diagnostics.isEmpty {
      DefinitionFile.tell(files.diagnostics)
      throw ExitCode.wrongArguments
    }
    if files.examples.isEmpty {
      Terminal.complain("there are no examples in \(paths.joined(separator: ", "))")
      throw ExitCode.wrongArguments
    }
    return files.examples
  }

  private func show(_ result: ExampleResult) throws {
    let example = result.example
    if result.failures.isEmpty {
      if !quiet { try Terminal.output("ok    \(TerminalText.visible(example.name))\n") }
      return
    }
    let place = example.name == example.place ? "" : " (\(example.place))"
    let lines = result.failures.flatMap {
      $0.split(separator: "\n", omittingEmptySubsequences: false)
    }
    try Terminal.output(
      "FAIL  \(TerminalText.visible(example.name + place))\n" + lines.map { "  \($0)\n" }.joined())
  }
}
