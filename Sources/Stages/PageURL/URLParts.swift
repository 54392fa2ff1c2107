/// Where the parts of an http or https URL stand.
struct URLParts {
  let scheme: Substring
  /// With an `@` at its end; often empty.
  let user: Substring
  let host: Substring
  /// Without the colon; often empty.
  let port: Substring
  let path: Substring
  /// With its question mark; empty where there is none.
  let query: Substring

  /// Nil for what is no such URL.
  /// - Complexity: O(length of the URL).
  init?(_ url: String) {
    let text = url.utf8
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    scheme = url[..<colon]
    guard ["http", "https"].contains(scheme.lowercased()), text[colon...].starts(with: "://".utf8)
    else { return nil }
    let start = text.index(colon, offsetBy: 3)
    let end = text[start...].firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
    let hostEnd = text[start..<end].firstIndex { "/?\\".utf8.contains($0) } ?? end
    let hostStart =
      text[start..<hostEnd].lastIndex(of: UInt8(ascii: "@")).map { text.index(after: $0) } ?? start
    user = url[start..<hostStart]
    // An address of IPv6 stands in brackets, with colons of its own.
    let afterAddress = text[hostStart..<hostEnd].lastIndex(of: UInt8(ascii: "]")) ?? hostStart
    let portColon = text[afterAddress..<hostEnd].firstIndex(of: UInt8(ascii: ":"))
    host = url[hostStart..<(portColon ?? hostEnd)]
    port = portColon.map { url[text.index(after: $0)..<hostEnd] } ?? ""
    guard !host.isEmpty else { return nil }
    let queryStart = text[hostEnd..<end].firstIndex(of: UInt8(ascii: "?")) ?? end
    path = url[hostEnd..<queryStart]
    query = url[queryStart..<end]
  }
}
