/// Paths that are not UTF-8, held in strings.
///
/// On Linux a name is bytes, and mirrors of old sites are full of names in Latin-1. A byte that is no
/// UTF-8 is held as one scalar of a private area, U+10FE80 to U+10FEFF, so that the path can be handed back
/// to the system as it was; what stands for such a byte already is held byte by byte, too.
public enum SystemPath {
  /// The last scalar of the area without its last eight bits.
  private static let base: UInt32 = 0x10FE00

  /// The path at `bytes`, as the system gave it.
  public static func string(_ bytes: UnsafePointer<CChar>) -> String {
    if let text = String(validatingCString: bytes), !isEscaped(text) { return text }
    var count = 0
    while bytes[count] != 0 { count += 1 }
    return string((0..<count).map { UInt8(bitPattern: bytes[$0]) })
  }

  /// The path that these bytes are.
  public static func string(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    var rest = bytes[...]
    while let byte = rest.first {
      let count = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let sequence = Array(rest.prefix(count))
      let text = String(decoding: sequence, as: UTF8.self)
      if sequence.count == count, Array(text.utf8) == sequence, !isEscaped(text) {
        scalars.append(contentsOf: text.unicodeScalars)
        rest = rest.dropFirst(count)
      } else {
        // Of 0x80 and above; what is ASCII is always well-formed.
        scalars.append(Unicode.Scalar(base + UInt32(byte))!)
        rest = rest.dropFirst()
      }
    }
    return String(scalars)
  }

  /// The path as the system calls take it, with a zero byte at the end.
  static func bytes(_ path: String) -> [CChar] {
    guard isEscaped(path) else { return Array(path.utf8CString) }
    var bytes: [CChar] = []
    for scalar in path.unicodeScalars {
      if let byte = byte(scalar) {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes += scalar.utf8.map { CChar(bitPattern: $0) }
      }
    }
    return bytes + [0]
  }

  /// The path for people and records: a byte that is no UTF-8 is written `\xE9`.
  public static func visible(_ path: String) -> String {
    guard isEscaped(path) else { return path }
    return path.unicodeScalars.reduce(into: "") { text, scalar in
      if let byte = byte(scalar) {
        text += "\\x" + String(byte, radix: 16, uppercase: true)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// Byte order of what the system is handed.
  static func precedes(_ first: String, _ second: String) -> Bool {
    guard isEscaped(first) || isEscaped(second) else {
      return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
    return bytes(first).lexicographicallyPrecedes(bytes(second)) {
      UInt8(bitPattern: $0) < UInt8(bitPattern: $1)
    }
  }

  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    (base + 0x80...base + 0xFF).contains(scalar.value) ? UInt8(scalar.value & 0xFF) : nil
  }

  private static func isEscaped(_ path: String) -> Bool {
    // The first byte of the area's scalars is one that hardly any path has.
    path.utf8.contains(0xF4) && path.unicodeScalars.contains { byte($0) != nil }
  }
}
