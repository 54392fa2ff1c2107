public import Bytes
public import Pipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program and its arguments, and the folder of the definition that names them.
public struct Command: SettingValue {
  let words: [String]
  let folder: String

  init(_ words: [String] = [], folder: String = ".") {
    self.words = words
    self.folder = folder.isEmpty ? "." : folder
  }

  var name: String { words.first ?? "" }

  public static let typeName = "a list of strings: a program and its arguments"
  public static let schema: JSONObject = [
    "type": "array", "items": ["type": "string"], "minItems": 1,
  ]

  public static func read(_ node: JSONNode, _ reader: inout SettingReader) -> Command? {
    if case .string(let line) = node.value {
      let words = line.split(separator: " ").map { JSONValue.string(String($0)).jsonText }
      reader.complain(
        node, "must be \(typeName), is a string; write [\(words.joined(separator: ", "))]")
      return nil
    }
    guard let words = [String].read(node, &reader) else { return nil }
    guard let name = words.first, !name.isEmpty else {
      reader.complain(node, "must name a program")
      return nil
    }
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      reader.complain(node, "must not hold the character U+0000")
      return nil
    }
    return Command(words, folder: node.place.source.folder)
  }

  public var json: JSONValue { words.json }

  /// The program's file: in the definition's folder if the name has a slash, otherwise on the search path.
  func located() throws(Complaint) -> String {
    if name.utf8.contains(UInt8(ascii: "/")) {
      let path = FileSystem.resolve(name, in: folder)
      // The program starts in the definition's folder.
      if FileSystem.isExecutable(path) { return FileSystem.absolute(path) ?? path }
      throw Complaint("command", "cannot be started: \(fault(of: path))")
    }
    let folders = Command.searchPath
    for folder in folders where FileSystem.isExecutable("\(folder)/\(name)") {
      return FileSystem.absolute("\(folder)/\(name)") ?? "\(folder)/\(name)"
    }
    throw Complaint(
      "command",
      "cannot be started: there is no program \"\(name)\" on the PATH\(proposal(folders))")
  }

  private func fault(of path: String) -> String {
    guard FileSystem.exists(path) else { return "there is no file \(path)" }
    guard (try? FileSystem.kind(of: path)) == .file else { return "\(path) is no file" }
    return
      "\(path) is not executable; allow it with chmod +x, or name the program that reads it, as in "
      + "[\"python3\", \(JSONValue.string(name).jsonText)]"
  }

  private func proposal(_ folders: [String]) -> String {
    if name.utf8.contains(UInt8(ascii: " ")) {
      let words = name.split(separator: " ").map { JSONValue.string(String($0)).jsonText }
      return "; write each word in an element of its own: [\(words.joined(separator: ", "))]"
    }
    if FileSystem.exists(FileSystem.resolve(name, in: folder)) {
      return "; did you mean ./\(name)?"
    }
    let names = folders.flatMap { (try? FileSystem.names(in: $0)) ?? [] }
    return Suggestion.near(name, among: names) ?? ""
  }

  private static var searchPath: [String] {
    (getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin")
      .split(separator: ":").map(String.init)
  }
}
