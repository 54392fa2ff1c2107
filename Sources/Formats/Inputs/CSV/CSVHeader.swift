import Bytes

/// A table's first row, and how a batch carries it to the threads that take its rows apart: before the
/// rows, behind the delimiter and its length.
struct CSVHeader {
  let delimiter: UInt8
  /// The row as it stands in the file, without its line end.
  let row: [UInt8]

  /// Tables of pages have dozens; each column costs memory in every record.
  static let maximumColumns = 10_000

  /// The bytes that a batch begins with.
  var prefix: [UInt8] {
    [delimiter] + withUnsafeBytes(of: UInt64(row.count).littleEndian) { Array($0) } + row
  }

  /// How many bytes `prefix` has.
  var prefixCount: Int { CSVHeader.fixedCount + row.count }

  private static let fixedCount = 1 + MemoryLayout<UInt64>.size

  init(delimiter: UInt8, row: [UInt8]) {
    self.delimiter = delimiter
    self.row = row
  }

  /// The header that a batch begins with.
  init(of bytes: [UInt8]) {
    delimiter = bytes[0]
    let count = (1..<CSVHeader.fixedCount).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    row = Array(bytes[CSVHeader.fixedCount..<CSVHeader.fixedCount + count])
  }

  /// The delimiter that a header of one column was probably meant to have; nil if there is no sign of another.
  static func delimiter(meantIn name: String) -> String? {
    [";", "\t", ",", "|"].first { name.utf8.contains($0.utf8.first ?? 0) }
  }

  /// Names of the columns, in their order.
  /// - Throws: What is wrong with the row, for a reject.
  func names() throws(CSVRow.Malformed) -> [String] {
    if let place = UTF8Text.firstIllFormed(in: row.span) {
      throw CSVRow.Malformed(message: "the header is not UTF-8, at byte \(place)")
    }
    let row = CSVRow(row[...], delimiter: delimiter)
    let fields = try row.fields(limit: CSVHeader.maximumColumns)
    if fields.count > CSVHeader.maximumColumns {
      throw CSVRow.Malformed(
        message: "the header has more than \(CSVHeader.maximumColumns) columns")
    }
    if row.bytes.firstIndex(of: UInt8(ascii: "\r")).map({
      $0 + 1 == row.bytes.endIndex || row.bytes[$0 + 1] != UInt8(ascii: "\n")
    }) ?? false {
      throw CSVRow.Malformed(message: "the header holds a CR; rows must end in LF or CR LF")
    }
    return fields.enumerated().map { number, field in
      let name = String(decoding: row.value(field), as: UTF8.self)
      return name.isEmpty ? "column_\(number + 1)" : name
    }
  }
}
