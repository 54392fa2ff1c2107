import Bytes
import Foundation

/// A folder for one test, removed when the test lets go of it.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = NSTemporaryDirectory().appending("winnow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of something in the folder.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a file, and the folders around it.
  /// - Returns: Its path.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try makeFolder(FileSystem.folder(of: name))
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  public func makeFolder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
    return path(name)
  }

  @discardableResult
  public func makeLink(_ name: String, to target: String) throws -> String {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
    return path(name)
  }

  /// Removes a file, or a folder with everything in it.
  public func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }

  /// The contents of a file, which must be UTF-8 to be shown as they are.
  public func text(_ name: String) throws -> String {
    String(decoding: try FileSystem.contents(of: path(name)), as: UTF8.self)
  }

  /// Names in the folder.
  public var names: [String] { get throws { try FileSystem.names(in: path) } }

  /// All files in it and in its folders, hidden ones too, in the order of their names.
  public var tree: [String] {
    get throws { try TemporaryFolder.tree(path, prefix: "") }
  }

  private static func tree(_ folder: String, prefix: String) throws -> [String] {
    try FileSystem.names(in: folder).flatMap { name in
      let path = "\(folder)/\(name)"
      return try FileSystem.kind(of: path) == .folder
        ? tree(path, prefix: prefix + name + "/") : [prefix + name]
    }
  }
}
