import ArgumentParser
import Pipeline

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says everything that is wrong with a definition, or nothing.")

  @Argument(
    help: ArgumentHelp("The definition.", valueName: "PIPELINE.json"), completion: .definition)
  var pipeline: String

  @Option(
    help: ArgumentHelp("The state directory that a run will be given.", valueName: "dir"),
    completion: .directory)
  var state: String?

  func run() throws {
    var arguments = DefinitionArguments()
    arguments.state = state
    _ = try DefinitionFile.read(pipeline, arguments: arguments)
  }
}
