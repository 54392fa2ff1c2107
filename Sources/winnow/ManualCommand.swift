import ArgumentParser
import Components
import Pipeline

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints the manual of all components and settings, or of one.")

  @Argument(
    help: ArgumentHelp("An input, stage or output, definition or run.", valueName: "name"),
    completion: .list(Registry.standard.manualNames))
  var name: String?

  @Flag(help: "Print the manual page winnow(1) instead: all commands and options, all settings.")
  var man = false

  func validate() throws {
    if man, name != nil { throw ValidationError("--man prints the whole page, without a name") }
  }

  func run() throws {
    if man { return try Terminal.output(page) }
    guard let text = Registry.standard.manual(of: name) else {
      let names = Registry.standard.manualNames.joined(separator: ", ")
      throw ValidationError("there is no chapter \(name ?? ""); there are: \(names)")
    }
    try Terminal.output(text + "\n")
  }

  private var page: String {
    get throws {
      guard let program = CommandDescription(dump: Winnow._dumpHelp()) else {
        Terminal.complain("the argument parser describes the commands in a form that is not known")
        throw ExitCode.runFailed
      }
      return ManualPage(
        program: program, registry: .standard, version: Winnow.versionNumber,
        date: Winnow.versionDate, examples: Winnow.examples, exitCodes: Winnow.exitCodes
      ).text
    }
  }
}
