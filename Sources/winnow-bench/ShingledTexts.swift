import ArgumentParser
import Bytes
import Formats
import NearDuplicatesStage
import Pipeline

/// Texts, and how they are cut into shingles.
struct ShingledTexts: ParsableArguments {
  @Argument(help: ArgumentHelp("Texts as NDJSON, with text.", valueName: "TEXTS.ndjson"))
  var path: String

  @Option(help: "Consecutive words in one shingle.")
  var shingleWords = NearDuplicates.Settings().shingleWords

  /// All documents of the file, in memory.
  func texts() throws -> [Document] {
    var documents: [Document] = []
    try forEachDocument(in: path) { documents.append($0) }
    guard !documents.isEmpty else { throw ValidationError("\(path) has no texts") }
    return documents
  }

  func stage() throws -> NearDuplicates {
    var settings = NearDuplicates.Settings()
    settings.shingleWords = shingleWords
    return try NearDuplicates(
      settings: settings, context: Context(label: "near_duplicates", standardInput: .standardInput))
  }

  func validate() throws {
    if !(1...32).contains(shingleWords) {
      throw ValidationError("--shingle-words must be within 1...32, is \(shingleWords)")
    }
  }
}

/// Calls `body` with each record of an NDJSON file that is one.
func forEachDocument(in path: String, _ body: (Document) -> Void) throws {
  let context = Context(label: "input", standardInput: .standardInput)
  let source = try NDJSONSource(settings: NDJSONSource.Settings(path: path), context: context)
  let reader = source.makeReader(nil)
  var decoder = try source.makeDecoder()
  var hasMore = true
  while hasMore {
    var batch = RawBatch(byteBudget: 1 << 20)
    hasMore = try reader.fill(&batch)
    for record in batch.records where record.problem == nil {
      if case .keep(let document) = try decoder.decode(record, of: batch) { body(document) }
    }
  }
}
