public import Bytes

/// Reads the examples under a path: of a file, or of all files of a folder in the order of their names.
public struct ExampleFiles {
  public private(set) var examples: [Example] = []
  /// Everything that is wrong with them.
  public private(set) var diagnostics: [Diagnostic] = []

  public init() {}

  /// - Throws: `SystemError` when a file or folder cannot be read.
  public mutating func read(_ path: String) throws(SystemError) {
    try read(path, depth: 0)
  }

  private mutating func read(_ path: String, depth: Int) throws(SystemError) {
    guard try FileSystem.kind(of: path) == .folder else { return try readFile(path) }
    guard depth < ExampleFiles.maximumDepth else {
      throw SystemError("read", path, code: SystemError.tooDeep)
    }
    for name in try FileSystem.names(in: path) {
      let inner = FileSystem.resolve(name, in: path)
      let isFolder = try FileSystem.kind(of: inner) == .folder
      if isFolder ? !FileSystem.isLink(inner) : ExampleFiles.isOfExamples(name) {
        try read(inner, depth: depth + 1)
      }
    }
  }

  private static let maximumDepth = 64

  private static let lineEndings = [".ndjson", ".jsonl"]

  /// Beside examples there may be the pages that they name.
  private static func isOfExamples(_ name: String) -> Bool {
    name.hasSuffix(".json") || lineEndings.contains { name.hasSuffix($0) }
  }

  private mutating func readFile(_ path: String) throws(SystemError) {
    let file = try SourceText.file(path)
    guard ExampleFiles.lineEndings.contains(where: { path.hasSuffix($0) }) else {
      return read(file, place: path)
    }
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
      let source = SourceText(
        name: path, folder: file.folder, bytes: Array(line), firstLine: index + 1)
      read(source, place: "\(path):\(index + 1)")
    }
  }

  /// Reads one JSON value: an example, or a list of them.
  private mutating func read(_ source: SourceText, place: String) {
    let root: JSONNode
    do throws(JSONReader.SyntaxError) {
      root = try JSONReader.read(source)
    } catch {
      diagnostics.append(Diagnostic(error.place, error.message))
      return
    }
    guard case .array(let nodes) = root.value else { return read(root, place: place) }
    for node in nodes {
      read(node, place: "\(place):\(source.position(of: node.place.offset).line)")
    }
  }

  private mutating func read(_ node: JSONNode, place: String) {
    var reader = SettingReader(of: "the example")
    if let example = Example(node, place: place, &reader) { examples.append(example) }
    diagnostics += reader.diagnostics
  }
}
