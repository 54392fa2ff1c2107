import Bytes

/// The bytes of a WARC file that were read and not yet used, and where in the file they stand.
struct WARCCursor {
  let stream: ByteStream
  private let stop: StopSignal
  private var bytes: [UInt8] = []
  /// The next byte to be used.
  private var start = 0
  /// Where in `bytes` stretches begin that stand together in the file.
  private var marks: [Mark] = []
  /// The place after the last of `bytes`.
  private var behind = StreamPlace()

  private struct Mark {
    var index: Int
    let place: StreamPlace
  }

  init(_ stream: ByteStream, stop: StopSignal) {
    self.stream = stream
    self.stop = stop
  }

  /// Bytes that can be used at once.
  var available: Int { bytes.count - start }

  /// The place of the next byte.
  var place: StreamPlace {
    guard available > 0, let mark = marks.last(where: { $0.index <= start }) else { return behind }
    return StreamPlace(frame: mark.place.frame, inner: mark.place.inner + start - mark.index)
  }

  /// The bytes that are available: at least `count`, if the file has as many.
  mutating func window(_ count: Int) throws(StreamError) -> ArraySlice<UInt8> {
    while available < count, try more() != .end {}
    return bytes[start...]
  }

  /// Reads a piece of the file.
  private mutating func more() throws(StreamError) -> ByteStream.Piece {
    if start == bytes.count {
      forgetBytes()
    } else if start >= WARCCursor.pieceCount {
      bytes.removeFirst(start)
      let current = marks.lastIndex { $0.index <= start } ?? 0
      marks.removeFirst(current)
      for index in marks.indices { marks[index].index -= start }
      start = 0
    }
    let index = bytes.count
    let piece = try stream.readPiece(into: &bytes, count: WARCCursor.pieceCount, stop: stop)
    if case .bytes(let place) = piece {
      if marks.isEmpty || place != behind { marks.append(Mark(index: index, place: place)) }
      behind = StreamPlace(frame: place.frame, inner: place.inner + bytes.count - index)
    }
    return piece
  }

  private mutating func forgetBytes() {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    start = 0
  }

  /// Uses bytes that were not read yet, if they are of the frame of those before, without a stay in `bytes`.
  /// - Returns: How many.
  private mutating func moreOfFrame(
    _ count: Int, into target: inout [UInt8]
  ) throws(StreamError) -> Int {
    let old = target.count
    let wanted = min(count, WARCCursor.bodyPieceCount)
    guard case .bytes(let place) = try stream.readPiece(into: &target, count: wanted, stop: stop)
    else { return 0 }
    let got = target.count - old
    forgetBytes()
    behind = StreamPlace(frame: place.frame, inner: place.inner + got)
    if place.inner > 0 { return got }
    // Another record may begin here.
    bytes += target[old...]
    target.removeLast(got)
    marks.append(Mark(index: 0, place: place))
    return 0
  }

  /// Uses up to `count` bytes: all there are, or those up to a gzip member or zstd frame in which another
  /// record begins.
  /// - Parameters:
  ///   - target: What they are appended to.
  ///   - keeps: Whether they are; or let go.
  /// - Returns: How many.
  mutating func take(
    _ count: Int, into target: inout [UInt8], keeps: Bool
  ) throws(StreamError) -> Int {
    var taken = 0
    while taken < count {
      if available == 0 {
        if keeps {
          let got = try moreOfFrame(count - taken, into: &target)
          taken += got
          if got > 0 || available > 0 { continue }
        }
        if try more() == .end { break }
        continue
      }
      if isAtFrame, try window(WARCHeader.start.count).starts(with: WARCHeader.start) { break }
      let end = min(start + count - taken, nextFrame)
      if keeps { target += bytes[start..<end] }
      taken += end - start
      start = end
    }
    return taken
  }

  /// Where in `bytes` the next gzip member or zstd frame begins; their end without one.
  private var nextFrame: Int {
    marks.first { $0.index > start && $0.place.inner == 0 }?.index ?? bytes.count
  }

  /// Whether a gzip member or zstd frame begins here.
  private var isAtFrame: Bool {
    marks.contains { $0.index == start && $0.place.inner == 0 }
  }

  /// Uses the lines without anything in them that come next.
  /// - Returns: False at the end of the file.
  mutating func passLineEnds() throws(StreamError) -> Bool {
    while true {
      while available > 0, isLineEnd(bytes[start]) { start += 1 }
      if available > 0 { return true }
      if try more() == .end { return false }
    }
  }

