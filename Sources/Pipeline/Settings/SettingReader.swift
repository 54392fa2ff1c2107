public import Bytes

/// A path, and which setting names it.
struct NamedFile {
  let file: FilePath
  let setting: JSONPath
  let place: Place
}

/// The state of reading settings: collects every complaint instead of stopping at the first.
public struct SettingReader {
  /// Path of the value being read.
  public internal(set) var path: JSONPath
  public internal(set) var diagnostics: [Diagnostic] = []

  /// All paths that settings named so far.
  var files: [NamedFile] = []

  /// How messages name all that is read.
  private let whole: String

  public init(path: JSONPath = JSONPath(), of whole: String = "the definition") {
    self.path = path
    self.whole = whole
  }

  /// Notes what is wrong with the value at `node`: `must be within 0...1, is 7`. Path and place are
  /// added here, so that all messages have one form.
  public mutating func complain(_ node: JSONNode, _ message: String) {
    complain(at: node.place, message)
  }

  mutating func complain(at place: Place, _ message: String) {
    let subject = path.description.isEmpty ? whole : path.description
    diagnostics.append(Diagnostic(place, "\(subject) \(message)", path: path))
  }

  /// Whether something at the current path or below was complained about.
  var hasComplaint: Bool { diagnostics.contains { $0.path?.isWithin(path) == true } }

  /// Reads something below the current path.
  public mutating func below<Result>(
    _ path: JSONPath, _ read: (inout SettingReader) -> Result
  ) -> Result {
    let outer = self.path
    self.path = path
    defer { self.path = outer }
    return read(&self)
  }
}
