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
      for diagnostic in diagnostics {
        // Lists of mistakes have lines of their own, which begin with two spaces; others are foreign.
        let lines = "\(diagnostic)".split(separator: "\n  ", omittingEmptySubsequences: false)
        let shown = lines.map { TerminalText.visible(String($0)) }.joined(separator: "\n  ")
        Terminal.error(shown + "\n")
      }
      throw ExitCode.wrongArguments
    }
    return definition
  }
}
