import Bytes
import Pipeline

/// The files that a source's `paths` name: files as they are, folders with everything below them that
/// has one of the source's endings, shell patterns, and `-` for standard input.
public struct InputPaths: Sendable {
  /// Patterns replaced by what they match.
  let paths: [String]
  let endings: [String]
  let skipsProcessed: Bool
  let context: Context

  /// Complains about paths that are not there, while it is still early.
  /// - Parameter skipsProcessed: Whether files are left out that an earlier run with the state has processed.
  init(
    _ paths: [FilePath], endings: [String], skipsProcessed: Bool, _ context: Context
  ) throws(Complaint) {
    if skipsProcessed, !context.hasState {
      throw Complaint("skips_processed", "needs a state directory: run.state or --state")
    }
    var found: [String] = []
    for (index, path) in paths.enumerated() {
      found += try InputPaths.expand(path.path, element: index)
    }
    self.paths = found
    self.endings = endings
    self.skipsProcessed = skipsProcessed
    self.context = context
  }

  /// The files, to be read whole. Rejects name those that cannot be looked at as documents are named.
  func makeFiles(_ state: StageState?) -> InputFiles { makeFiles(state) { $0.name } }

  /// The files as streams of records. Rejects name files by their paths, as records are named.
  func makeStreams(_ state: StageState?) -> InputStreams {
    InputStreams(makeFiles(state) { $0.path }, context)
  }

  private func makeFiles(
    _ state: StageState?, nameInRejects: @escaping @Sendable (InputWalk.Entry) -> String
  ) -> InputFiles {
    InputFiles(
      InputWalk(paths, endings: endings),
      ProcessedFiles(state, isWanted: skipsProcessed, stop: context.stop),
      nameInRejects: nameInRejects)
  }

  private static func expand(_ path: String, element: Int) throws(Complaint) -> [String] {
    if path == "-" { return [path] }
    do throws(SystemError) {
      // A file or folder may bear the name of a pattern; then it is meant.
      _ = try FileSystem.kind(of: path)
      return [path]
    } catch {
      guard path.utf8.contains(where: "*?[".utf8.contains) else {
        throw Complaint(
          "paths", element: element, "names \(path), which cannot be read: \(error.cause)")
      }
      let matches = FileSystem.matches(of: path)
      if matches.isEmpty {
        throw Complaint("paths", element: element, "names \(path), which matches no file")
      }
      return matches
    }
  }

  /// Bytes of all files; nil when standard input is among them, or folders, which are walked only once.
  var byteCount: Int? {
    var total = 0
    for path in paths {
      guard let size = FileSystem.size(of: path) else { return nil }
      total += size
    }
    return total
  }

  /// Whether all are files and folders.
  var canBeReadAgain: Bool {
    paths.allSatisfy { path in
      guard path != "-", let kind = try? FileSystem.kind(of: path) else { return false }
      return kind != .other
    }
  }

  /// A file among them with one of the endings; looked for among the first files of folders only.
  func firstFile(endingAs endings: [String]) -> String? {
    var walk = InputWalk(paths.filter { $0 != "-" }, endings: self.endings)
    for _ in 0..<InputPaths.glance {
      guard let step = walk.next() else { return nil }
      if case .file(let entry) = step, InputPaths.hasEnding(entry.name, endings) {
        return SystemPath.visible(entry.path)
      }
    }
    return nil
  }

  /// Files that a check of a definition looks at.
  private static let glance = 100

  /// Whether a file is one of them, by whatever name, or lies in one of the folders and has an ending.
  func reads(fileAt path: String) -> Bool {
    let isOutput = path == "-"
    let identity =
      isOutput ? FileSystem.identity(ofDescriptor: 1) : FileSystem.identity(of: path)
    let place = isOutput ? nil : FileSystem.absolute(path)
    return paths.contains { input in
      if let identity {
        let own =
          input == "-" ? FileSystem.identity(ofDescriptor: 0) : FileSystem.identity(of: input)
        if own == identity { return true }
      }
      guard input != "-", let place, let folder = FileSystem.absolute(input),
        (try? FileSystem.kind(of: folder)) == .folder
      else { return false }
      return place.hasPrefix(folder == "/" ? folder : folder + "/")
        && hasEnding(place)
    }
  }

  /// Whether a file in a folder is read, by its name.
  func hasEnding(_ name: String) -> Bool { InputPaths.hasEnding(name, endings) }

  /// Whether a name ends as one of `endings`, in capitals or not, before an ending of compression.
  static func hasEnding(_ name: String, _ endings: [String]) -> Bool {
    let name = Compression.plainName(name.lowercased())
    return endings.contains { name.hasSuffix($0) }
  }
}

