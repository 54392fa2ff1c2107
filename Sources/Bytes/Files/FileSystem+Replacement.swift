#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension FileSystem {
  /// Writes a whole file in one step: whoever reads it finds the old contents or the new ones, and may read them.
  /// Pipes and devices are written as they are.
  /// - Parameter unfinished: What the file's name ends in until it is complete.
  public static func replaceContents(
    of path: String, with bytes: [UInt8], unfinished: String
  ) throws(SystemError) {
    if let kind = try? kind(of: path), kind != .file {
      return try File.writing(path).write(bytes.span)
    }
    let target = target(of: path)
    let partial = target + unfinished
    do throws(SystemError) {
      let file = try File.writing(partial)
      try file.write(bytes.span)
      guard chmod(SystemPath.bytes(partial), readableByAll) == 0 else {
        throw SystemError("write", partial)
      }
      try file.sync()
      try replace(target, with: partial)
    } catch {
      // Half a file is of no use, and its loss is told by the error already.
      try? removeFile(partial)
      throw error
    }
  }

  /// Whatever the umask: programs that read such files run as other users.
  private static let readableByAll: mode_t = 0o644
}
