internal import Synchronization

/// Bytes in order from a file or pipe, of which the first can be looked at before they are read.
///
/// Safe on any thread, though reading from two at once tears the input apart.
public final class ByteStream: Sendable {
  /// As the user named it.
  public let path: String
  private let file: File
  private let ahead = Mutex<[UInt8]>([])

  private init(file: consuming File) {
    path = file.path
    self.file = file
  }

  public static let standardInput = ByteStream(file: .standardInput)

  public static func reading(_ path: String) throws(SystemError) -> ByteStream {
    ByteStream(file: try File.reading(path))
  }

  /// Bytes in a file on disk; nil for a pipe.
  public var size: Int? { file.size }

  /// Whether a read would return at once.
  public var hasInput: Bool { ahead.withLock { !$0.isEmpty } || file.hasInput }

  /// The first bytes, which `read` will return again; empty at the end of input.
  public func peek(stop: StopSignal) throws(SystemError) -> [UInt8] {
    var bytes = ahead.withLock { $0 }
    if bytes.isEmpty {
      _ = try file.read(into: &bytes, count: ByteStream.peekCount, stop: stop)
      ahead.withLock { [bytes] in $0 = bytes }
    }
    return bytes
  }

  /// Reads at most `count` bytes to the end of `buffer`, or what was looked at before. Returns how many;
  /// 0 at the end, or when `stop` was requested.
  public func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(SystemError) -> Int {
    let peeked = ahead.withLock { bytes in
      let peeked = bytes.prefix(count)
      bytes.removeFirst(peeked.count)
      return peeked
    }
    if peeked.isEmpty { return try file.read(into: &buffer, count: count, stop: stop) }
    buffer += peeked
    return peeked.count
  }

  /// Passes over the next bytes, by reading them where there is no other way.
  /// - Returns: How many; fewer than `count` at the end, or when `stop` was requested.
  public func skip(_ count: Int, stop: StopSignal) throws(SystemError) -> Int {
    if ahead.withLock({ $0.isEmpty }), let skipped = file.skip(count) { return skipped }
    var skipped = 0
    var passed: [UInt8] = []
    while skipped < count {
      passed.removeAll(keepingCapacity: true)
      let wanted = min(count - skipped, ByteStream.skipCount)
      let got = try read(into: &passed, count: wanted, stop: stop)
      if got == 0 { break }
      skipped += got
    }
    return skipped
  }

  private static let skipCount = 1 << 18

  /// Enough to tell formats apart.
  private static let peekCount = 4096
}
