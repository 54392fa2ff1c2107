import Bytes

/// The command-line arguments that concern a definition.
public struct DefinitionArguments: Sendable {
  /// INPUTs, which take the place of the definition's input; nil: there are none. A list of files may be empty.
  public var inputs: [InputArgument]?
  /// Name of the source that reads all INPUTs; nil: told apart by their endings.
  public var format: String?
  public var output: String?
  public var rejects: String?
  /// Further files that will be written, with the options that name them: `--report`.
  public var written: [(option: String, path: String)] = []
  /// The state directory.
  public var state: String?
  /// Whether what asks for a state directory does without: no run is made of the definition.
  public var needsNoState = false
  /// `PATH=VALUE`, in order.
  public var overrides: [String] = []

  public init() {}

  /// The definition with everything applied that arguments say of values in it.
  func apply(to definition: JSONNode, _ reader: inout SettingReader) -> JSONNode {
    var definition = definition
    for text in overrides {
      Override.apply(text, to: &definition, &reader)
    }
    // The rejects belong to the output of the definition: whoever sends the output elsewhere, to look at
    // one page, must not empty the rejects of the night.
    let setsRejects = rejects != nil || overrides.contains { $0.hasPrefix(DefinitionKey.rejects) }
    if output != nil, !setsRejects { definition.remove(DefinitionKey.rejects) }
    if let output {
      DefinitionArguments.setPath(output, of: DefinitionKey.output, named: "-o", &definition)
    }
    if let rejects {
      DefinitionArguments.setPath(
        rejects, of: DefinitionKey.rejects, named: "--rejects", &definition)
    }
    if let state {
      let source = SourceText(name: "--state", bytes: Array(state.utf8))
      definition.set(
        [DefinitionKey.run, "state"],
        JSONNode(.string(state), at: Place(source: source, offset: 0)))
    }
    if inputs != nil, let own = definition[DefinitionKey.input], case .object = own.value {
      // The definition's own paths do not count, nor do variables in them that are not set.
      definition.set([DefinitionKey.input, "paths"], JSONNode(.array([]), at: own.place))
    }
    return definition
  }

  /// Sends a sink to a file: the definition's own where it is the kind that has a `path`, otherwise
  /// NDJSON, which is what these arguments are for.
  private static func setPath(
    _ path: String, of key: String, named argument: String, _ definition: inout JSONNode
  ) {
    let source = SourceText(name: argument, bytes: Array(path.utf8))
    let place = Place(source: source, offset: 0)
    if definition[key] == nil {
      definition.set([key, DefinitionKey.use], JSONNode(.string("ndjson"), at: place))
    }
    definition.set([key, "path"], JSONNode(.string(path), at: place))
  }

  /// The inputs that INPUT arguments make: neighbours of one kind become one source. Where the
  /// definition's input is of that kind, its settings hold.
  func inputNodes(
    _ inputs: [InputArgument], _ definition: JSONNode, sources: [Registry.Entry<any Source>],
    context: Context,
    _ reader: inout SettingReader
  ) -> [JSONNode] {
    var groups: [(kind: String, paths: [JSONNode])] = []
    for input in inputs {
      let kind = format ?? kind(of: input, sources: sources, context: context, &reader)
      if groups.last?.kind == kind {
        groups[groups.count - 1].paths.append(input.node)
      } else {
        groups.append((kind, [input.node]))
      }
    }
    if !groups.isEmpty { checkOverrides(definition, groups.map(\.kind), &reader) }
    return groups.map { kind, paths in
      let place = paths[0].place
      var node = JSONNode(.object([]), at: place)
      if let own = definition[DefinitionKey.input], own[DefinitionKey.use]?.string == kind {
        node = own
      } else {
        node.set([DefinitionKey.use], JSONNode(.string(kind), at: formatPlace ?? place))
      }
      node.set(["paths"], JSONNode(.array(paths), at: place))
      return node
    }
  }

