import Bytes

/// The header of a record: what kind it is, how long, and of what.
struct WARCHeader {
  let fields: HeaderFields
  /// In small letters: `response`.
  let type: String
  /// Bytes of the block that follows.
  let length: Int
  /// Of the block; nil where nothing is said.
  let media: MediaType?

  /// Why a header cannot be understood.
  struct Malformed: Error {
    let message: String
  }

  /// The beginning of every record, in the versions that are read.
  static let start = Array("WARC/1.".utf8)

  /// - Parameter bytes: From the first line to the blank one.
  init(_ bytes: ArraySlice<UInt8>) throws(Malformed) {
    fields = HeaderFields(bytes)
    guard let type = fields.value("warc-type") else {
      throw Malformed(message: "the header has no WARC-Type")
    }
    self.type = type.lowercased()
    guard let length = fields.value("content-length") else {
      throw Malformed(message: "the header has no Content-Length")
    }
    guard length.utf8.allSatisfy(\.isASCIIDigit), let count = Int(length),
      count <= WARCHeader.maximumLength
    else {
      throw Malformed(message: "Content-Length is no number of bytes: \(length.prefix(40))")
    }
    self.length = count
    media = MediaType(fields.values("content-type"))
  }

  /// No disk holds more, and sums of it do not overflow.
  private static let maximumLength = 1 << 60

  /// A value that the format puts between angle brackets, or some writers do.
  static func bare(_ value: String) -> String {
    value.utf8.first == UInt8(ascii: "<") && value.utf8.last == UInt8(ascii: ">")
      ? String(value.dropFirst().dropLast()) : value
  }

  /// `1a2b…` for `<urn:uuid:1a2b…>`.
  static func recordID(_ value: String) -> String {
    let id = bare(value)
    let prefix = "urn:uuid:"
    return id.lowercased().hasPrefix(prefix)
      ? String(id.utf8.dropFirst(prefix.utf8.count)) ?? id : id
  }
}
