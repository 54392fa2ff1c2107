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
      \(exampleLines)

      Exit codes: \(exitCodes.map { "\($0.codes) \($0.meaning)" }.joined(separator: ", ")).
      """,
    version: version,
    subcommands: [
      RunCommand.self, NewCommand.self, CheckCommand.self, ExplainCommand.self, TestCommand.self,
      SchemaCommand.self,
      ManualCommand.self, IndexCommand.self, FeaturesCommand.self,
    ])

  /// The number of the version, and the day from which it has that number; manual pages have both.
  static let versionNumber = "0.1.0"
  static let versionDate = "November 28, 2026"

  /// The text of a page may depend on the libraries' versions, too.
  private static var version: String {
    let libraries = Registry.standard.libraries.map { "\($0.name) \($0.version)" }
    return "\(versionNumber) (\(libraries.joined(separator: ", ")))"
  }

  /// For the help and the manual page.
  static let examples = [
    (command: "winnow run pipeline.json", meaning: "run a pipeline"),
    (
      command: "zstd -dc pages.ndjson.zst | winnow run pipeline.json - -o clean.ndjson",
      meaning: "read records from another program"
    ),
    (command: "winnow new pages/ -o pipeline.json", meaning: "write a first pipeline"),
    (command: "winnow check pipeline.json", meaning: "say what is wrong with it"),
    (
      command: "winnow explain pipeline.json page.html",
      meaning: "say what each stage does to a page"
    ),
    (command: "winnow test pipeline.json", meaning: "take its examples through it"),
    (command: "winnow manual near_duplicates", meaning: "read about a stage"),
    (
      command: "winnow index stats pipeline.json --state state",
      meaning: "look at what is remembered"
    ),
  ]

  static let exitCodes = [
    (codes: "0", meaning: "done"), (codes: "1", meaning: "the run failed"),
    (codes: "2", meaning: "definition or arguments wrong"),
    (codes: "3", meaning: "done but with more bad records than run.max_bad_records allows"),
    (codes: "130 or 143", meaning: "interrupted"),
  ]

  /// What an example means stands beside it where there is room.
  private static var exampleLines: String {
    let column = 54
    return examples.map { example in
      let gap = column - example.command.utf8.count
      return gap < 2
        ? example.command
        : example.command + String(repeating: " ", count: gap) + example.meaning
    }.joined(separator: "\n")
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
