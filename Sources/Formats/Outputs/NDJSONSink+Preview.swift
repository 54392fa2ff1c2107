import Bytes
public import Pipeline

extension NDJSONSink {
  public func preview(for run: RunStart, at position: SinkPosition?) throws -> String {
    path.isOfParts
      ? try PartsWriter.preview(path, in: run, at: position)
      : try FileWriter.preview(try file(in: run, at: position), at: position)
  }
}

extension FileWriter {
  /// Where the file would be written, see `Sink.preview`.
  static func preview(_ path: FilePath, at position: SinkPosition?) throws -> String {
    if path.isStandardStream { return "standard output" }
    let shown = SystemPath.visible(path.path)
    if let kind = try? FileSystem.kind(of: path.path), kind != .file {
      try FileSystem.checkWritable(path.path)
      return shown
    }
    let target = FileSystem.target(of: path.path)
    let name = try position.map { try FileWriter.name(target, at: $0) } ?? target + ending
    if FileSystem.isLocked(name) { throw OutputInUse(path: path.path) }
    try FileSystem.checkWritable(name)
    try FileSystem.checkRoom(for: target)
    if let length = position?.details["length"]?.int {
      return "\(shown), on from byte \(grouped(length))"
    }
    let size = FileSystem.size(of: target)
    return shown + (size.map { ", in place of a file of \(grouped($0)) bytes" } ?? "")
  }
}

extension PartsWriter {
  /// Where the parts would be written, see `Sink.preview`.
  static func preview(
    _ path: OutputPath, in run: RunStart, at position: SinkPosition?
  ) throws -> String {
    let folder = path.folder(in: run)
    if FileSystem.isLocked(lockPath(path, in: folder)) { throw OutputInUse(path: path.template) }
    var outer = folder
    while !FileSystem.exists(outer), FileSystem.folder(of: outer) != outer {
      outer = FileSystem.folder(of: outer)
    }
    try FileSystem.checkFolder(outer)
    let shown = "parts \(SystemPath.visible(path.template))"
    guard let position else {
      try checkNoPartIsThere(path, in: run)
      return shown
    }
    let groups = PartGroup.groups(of: position)
    for group in groups {
      try check(group, of: path, in: run, isClosed: position.details["closed"] == true)
    }
    return "\(shown), of which \(grouped(groups.reduce(0) { $0 + $1.number })) are complete"
  }
}
