import Bytes

/// The host in a URL, as sites are told apart by: `example.org` for `https://www.Example.org:8080/a`.
///
/// Hosts and not registered domains: `alice.example.org` and `bob.example.org` may be two people's
/// sites, and to know where a registered domain begins takes the Public Suffix List, which changes every
/// week and the output with it. Only `www.` is left out, which never tells two sites apart.
public enum HostName {
  /// Appends the host to `name`: in small letters (ASCII; others are not folded), without user, port,
  /// `www.` and the dot of a fully qualified name. Appends nothing when there is none: the URL is
  /// relative, or not made of scheme and authority (RFC 3986, section 3).
  /// - Complexity: O(length of the URL).
  public static func append(of url: String, to name: inout [UInt8]) {
    let bytes = url.utf8.span
    guard let start = startOfAuthority(bytes) else { return }
    var host = authority(bytes, from: start)
    if let at = bytes.lastIndex(in: host, where: { $0 == UInt8(ascii: "@") }) {
      host = at + 1..<host.upperBound
    }
    host = host.lowerBound..<endOfHost(bytes, host)
    if bytes.byte(at: host.upperBound - 1) == UInt8(ascii: "."), !host.isEmpty { host.removeLast() }
    let first = name.count
    for index in host { name.append(bytes[index].asciiLowercased) }
    if name[first...].starts(with: "www.".utf8) { name.removeSubrange(first..<first + 4) }
  }

  private static func startOfAuthority(_ url: Span<UInt8>) -> Int? {
    guard let colon = url.index(of: UInt8(ascii: ":"), from: 0), colon > 0,
      url.holds("://", at: colon)
    else { return nil }
    return colon + 3
  }

  /// Up to the path, query or fragment; browsers take a backslash for a slash (WHATWG URL, 4.4).
  private static func authority(_ url: Span<UInt8>, from start: Int) -> Range<Int> {
    let end = url.firstIndex(in: start..<url.count) { "/?#\\".utf8.contains($0) }
    return start..<(end ?? url.count)
  }

  /// Where the port begins. An address of IPv6 stands in brackets, with colons of its own.
  private static func endOfHost(_ url: Span<UInt8>, _ host: Range<Int>) -> Int {
    let isAddress = url.byte(at: host.lowerBound) == UInt8(ascii: "[")
    let end = isAddress ? url.firstIndex(in: host) { $0 == UInt8(ascii: "]") } : host.lowerBound
    let rest = (end ?? host.upperBound)..<host.upperBound
    return url.firstIndex(in: rest) { $0 == UInt8(ascii: ":") } ?? host.upperBound
  }
}

extension Range<Int> {
  fileprivate mutating func removeLast() { self = lowerBound..<upperBound - 1 }
}