  /// Skips the two line ends after a record, if they are there, and reads to the end of its gzip member or zstd
  /// frame: only the end tells whether the data are right.
  mutating func passEnd() throws(StreamError) {
    var feeds = 0
    while true {
      while available > 0, isLineEnd(bytes[start]), feeds < 2 {
        if bytes[start] == UInt8(ascii: "\n") { feeds += 1 }
        start += 1
      }
      if available > 0, stream.isCompressed, !isAtFrame { return try passRubbish() }
      if available > 0 || feeds == 2 && !stream.isCompressed { return }
      guard case .bytes = try more() else { return }
    }
  }

  /// Reads to the end of the gzip member or zstd frame if the next bytes in it do not begin a record. After a
  /// member that was cut off, the decompressor takes the next member for more data of the first. Such data
  /// make no sense, and an error follows soon.
  private mutating func passRubbish() throws(StreamError) {
    while available < WARCHeader.start.count {
      guard case .bytes = try more() else { return }
    }
    guard !bytes[start...].starts(with: WARCHeader.start) else { return }
    while available < WARCCursor.maximumRubbish {
      guard case .bytes(let place) = try more(), place.inner > 0 else { return }
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Uses the header that comes next.
  /// - Throws: `StreamError`; `WARCHeader.Malformed` when there is none, and nothing is used.
  mutating func header() throws -> [UInt8] {
    let first = try window(WARCHeader.start.count).prefix(WARCHeader.start.count)
    guard first.elementsEqual(WARCHeader.start) else {
      throw WARCHeader.Malformed(
        message: first.starts(with: "WARC/".utf8)
          ? "the record's version of WARC is neither 1.0 nor 1.1" : "no record begins here")
    }
    var searched = start
    while true {
      let end = HeaderFields.end(of: bytes[start...], from: searched)
      if let end, end - start <= HeaderFields.maximumCount {
        defer { start = end }
        return Array(bytes[start..<end])
      }
      guard end == nil, available <= HeaderFields.maximumCount else {
        throw WARCHeader.Malformed(
          message: "the header does not end within \(HeaderFields.maximumCount) bytes")
      }
      // A blank line may be cut in two.
      let passed = max(0, available - 2)
      if try more() == .end {
        throw WARCHeader.Malformed(message: "the file ends in the header of a record")
      }
      searched = start + passed
    }
  }

  /// Lets go of everything up to the next line that begins as records do.
  /// - Parameter isLineStart: Whether a line begins here.
  /// - Returns: False when there is none.
  mutating func findRecord(isLineStart: Bool) throws(StreamError) -> Bool {
    var isLineStart = isLineStart
    while true {
      let isRecord = try window(WARCHeader.start.count).starts(with: WARCHeader.start)
      if isRecord, isLineStart || isAtFrame { return true }
      if available < WARCHeader.start.count {
        start = bytes.count
        return false
      }
      let feed = bytes.index(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
      let end = nextFrame
      isLineStart = feed < end
      start = min(feed + 1, end)
    }
  }

  /// Lets go of the next byte.
  mutating func passByte() { start = min(start + 1, bytes.count) }

  /// Skips damaged data and continues at the next gzip member or zstd frame in which a record begins.
  /// - Returns: False if there is none.
  mutating func findFrame() throws(StreamError) -> Bool {
    forgetBytes()
    let isFound = try stream.findFrame(beginning: WARCHeader.start, stop: stop)
    if isFound { behind = StreamPlace(frame: stream.frame, inner: 0) }
    return isFound
  }

  /// Goes to a place at which an earlier reader was.
  /// - Parameter searched: As the stream's.
  /// - Returns: False when it is not there.
  mutating func seek(to place: StreamPlace, searched: Int) throws(StreamError) -> Bool {
    if stream.isFresh, place.frame > 0 {
      guard try stream.skipRaw(place.frame, stop: stop) == place.frame else { return false }
      try stream.findFormat(stop: stop)
      stream.searched = searched
    }
    try stream.findFormat(stop: stop)
    if !stream.isCompressed {
      behind = place
      guard place.frame == 0 else { return false }
      return try stream.skip(place.inner, stop: stop) == place.inner
    }
    // The place after the last byte of a frame counts as a place, too.
    while self.place != place, behind != place || available > 0 {
      if available > 0 {
        let here = self.place
        guard here.frame <= place.frame else { return false }
        let isThere = here.frame == place.frame && here.inner <= place.inner
        start = isThere ? min(bytes.count, start + place.inner - here.inner) : bytes.count
        if self.place == place { break }
      }
      do throws(StreamError) {
        if try more() == .end { return behind == place }
      } catch {
        if case .system = error { throw error }
        guard try findFrame() else { return false }
      }
    }
    return true
  }

  /// Damage shows soon. At most this many bytes after a record are read to find it; then they are taken for data.
  private static let maximumRubbish = 1 << 20

  /// Headers fit, and little of a body is copied twice.
  private static let pieceCount = 1 << 15

  /// Enough that system calls cost nothing beside the decompression of what they bring.
  private static let bodyPieceCount = 1 << 18
}
