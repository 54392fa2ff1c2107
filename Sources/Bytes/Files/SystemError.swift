#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A call of the operating system that failed, on which file.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was tried, as in "cannot *read* page.html".
  public let operation: String
  public let path: String
  public let code: Int32

  public init(_ operation: String, _ path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// With the calling thread's `errno`, which must not have been touched since the failed call.
  init(_ operation: String, _ path: String) {
    self.init(operation, path, code: errno)
  }

  /// Nobody reads the other end of a pipe any more.
  public var isClosedPipe: Bool { code == EPIPE }

  /// Another process holds the lock.
  public var isLocked: Bool { code == EWOULDBLOCK }

  /// The file is not there.
  public var isMissing: Bool { code == ENOENT }

  /// The system's own words: `No such file or directory`.
  public var cause: String { String(cString: strerror(code)) }

  /// `cannot read pages/a.html: No such file or directory`
  public var description: String { "cannot \(operation) \(path): \(cause)" }
}
