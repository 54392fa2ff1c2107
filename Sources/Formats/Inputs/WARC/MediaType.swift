import Bytes

/// The value of `Content-Type`: a media type and a character set.
struct MediaType: Hashable {
  /// Type and subtype in small letters: `text/html`.
  private(set) var essence: String
  private(set) var charset: String?

  /// Of several values the last that is a media type counts; it keeps the character set of an earlier one
  /// of the same type (Fetch Standard, "extract a MIME type").
  /// - Parameter values: Each may be a list.
  init?(_ values: [String]) {
    var found: MediaType?
    for value in values.flatMap({ MediaType.parts(of: $0, at: UInt8(ascii: ",")) }) {
      guard var type = MediaType(part: value), type.essence != "*/*" else { continue }
      if type.essence == found?.essence { type.charset = type.charset ?? found?.charset }
      found = type
    }
    guard let found else { return nil }
    self = found
  }

  private init?(part: Substring) {
    let parts = MediaType.parts(of: String(part), at: UInt8(ascii: ";"))
    let essence = MediaType.trimmed(parts[0]).lowercased()
    let names = essence.split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(MediaType.isToken) else { return nil }
    self.essence = essence
    for parameter in parts.dropFirst() where charset == nil {
      guard let sign = parameter.firstIndex(of: "="),
        MediaType.trimmed(parameter[..<sign]).lowercased() == "charset"
      else { continue }
      let value = MediaType.trimmed(parameter[parameter.index(after: sign)...])
      let bare = value.filter { $0 != "\"" && $0 != "'" }
      if !bare.isEmpty { charset = bare }
    }
  }

  var isHTML: Bool { essence == "text/html" || essence == "application/xhtml+xml" }

  /// The type without its subtype, of those that are registered: `image/*`.
  var family: String {
    let type = String(essence.prefix { $0 != "/" })
    return MediaType.families.contains(type) ? type + "/*" : "other types"
  }

  private static let families = [
    "application", "audio", "font", "image", "message", "model", "multipart", "text", "video",
  ]

  /// Cut at a separator that does not stand in quotes.
  private static func parts(of value: String, at separator: UInt8) -> [Substring] {
    var isQuoted = false
    return value.utf8.split(omittingEmptySubsequences: false) { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return byte == separator && !isQuoted
    }.map { Substring($0) }
  }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let start = text.utf8.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) }
    return end.map { String(Substring(start[...$0])) } ?? ""
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || "!#$&-^_.+*".utf8.contains($0)
      }
  }
}
