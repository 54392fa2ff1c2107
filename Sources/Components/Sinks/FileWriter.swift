import Bytes
public import Pipeline

/// Writes a file beside its final name and renames it at the end; pipes and devices are written as they
/// are. Where a link stands, the file that it leads to is replaced, not the link.
public final class FileWriter: SinkWriter {
  private let file: File
  /// The final name; nil for what cannot be renamed.
  private let final: String?

  init(_ path: FilePath) throws {
    if path.isStandardStream {
      file = .standardOutput
      final = nil
    } else if let kind = try? FileSystem.kind(of: path.path), kind != .file {
      file = try File.writing(path.path)
      final = nil
    } else {
      let target = FileSystem.target(of: path.path)
      do throws(SystemError) {
        file = try File.writing(target + FileWriter.ending)
      } catch {
        throw error.isLocked ? OutputInUse(path: path.path) : error
      }
      final = target
    }
  }

  public func write(_ bytes: [UInt8]) throws {
    try file.write(bytes.span)
  }

  public func finish() throws {
    try file.sync()
    if let final { try FileSystem.replace(final, with: file.path) }
  }

  public func abandon() -> String? { final == nil ? nil : file.path }

  /// Of files that are not complete.
  static let ending = ".partial"
}

/// Two runs want to write one file.
struct OutputInUse: Error, CustomStringConvertible {
  let path: String

  var description: String { "another run is writing \(path)" }
}
