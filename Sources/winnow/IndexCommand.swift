import ArgumentParser
import Bytes
import Formats
import Pipeline
import Runner

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Looks at what stages remember from run to run, moves it and cleans it.",
    discussion: """
      winnow index stats pipeline.json --state state                  runs, documents, bytes
      winnow index export pipeline.json --state old -o index.ndjson.zst
      winnow index import pipeline.json index.ndjson.zst --state new  the same index elsewhere
      winnow index import pipeline.json clean.ndjson --state state    earlier outputs
      winnow index forget pipeline.json --state state --before 2026-01-01
      winnow index compact pipeline.json --state state                give back what was forgotten
      winnow index verify pipeline.json --state state                 read and compare everything

      The definition tells which stages there are, and how they are set; its input and output are not \
      touched. While a run uses the state, all of these are refused; while one is interrupted, import \
      and forget are.
      """,
    subcommands: [
      Stats.self, Export.self, Import.self, Forget.self, Compact.self, Verify.self,
    ])

  /// The options that all index commands share.
  struct Options: ParsableArguments {
    @Argument(
      help: ArgumentHelp("The definition.", valueName: "PIPELINE.json"), completion: .definition)
    var pipeline: String

    @Option(
      help: ArgumentHelp(
        "The state directory; default: run.state of the definition.", valueName: "dir"),
      completion: .directory)
    var state: String?

    @Option(
      help: ArgumentHelp(
        "The only stage that is meant; default: all that keep an index.", valueName: "label"))
    var stage: String?

    /// Opens the index, does something with it, and says what went wrong.
    func withIndex(mustExist: Bool = true, _ body: (StateIndex) throws -> Void) throws {
      var arguments = DefinitionArguments()
      arguments.state = state
      let definition = try DefinitionFile.readWithoutInput(pipeline, arguments: arguments)
      try Terminal.reporting {
        try body(StateIndex(definition, stage: stage, mustExist: mustExist))
      }
    }
  }

  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells what is remembered: runs, documents, bytes.")

    @OptionGroup var options: Options

    @Flag(help: "As JSON, for programs.")
    var json = false

    func run() throws {
      try options.withIndex { index in
        try Terminal.output(
          json ? JSONValue.object(try index.statistics).indentedText() + "\n" : try index.summary)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes everything that is remembered as NDJSON, for import.")

    @OptionGroup var options: Options

    @Option(
      name: [.short, .long],
      help: "The file to write, compressed if it ends in .gz or .zst; - for standard output.",
      completion: .file())
    var output = "-"

    func run() throws {
      try options.withIndex { index in
        let sink = try NDJSONSink(
          settings: NDJSONSink.Settings(path: output),
          context: Context(label: "output", standardInput: .standardInput))
        if sink.writesParts { throw ValidationError("-o names one file, not \(output)") }
        let stop = StopSignal()
        let signals = try Signals(stop)
        guard let count = try index.export(to: sink, stop: stop) else {
          throw ExitCode(signals.exitCode)
        }
        Terminal.inform("\(grouped(count)) entries written")
      }
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Enters the documents of earlier outputs, or what export wrote.",
      discussion: """
        Lines of an export make the index that they come from, with its runs. Records of an output are \
        entered as they stand there, as documents of one more run; rejects are left out. What is \
        there already stays as it is: an import that was interrupted can be repeated.
        """)

    @OptionGroup var options: Options

    @Argument(
      help: ArgumentHelp("NDJSON, also .gz and .zst; - for standard input.", valueName: "FILE"),
      completion: .file())
    var files: [String]

    func run() throws {
      try options.withIndex(mustExist: false) { index in
        let stop = StopSignal()
        let signals = try Signals(stop)
        let context = Context(label: "input", standardInput: .standardInput, stop: stop)
        // Before anything is entered: a name that is wrong.
        for file in files where file != "-" { _ = try FileSystem.kind(of: file) }
        let sources = try files.map {
          try NDJSONSource(settings: NDJSONSource.Settings(path: $0), context: context)
        }
        let imported = try index.importRecords(from: sources, stop: stop)
        Terminal.inform(
          "\(grouped(imported.entered)) entered, \(grouped(imported.known)) known already"
            + (imported.rejects > 0 ? ", \(grouped(imported.rejects)) rejects left out" : ""))
        if stop.isRequested { throw ExitCode(signals.exitCode) }
      }
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forgets documents: later ones are not compared with them any more.",
      discussion: "Their bytes on disk are given back by compact.")

    @OptionGroup var options: Options

    @Option(
      help: ArgumentHelp(
        "All of runs that started before: 2026-11-20, or 2026-11-20T02:00:00Z (UTC).",
        valueName: "date"))
    var before: String?

    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp("The one with this id; may be repeated."))
    var id: [String] = []

    @Option(
      help: ArgumentHelp(
        "Those whose ids stand in a file, one on each line; - for standard input.",
        valueName: "file"), completion: .file())
    var ids: String?

    func validate() throws {
      if before == nil, id.isEmpty, ids == nil {
        throw ValidationError("say what is to be forgotten: --before, --id or --ids")
      }
      if let before, !StateIndex.isMoment(before) {
        throw ValidationError(
          "--before must be a date such as 2026-11-20 or 2026-11-20T02:00:00Z, is \(before)")
      }
    }

    func run() throws {
      try options.withIndex { index in
        let stop = StopSignal()
        let signals = try Signals(stop)
        let counts = try index.forget(before: before, ids: id, idsIn: ids, stop: stop)
        for (label, count) in counts {
          let stage = counts.count > 1 ? "\(label): " : ""
          Terminal.inform(stage + "\(counted(count, "document")) forgotten")
        }
        if stop.isRequested { throw ExitCode(signals.exitCode) }
      }
    }
  }

  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rewrites the state without what was forgotten or replaced.")

    @OptionGroup var options: Options

    func run() throws {
      try options.withIndex { index in
        let bytes = try index.compact()
        Terminal.inform("\(grouped(bytes.before)) bytes before, \(grouped(bytes.after)) now")
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads everything and compares the parts with each other.")

    @OptionGroup var options: Options

    func run() throws {
      try options.withIndex { index in
        Terminal.inform("\(grouped(try index.verify())) keys read, nothing is wrong")
      }
    }
  }
}
