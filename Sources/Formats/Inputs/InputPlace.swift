import Bytes

/// How far a reader had come when a run was interrupted, as it stands in the state directory.
struct InputPlace: Hashable {
  /// Number of the path, of those that the definition names, under which the file was found.
  var root: Int
  var rootPath: String
  /// The file.
  var path: String
  /// The place of the first record in the file that was not read; nil if the file was read to its end.
  var next: Next?

  struct Next: Hashable {
    var offset = 0
    /// Its line; 0 in files that have none.
    var line = 0
    /// In compressed files that can be searched by frames: decompressed bytes from the start of the frame at `offset`.
    var inner = 0
    /// Before this place in the file no frame is looked for any more.
    var searched = 0
    /// Whether nothing was wrong with the file so far.
    var isSound = true
  }

  init(root: Int, rootPath: String, path: String) {
    self.root = root
    self.rootPath = rootPath
    self.path = path
  }

  var json: JSONValue {
    var members: JSONObject = [
      "root": .int(Int64(root)), "root_path": .string(rootPath), "path": .string(path),
    ]
    if let next {
      members["offset"] = .int(Int64(next.offset))
      members["line"] = .int(Int64(next.line))
      if next.inner > 0 { members["inner"] = .int(Int64(next.inner)) }
      if next.searched > 0 { members["searched"] = .int(Int64(next.searched)) }
      if !next.isSound { members["sound"] = false }
    }
    return .object(members)
  }

  /// Nil for the start of the input.
  /// - Throws: `InputChanged` for what no reader wrote.
  init?(_ json: JSONValue) throws {
    if json.isNull { return nil }
    guard let members = json.object, let root = members["root"]?.int,
      let rootPath = members["root_path"]?.string, let path = members["path"]?.string
    else { throw InputChanged(path: "the input", change: "has no place that can be understood") }
    self.init(root: root, rootPath: rootPath, path: path)
    if let offset = members["offset"]?.int, let line = members["line"]?.int {
      next = Next(
        offset: offset, line: line, inner: members["inner"]?.int ?? 0,
        searched: members["searched"]?.int ?? 0, isSound: members["sound"] == nil)
    }
  }
}

/// The input is not what it was when the run was interrupted.
struct InputChanged: Error, CustomStringConvertible {
  let path: String
  let change: String

  var description: String {
    "\(path == "-" ? "standard input" : path) \(change) since the run was interrupted; put it back as it was, or begin anew with another "
      + "state directory"
  }
}
