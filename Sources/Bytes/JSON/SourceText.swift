/// A named text that people wrote, and the places in it: what diagnostics point into.
public final class SourceText: Sendable {
  /// As the user named it: a path, or the argument it stood in.
  public let name: String
  /// Where relative paths in the text start: the folder of a file, `.` for an argument.
  public let folder: String
  public let bytes: [UInt8]
  /// The number of its first line: more than 1 for a piece of a file.
  private let firstLine: Int

  public init(name: String, folder: String = ".", bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.folder = folder
    self.bytes = bytes
    self.firstLine = firstLine
  }

  /// The contents of a file.
  public static func file(_ path: String) throws(SystemError) -> SourceText {
    SourceText(
      name: path, folder: FileSystem.folder(of: path), bytes: try FileSystem.contents(of: path))
  }

  /// The line and column of a byte offset, both from 1; columns count Unicode scalars, as editors do.
  /// - Complexity: O(`offset`). Called for errors only.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    var line = firstLine
    let end = min(offset, bytes.count)
    // Editors do not show the byte order mark that some of them write.
    var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, end) : 0
    for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    let column = bytes[lineStart..<end].count { $0 & 0xC0 != 0x80 } + 1
    return (line, column)
  }
}

/// A place in a source text.
public struct Place: Sendable {
  public let source: SourceText
  /// In bytes from the start of the source.
  public let offset: Int

  public init(source: SourceText, offset: Int) {
    self.source = source
    self.offset = offset
  }

  /// `file:line:column`, the form that editors jump to.
  public var description: String {
    let (line, column) = source.position(of: offset)
    return "\(source.name):\(line):\(column)"
  }
}
