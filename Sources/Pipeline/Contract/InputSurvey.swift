public import Bytes

/// What an input would read, found out without reading it.
public struct InputSurvey: Sendable {
  /// What stands under one of the paths that the input names.
  public struct Part: Sendable, Hashable {
    /// As the user named it; `-` for standard input.
    public let path: String
    /// Files to be read.
    public var files = 0
    /// In these files, as they stand on the disk.
    public var bytes = 0
    /// Whether it is standard input, a pipe or a device, of which nobody knows the size.
    public var isStream = false

    public init(path: String) { self.path = path }
  }

  public var parts: [Part]
  /// Files that were processed before and are left out.
  public var skippedFiles = 0
  /// Files of folders that are left out, by their endings.
  public var leftOut: [String: Int] = [:]
  /// Files and folders that cannot be looked at: each will be a reject.
  public var unreadable = 0
  /// The first of them.
  public var firstUnreadable: SystemError?

  public init(parts: [Part]) { self.parts = parts }
}
