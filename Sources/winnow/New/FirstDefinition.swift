import Bytes
import Components
import Formats
import Pipeline

/// A definition for an input that nobody has described yet, made by looking at it.
struct FirstDefinition {
  /// Why there is none.
  enum Problem: Error {
    case wrong([Diagnostic])
    case several([String])
    case nothing(String)
  }

  /// Name of the input that reads it.
  let kind: String
  /// How the definition names it.
  private let paths: [String]
  /// What a record looks like; nil where none was found.
  let sample: InputSample?
  /// The folder that the definition's paths start from.
  private let folder: String

  /// - Parameters:
  ///   - inputs: As `winnow run` is given them.
  ///   - format: What they are; nil: to be found out.
  ///   - folder: Where the definition will lie.
  init(inputs: [String], format: String?, folder: String, stop: StopSignal) throws(Problem) {
    self.folder = folder
    let definition = try Self.trial(inputs, format, stop)
    var kinds: [String] = []
    for source in definition.inputs where !kinds.contains(type(of: source).manual.name) {
      kinds.append(type(of: source).manual.name)
    }
    guard kinds.count == 1 else { throw .several(kinds) }
    let hasFolder = inputs.contains { (try? FileSystem.kind(of: $0)) == .folder }
    kind = format == nil && hasFolder ? try Self.kind(ofFolders: inputs, stop) : kinds[0]
    paths = inputs.map {
      $0 == "-" || folder == "." ? $0 : FileSystem.absolute($0) ?? $0
    }
    // Standard input can be read but once, and not by a look at it.
    sample = inputs.contains("-") ? nil : InputSample(of: inputs, kind: kind, stop)
  }

  /// The input that knows most of the files.
  private static func kind(ofFolders inputs: [String], _ stop: StopSignal) throws(Problem) -> String
  {
    var best: (kind: String, files: Int)?
    for entry in Registry.standard.sources {
      let name = entry.manual.name
      guard let source = try? trial(inputs, name, stop).inputs.first,
        let survey = try? source.survey(nil)
      else { continue }
      let files = survey.parts.reduce(0) { $0 + $1.files }
      if files > best?.files ?? 0 { best = (name, files) }
    }
    guard let best else { throw .nothing(inputs.joined(separator: ", ")) }
    return best.kind
  }

  /// Reads a definition that has these inputs.
  private static func trial(
    _ inputs: [String], _ format: String?, _ stop: StopSignal
  ) throws(Problem) -> Definition {
    let text = #"{"stages": [{"use": "html"}], "output": {"use": "ndjson", "path": "-"}}"#
    var arguments = DefinitionArguments()
    arguments.inputs = inputs.map(InputArgument.init)
    arguments.format = format
    arguments.needsNoState = true
    let (definition, diagnostics) = Registry.standard.read(
      SourceText(name: "new", bytes: Array(text.utf8)), arguments: arguments, stop: stop)
    guard let definition else { throw .wrong(diagnostics) }
    return definition
  }

  // MARK: The text

  /// Whether there are pages to be taken apart. A record that was not found may be one.
  var hasPages: Bool { sample?.isPage ?? true }

  /// The definition, and where it sends what is kept: to a file that is not there yet and that the input does not
  /// read; where there is none such, to standard output.
  func text(named name: String) throws(Problem) -> (text: String, output: String) {
    let free = (1...Self.tries).lazy.map { $0 == 1 ? "" : "-\($0)" }.first { ending in
      !["clean", "rejects"].contains {
        FileSystem.exists(FileSystem.resolve($0 + ending + ".ndjson", in: folder))
      }
    }
    let choices = [free.map { ("clean\($0).ndjson", "rejects\($0).ndjson") }, ("-", nil)]
    var problem: [Diagnostic] = []
    for case (let output, let rejects)? in choices {
      let text = text(output, rejects)
      let source = SourceText(name: name, folder: folder, bytes: Array(text.utf8))
      problem = Registry.standard.read(source).diagnostics
      if problem.isEmpty { return (text, output) }
    }
    throw .wrong(problem)
  }

  private static let tries = 100

  private func text(_ output: String, _ rejects: String?) -> String {
    let settings = [
      ("use", JSONValue.string(kind)), ("paths", .array(paths.map(JSONValue.string))),
    ]
    let members = settings + (sample?.fields ?? []).map { ($0, JSONValue.string($1)) }
    let input = members.map { "\(JSONValue.string($0).jsonText): \(Self.spaced($1))" }
    let stages = (hasPages ? ["html", "boilerplate"] : []) + ["language", "near_duplicates"]
    let sinks = [("output", output)] + (rejects.map { [("rejects", $0)] } ?? [])
    let sinkLines = sinks.map { key, path in
      "  \"\(key)\": { \"use\": \"ndjson\", \"path\": \(JSONValue.string(path).jsonText) }"
    }
    return """
      {
        "input": { \(input.joined(separator: ", ")) },
        "stages": [
      \(stages.map { "    { \"use\": \"\($0)\" }" }.joined(separator: ",\n"))
        ],
      \(sinkLines.joined(separator: ",\n"))
      }

      """
  }

  private static func spaced(_ value: JSONValue) -> String {
    guard let elements = value.array else { return value.jsonText }
    return "[" + elements.map(\.jsonText).joined(separator: ", ") + "]"
  }
}
