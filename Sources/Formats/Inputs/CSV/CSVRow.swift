import Bytes

/// A row, without its line end, as fields.
struct CSVRow {
  let bytes: ArraySlice<UInt8>
  let delimiter: UInt8

  struct Field {
    /// Without the quotes around it.
    var range: Range<Int>
    /// Whether quotes stand twice in it.
    var hasDoubledQuotes = false
  }

  /// Why a row cannot be taken apart.
  struct Malformed: Error {
    let message: String
  }

  /// - Parameter row: With or without the CR of a CR LF.
  init(_ row: ArraySlice<UInt8>, delimiter: UInt8) {
    bytes = row.last == UInt8(ascii: "\r") ? row.dropLast() : row
    self.delimiter = delimiter
  }

  /// The fields, but not many more than `limit`.
  func fields(limit: Int) throws(Malformed) -> [Field] {
    var fields: [Field] = []
    var start = bytes.startIndex
    while fields.count <= limit {
      let (field, end) = try field(from: start, number: fields.count + 1)
      fields.append(field)
      if end == bytes.endIndex { break }
      start = end + 1
    }
    return fields
  }

  /// A field, and where the delimiter behind it stands, or the end.
  private func field(
    from start: Int, number: Int
  ) throws(Malformed) -> (field: Field, end: Int) {
    guard start < bytes.endIndex, bytes[start] == CSVScanner.quote else {
      let end = bytes[start...].firstIndex(of: delimiter) ?? bytes.endIndex
      return (Field(range: start..<end), end)
    }
    var index = start + 1
    var hasDoubledQuotes = false
    while let quote = bytes[index...].firstIndex(of: CSVScanner.quote) {
      let next = quote + 1
      if next == bytes.endIndex || bytes[next] == delimiter {
        return (Field(range: start + 1..<quote, hasDoubledQuotes: hasDoubledQuotes), next)
      }
      guard bytes[next] == CSVScanner.quote else {
        throw Malformed(message: "field \(number) goes on behind the quote that ends it")
      }
      hasDoubledQuotes = true
      index = next + 1
    }
    throw Malformed(message: "the quote that field \(number) begins with is never closed")
  }

  /// The value of a field.
  func value(_ field: Field) -> [UInt8] {
    let content = bytes[field.range]
    guard field.hasDoubledQuotes else { return Array(content) }
    var value: [UInt8] = []
    value.reserveCapacity(content.count)
    var start = content.startIndex
    while let quote = content[start...].firstIndex(of: CSVScanner.quote) {
      value += content[start...quote]
      start = quote + 2
    }
    return value + content[start...]
  }
}
