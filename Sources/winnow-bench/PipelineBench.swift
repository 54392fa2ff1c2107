import ArgumentParser
import Bytes
import Components
import Pipeline
import Runner

/// Measures a pipeline over a corpus beside the bare libxml2 SAX parse of the same pages, in the same
/// process, so that the ratios mean something on machines that others use at the same time.
struct PipelineBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Measures a pipeline beside the bare libxml2 parse of the same pages.",
    discussion: """
      Each round parses all pages with libxml2's SAX parser, then runs the pipeline over them, on one \
      thread; processor time is counted, medians are printed. Every round must give the same answer.
      """)

  @Argument(help: ArgumentHelp("Pages as NDJSON, with html.", valueName: "PAGES.ndjson"))
  var corpus: String

  @Option(help: "The definition to measure; its output and rejects are thrown away.")
  var pipeline = "pipeline.json"

  @Option(help: "How often everything is measured.")
  var rounds = 5

  func validate() throws {
    if !(1...1000).contains(rounds) {
      throw ValidationError("--rounds must be within 1...1000, is \(rounds)")
    }
  }

  func run() throws {
    let pages = try Corpus(corpus)
    guard !pages.documents.isEmpty else {
      throw ValidationError("\(corpus) has no pages with html")
    }
    var sax = Series(name: "libxml2 SAX parse")
    var whole = Series(name: "whole pipeline")
    var stages: [Series] = []
    for _ in 0..<rounds {
      let before = Machine.threadSeconds
      let elements = try pages.parse()
      try sax.add(seconds: Machine.threadSeconds - before, answer: elements)
      let result = try measurePipeline()
      try whole.add(seconds: result.seconds, answer: result.answer)
      if stages.isEmpty { stages = result.stages.map { Series(name: $0.label) } }
      for index in stages.indices {
        try stages[index].add(
          seconds: result.stages[index].seconds, answer: result.stages[index].documents)
      }
    }
    print(Table(pages: pages, sax: sax, rows: stages + [whole]).text)
  }

  private struct Result {
    let seconds: Double
    let answer: Int
    let stages: [Report.StageTiming]
  }

  /// Runs the whole program, reading and writing included, on one thread.
  private func measurePipeline() throws -> Result {
    var arguments = DefinitionArguments()
    arguments.inputs = [corpus]
    arguments.output = "/dev/null"
    arguments.rejects = "/dev/null"
    let (definition, diagnostics) = Registry.standard.read(
      try SourceText.file(pipeline), arguments: arguments)
    guard let definition else {
      throw ValidationError(diagnostics.map(\.description).joined(separator: "\n"))
    }
    let before = Machine.processSeconds
    let run = try Run(definition, jobs: 1, stop: StopSignal())
    _ = try run.run()
    let seconds = Machine.processSeconds - before
    let report = Report(run, ending: .done)
    return Result(seconds: seconds, answer: report.outputBytes, stages: report.stageTimings)
  }
}
