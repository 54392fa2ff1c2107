import Bytes
import Pipeline

extension InputSurvey {
  /// What is read, a line for each path, and what is not.
  var lines: String {
    var text = parts.prefix(InputSurvey.shownParts).map { "  \($0.line)\n" }.joined()
    let others = parts.dropFirst(InputSurvey.shownParts)
    if !others.isEmpty {
      let files = others.reduce(0) { $0 + $1.files }
      let bytes = others.reduce(0) { $0 + $1.bytes }
      text +=
        "  and \(counted(others.count, "path")) more: \(counted(files, "file")), \(sizeText(Double(bytes)))\n"
    }
    if skippedFiles > 0 { text += "  \(counted(skippedFiles, "file")) skipped, processed before\n" }
    if !leftOut.isEmpty { text += "  \(Report.line(leftOut: leftOut))\n" }
    if let firstUnreadable {
      text += "  \(counted(unreadable, "reject")): \(firstUnreadable)"
      text += unreadable > 1 ? ", and more\n" : "\n"
    }
    return text
  }

  /// A pattern may stand for any number of paths.
  private static let shownParts = 20
}

extension InputSurvey.Part {
  fileprivate var line: String {
    if path == "-" { return "standard input" }
    let name = SystemPath.visible(path)
    return isStream
      ? "\(name): a pipe or device"
      : "\(name): \(counted(files, "file")), \(sizeText(Double(bytes)))"
  }
}
