import Bytes
import Pipeline

/// What elements are called in the copy of a page that libxml2 reads.
enum FilteredNames {
  /// Around everything: where no element is open, libxml2 invents a paragraph for text.
  static let root = MarkupName("x-page")
  static let rootTag = Array("<x-page>".utf8)
  /// Behind everything: libxml2 2.9 does not look at a tag of three bytes that ends its input.
  static let rootEnd = Array("</x-page>".utf8)

  /// By raw value of the tag. Those that libxml2 treats in ways of its own have a name that it does not
  /// know.
  static let names: [[UInt8]] = {
    var names = [[UInt8]](repeating: [], count: 256)
    for tag in Tag.allCases { names[Int(tag.rawValue)] = Array(name(of: tag).utf8) }
    return names
  }()

  /// The tags by these names.
  static let tags = NameTable(
    Tag.allCases.filter { $0 != .other && $0 != .custom }.map { (name(of: $0), $0) })

  /// By raw value of the attribute's name, with what stands before its value.
  static let attributes = AttributeName.allCases.map { Array(" \($0.name)=\"".utf8) }

  static let hidingStyle = Array(" style=\"display:none\"".utf8)
  static let hidden = Array(" hidden=\"\"".utf8)

  private static func name(of tag: Tag) -> String {
    switch tag {
    case .html, .head, .body: "x-" + tag.name
    default: tag.name
    }
  }

  /// Appends a name for one that is not HTML's. It has a hyphen where that has one, and tells names apart by
  /// 20 bits of their hash.
  static func append(_ name: MarkupName, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "x"))
    if name.hasHyphen { output.append(UInt8(ascii: "-")) }
    let hash = name.hash >> 44
    for place in 0..<5 {
      let digit = UInt8(truncatingIfNeeded: hash >> UInt64(place * 4)) & 0x0F
      output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