  /// Complains about values for an input that is not read.
  private func checkOverrides(
    _ definition: JSONNode, _ kinds: [String], _ reader: inout SettingReader
  ) {
    let own = definition[DefinitionKey.input]?[DefinitionKey.use]?.string
    for text in overrides where text.hasPrefix(DefinitionKey.input + ".") {
      let name = text.prefix { $0 != "=" }
      let place = Place(source: SourceText(name: "--set", bytes: Array(text.utf8)), offset: 0)
      if name == "input.paths" {
        reader.diagnostics.append(
          Diagnostic(place, "input.paths is not read: INPUT arguments took its place"))
      } else if let own, !kinds.contains(own) {
        reader.diagnostics.append(
          Diagnostic(
            place,
            "\(name) is not read: INPUT arguments took the place of the input \(own), and they are read as "
              + kinds.joined(separator: ", ")))
      }
    }
  }

  /// The place that messages about `--format` point to.
  private var formatPlace: Place? {
    format.map {
      Place(source: SourceText(name: "--format", bytes: Array($0.utf8)), offset: 0)
    }
  }

  /// Name of the source that reads an INPUT: by its ending; standard input by its first bytes, since
  /// every NDJSON record begins with a brace and every WARC file with its version; folders and all else are files of their own.
  private func kind(
    of input: InputArgument, sources: [Registry.Entry<any Source>], context: Context,
    _ reader: inout SettingReader
  ) -> String {
    if input.path == "-" {
      let first = (try? context.standardInput.peek(stop: context.stop)) ?? []
      // A byte order mark is no text.
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let content = first.starts(with: mark) ? first.dropFirst(mark.count) : first[...]
      if content.starts(with: DefinitionArguments.warcStart) { return "warc" }
      if let explanation = DefinitionArguments.explanation(of: content, named: nil) {
        complain("standard input", explanation, input, &reader)
      }
      let byte = content.first { !ScalarClass.ascii.indices.contains(Int($0)) || $0 > 0x20 }
      // No input at all is no records, rather than one empty page.
      return byte == nil || byte == UInt8(ascii: "{") ? "ndjson" : "files"
    }
    let name = Compression.plainName(input.path.lowercased())
    let named = sources.first { entry in entry.endings.contains { name.hasSuffix($0) } }
    if let named { return named.manual.name }
    // A folder is read by its files' endings, a file that is not there complained about elsewhere. A pipe is
    // not looked at twice.
    if (try? FileSystem.kind(of: input.path)) == .file,
      let start = try? ByteStream.reading(input.path).peek(stop: context.stop), !start.isEmpty
    {
      if start.starts(with: DefinitionArguments.warcStart) { return "warc" }
      if let explanation = DefinitionArguments.explanation(of: start[...], named: input.path) {
        complain(input.path, explanation, input, &reader)
      }
    }
    return "files"
  }

  /// The bytes that WARC files begin with.
  private static let warcStart = Array("WARC/".utf8)

  private func complain(
    _ name: String, _ explanation: String, _ input: InputArgument, _ reader: inout SettingReader
  ) {
    reader.below(JSONPath()[DefinitionKey.input]["paths"]) {
      $0.complain(input.node, "names \(SystemPath.visible(name)), which \(explanation)")
    }
  }

  /// Why an INPUT that no source knows by its ending cannot be read; nil for pages, and for text on
  /// standard input.
  private static func explanation(of start: ArraySlice<UInt8>, named name: String?) -> String? {
    if let format = ForeignFormat(beginning: start) { return format.explanation }
    if start.first(where: { $0 > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) })
      == UInt8(ascii: "<")
    {
      return nil
    }
    if let format = ForeignFormat.wideText(start) { return format.explanation }
    if ForeignFormat.isJSONArray(start) { return ForeignFormat.jsonArray.explanation }
    if start.prefix(ForeignFormat.beginningCount).contains(0) {
      return "holds zero bytes: that is no text"
    }
    guard let name else { return nil }
    if let format = ForeignFormat(ofFileNamed: name) { return format.explanation }
    return "no input knows by its name, and which is no page: --format files reads it as text, "
      + "--format ndjson as records"
  }
}
