import Bytes

/// The address that a page's relative references start from (RFC 3986, section 5).
struct BaseAddress {
  /// Without a fragment; empty if the page's address is not known.
  private var bytes: [UInt8] = []
  /// The offsets after the colon of the scheme, after the authority, and after the last slash of the path.
  private var schemeEnd = 0
  private var authorityEnd = 0
  private var folderEnd = 0
  private var pathEnd = 0

  /// Longest address that is written, in bytes: longer ones are data in the form of an address.
  static let maximumLength = 2048

  init() {}

  /// - Parameter address: An absolute address; with any other, relative references are left as they are.
  init(_ address: Span<UInt8>) {
    guard let scheme = address.schemeLength, address.count <= BaseAddress.maximumLength,
      address.hasPrefix("//", at: scheme + 1)
    else { return }
    let fragment = address.index(of: UInt8(ascii: "#"), from: 0)
    bytes = Array(address.extracting(..<(fragment ?? address.count)))
    schemeEnd = scheme + 1
    authorityEnd = schemeEnd + 2
    while authorityEnd < bytes.count, !bytes[authorityEnd].endsAuthority { authorityEnd += 1 }
    pathEnd = authorityEnd
    folderEnd = authorityEnd
    while pathEnd < bytes.count, bytes[pathEnd] != UInt8(ascii: "?") {
      if bytes[pathEnd] == UInt8(ascii: "/") { folderEnd = pathEnd + 1 }
      pathEnd += 1
    }
  }

  /// Appends the address that `reference` means. Nothing is appended for references that lead nowhere
  /// else: to a place in the page itself, to a script, to data.
  /// - Returns: Whether there is one.
  func append(_ reference: Span<UInt8>, to output: inout [UInt8]) -> Bool {
    let reference = reference.withoutSpaceAround
    let first = reference.byte(at: 0)
    guard !reference.isEmpty, first != UInt8(ascii: "#"),
      reference.count <= BaseAddress.maximumLength
    else { return false }
    let start = output.count
    if reference.schemeLength != nil {
      guard BaseAddress.schemes.contains(where: { reference.hasPrefix($0, at: 0) }) else {
        return false
      }
      BaseAddress.append(reference, to: &output)
    } else if reference.hasPrefix("//", at: 0) {
      output += bytes[..<schemeEnd]
      BaseAddress.append(reference, to: &output)
    } else if first == UInt8(ascii: "?") {
      output += bytes[..<pathEnd]
      BaseAddress.append(reference, to: &output)
    } else {
      appendPath(reference, to: &output)
    }
    guard output.count - start <= BaseAddress.maximumLength else {
      output.removeLast(output.count - start)
      return false
    }
    return true
  }

  private static let schemes: [StaticString] = ["http:", "https:", "mailto:", "ftp:", "tel:"]

  /// A path, absolute or relative to the base's folder, without segments of dots.
  private func appendPath(
    _ reference: Span<UInt8>, to output: inout [UInt8]
  ) {
    guard !bytes.isEmpty else {
      BaseAddress.append(reference, to: &output)
      return
    }
    output += bytes[..<authorityEnd]
    let root = output.count
    if reference[0] != UInt8(ascii: "/") { output += bytes[authorityEnd..<folderEnd] }
    if output.count == root { output.append(UInt8(ascii: "/")) }
    let end = reference.firstIndex(in: reference.indices) {
      $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#")
    }
    var index = reference[0] == UInt8(ascii: "/") ? 1 : 0
    let pathEnd = end ?? reference.count
    while index < pathEnd {
      let slash = reference.index(of: UInt8(ascii: "/"), from: index) ?? pathEnd
      let segment = reference.extracting(index..<min(slash, pathEnd))
      if segment.equals("..") {
        BaseAddress.leaveFolder(&output, root: root)
      } else if !segment.equals(".") {
        BaseAddress.append(segment, to: &output)
        if slash < pathEnd { output.append(UInt8(ascii: "/")) }
      }
      index = slash + 1
    }
    BaseAddress.append(reference.extracting(pathEnd...), to: &output)
  }

  /// Takes the last folder off a path that ends in a slash and starts at `root`.
  private static func leaveFolder(_ output: inout [UInt8], root: Int) {
    guard output.count > root + 1 else { return }
    output.removeLast()
    while output.count > root + 1, output[output.count - 1] != UInt8(ascii: "/") {
      output.removeLast()
    }
  }

  /// Appends bytes as they are, but for those that no address can hold: line breaks vanish, others are
  /// percent-encoded.
  private static func append(
    _ part: Span<UInt8>, to output: inout [UInt8]
  ) {
    for index in part.indices {
      let byte = part[index]
      switch byte {
      case 0x09, 0x0A, 0x0D: break
      case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"),
        UInt8(ascii: "|"), UInt8(ascii: "}"):
        output.append(percentEncoding: byte)
      default: output.append(byte)
      }
    }
  }
}

extension Span<UInt8> {
  /// How many bytes the scheme before the first colon has; nil when there is none (RFC 3986, section
  /// 3.1).
  fileprivate var schemeLength: Int? {
    guard byte(at: 0).isASCIILetter else { return nil }
    for index in indices {
      let byte = self[index]
      if byte == UInt8(ascii: ":") { return index }
      let isSchemePart =
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      if !isSchemePart { return nil }
    }
    return nil
  }

  /// The bytes without white space and controls at either end.
  fileprivate var withoutSpaceAround: Self {
    @_lifetime(copy self)
    get {
      var range = indices
      while let byte = range.first, self[byte] <= 0x20 { range.removeFirst() }
      while let byte = range.last, self[byte] <= 0x20 { range.removeLast() }
      return extracting(range)
    }
  }
}
