import ArgumentParser
import Bytes
import Components
import HTMLStage
import Pipeline
import Runner

/// Measures a pipeline over a corpus beside the bare libxml2 SAX parse of the same pages, in the same
/// process, so that the ratios mean something on machines that others use at the same time.
struct PipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Measures a pipeline beside the bare libxml2 parse of the same pages.",
    discussion: """
      Each round parses all pages with libxml2's SAX parser, then runs the pipeline over them, on one \
      thread; processor time is counted, medians are printed. Every round must give the same answer. \
      The stage html is also measured with its fast reader. \
      With --without, each round also runs the pipeline without that stage: the difference is what the \
      stage costs, what it does to the others included.
      """)

  @Argument(help: ArgumentHelp("Pages as NDJSON, with html.", valueName: "PAGES.ndjson"))
  var corpus: String

  @Option(help: "The definition to measure; its output and rejects are thrown away.")
  var pipeline = "pipeline.json"

  @Option(help: ArgumentHelp("A stage to measure the pipeline without, too.", valueName: "label"))
  var without: String?

  @OptionGroup var rounds: Rounds

  func run() throws {
    let pages = try Corpus(corpus)
    guard !pages.documents.isEmpty else {
      throw ValidationError("\(corpus) has no pages with html")
    }
    let definition = try definition()
    let shorter = try without.map { try definition.without($0) }
    var sax = Series(name: "libxml2 SAX parse")
    var whole = Series(name: "whole pipeline")
    var rest = Series(name: "without \(without ?? "")")
    let html = definition.stages.first { $0.stage is HTML }?.label
    let fastReader = try html.map { try self.definition(["stages.\($0).parser=fast"]) }
    var fast = Series(name: "\(html ?? ""), fast reader")
    var stages: [Series] = []
    for _ in 0..<rounds.count {
      let before = Machine.threadSeconds
      let elements = try pages.parse()
      try sax.add(seconds: Machine.threadSeconds - before, answer: elements)
      let result = try measure(definition)
      try whole.add(seconds: result.seconds, answer: result.answer)
      if let shorter {
        let result = try measure(shorter)
        try rest.add(seconds: result.seconds, answer: result.answer)
      }
      if let fastReader {
        let result = try measure(fastReader)
        if let stage = result.stages.first(where: { $0.label == html }) {
          try fast.add(seconds: stage.seconds, answer: stage.documents)
        }
      }
      if stages.isEmpty { stages = result.stages.map { Series(name: $0.label) } }
      for index in stages.indices {
        try stages[index].add(
          seconds: result.stages[index].seconds, answer: result.stages[index].documents)
      }
    }
    let rows =
      stages + (fastReader == nil ? [] : [fast]) + [whole] + (shorter == nil ? [] : [rest])
    print(Table(pages: pages, sax: sax, rows: rows).text)
    if shorter != nil {
      print("\nwith \(without ?? ""): \(fixed((whole.median / rest.median - 1) * 100, 1)) % more")
    }
  }

  private struct Result {
    let seconds: Double
    let answer: Int
    let stages: [Report.StageTiming]
  }

  private func definition(_ overrides: [String] = []) throws -> Definition {
    var arguments = DefinitionArguments()
    arguments.inputs = [InputArgument(corpus)]
    arguments.output = "/dev/null"
    arguments.rejects = "/dev/null"
    arguments.overrides = overrides
    let (definition, diagnostics) = Registry.standard.read(
      try SourceText.file(pipeline), arguments: arguments)
    guard let definition else {
      throw ValidationError(diagnostics.map(\.description).joined(separator: "\n"))
    }
    return definition
  }

  /// Runs the whole program, reading and writing included, on one thread.
  private func measure(_ definition: Definition) throws -> Result {
    let before = Machine.processSeconds
    let run = try Run(definition, jobs: 1, stop: StopSignal())
    _ = try run.run()
    let seconds = Machine.processSeconds - before
    let report = Report(run, ending: .done)
    return Result(seconds: seconds, answer: report.outputBytes, stages: report.stageTimings)
  }
}

extension Definition {
  fileprivate func without(_ label: String) throws -> Definition {
    guard stages.contains(where: { $0.label == label }) else {
      let labels = stages.map(\.label).joined(separator: ", ")
      throw ValidationError("--without must be one of \(labels), is \(label)")
    }
    return Definition(
      inputs: inputs, stages: stages.filter { $0.label != label }, output: output, rejects: rejects,
      run: run)
  }
}
