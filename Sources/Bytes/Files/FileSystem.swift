#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Questions to and changes of the file system that need no open file.
public enum FileSystem {
  public enum Kind: Sendable { case file, folder, other }

  /// The kind of file at `path`; links are followed.
  public static func kind(of path: String) throws(SystemError) -> Kind {
    var status = stat()
    guard stat(SystemPath.bytes(path), &status) == 0 else { throw SystemError("read", path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Whether `path` itself is a symbolic link.
  public static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(SystemPath.bytes(path), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Where a chain of symbolic links ends; `path` itself when it is no link, or one that leads nowhere.
  public static func target(of path: String) -> String {
    guard isLink(path), let target = realpath(SystemPath.bytes(path), nil) else { return path }
    defer { free(target) }
    return SystemPath.string(target)
  }

  /// Size in bytes of what stands at `path`; nil when that cannot be said.
  public static func size(of path: String) -> Int? {
    var status = stat()
    guard stat(SystemPath.bytes(path), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Identifies a file, whatever its name.
  public struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  /// The identity of the file at `path`, links followed; nil where no file stands.
  public static func identity(of path: String) -> Identity? {
    var status = stat()
    return stat(SystemPath.bytes(path), &status) == 0 ? identity(status) : nil
  }

  /// The identity of the file that standard input (0) or output (1) is; nil where it is none.
  public static func identity(ofDescriptor descriptor: Int32) -> Identity? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? identity(status) : nil
  }

  private static func identity(_ status: stat) -> Identity? {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
  }

  /// The path without links and dots; of a file that is not there yet, that of its folder and its name.
  /// Nil where there is no such folder.
  public static func absolute(_ path: String) -> String? {
    if let found = realpath(SystemPath.bytes(path), nil) {
      defer { free(found) }
      return SystemPath.string(found)
    }
    guard let folder = realpath(SystemPath.bytes(folder(of: path)), nil) else { return nil }
    defer { free(folder) }
    let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    return resolve(String(path[(start ?? path.startIndex)...]), in: SystemPath.string(folder))
  }

  /// Whether anything stands at `path`, links followed.
  public static func exists(_ path: String) -> Bool { access(SystemPath.bytes(path), F_OK) == 0 }

  /// Whether it is a file that may be started as a program.
  public static func isExecutable(_ path: String) -> Bool {
    (try? kind(of: path)) == .file && access(SystemPath.bytes(path), X_OK) == 0
  }

  /// Makes a folder, unless it is there already. The folder around it must be there.
  public static func makeFolder(_ path: String) throws(SystemError) {
    guard mkdir(SystemPath.bytes(path), 0o777) == 0 || errno == EEXIST else {
      throw SystemError("make", path)
    }
  }

  /// Makes a folder and those around it that are missing.
  public static func makeFolders(_ path: String) throws(SystemError) {
    if exists(path) { return }
    let outer = folder(of: path)
    if outer != path { try makeFolders(outer) }
    try makeFolder(path)
  }

  /// Removes a file, unless it is not there.
  public static func removeFile(_ path: String) throws(SystemError) {
    guard unlink(SystemPath.bytes(path)) == 0 || errno == ENOENT else {
      throw SystemError("remove", path)
    }
  }

  /// Returns when the names in a folder are on the disk: new and renamed files survive a loss of power
  /// only then.
  public static func syncFolder(_ path: String) throws(SystemError) {
    let descriptor = open(SystemPath.bytes(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("read", path) }
    defer { close(descriptor) }
    // Some file systems cannot, and need not.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemError("write", path) }
  }

  /// Number of the process.
  public static var processNumber: Int { Int(getpid()) }

  /// Tells whether a file has changed: its size in bytes, and the time of its last change in nanoseconds since
  /// 1970. Nil if `path` is not a file on disk.
  public static func version(of path: String) -> (size: Int, modified: Int)? {
    var status = stat()
    guard stat(SystemPath.bytes(path), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    // Wraps for no date that a file system can hold.
    return (Int(status.st_size), time.tv_sec &* 1_000_000_000 &+ time.tv_nsec)
  }

  /// Names in a folder, in byte order: the same on every file system.
  public static func names(in folder: String) throws(SystemError) -> [String] {
    guard let stream = opendir(SystemPath.bytes(folder)) else { throw SystemError("read", folder) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { SystemPath.string($0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw SystemError("read", folder) }
    return names.sorted { SystemPath.precedes($0, $1) }
  }

  /// Reads a whole file that people wrote: a definition, a gazetteer.
  public static func contents(of path: String) throws(SystemError) -> [UInt8] {
    let file = try File.reading(path)
    var bytes: [UInt8] = []
    let stop = StopSignal()
    while try file.read(into: &bytes, count: max(file.size ?? 0, 1 << 16), stop: stop) > 0 {}
    return bytes
  }

  /// Gives a file its final name in one step, whatever stood there before.
  public static func replace(_ final: String, with path: String) throws(SystemError) {
    guard rename(SystemPath.bytes(path), SystemPath.bytes(final)) == 0 else {
      throw SystemError("rename", path)
    }
  }

  /// Paths that match a shell pattern, in byte order; none when nothing does.
  public static func matches(of pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(SystemPath.bytes(pattern), 0, nil, &result) == 0, let paths = result.gl_pathv else {
      return []
    }
    return (0..<Int(result.gl_pathc)).compactMap { paths[$0].map { SystemPath.string($0) } }
      .sorted { SystemPath.precedes($0, $1) }
  }

  /// `path` seen from `folder`; absolute paths and an empty or `.` folder leave it as it is.
  public static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : folder + "/" + path
  }

  /// The folder part of a path; `.` when it has none.
  public static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
