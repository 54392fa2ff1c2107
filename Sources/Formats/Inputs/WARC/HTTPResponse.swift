import Bytes

/// An HTTP response as it stands in a record.
struct HTTPResponse {
  let status: Int
  let fields: HeaderFields
  /// The body as it was sent; perhaps only its beginning.
  let body: ArraySlice<UInt8>

  /// Why a block is no response.
  struct Malformed: Error {
    let message: String
  }

  /// - Parameter block: Its beginning may do.
  init(_ block: ArraySlice<UInt8>) throws(Malformed) {
    var parts = try HTTPResponse.parse(block)
    // Servers announce what takes long with responses of their own.
    while (100..<200).contains(parts.status), parts.body.starts(with: HTTPResponse.start) {
      parts = try HTTPResponse.parse(parts.body)
    }
    (status, fields, body) = parts
  }

  private static func parse(
    _ block: ArraySlice<UInt8>
  ) throws(Malformed) -> (status: Int, fields: HeaderFields, body: ArraySlice<UInt8>) {
    guard block.starts(with: start) else {
      throw Malformed(message: "the block does not begin with an HTTP status line")
    }
    let head = block.prefix(HeaderFields.maximumCount)
    let end = HeaderFields.end(of: head)
    if end == nil, head.count < block.count {
      throw Malformed(
        message: "the HTTP header does not end within \(HeaderFields.maximumCount) bytes")
    }
    // Without a blank line there is no body.
    let fields = HeaderFields(block[..<(end ?? block.endIndex)])
    guard let status = status(of: fields.firstLine) else {
      throw Malformed(message: "the HTTP status line names no status")
    }
    return (status, fields, block[(end ?? block.endIndex)...])
  }

  /// The number in `HTTP/1.1 200 OK`.
  private static func status(of line: ArraySlice<UInt8>) -> Int? {
    let behindVersion = line.drop { $0 != 0x20 }.drop { $0 == 0x20 }
    let digits = behindVersion.prefix { $0.isASCIIDigit }
    guard digits.count == 3 else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  static let start = Array("HTTP/".utf8)

  /// The names in a header that is a list, in small letters: codings.
  func names(_ header: String) -> [String] {
    fields.values(header).joined(separator: ",").lowercased().split(separator: ",").map { part in
      String(decoding: part.utf8.filter { $0 > 0x20 }, as: UTF8.self)
    }.filter { !$0.isEmpty && $0 != "identity" }
  }
}
