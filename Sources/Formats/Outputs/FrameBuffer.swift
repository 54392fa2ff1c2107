import Bytes

/// Collects lines until they fill a frame. Where frames begin and end depends on the lines alone, not on
/// how they are handed over.
struct FrameBuffer {
  /// Lines that do not fill a frame yet.
  var pending: [UInt8]

  /// Adds whole lines, and calls `body` for each frame that they fill.
  mutating func append(_ lines: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void)
    rethrows
  {
    pending += lines
    var start = 0
    while pending.count - start >= FrameBuffer.frameBytes,
      let end = pending.index(of: UInt8(ascii: "\n"), from: start + FrameBuffer.frameBytes - 1)
    {
      try body(pending[start...end])
      start = end + 1
    }
    pending.removeSubrange(..<start)
  }

  /// Calls `body` for the frame that was not filled.
  mutating func finish(_ body: (ArraySlice<UInt8>) throws -> Void) rethrows {
    try body(pending[...])
    pending = []
  }

  /// A frame ends with the first line that reaches so many bytes. Larger ones compress text no better
  /// by as much as 1 %; a checkpoint has to keep what is in an unfinished one.
  static let frameBytes = 4 << 20
}
