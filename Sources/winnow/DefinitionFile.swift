import ArgumentParser
import Bytes
import Components
import Pipeline

/// Reads definitions for the commands.
enum DefinitionFile {
  /// The definition, or all its diagnostics on standard error and exit code 2.
  static func read(
    _ path: String, arguments: DefinitionArguments = DefinitionArguments(),
    stop: StopSignal = StopSignal()
  ) throws -> Definition {
    let source: SourceText
    do throws(SystemError) {
      source = try SourceText.file(path)
    } catch {
      Terminal.complain(error)
      throw ExitCode.wrongArguments
    }
    let (definition, diagnostics) = Registry.standard.read(
      source, arguments: arguments, environment: Terminal.environment, stop: stop)
    guard let definition else {
      for diagnostic in diagnostics { Terminal.error(TerminalText.visible("\(diagnostic)") + "\n") }
      throw ExitCode.wrongArguments
    }
    return definition
  }
}
