import ArgumentParser
import Bytes
import Components
import Pipeline
import Runner

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The command `winnow`. Data goes to standard output, everything else to standard error.
@main
struct Winnow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "Separates the grain of scraped pages from the chaff.",
    discussion: """
      winnow run pipeline.json                              run a pipeline
      zstd -dc pages.ndjson.zst | winnow run pipeline.json - -o clean.ndjson
      winnow check pipeline.json                            say what is wrong with it
      winnow explain pipeline.json page.html                say what each stage does to a page
      winnow manual near_duplicates                         read about a stage
      winnow index stats pipeline.json --state state        look at what is remembered

      Exit codes: 0 done, 1 the run failed, 2 definition or arguments wrong, 3 done but with more \
      bad records than run.max_bad_records allows, 130 or 143 interrupted.
      """,
    version: version,
    subcommands: [
      RunCommand.self, CheckCommand.self, ExplainCommand.self, SchemaCommand.self,
      ManualCommand.self, IndexCommand.self, FeaturesCommand.self,
    ])

  /// The text of a page may depend on the libraries' versions, too.
  private static var version: String {
    let libraries = Registry.standard.libraries.map { "\($0.name) \($0.version)" }
    return "0.1.0 (\(libraries.joined(separator: ", ")))"
  }

  static func main() {
    Machine.prepare()
    do {
      var command = try parseAsRoot(Terminal.arguments)
      try command.run()
      end(.success)
    } catch let code as ExitCode {
      end(code)
    } catch {
      // Help and version are errors to the parser, but not to the user.
      if exitCode(for: error).isSuccess { exit(withError: error) }
      Terminal.error(Winnow.complaint(about: error) + "\n")
      end(.wrongArguments)
    }
  }

  /// Ends the process at once. Threads of an index that is still open may run on, and the destructors that `exit` calls
  /// would take away what they hold: one run of ten ended with an abort after all was done.
  private static func end(_ code: ExitCode) -> Never {
    fflush(nil)
    _exit(code.rawValue)
  }
}

extension Winnow {
  /// Turns an error of the argument parser into the form of all other errors, and adds the command that was
  /// probably meant.
  private static func complaint(about error: any Error) -> String {
    let message = visibleMessage(for: error)
    let prefix = "Error: "
    guard message.hasPrefix(prefix) else { return message }
    var lines = message.dropFirst(prefix.count).split(
      separator: "\n", omittingEmptySubsequences: false)
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    if let word = Terminal.arguments.first, !word.hasPrefix("-"), !names.contains(word),
      word != "help"
    {
      let suggestion = Suggestion.text(for: word, among: names)
      lines[0] = "there is no command \(TerminalText.visible(word))\(suggestion)"
    }
    return "winnow: \(Terminal.errorWord) " + lines.joined(separator: "\n")
  }

  /// The parser's message, which has several lines, and repeats arguments.
  private static func visibleMessage(for error: any Error) -> String {
    let message = Terminal.arguments.reduce(fullMessage(for: error)) { message, argument in
      let shown = TerminalText.visible(argument)
      return shown == argument ? message : message.replacing(argument, with: shown)
    }
    return TerminalText.visible(message, keepsLines: true)
  }
}

extension ExitCode {
  static let runFailed = ExitCode(1)
  static let wrongArguments = ExitCode(2)
  static let tooManyBadRecords = ExitCode(3)
}
