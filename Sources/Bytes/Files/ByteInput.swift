/// Where a `ByteStream` gets its bytes: a file or pipe, or an entry of an archive.
///
/// Used under the stream's lock, by one thread at a time.
protocol ByteInput: AnyObject, Sendable {
  /// Bytes in a file on disk; nil for anything else.
  var size: Int? { get }
  /// Whether a read would return at once.
  var hasInput: Bool { get }
  /// Passes over bytes without reading them; nil where that cannot be.
  func skip(_ count: Int) -> Int?
  /// Reads at most `count` bytes to the end of `buffer`. Returns how many; 0 at the end, or when `stop` was
  /// requested.
  func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(StreamError) -> Int
}

/// A file or pipe.
final class FileInput: ByteInput {
  private let file: File

  init(_ file: consuming File) { self.file = file }

  var size: Int? { file.size }
  var hasInput: Bool { file.hasInput }
  func skip(_ count: Int) -> Int? { file.skip(count) }

  func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(StreamError) -> Int {
    do throws(SystemError) {
      return try file.read(into: &buffer, count: count, stop: stop)
    } catch {
      throw .system(error)
    }
  }
}
