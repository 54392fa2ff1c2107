import ArgumentParser
import Bytes
import Components
import Pipeline

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of definitions, for editors.")

  func run() throws {
    try Terminal.output(Registry.standard.schema.indentedText() + "\n")
  }
}
