import ArgumentParser
import Bytes
import Pipeline

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Writes a first definition for an input, and says what to change in it.",
    discussion: """
      winnow new crawl.warc.gz
      winnow new pages/ -o pipeline.json

      INPUT is looked at: which input reads it, whether it holds pages or texts, and under which names records \
      have them. What is written passes winnow check as it is.
      """)

  @Argument(
    help: ArgumentHelp("Files, folders or - for standard input.", valueName: "INPUT"),
    completion: .file())
  var inputs: [String]

  @Option(
    name: [.short, .long],
    help: "The file to write, which must not be there yet; - for standard output.",
    completion: .file())
  var output = "-"

  @Option(
    help: "What INPUT is: the name of an input, such as ndjson or files.", completion: .inputNames)
  var format: String?

  @Flag(name: .shortAndLong, help: "Do not say what to change.")
  var quiet = false

  func run() throws {
    let stop = StopSignal()
    let signals = try Signals(stop, hasBegun: false)
    defer { withExtendedLifetime(signals) {} }
    if output != "-", FileSystem.exists(output) {
      throw ValidationError("\(output) is there already; name another file, or move it away")
    }
    let folder = output == "-" ? "." : FileSystem.folder(of: output)
    let first: FirstDefinition
    let made: (text: String, output: String)
    do throws(FirstDefinition.Problem) {
      first = try FirstDefinition(inputs: inputs, format: format, folder: folder, stop: stop)
      made = try first.text(named: output)
    } catch {
      tell(error)
      throw ExitCode.wrongArguments
    }
    if output == "-" {
      try Terminal.output(made.text)
    } else {
      try Terminal.reporting {
        try File.writing(output).write(Array(made.text.utf8).span)
      }
    }
    if !quiet { Terminal.tell(advice(first, made.output)) }
  }

  private func tell(_ problem: FirstDefinition.Problem) {
    switch problem {
    case .wrong(let diagnostics): DefinitionFile.tell(diagnostics)
    case .several(let kinds):
      Terminal.complain(
        "a definition has one input, and these are read as \(kinds.joined(separator: ", ")); name those of one "
          + "kind")
    case .nothing(let names):
      Terminal.complain("no input reads a file in \(names); winnow manual lists the inputs")
    }
  }

  /// Definitions hold no comments: what can be changed is said beside them.
  private func advice(_ first: FirstDefinition, _ kept: String) -> String {
    let name = output == "-" ? "pipeline.json" : output
    let content: String
    switch first.sample {
    case nil:
      content = inputs.contains("-") ? "was not looked at" : "has no record that could be read"
    case let sample?: content = "holds \(sample.isPage ? "pages" : "texts")"
    }
    let hasFields = ["ndjson", "csv"].contains(first.kind)
    let fields = hasFields ? "; id_field, url_field and others name the members of a record" : ""
    return """
      winnow: the input is read as \(first.kind), and \(content)
        input: "source" names the corpus in each record\(fields)
        language: add "keep": ["en"] to keep English alone
        near_duplicates: "threshold" says how alike two texts are that count as one, 0.8 unless you say
        output: records go to \(kept == "-" ? "standard output" : kept); a name in .gz or .zst is compressed
        run: add "run": { "state": "state" } to remember from night to night what was kept
      winnow manual NAME describes each of them. Then:
        winnow check \(name) && winnow run \(name)

      """
  }
}
