#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a process may do with files, asked without doing it.
extension FileSystem {
  /// - Throws: What reading the file would throw for want of it or of a permission.
  public static func checkReadable(_ path: String) throws(SystemError) {
    guard access(SystemPath.bytes(path), R_OK) == 0 else { throw SystemError("read", path) }
  }

  /// - Throws: What `File.writing` would throw for want of a folder or of a permission.
  public static func checkWritable(_ path: String) throws(SystemError) {
    guard exists(path) else { return try checkRoom(for: path) }
    if try kind(of: path) == .folder { throw SystemError("write", path, code: EISDIR) }
    guard access(SystemPath.bytes(path), W_OK) == 0 else { throw SystemError("write", path) }
  }

  /// - Throws: When no file could get this name.
  public static func checkRoom(for path: String) throws(SystemError) {
    guard access(SystemPath.bytes(folder(of: path)), W_OK | X_OK) == 0 else {
      throw SystemError("write", path)
    }
  }

  /// - Throws: When no files could be made in the folder, or the folder could not be made.
  public static func checkFolder(_ path: String) throws(SystemError) {
    let isThere = exists(path)
    let deciding = isThere ? path : folder(of: path)
    guard access(SystemPath.bytes(deciding), W_OK | X_OK) == 0 else {
      throw SystemError(isThere ? "write" : "make", path)
    }
  }

  /// Whether somebody holds the lock that `File.writing` takes.
  public static func isLocked(_ path: String) -> Bool {
    let descriptor = open(SystemPath.bytes(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    // Closing it gives the lock back.
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
