import ArgumentParser
import Components
import Pipeline

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the manual of all components and settings, or of one.")

  @Argument(help: ArgumentHelp("An input, stage or output, definition or run.", valueName: "name"))
  var name: String?

  func run() throws {
    guard let text = Registry.standard.manual(of: name) else {
      let names = Registry.standard.manualNames.joined(separator: ", ")
      throw ValidationError("there is no chapter \(name ?? ""); there are: \(names)")
    }
    try Terminal.output(text + "\n")
  }
}
