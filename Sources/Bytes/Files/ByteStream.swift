internal import Synchronization

/// Bytes in order from a file or pipe, of which the first can be looked at before they are read.
///
/// Files that begin as gzip, zstd, bzip2 or xz files do are decompressed, whatever they are called. Safe on
/// any thread, though reading from two at once tears the input apart.
public final class ByteStream: Sendable {
  /// As the user named it.
  public let path: String
  let input: any ByteInput
  let state: Mutex<State>

  struct State: ~Copyable {
    /// Bytes as they stand in the file, read to see how it begins.
    var raw: [UInt8] = []
    /// Where the file is read next.
    var fileOffset = 0
    /// Bytes that `peek` returned and `read` has not, and their place.
    var ahead: [UInt8] = []
    var aheadPlace = StreamPlace()
    /// Nil until the first bytes were seen.
    var compression: Compression?
    var decompressor: Decompressor?
    /// Of the bytes as they stand in the file; nil when nobody asks.
    var hash: ContentHash?
  }

  private convenience init(file: consuming File, hashes: Bool = false) {
    let path = file.path
    self.init(input: FileInput(file), path: path, hashes: hashes)
  }

  init(input: any ByteInput, path: String, hashes: Bool = false) {
    self.path = path
    self.input = input
    state = Mutex(State(hash: hashes ? ContentHash() : nil))
  }

  public static let standardInput = ByteStream(file: .standardInput)

  /// - Parameter hashes: Whether `contentHash` will be asked for; costs a third of a nanosecond a byte.
  public static func reading(
    _ path: String, hashes: Bool = false
  ) throws(SystemError) -> ByteStream {
    ByteStream(file: try File.reading(path), hashes: hashes)
  }

  /// Bytes in a file on disk, compressed or not; nil for a pipe.
  public var size: Int? { input.size }

  /// Whether what is read was compressed; known once the first bytes were looked at.
  public var isCompressed: Bool { state.withLock { $0.decompressor != nil } }

  /// Whether a read would return at once.
  public var hasInput: Bool {
    state.withLock {
      !$0.ahead.isEmpty || !$0.raw.isEmpty || $0.decompressor?.hasInput == true
    } || input.hasInput
  }

  /// The first bytes, which `read` will return again; empty at the end of input.
  public func peek(stop: StopSignal) throws(StreamError) -> [UInt8] {
    try state.withLock { (state) throws(StreamError) in
      if state.ahead.isEmpty {
        var bytes: [UInt8] = []
        let count = try decompress(&state, into: &bytes, count: ByteStream.peekCount, stop)
        state.ahead = bytes
        state.aheadPlace = state.place(behind: count)
      }
      return state.ahead
    }
  }

  /// Reads at most `count` bytes to the end of `buffer`. Returns how many; 0 at the end, or when `stop`
  /// was requested.
  public func read(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(StreamError) -> Int {
    try state.withLock { (state) throws(StreamError) in
      if state.ahead.isEmpty { return try decompress(&state, into: &buffer, count: count, stop) }
      let peeked = state.ahead.prefix(count)
      buffer += peeked
      state.ahead.removeFirst(peeked.count)
      state.aheadPlace.inner += peeked.count
      return peeked.count
    }
  }

  /// Passes over the next bytes, by reading them where there is no other way.
  /// - Returns: How many; fewer than `count` at the end, or when `stop` was requested.
  public func skip(_ count: Int, stop: StopSignal) throws(StreamError) -> Int {
    var skipped = 0
    var passed: [UInt8] = []
    // The first bytes tell whether places in the file are places in what is read.
    _ = try peek(stop: stop)
    let isPlain = state.withLock { $0.compression == Compression.none && $0.hash == nil }
    while skipped < count {
      if isPlain, state.withLock({ $0.ahead.isEmpty && $0.raw.isEmpty }),
        let more = input.skip(count - skipped)
      {
        state.withLock { $0.fileOffset += more }
        return skipped + more
      }
      passed.removeAll(keepingCapacity: true)
      let got = try read(
        into: &passed, count: min(count - skipped, ByteStream.skipCount), stop: stop)
      if got == 0 { break }
      skipped += got
    }
    return skipped
  }

  /// The hash of the whole file as it stands on disk; means something only once `read` has returned 0.
  public var contentHash: [UInt8]? { state.withLock { $0.hash?.value } }

  func decompress(
    _ state: inout State, into buffer: inout [UInt8], count: Int, endsAtFrames: Bool = false,
    _ stop: StopSignal
  ) throws(StreamError) -> Int {
    try detect(&state, stop)
    guard let decompressor = state.decompressor else {
      return try readRaw(&state, into: &buffer, count: count, stop)
    }
    let result = try decompressor.read(into: &buffer, count: count, endsAtFrames: endsAtFrames) {
      (input) throws(StreamError) in
      _ = try readRaw(&state, into: &input, count: ByteStream.skipCount, stop)
    }
    switch result {
    case .success(let count): return count
    case .failure(.corrupt(let detail)): throw .corrupt(path: path, detail: detail)
    case .failure(.truncated):
      // The rest was not waited for.
      if stop.isRequested { return 0 }
      throw .truncated(path: path)
    }
  }

  /// Reads as many bytes as tell how the file is compressed, if that is not known.
  func detect(_ state: inout State, _ stop: StopSignal) throws(StreamError) {
    if state.compression != nil { return }
    var bytes: [UInt8] = []
    var format = Compression.format(beginning: bytes)
    while format == nil {
      let count = try readRaw(&state, into: &bytes, count: ByteStream.peekCount, stop)
      if stop.isRequested {
        state.raw = bytes
        return
      }
      format = Compression.format(beginning: bytes)
      if count == 0 { break }
    }
    state.compression = format ?? Compression.none
    state.decompressor = Decompressor(format ?? .none, at: state.fileOffset - bytes.count)
    state.raw = bytes
  }

  func readRaw(
    _ state: inout State, into buffer: inout [UInt8], count: Int, _ stop: StopSignal
  ) throws(StreamError) -> Int {
    let start = buffer.count
    if state.raw.isEmpty {
      _ = try input.read(into: &buffer, count: count, stop: stop)
      state.fileOffset += buffer.count - start
      if state.hash != nil {
        state.hash?.add(buffer.span.extracting(start...))
      }
    } else {
      let first = state.raw.prefix(count)
      buffer += first
      state.raw.removeFirst(first.count)
    }
    return buffer.count - start
  }

  static let skipCount = 1 << 18

  /// Enough to tell formats apart.
  private static let peekCount = 4096
}
