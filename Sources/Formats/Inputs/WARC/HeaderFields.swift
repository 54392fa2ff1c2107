import Bytes

/// The header of a WARC record or an HTTP message: a first line, then lines of `Name: value`, then a blank one.
///
/// Lines may end without a carriage return, values go on in lines that begin with white space, and names
/// may come several times. Lines without a colon are nobody's.
struct HeaderFields {
  private let bytes: ArraySlice<UInt8>
  private var fields: [Field] = []

  private struct Field {
    let name: Range<Int>
    /// From the first visible byte to the last; may hold line ends.
    var value: Range<Int>
  }

  /// A header that does not end within as many bytes is none.
  static let maximumCount = 1 << 17

  /// Where the first blank line ends, which ends a header; nil when there is none.
  /// - Parameter start: No line that begins before it is blank.
  static func end(of bytes: ArraySlice<UInt8>, from start: Int? = nil) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = (start ?? bytes.startIndex) - bytes.startIndex
      while let feed = buffer.index(of: lineFeed, from: index) {
        var next = feed + 1
        if buffer.byte(at: next) == carriageReturn { next += 1 }
        if buffer.byte(at: next) == lineFeed { return next + 1 + bytes.startIndex }
        index = feed + 1
      }
      return nil
    }
  }

  /// - Parameter bytes: From the first line on.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    var start = HeaderFields.lineEnd(bytes, from: bytes.startIndex)
    while start < bytes.endIndex {
      let end = HeaderFields.lineEnd(bytes, from: start)
      add(start..<end)
      start = end
    }
  }

  private mutating func add(_ line: Range<Int>) {
    if HeaderFields.isBlank(bytes[line.lowerBound]) {
      let more = HeaderFields.trimmed(line, bytes)
      if let last = fields.indices.last, !more.isEmpty {
        fields[last].value = fields[last].value.lowerBound..<more.upperBound
      }
    } else if let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) {
      fields.append(
        Field(
          name: HeaderFields.trimmed(line.lowerBound..<colon, bytes),
          value: HeaderFields.trimmed(colon + 1..<line.upperBound, bytes)))
    }
  }

  /// Where the line that begins at `start` ends, its line feed included.
  private static func lineEnd(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    bytes[start...].firstIndex(of: lineFeed).map { $0 + 1 } ?? bytes.endIndex
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: ArraySlice<UInt8>) -> Range<Int> {
    guard let first = bytes[range].firstIndex(where: { !isBlank($0) }),
      let last = bytes[range].lastIndex(where: { !isBlank($0) })
    else { return range.lowerBound..<range.lowerBound }
    return first..<last + 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == lineFeed || byte == carriageReturn
  }

  /// The first line, without its end.
  var firstLine: ArraySlice<UInt8> {
    bytes[
      HeaderFields.trimmed(
        bytes.startIndex..<HeaderFields.lineEnd(bytes, from: bytes.startIndex), bytes)]
  }

  /// The value of a name, the first of several; nil without one.
  /// - Parameter name: In any case.
  func value(_ name: String) -> String? { fields.first { has(name, $0) }.map(text) }

  /// All values of a name.
  func values(_ name: String) -> [String] { fields.filter { has(name, $0) }.map(text) }

  private func has(_ name: String, _ field: Field) -> Bool {
    name.utf8.count == field.name.count
      && zip(name.utf8, bytes[field.name]).allSatisfy {
        $0.asciiLowercased == $1.asciiLowercased
      }
  }

  /// A value with its lines joined by spaces, and without control characters.
  private func text(_ field: Field) -> String {
    var value: [UInt8] = []
    value.reserveCapacity(field.value.count)
    var isFolded = false
    for byte in bytes[field.value] {
      if byte == HeaderFields.lineFeed || byte == HeaderFields.carriageReturn {
        isFolded = true
      } else if !isFolded || !HeaderFields.isBlank(byte) {
        if isFolded { value.append(0x20) }
        isFolded = false
        value.append(byte)
      }
    }
    return String(decoding: value, as: UTF8.self)
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
