/// Why bytes could not be read from a file or pipe.
public enum StreamError: Error, Sendable, Hashable, CustomStringConvertible {
  case system(SystemError)
  /// The compressed data are damaged; `detail` is in the library's words.
  case corrupt(path: String, detail: String)
  /// A compressed file ended before its data did.
  case truncated(path: String)

  /// The cause of the error, without the path.
  public var cause: String {
    switch self {
    case .system(let error): error.cause
    case .corrupt(_, let detail): "the compressed data is damaged: \(detail)"
    case .truncated: "the compressed data ends early"
    }
  }

  public var description: String {
    switch self {
    case .system(let error): error.description
    case .corrupt(let path, _), .truncated(let path): "cannot read \(path): \(cause)"
    }
  }
}
