internal import Synchronization

extension ByteStream {
  /// The result of one read.
  public enum Piece: Sendable, Hashable {
    /// Bytes of one frame, the first of them at this place.
    case bytes(at: StreamPlace)
    /// A gzip member or zstd frame ended, and its checksum was right.
    case frameEnd
    case end
  }

  /// Reads at most `count` bytes to the end of `buffer`, and goes beyond no end of a gzip member or zstd
  /// frame. At the end of a wish to stop it says `end`.
  public func readPiece(
    into buffer: inout [UInt8], count: Int, stop: StopSignal
  ) throws(StreamError) -> Piece {
    try state.withLock { (state) throws(StreamError) in
      if !state.ahead.isEmpty {
        let peeked = state.ahead.prefix(count)
        buffer += peeked
        state.ahead.removeFirst(peeked.count)
        defer { state.aheadPlace.inner += peeked.count }
        return .bytes(at: state.aheadPlace)
      }
      if state.decompressor?.takeEnd() == true { return .frameEnd }
      try detect(&state, stop)
      state.decompressor?.keepsFrame = true
      let got = try decompress(&state, into: &buffer, count: count, endsAtFrames: true, stop)
      if got > 0 { return .bytes(at: state.place(behind: got)) }
      return state.decompressor?.takeEnd() == true ? .frameEnd : .end
    }
  }

  /// Skips damaged data and continues at the next gzip member or zstd frame whose data begin with `data`.
  /// - Returns: False if there is no such frame, and always for files that are not compressed.
  public func findFrame(
    beginning data: [UInt8], stop: StopSignal
  ) throws(StreamError) -> Bool {
    try state.withLock { (state) throws(StreamError) in
      state.ahead = []
      guard let decompressor = state.decompressor else { return false }
      return try decompressor.findFrame(beginning: data) { (input) throws(StreamError) in
        _ = try readRaw(&state, into: &input, count: ByteStream.skipCount, stop)
      }
    }
  }

  /// Reads as many bytes as tell how the file is compressed.
  public func findFormat(stop: StopSignal) throws(StreamError) {
    try state.withLock { (state) throws(StreamError) in
      try detect(&state, stop)
    }
  }

  /// Where the gzip member or zstd frame begins that is read, or was read last.
  public var frame: Int { state.withLock { $0.decompressor?.place.frame ?? 0 } }

  /// No frame before this place in the file is looked for.
  public var searched: Int {
    get { state.withLock { $0.decompressor?.searched ?? 0 } }
    set { state.withLock { $0.decompressor?.searched = newValue } }
  }

  /// Passes over bytes as they stand in the file. Nothing may have been read yet.
  /// - Returns: How many; fewer than `count` at the end, or when `stop` was requested.
  public func skipRaw(_ count: Int, stop: StopSignal) throws(StreamError) -> Int {
    try state.withLock { (state) throws(StreamError) in
      if state.fileOffset == 0, state.compression == nil { try takeDictionary(&state, stop) }
      guard let decompressor = state.decompressor else {
        return try skipRaw(&state, count, stop)
      }
      let left = decompressor.move(to: count)
      return try count - left + skipRaw(&state, left, stop)
    }
  }

  /// Loads the dictionary that a file may begin with: the frames to come need it.
  private func takeDictionary(
    _ state: inout State, _ stop: StopSignal
  ) throws(StreamError) {
    var bytes: [UInt8] = []
    _ = try readRaw(&state, into: &bytes, count: ByteStream.glanceCount, stop)
    state.raw = bytes
    guard Decompressor.beginsWithDictionary(bytes), let decompressor = Decompressor(.zstd) else {
      return
    }
    state.compression = .zstd
    state.decompressor = decompressor
    // What is wrong with it shows when frames are read.
    _ = try decompressor.takeDictionary { (input) throws(StreamError) in
      _ = try readRaw(&state, into: &input, count: ByteStream.skipCount, stop)
    }
  }

  private static let glanceCount = 8

  private func skipRaw(
    _ state: inout State, _ count: Int, _ stop: StopSignal
  ) throws(StreamError) -> Int {
    var skipped = 0
    var passed: [UInt8] = []
    while skipped < count {
      if state.raw.isEmpty, state.hash == nil, let more = input.skip(count - skipped) {
        state.fileOffset += more
        return skipped + more
      }
      passed.removeAll(keepingCapacity: true)
      let wanted = min(count - skipped, ByteStream.skipCount)
      let got = try readRaw(&state, into: &passed, count: wanted, stop)
      if got == 0 { break }
      skipped += got
    }
    return skipped
  }

  /// Whether nothing was read yet, not even looked at.
  public var isFresh: Bool {
    state.withLock { $0.compression == nil && $0.fileOffset == 0 }
  }
}

extension ByteStream.State {
  /// The place of what was read last.
  func place(behind count: Int) -> StreamPlace {
    decompressor?.place ?? StreamPlace(inner: fileOffset - raw.count - count)
  }
}
