import Bytes
import Pipeline

/// The files that were read to their ends, in this run and those before: what `skips_processed` leaves
/// out.
///
/// A file is known by path, size and time of change, or else by its content. Keys, by their first byte:
/// `p` and the path, with size and time as the value; `s` and a size; `h`, a size and a content hash.
struct ProcessedFiles {
  private let keys: any KeySpace
  private let stop: StopSignal

  /// Nil when nothing is to be left out.
  init?(_ state: StageState?, isWanted: Bool, stop: StopSignal) {
    guard isWanted, let state else { return nil }
    keys = state.keys
    self.stop = stop
  }

  /// The key by which a file is recognised before it is read.
  struct Version {
    fileprivate let size: [UInt8]
    fileprivate let modified: [UInt8]
  }

  /// Nil for standard input, pipes and the like: nobody can know what they will bring.
  static func version(of path: String) -> Version? {
    guard path != "-", let version = FileSystem.version(of: path) else { return nil }
    return Version(size: bytes(version.size), modified: bytes(version.modified))
  }

  /// Whether the file was processed before.
  func contains(_ path: String, _ version: Version) throws -> Bool {
    let pathKey = key("p", Array(path.utf8))
    if try keys.value(for: pathKey) == version.size + version.modified { return true }
    // Only a file of which there is one of the same size is worth reading twice.
    guard try keys.value(for: key("s", version.size)) != nil, let hash = contentHash(of: path),
      try keys.value(for: key("h", version.size + hash)) != nil
    else { return false }
    keys.set(version.size + version.modified, for: pathKey)
    return true
  }

  /// Notes a file that was read to its end.
  /// - Parameter hash: Of its content; nil when that was not read since it is too large.
  func insert(_ path: String, _ version: Version, hash: [UInt8]?) {
    keys.set(version.size + version.modified, for: key("p", Array(path.utf8)))
    guard let hash else { return }
    keys.set([], for: key("s", version.size))
    keys.set([], for: key("h", version.size + hash))
  }

  /// Nil when the file cannot be read; whoever reads it next finds out why.
  private func contentHash(of path: String) -> [UInt8]? {
    guard let file = try? File.reading(path) else { return nil }
    var hash = ContentHash()
    var bytes: [UInt8] = []
    repeat {
      bytes.removeAll(keepingCapacity: true)
      guard (try? file.read(into: &bytes, count: ProcessedFiles.readCount, stop: stop)) != nil,
        !stop.isRequested
      else { return nil }
      hash.add(bytes.span)
    } while !bytes.isEmpty
    return hash.value
  }

  private func key(_ kind: Unicode.Scalar, _ rest: [UInt8]) -> [UInt8] {
    [UInt8(ascii: kind)] + rest
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).bigEndian) { Array($0) }
  }

  private static let readCount = 1 << 18
}
