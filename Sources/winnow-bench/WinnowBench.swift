import ArgumentParser

/// The command `winnow-bench`: measurements that the figures in the documentation come from.
@main
struct WinnowBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow-bench",
    abstract: "Measures what winnow costs, and writes what its quality is measured by.",
    subcommands: [
      PipelineCommand.self, IndexCommand.self, SignaturesCommand.self, ShinglesCommand.self,
    ],
    defaultSubcommand: PipelineCommand.self)
}

/// The number of times that something is measured.
struct Rounds: ParsableArguments {
  @Option(name: .customLong("rounds"), help: "How often everything is measured.")
  var count = 5

  func validate() throws {
    if !(1...1000).contains(count) {
      throw ValidationError("--rounds must be within 1...1000, is \(count)")
    }
  }
}
