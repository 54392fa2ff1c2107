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
    for name in names {
      if sources.contains(where: { $0.reads(fileAt: name) }) { return "the input reads" }
      guard let identity = identity(of: name) else { continue }
      if identity == FileSystem.identity(of: definition.name) { return "is the definition" }
      if let input = inputs.first(where: { FileSystem.identity(of: $0.file.path) == identity }) {
        return "\(input.setting) reads"
      }
    }
    // A device such as /dev/null may be written by several at once.
    if case .some(.other) = try? FileSystem.kind(of: path) { return nil }
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
}
