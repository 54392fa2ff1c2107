#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A call of the operating system that failed, on which file.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The operation that failed, as in "cannot *read* page.html".
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

  /// Not this file is at fault, but what the process or the machine has left: of descriptors, memory.
  public var isShortage: Bool { code == EMFILE || code == ENFILE || code == ENOMEM }

  /// The code for folders that are nested deeper than they are followed; the system has none.
  public static let tooDeep: Int32 = -1

  /// The system's own words: `No such file or directory`.
  public var cause: String {
    switch code {
    case EBADF where path == "-": "it is closed"
    case SystemError.tooDeep: "its folders are nested too deep"
    default: String(cString: strerror(code))
    }
  }

  /// `cannot read pages/a.html: No such file or directory`
  public var description: String {
    let stream = operation == "read" ? "standard input" : "standard output"
    return "cannot \(operation) \(path == "-" ? stream : SystemPath.visible(path)): \(cause)"
  }
}
