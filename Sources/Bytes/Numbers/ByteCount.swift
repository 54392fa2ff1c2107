/// A number of bytes, spelled as people write it: `"512 MiB"`, `"64 KB"`, `"1.5 GiB"`.
public struct ByteCount: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var bytes: Int

  public init(bytes: Int) { self.bytes = bytes }

  public static func kibibytes(_ count: Int) -> Self { Self(bytes: count << 10) }
  public static func mebibytes(_ count: Int) -> Self { Self(bytes: count << 20) }
  public static func gibibytes(_ count: Int) -> Self { Self(bytes: count << 30) }

  public static func < (first: Self, second: Self) -> Bool { first.bytes < second.bytes }

  /// Units by name; those with an `i` are powers of 1024 (IEC 80000-13), the others of 1000.
  static let units: [(name: String, bytes: Double)] = [
    ("B", 1), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
    ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40),
  ]

  /// Nil when `text` is not a number, a space at will, and a unit, or does not fit.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = text.dropFirst(digits.count)
    let unit = rest.hasPrefix(" ") ? rest.dropFirst() : rest
    guard let number = Double(digits),
      let scale = ByteCount.units.first(where: { $0.name == unit })?.bytes,
      number * scale < 0x1p62
    else { return nil }
    bytes = Int(number * scale)
  }

  /// The shortest exact spelling: `"512 MiB"`, or bytes where no larger unit divides.
  public var description: String {
    for (name, scale) in ByteCount.units.reversed() where name.hasSuffix("iB") {
      let scale = Int(scale)
      if bytes >= scale, bytes % scale == 0 { return "\(bytes / scale) \(name)" }
    }
    return "\(bytes) B"
  }
}
