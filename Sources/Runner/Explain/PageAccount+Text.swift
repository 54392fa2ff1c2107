import Bytes
import Pipeline

extension PageAccount {
  /// The account for a terminal, or whatever is read by line.
  /// - Parameters:
  ///   - columns: The width of a line.
  ///   - isColored: Whether there may be colours.
  public func text(columns: Int, isColored: Bool) -> String {
    var writer = AccountText(columns: max(columns, AccountText.leastColumns), isColored: isColored)
    writer.write(self)
    return writer.text
  }
}

/// Writes an account as lines.
private struct AccountText {
  let columns: Int
  let isColored: Bool
  var text = ""

  static let leastColumns = 40

  /// Signs of the terminal (ECMA-48, SGR).
  private enum Style: String {
    case bold = "1"
    case dim = "2"
    case kept = "32"
    case dropped = "31"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Writes a line that does not exceed the width: plain text before it, then text that may be styled.
  private mutating func line(_ indent: Int, _ content: String, _ style: Style? = nil) {
    let shown = ShownText.fitting(ShownText.harmless(content), columns: columns - indent)
    text +=
      String(repeating: " ", count: indent) + (style.map { styled(shown, $0) } ?? shown) + "\n"
  }

  private mutating func pair(_ indent: Int, _ name: String, _ value: String) {
    let width = max(AccountText.nameColumns, name.count)
    let padded = name + String(repeating: " ", count: width - name.count) + "  "
    let shown = ShownText.fitting(
      ShownText.harmless(value), columns: max(columns - indent - padded.count, 10))
    text += String(repeating: " ", count: indent) + styled(padded, .dim) + shown + "\n"
  }

  private static let nameColumns = 18

  // MARK: The page

  mutating func write(_ account: PageAccount) {
    line(0, account.document.id, .bold)
    if let url = account.document.metadata["url"]?.string { pair(3, "url", url) }
    if let title = account.document.metadata["title"]?.string { pair(3, "title", title) }
    pair(3, "outcome", account.outcome)
    if account.steps.contains(where: \.remembers) { pair(3, "state", PageAccount.stateNote) }
    for (index, step) in account.steps.enumerated() { write(step, number: index + 1) }
    if let rejection = account.rejection, account.endsOutsideStages {
      text += "\n"
      heading(rejection.stage, rejection.drop)
      write(rejection.drop)
    }
    if !account.unseen.isEmpty {
      text += "\n"
      line(0, "not reached: " + account.unseen.joined(separator: ", "), .dim)
    }
  }

  private mutating func heading(_ title: String, _ drop: Drop?) {
    let shown = ShownText.fitting(ShownText.harmless(title), columns: columns - 10)
    text += styled(shown, .bold) + "  "
    text += drop == nil ? styled("kept", .kept) : styled("dropped", .dropped)
    text += "\n"
  }

  private mutating func write(_ drop: Drop) {
    pair(3, "reason", "\(drop.reason.name): \(drop.reason.summary)")
    for member in drop.details.members { pair(3, member.key, member.value.shown) }
  }

  private mutating func write(_ step: PageAccount.Step, number: Int) {
    text += "\n"
    let name = step.name == step.label ? "" : " (\(step.name))"
    heading("\(number)  \(step.label)\(name)", step.drop)
    if let drop = step.drop { write(drop) }
    for change in step.changes { write(change) }
    if step.changes.isEmpty, step.drop == nil { line(3, "nothing changed", .dim) }
    if step.remembers { line(3, PageAccount.memoryNote, .dim) }
    if let explanation = step.explanation { write(explanation) }
  }

  private mutating func write(_ change: Change) {
    guard case .array(let elements) = change.value, elements.count > 1 else {
      return pair(3, change.name, change.value.shown)
    }
    pair(3, change.name, grouped(elements.count))
    for element in elements.prefix(AccountText.shownElements) { line(5, element.shown) }
    if elements.count > AccountText.shownElements {
      line(5, "and \(grouped(elements.count - AccountText.shownElements)) more", .dim)
    }
  }

  /// Elements of a list that are written.
  private static let shownElements = 10

  // MARK: Blocks

  private mutating func write(_ explanation: Explanation) {
    for fact in explanation.facts { pair(3, fact.name, fact.value) }
    pair(3, "blocks", explanation.counts)
    text += "\n"
    for block in explanation.blocks { write(block) }
  }

  private mutating func write(_ block: Explanation.Block) {
    let style = block.isKept ? Style.kept : .dropped
    let score = block.score.map { fixed(Double($0), 2) + " " + AccountText.bar($0) + " " } ?? ""
    let word = block.isKept ? "keep " : "drop "
    let form = block.form.name.padded(to: 8)
    let indent = 3 + word.count + score.count + form.count
    let shown = ShownText.fitting(
      ShownText.harmless(block.text.string), columns: max(columns - indent, 10))
    text += "   " + styled(word + score, style) + styled(form, .dim)
    text += (block.isKept ? shown : styled(shown, .dim)) + "\n"
    if block.reason != nil || block.isHidden { line(8, block.why, .dim) }
    if !block.place.isEmpty { line(8, "in \(block.place)", .dim) }
    for evidence in block.evidence.prefix(AccountText.shownEvidence) {
      let weight = evidence.weight.map { $0.signed + "  " } ?? ""
      line(8, "\(weight)\(evidence.name): \(evidence.value)", .dim)
    }
  }

  /// Evidence of a block that is written; the page of HTML has all.
  private static let shownEvidence = 3

  /// A score as a bar of eight places.
  private static func bar(_ score: Float) -> String {
    let full = Int((score * 8).rounded())
    return String(repeating: "█", count: full) + String(repeating: "·", count: 8 - full)
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(count - self.count, 1))
  }
}