/// Yields the files of `InputPaths` one by one, folders in byte order of their names, so that the order
/// is the same on every file system. Holds the names of the folders it is in, not of all files.
struct InputWalk {
  struct Entry {
    let path: String
    /// The path below the folder that the definition names; the whole path for a file it names itself.
    let name: String
    /// Number of the path, of those that the definition names, that it was found under.
    let root: Int
  }

  /// A file, or a folder of which nothing more can be said than why.
  enum Step {
    case file(Entry)
    case unreadable(Entry, SystemError)
  }

  /// Folders nested deeper are not entered: nobody keeps pages so, and a loop of mounts would not end.
  private static let maximumDepth = 64

  private struct Pending {
    let entry: Entry
    let depth: Int
  }

  /// Files that were left out since the last batch, by their endings.
  private var leftOut: [String: Int] = [:]
  private let endings: [String]
  private let roots: [String]
  /// The entries that are still to be visited; the next one is last.
  private var pending: [Pending] = []

  /// - Parameter roots: Files, and folders of which the files count that have one of the endings.
  init(_ roots: [String], endings: [String]) {
    self.endings = endings
    self.roots = roots
    start(at: 0)
  }

  private mutating func start(at root: Int) {
    pending = roots.indices[root...].reversed().map {
      Pending(entry: Entry(path: roots[$0], name: roots[$0], root: $0), depth: 0)
    }
  }

  /// Continues from a file: the next step goes to the one after it. Files before it are not looked at, only the
  /// folders between it and the path that the definition names.
  /// - Returns: The file; nil if it no longer exists.
  mutating func seek(to place: InputPlace) -> Entry? {
    // Files that match a pattern may have joined those before; of a path named twice the number tells
    // which one is meant.
    let isSame = roots.indices.contains(place.root) && roots[place.root] == place.rootPath
    guard let root = isSame ? place.root : roots.firstIndex(of: place.rootPath) else { return nil }
    start(at: root)
    // Files left out on the way were counted by the reader that first came to this place.
    defer { leftOut = [:] }
    while let step = next() {
      switch step {
      case .file(let entry), .unreadable(let entry, _):
        if entry.root != root { return nil }
        if entry.path == place.path { return entry }
      }
    }
    return nil
  }

  /// The place of a file, for `seek`.
  func place(of entry: Entry) -> InputPlace {
    InputPlace(root: entry.root, rootPath: roots[entry.root], path: entry.path)
  }

  mutating func next() -> Step? {
    while let visit = pending.popLast() {
      let entry = visit.entry
      if entry.path == "-" { return .file(entry) }
      let isNamed = visit.depth == 0
      let hasEnding = InputPaths.hasEnding(entry.name, endings)
      do throws(SystemError) {
        // Below a named folder only files with the right ending count: nobody may ever write to a pipe.
        // Links to folders are left alone: they lead out of the tree or round in it.
        switch try FileSystem.kind(of: entry.path) {
        case .folder: if isNamed || !FileSystem.isLink(entry.path) { try enter(visit) }
        case .file:
          if isNamed || hasEnding { return .file(entry) }
          leave(entry)
        case .other: if isNamed { return .file(entry) }
        }
      } catch {
        // A link that leads nowhere is nothing but its name.
        if isNamed || hasEnding || !FileSystem.isLink(entry.path) {
          return .unreadable(entry, error)
        }
      }
    }
    return nil
  }

  /// Counts a file that is left out.
  private mutating func leave(_ entry: Entry) {
    leftOut[InputWalk.ending(of: entry.name, known: leftOut), default: 0] += 1
  }

  /// Under which name a file that is left out is counted: its ending. The number of endings is bounded,
  /// whatever the names are.
  static func ending(of name: String, known: [String: Int]) -> String {
    let name = name.split(separator: "/").last ?? ""
    let dot = name.lastIndex(of: ".")
    let ending = dot.map { name[$0...].lowercased() } ?? "no ending"
    let isNew = known[ending] == nil && known.count >= endingCount
    return ending.utf8.count > endingLength || isNew ? "other endings" : ending
  }

  private static let endingLength = 12
  private static let endingCount = 32

  /// Hands over what was left out.
  mutating func moveLeftOut(to batch: inout RawBatch) {
    if leftOut.isEmpty { return }
    batch.leftOut.merge(leftOut, uniquingKeysWith: +)
    leftOut = [:]
  }

  private mutating func enter(_ folder: Pending) throws(SystemError) {
    guard folder.depth < InputWalk.maximumDepth else {
      throw SystemError("read", folder.entry.path, code: SystemError.tooDeep)
    }
    let prefix = folder.depth == 0 ? "" : folder.entry.name + "/"
    for name in try FileSystem.names(in: folder.entry.path).reversed() {
      let entry = Entry(
        path: FileSystem.resolve(name, in: folder.entry.path), name: prefix + name,
        root: folder.entry.root)
      pending.append(Pending(entry: entry, depth: folder.depth + 1))
    }
  }
}
