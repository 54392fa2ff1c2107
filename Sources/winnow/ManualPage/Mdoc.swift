/// Text in mdoc(7), the language of manual pages that groff and mandoc both read.
struct Mdoc {
  private(set) var text = ""

  /// Appends a line that calls a macro.
  /// - Parameter arguments: As mdoc has them: calls, and words made by `word`.
  mutating func call(_ macro: String, _ arguments: String = "") {
    text += arguments.isEmpty ? ".\(macro)\n" : ".\(macro) \(arguments)\n"
  }

  /// Appends prose, in which `code` stands between backticks. Each sentence begins on a line of its own, which
  /// tells formatters where sentences end.
  mutating func prose(_ prose: String) {
    var line = ""
    var isCode = false
    for word in prose.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      var piece = ""
      for (index, part) in word.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      {
        if index > 0 {
          isCode.toggle()
          piece += isCode ? "\\fB" : "\\fR"
        }
        piece += Mdoc.escaped(part, isCode: isCode)
      }
      if !line.isEmpty, line.utf8.count + piece.utf8.count >= Mdoc.columns {
        append(&line)
      }
      line += line.isEmpty ? piece : " " + piece
      if let last = word.last, ".!?".contains(last) { append(&line) }
    }
    append(&line)
  }

  /// Appends lines that stay as they are.
  mutating func literal(_ lines: [some StringProtocol]) {
    call("Bd", "-literal -offset indent")
    for line in lines { text += Mdoc.lineStart(Mdoc.escaped(line, isCode: true)) + "\n" }
    call("Ed")
  }

  private mutating func append(_ line: inout String) {
    if line.isEmpty { return }
    text += Mdoc.lineStart(line) + "\n"
    line = ""
  }

  /// A word that is an argument of a macro, and no macro or delimiter itself.
  static func word(_ text: some StringProtocol) -> String {
    // Names of macros and delimiters have at most three bytes.
    let escaped = (text.utf8.count <= 3 ? "\\&" : "") + escaped(text, isCode: true)
    return text.contains(" ") || text.isEmpty ? "\"\(escaped)\"" : escaped
  }

  /// Only at the start of a line does a dot call a macro.
  private static func lineStart(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }

  /// Every character as it is meant: formatters turn plain hyphens, quotes and accents into others.
  private static func escaped(_ text: some StringProtocol, isCode: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-" where isCode: result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return result
  }

  /// Lines are as short as in other manual pages; `mandoc -T lint` asks for it.
  private static let columns = 78
}
