import Bytes

/// The names by which pages call the programming language of a piece of code.
enum CodeLanguage {
  /// The prefixes of languages in class names: the convention of HTML itself (section 4.5.15), and those of
  /// widespread highlighters.
  private static let prefixes: [[UInt8]] = [
    "language-", "lang-", "highlight-source-", "highlight-text-", "highlight-", "brush:",
  ].map { Array($0.utf8) }

  /// Longest name that is believed, in bytes.
  private static let maximumName = 20

  /// Says that there is none, or that it is not known.
  private static let noLanguages: Set<[UInt8]> = Set(
    ["none", "text", "plain", "plaintext", "default", "auto", "nohighlight"].map { Array($0.utf8) })

  /// The language that one of the words in `names` says.
  static func name(in names: ArraySlice<UInt8>) -> [UInt8]? {
    for word in names.split(separator: 0x20) {
      for prefix in prefixes where word.starts(with: prefix) {
        let name = Array(word.dropFirst(prefix.count).prefix { $0 != UInt8(ascii: ";") })
        let isName = name.allSatisfy { byte in
          byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        if isName, (1...maximumName).contains(name.count), !noLanguages.contains(name) {
          return name
        }
      }
    }
    return nil
  }
}
