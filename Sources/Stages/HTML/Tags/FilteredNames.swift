import Bytes
import Pipeline

/// The names of elements in the copy of a page that libxml2 reads.
enum FilteredNames {
  /// Around everything: where no element is open, libxml2 invents a paragraph for text.
  static let root = MarkupName("x-page")
  static let rootTag = Array("<x-page>".utf8)
  /// Ends the copy: libxml2 2.9 ignores a tag of three bytes at the end of its input.
  static let rootEnd = Array("</x-page>".utf8)

  /// By raw value of the tag. Those that libxml2 treats in ways of its own have a name that it does not
  /// know.
  static let names = FilteredWords(
    Tag.allCases.map { (Int($0.rawValue), name(of: $0)) })

  /// The tags by these names.
  static let tags = NameTable(
    Tag.allCases.filter { $0 != .other && $0 != .custom }.map { (name(of: $0), $0) })

  /// By raw value of the attribute's name, with what stands before its value.
  static let attributes = FilteredWords(
    AttributeName.allCases.map { (Int($0.rawValue), " \($0.name)=\"") })

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

/// Words by number in one piece of memory: an array of arrays would count references for each word that is copied.
struct FilteredWords: Sendable {
  private var bytes: [UInt8] = []
  private var ranges = [Range<Int>](repeating: 0..<0, count: 256)

  /// - Parameter words: With numbers below 256.
  fileprivate init(_ words: [(number: Int, word: String)]) {
    for (number, word) in words {
      ranges[number] = bytes.count..<bytes.count + word.utf8.count
      bytes += word.utf8
    }
  }

  /// Appends the word of a number; nothing if there is none.
  @inline(__always)
  func append(_ number: UInt8, to output: inout [UInt8]) {
    let range = ranges[Int(number)]
    output.append(contentsOf: bytes.span.extracting(range))
  }
}
