/// The parts of a web address that say something of its page (RFC 3986, section 3).
struct AddressParts {
  /// Without the port.
  let host: Substring
  /// The part from the slash after the host on; empty if there is none.
  let path: Substring
  /// Whether the address is that of a whole site.
  let isFrontPage: Bool

  /// Nil for an address without `://`.
  init?(_ address: String) {
    guard let start = address.index(behind: "://") else { return nil }
    let rest = address.utf8[start...]
    let authority = rest.prefix { !$0.endsAuthority }
    let path = rest[authority.endIndex...].prefix {
      $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    host = Substring(authority.prefix { $0 != UInt8(ascii: ":") })
    self.path = Substring(path)
    // A fragment may name any page of a site that is one script.
    isFrontPage =
      (path.isEmpty || path.elementsEqual("/".utf8))
      && rest[path.endIndex...].first != UInt8(ascii: "#")
  }
}

extension UInt8 {
  /// Whether what stands before the byte is all of an address's authority, the host and port.
  var endsAuthority: Bool {
    self == UInt8(ascii: "/") || self == UInt8(ascii: "?") || self == UInt8(ascii: "#")
  }
}
