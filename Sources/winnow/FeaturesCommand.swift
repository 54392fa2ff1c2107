import ArgumentParser
import BoilerplateStage
import Bytes
import Formats
import HTMLStage
import Pipeline

struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Writes what a model of main content is trained from.",
    discussion: """
      Reads pages as NDJSON (id, url, html) and writes, for each page that has text, the features of its \
      blocks, the tokens of the linear models and the blocks' text, in the binary form that \
      Tools/main-content/train.py reads.
      """)

  @Argument(
    help: ArgumentHelp("Pages as NDJSON; - for standard input.", valueName: "PAGES.ndjson"),
    completion: .file())
  var pages: String

  @Option(
    name: [.short, .long], help: "The file to write; - for standard output.", completion: .file())
  var output: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A model whose linear models and first trees give their features, too; its second trees are of no "
        + "concern.", valueName: "FILE"), completion: .file())
  var model: String?

  func run() throws {
    let writer: TrainingWriter
    do {
      writer = try TrainingWriter(model: model)
    } catch {
      Terminal.complain("--model names \(model ?? ""), which \(error)")
      throw ExitCode.runFailed
    }
    try Terminal.reporting {
      try write(writer, to: output == "-" ? File.standardOutput : try File.writing(output))
    }
  }

  /// One page after another, on one thread: the whole corpus takes seconds.
  private func write(_ writer: TrainingWriter, to file: consuming File) throws {
    var writer = writer
    let context = Context(label: "input", standardInput: .standardInput)
    let source = try NDJSONSource(settings: NDJSONSource.Settings(path: pages), context: context)
    let reader = source.makeReader(nil)
    var decoder = try source.makeDecoder()
    let html = try HTML(settings: HTML.Settings(), context: context).makeWorker()
    try file.write(writer.header.span)
    var bytes: [UInt8] = []
    var hasMore = true
    while hasMore {
      var batch = RawBatch(byteBudget: 1 << 20)
      hasMore = try reader.fill(&batch)
      for record in batch.records where record.problem == nil {
        guard case .keep(var document) = try decoder.decode(record, of: batch),
          case .keep = try html.process(&document)
        else { continue }
        writer.append(document, to: &bytes)
      }
      try file.write(bytes.span)
      bytes.removeAll(keepingCapacity: true)
    }
  }
}
