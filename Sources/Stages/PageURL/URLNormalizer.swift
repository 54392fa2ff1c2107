import Bytes

/// Gives URLs the normal form that RFC 3986, section 6.2, describes.
struct URLNormalizer: Sendable {
  private let dropped: [WildcardPattern]

  /// - Parameter parameters: Patterns of parameters that are left out of the query.
  init(dropping parameters: [String]) { dropped = parameters.map { WildcardPattern($0) } }

  /// Nil for what is no http or https URL.
  /// - Complexity: O(length of the URL), times the number of patterns for its query.
  func normalized(_ url: String) -> String? {
    guard let parts = URLParts(url) else { return nil }
    let scheme = parts.scheme.lowercased()
    var result = "\(scheme)://\(parts.user)"
    result += URLNormalizer.lowercased(parts.host)
    if !parts.port.isEmpty, parts.port != (scheme == "http" ? "80" : "443") {
      result += ":\(parts.port)"
    }
    result += URLNormalizer.unescaped(URLNormalizer.withoutDots(parts.path))
    result += URLNormalizer.unescaped(query(parts.query))
    return result
  }

  /// In small letters of ASCII, without the dot of a fully qualified name.
  static func lowercased(_ host: Substring) -> String {
    var bytes = host.utf8.map(\.asciiLowercased)
    if bytes.count > 1, bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// RFC 3986, section 5.2.4, with the backslash taken for a slash, as browsers do.
  private static func withoutDots(_ path: Substring) -> String {
    let segments = path.utf8.split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
    }
    var kept: [Substring] = []
    // The first is empty: a path begins with a slash, or there is none.
    let rest = segments.dropFirst()
    for (index, segment) in rest.enumerated() {
      let isLast = index == rest.count - 1
      switch String(Substring(segment)).lowercased() {
      case ".", "%2e":
        if isLast { kept.append("") }
      case "..", ".%2e", "%2e.", "%2e%2e":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(Substring(segment))
      }
    }
    return "/" + kept.joined(separator: "/")
  }

  /// The query without the parameters that are dropped, and without a question mark that nothing follows.
  private func query(_ query: Substring) -> String {
    let parameters = query.dropFirst().split(separator: "&", omittingEmptySubsequences: false)
    let kept =
      dropped.isEmpty
      ? parameters
      : parameters.filter { parameter in
        let name = String(parameter.prefix { $0 != "=" })
        return !dropped.contains { $0.matches(name) }
      }
    let joined = kept.joined(separator: "&")
    return joined.isEmpty ? "" : "?" + joined
  }

  /// Escapes with capital digits, and none of what needs none (sections 6.2.2.1 and 6.2.2.2).
  private static func unescaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "%")) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = bytes[index + 1].hexadecimalValue,
        let low = bytes[index + 2].hexadecimalValue
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let byte = high << 4 | low
      if byte.isASCIILetter || byte.isASCIIDigit || "-._~".utf8.contains(byte) {
        result.append(byte)
      } else {
        result.append(percentEncoding: byte)
      }
      index += 3
    }
    return String(decoding: result, as: UTF8.self)
  }
}
