import ArgumentParser
import Bytes
import Components
import Pipeline
import Runner

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
      var command = try parseAsRoot()
      try command.run()
    } catch let code as ExitCode {
      exit(withError: code)
    } catch {
      // Help and version are errors to the parser, but not to the user.
      if exitCode(for: error).isSuccess { exit(withError: error) }
      Terminal.tell(Winnow.message(for: error) + "\n")
      exit(withError: ExitCode.wrongArguments)
    }
  }

  /// The parser's message, which has several lines, and repeats arguments.
  private static func message(for error: any Error) -> String {
    CommandLine.arguments.reduce(fullMessage(for: error)) { message, argument in
      let shown = TerminalText.visible(argument)
      return shown == argument ? message : message.replacing(argument, with: shown)
    }
  }
}

extension ExitCode {
  static let runFailed = ExitCode(1)
  static let wrongArguments = ExitCode(2)
  static let tooManyBadRecords = ExitCode(3)
}
