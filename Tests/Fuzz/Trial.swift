import Bytes
import Components
import Pipeline
import Runner
import TestSupport

/// Runs of one input, and what must be the same in all of them.
struct Trial {
  let folder: TemporaryFolder
  let stages: String

  static let gazetteer = Fixture.path("gazetteer.ndjson")
  static let stages = """
    {"use": "html"}, {"use": "boilerplate"}, {"use": "language"}, {"use": "repeated_blocks"},
    {"use": "near_duplicates"}, {"use": "entities", "gazetteer": "\(gazetteer)"}
    """
  /// Those that look at one document alone.
  static let stagesAlone = """
    {"use": "html", "format": "markdown", "links": true, "images": true}, {"use": "boilerplate"},
    {"use": "language"}, {"use": "entities", "gazetteer": "\(gazetteer)"}
    """

  struct Lines: Equatable {
    let kept: [String]
    let rejected: [String]
  }

  func definition(
    _ input: String, format: String, batch: String = "1 MiB", state: String? = nil
  ) throws -> Definition {
    let state = state.map { #", "state": "\#($0)""# } ?? ""
    let text = """
      {"input": {"use": "\(format)", "paths": ["\(input)"]}, "stages": [\(stages)],
       "output": {"use": "ndjson", "path": "\(folder.path("out"))"},
       "rejects": {"use": "ndjson", "path": "\(folder.path("rejects"))"},
       "run": {"batch": "\(batch)", "max_document": "1 MiB"\(state)}}
      """
    let source = SourceText(name: "fuzz", bytes: Array(text.utf8))
    let (definition, diagnostics) = Registry.standard.read(source)
    guard let definition else {
      throw Finding(diagnostics.map(\.description).joined(separator: "\n"))
    }
    return definition
  }

  func run(
    _ input: String, format: String = "ndjson", jobs: Int = 1, batch: String = "1 MiB",
    state: String? = nil
  ) throws -> Lines {
    let definition = try definition(input, format: format, batch: batch, state: state)
    _ = try Run(definition, jobs: jobs, stop: StopSignal()).run()
    return Lines(kept: try lines("out"), rejected: try lines("rejects"))
  }

  private func lines(_ name: String) throws -> [String] {
    let bytes = try FileSystem.contents(of: folder.path(name))
    try Finding.check(
      UTF8Text(validating: bytes) != nil, "\(name) is not UTF-8")
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Runs an input on one thread and on three, in large batches and in small ones.
  func runBothWays(_ input: String, format: String = "ndjson") throws -> Lines {
    let lines = try run(input, format: format)
    let other = try run(input, format: format, jobs: 3, batch: "1 KiB")
    try Finding.check(lines == other, "the output depends on -j and run.batch")
    for line in lines.kept + lines.rejected { try Trial.check(line) }
    return lines
  }

  /// Whether a line is a record whose mentions are where it says.
  private static func check(_ line: String) throws {
    guard
      let record = try? JSONReader.read(SourceText(name: "", bytes: Array(line.utf8))).plain.object,
      let id = record["id"]?.string, let text = record["text"]?.string, !id.isEmpty
    else { throw Finding("no record: \(line)") }
    let scalars = Array(text.unicodeScalars)
    for mention in record["annotations"]?.object?["entities"]?.array ?? [] {
      guard let members = mention.object, let start = members["start"]?.int,
        let end = members["end"]?.int, let found = members["text"]?.string,
        0 <= start, start < end, end <= scalars.count
      else { throw Finding("a mention outside the text: \(line)") }
      try Finding.check(
        Array(found.unicodeScalars) == Array(scalars[start..<end]), "another text: \(line)")
    }
  }
}
