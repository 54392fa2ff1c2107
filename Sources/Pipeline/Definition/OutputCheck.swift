import Bytes

/// Refuses outputs that would be written over what the run reads, by whatever name, before any file is
/// opened.
struct OutputCheck {
  /// The definition itself.
  let definition: SourceText
  let sources: [any Source]
  let arguments: DefinitionArguments

  private static let outputs = [DefinitionKey.output, DefinitionKey.rejects]

  func check(_ reader: inout SettingReader) {
    var outputs = arguments.written.map { option, path in
      NamedFile(
        file: FilePath(path), setting: JSONPath()[option],
        place: Place(source: SourceText(name: option, bytes: Array(path.utf8)), offset: 0))
    }
    // Without a run, the definition's own outputs are not touched.
    if !arguments.needsNoState {
      outputs = reader.files.filter { isOutput($0) } + outputs
    }
    let inputs = reader.files.filter { !isOutput($0) && !isInput($0) }
    for (index, output) in outputs.enumerated() {
      guard let reading = reading(output, inputs, outputs[..<index]) else { continue }
      let name = output.file.isStandardStream ? "standard output" : output.file.path
      reader.below(output.setting) {
        $0.complain(at: output.place, "names \(name), which \(reading)")
      }
    }
  }

  private func isOutput(_ file: NamedFile) -> Bool {
    OutputCheck.outputs.contains { file.setting.isWithin(JSONPath()[$0]) }
  }

  /// Sources know themselves what patterns and folders stand for.
  private func isInput(_ file: NamedFile) -> Bool {
    file.setting.isWithin(JSONPath()[DefinitionKey.input])
  }

  /// The other use of an output's file, if there is one: `is the definition`, `the input reads`.
  private func reading(
    _ output: NamedFile, _ inputs: [NamedFile], _ others: ArraySlice<NamedFile>
  ) -> String? {
    let path = output.file.path
    // While a run lasts, its output stands under another name.
    let names = output.file.isStandardStream ? [path] : [path, path + FilePath.unfinishedEnding]
    for name in names + OutputCheck.part(of: path) {
      if sources.contains(where: { $0.reads(fileAt: name) }) { return "the input reads" }
      guard let identity = identity(of: name) else { continue }
      if identity == FileSystem.identity(of: definition.name) { return "is the definition" }
      if let input = inputs.first(where: { FileSystem.identity(of: $0.file.path) == identity }) {
        return "\(input.setting) reads"
      }
    }
    // A device such as /dev/null may be written by several at once.
    if case .some(.other) = try? FileSystem.kind(of: path) { return nil }
    if let other = others.first(where: { OutputCheck.share(path, $0.file.path) }) {
      return "\(other.setting) may write, too"
    }
    let place = output.file.isStandardStream ? nil : FileSystem.absolute(path)
    let other = others.first { other in
      if let place, !other.file.isStandardStream {
        return FileSystem.absolute(other.file.path) == place
      }
      return identity(of: other.file.path).map { $0 == identity(of: path) } ?? false
    }
    return other.map { "\($0.setting) writes, too" }
  }

  private func identity(of path: String) -> FileSystem.Identity? {
    path == "-" ? FileSystem.identity(ofDescriptor: 1) : FileSystem.identity(of: path)
  }

  // MARK: Folders of parts

  /// The folder in which files are named after records: `out` for `out/{language}/{n}.ndjson`. Nil for
  /// paths that are not.
  private static func folderOfParts(_ path: String) -> String? {
    var start = ""
    for (index, piece) in path.replacing("{{", with: "__").split(
      separator: "{", omittingEmptySubsequences: false
    ).enumerated() {
      let name = piece.prefix { $0 != "}" }
      if index > 0, !namesOfRuns.contains(String(name)) { return FileSystem.folder(of: start) }
      start += (index > 0 ? "{" : "") + piece
    }
    return nil
  }

  /// A file that such an output might write.
  private static func part(of path: String) -> [String] {
    guard let folder = folderOfParts(path), let name = path.split(separator: "/").last else {
      return []
    }
    return [FileSystem.resolve(String(name), in: folder)]
  }

  /// Whether one of two outputs names files after records in a folder that the other writes to.
  private static func share(_ first: String, _ second: String) -> Bool {
    let lies = { (path: String, folder: String?) -> Bool in
      guard let folder, path != "-" else { return false }
      return deepest(path).hasPrefix(deepest(folder) + "/")
    }
    return lies(first, folderOfParts(second)) || lies(second, folderOfParts(first))
  }

  /// The path without links and dots, as far as there are folders.
  private static func deepest(_ path: String) -> String {
    if let place = FileSystem.absolute(path) { return place }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return FileSystem.resolve(name, in: deepest(FileSystem.folder(of: path)))
  }

  /// What does not come from records.
  private static let namesOfRuns: Set = ["run", "date", "n"]
}
