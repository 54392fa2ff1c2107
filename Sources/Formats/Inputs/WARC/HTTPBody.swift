import Bytes
import Pipeline

/// The body of a response without what it was sent in: pieces (chunks) and compression.
struct HTTPBody {
  private(set) var bytes: ArraySlice<UInt8>
  /// Whether it ended before its coding did.
  private(set) var isCut = false

  /// More codings on top of each other are nothing but an attack.
  private static let maximumCodings = 4

  /// - Parameter limit: Bytes that it may hold in the end.
  init(_ response: HTTPResponse, limit: Int) throws(Refused) {
    bytes = response.body
    let transfer = response.names("transfer-encoding")
    let codings = (response.names("content-encoding") + transfer).reversed()
    guard codings.count <= HTTPBody.maximumCodings else {
      throw Refused(.malformed("the body has \(codings.count) codings on top of each other"))
    }
    for coding in codings {
      if coding == "chunked" { try dechunk() } else { try decode(coding, limit) }
    }
    if bytes.count > limit { throw Refused(.tooLarge(bytes: bytes.count, limit: limit)) }
  }

  /// Why a body cannot be had.
  struct Refused: Error {
    let drop: Drop
    init(_ drop: Drop) { self.drop = drop }
  }

  private mutating func decode(_ name: String, _ limit: Int) throws(Refused) {
    // Many programs undo a coding and leave its header; then what stands there is a page already.
    guard let coding = ContentCoding(named: name) else {
      if isPage { return }
      throw Refused(Drop(reason: .unknownCoding, details: ["message": .string(name)]))
    }
    switch coding.decoded(bytes, limit: limit) {
    case .whole(let found): bytes = found[...]
    case .cut(let found):
      bytes = found[...]
      isCut = true
    case .corrupt(let detail):
      if isPage { return }
      throw Refused(.malformed("the body is no \(name) data, or damaged: \(detail)"))
    case .tooLarge:
      throw Refused(
        Drop(
          reason: .tooLarge,
          details: [
            "message": "the body is longer when it is decompressed", "limit": .int(Int64(limit)),
          ]))
    }
  }

  /// Whether it begins as pages do.
  var isPage: Bool { FilesSource.isPage("", bytes) }

  /// Undoes the chunked transfer coding (RFC 9112, section 7.1), in so far as it is there.
  private mutating func dechunk() throws(Refused) {
    // It is whole already, or nothing.
    if chunkLine(at: bytes.startIndex) == nil { return }
    var found: [UInt8] = []
    var index = bytes.startIndex
    while let line = chunkLine(at: index) {
      if line.size == 0 {
        bytes = found[...]
        return
      }
      found += bytes[line.end...].prefix(line.size)
      guard bytes.endIndex - line.end >= line.size else { break }
      index = line.end + line.size
      // Skips the line end after the chunk.
      if index < bytes.endIndex, bytes[index] == 0x0D { index += 1 }
      if index < bytes.endIndex, bytes[index] == 0x0A { index += 1 }
    }
    let rest = bytes[index...]
    guard rest.isEmpty || chunkLine(at: index) != nil || !rest.contains(0x0A) else {
      let offset = index - bytes.startIndex
      throw Refused(.malformed("the body's chunks are broken at byte \(offset)"))
    }
    bytes = found[...]
    isCut = true
  }

  /// The size that stands in a line of its own before a chunk, and where that line ends; nil for what is no
  /// such line.
  private func chunkLine(at start: Int) -> (size: Int, end: Int)? {
    var size = 0
    var index = start
    while index < bytes.endIndex, let digit = bytes[index].hexadecimalValue {
      guard index - start < HTTPBody.maximumDigits else { return nil }
      size = size << 4 | Int(digit)
      index += 1
    }
    guard index > start else { return nil }
    let rest = bytes[index...].prefix(HTTPBody.maximumExtension)
    guard let feed = rest.firstIndex(of: 0x0A) else { return nil }
    let isExtension = rest.first == UInt8(ascii: ";")
    guard isExtension || rest[..<feed].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D })
    else { return nil }
    return (size, feed + 1)
  }

  private static let maximumDigits = 12
  /// The largest number of bytes that may follow the size of a chunk.
  private static let maximumExtension = 1 << 12
}
