import ArgumentParser

/// What developers measure with.
@main
struct WinnowBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow-bench",
    abstract: "Measures pipelines, and the index of near-duplicates.",
    subcommands: [PipelineBench.self, IndexBench.self],
    defaultSubcommand: PipelineBench.self)
}
