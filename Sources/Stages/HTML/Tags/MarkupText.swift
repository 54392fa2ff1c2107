import Bytes

/// The markup of a page: well-formed UTF-8 without zero bytes. Who keeps it keeps its bytes.
struct MarkupText {
  private let bytes: [UInt8]
  private let start: Int

  /// - Parameter start: Where the markup begins: behind a byte order mark.
  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    self.start = start
  }

  var span: Span<UInt8> { bytes.span.extracting(start...) }
}
