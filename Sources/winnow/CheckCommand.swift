import ArgumentParser

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says everything that is wrong with a definition, or nothing.")

  @Argument(help: ArgumentHelp("The definition.", valueName: "PIPELINE.json"))
  var pipeline: String

  func run() throws {
    _ = try DefinitionFile.read(pipeline)
  }
}
