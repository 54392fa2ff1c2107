import ArgumentParser
import Bytes
import Components
import Formats
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
      tell(diagnostics)
      throw ExitCode.wrongArguments
    }
    return definition
  }

  /// The same, without its input, which may be gone or not there yet: in its place stands a file that is there,
  /// and is not read.
  static func readWithoutInput(
    _ path: String, arguments: DefinitionArguments, stop: StopSignal = StopSignal()
  ) throws -> Definition {
    var arguments = arguments
    arguments.inputs = [InputArgument(path)]
    arguments.format = NDJSONSource.manual.name
    return try read(path, arguments: arguments, stop: stop)
  }

  /// Tells everything that is wrong.
  static func tell(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      // Lists of mistakes have lines of their own, which begin with two spaces; others are foreign.
      let lines = "\(diagnostic)".split(separator: "\n  ", omittingEmptySubsequences: false)
      let shown = lines.map { TerminalText.visible(String($0)) }.joined(separator: "\n  ")
      Terminal.error(shown + "\n")
    }
  }
}
