import Bytes

/// The repository's `Fixtures`, wherever the tests are run from.
public enum Fixture {
  /// The repository.
  public static let root = FileSystem.folder(
    of: FileSystem.folder(of: FileSystem.folder(of: #filePath)))

  /// The path of a fixture, which may be a folder.
  public static func path(_ name: String) -> String { "\(root)/Fixtures/\(name)" }

  /// The contents of a fixture that is a file.
  public static func bytes(_ name: String) throws -> [UInt8] {
    try FileSystem.contents(of: path(name))
  }
}
