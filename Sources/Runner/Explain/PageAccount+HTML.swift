import Bytes
import Pipeline

extension PageAccount {
  /// The account as a page of HTML that needs nothing but itself: no script, no image, no font, no network.
  public var html: String {
    var writer = AccountPage()
    writer.write(self)
    return writer.html
  }
}

/// Writes an account as HTML.
///
/// What it shows is hostile. No text of a page becomes markup: everything goes through `escaped`, and attributes
/// hold nothing but numbers and words of this file. Should that ever fail, the policy in the head still lets
/// nothing run or load.
private struct AccountPage {
  private(set) var html = ""

  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  private func escaped(_ text: String, keepsLines: Bool = false) -> String {
    var escaped = ""
    for scalar in ShownText.harmless(text, keepsLines: keepsLines).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Text of the page, set apart from what stands around it in direction.
  private func foreign(_ text: String) -> String { "<bdi>\(escaped(text))</bdi>" }

  // MARK: The page

  mutating func write(_ account: PageAccount) {
    let title = account.document.metadata["title"]?.string ?? account.document.id
    html += """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(AccountPage.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(escaped(title)) – winnow explain</title>
      <style>
      \(AccountStyle.sheet)
      </style>
      </head>
      <body>
      <header>
      <p class="kicker">winnow explain</p>
      <h1>\(foreign(title))</h1>

      """
    writeSummary(account)
    writePath(account)
    html += "</header>\n<main>\n"
    for (index, step) in account.steps.enumerated() { write(step, number: index + 1) }
    if let rejection = account.rejection, account.endsOutsideStages {
      open("outside", rejection.stage, isDropped: true)
      write(rejection.drop)
      html += "</section>\n"
    }
    writeOutput(account)
    html += "</main>\n</body>\n</html>\n"
  }

  private mutating func writeSummary(_ account: PageAccount) {
    let state = account.rejection == nil ? "kept" : "dropped"
    html += "<p class=\"outcome \(state)\">\(escaped(account.outcome))</p>\n<dl class=\"facts\">\n"
    fact("id", account.document.id)
    for key in AccountPage.summaryKeys {
      if let value = account.document.metadata[key], !value.isNull { fact(key, value.shown) }
    }
    if account.steps.contains(where: \.remembers) { fact("state", PageAccount.stateNote) }
    html += "</dl>\n"
  }

  /// Metadata that a reader knows a page by.
  private static let summaryKeys = ["url", "author", "date", "site", "language"]

  /// The stages in a row.
  private mutating func writePath(_ account: PageAccount) {
    html += "<nav aria-label=\"Stages\"><ol>\n"
    for (index, step) in account.steps.enumerated() {
      let state = step.drop == nil ? "kept" : "dropped"
      let mark = step.drop == nil ? "✓" : "✕"
      html += "<li class=\"\(state)\"><a href=\"#stage-\(index + 1)\">\(escaped(step.label)) "
      html += "<span>\(mark)</span></a></li>\n"
    }
    for label in account.unseen { html += "<li class=\"unseen\">\(escaped(label))</li>\n" }
    html += "</ol></nav>\n"
  }

  private mutating func fact(_ name: String, _ value: String, isMissing: Bool = false) {
    let mark = isMissing ? " class=\"missing\"" : ""
    html += "<div\(mark)><dt>\(escaped(name))</dt><dd>\(foreign(value))</dd></div>\n"
  }

  private mutating func open(_ id: String, _ title: String, isDropped: Bool) {
    html += "<section id=\"\(id)\">\n<h2>\(escaped(title))"
    html +=
      isDropped
      ? " <span class=\"badge dropped\">dropped</span>" : " <span class=\"badge kept\">kept</span>"
    html += "</h2>\n"
  }

  private mutating func write(_ drop: Drop) {
    html += "<dl class=\"facts\">\n"
    fact("reason", "\(drop.reason.name): \(drop.reason.summary)")
    for member in drop.details.members { fact(member.key, member.value.shown) }
    html += "</dl>\n"
  }

  // MARK: Stages

  private mutating func write(_ step: PageAccount.Step, number: Int) {
    let name = step.name == step.label ? "" : " (\(step.name))"
    open("stage-\(number)", "\(number). \(step.label)\(name)", isDropped: step.drop != nil)
    if let drop = step.drop { write(drop) }
    if step.remembers { html += "<p class=\"note\">\(escaped(PageAccount.memoryNote))</p>\n" }
    if step.changes.isEmpty, step.drop == nil { html += "<p class=\"note\">nothing changed</p>\n" }
    html += "<dl class=\"facts\">\n"
    for change in step.changes { write(change) }
    if let explanation = step.explanation {
      for each in explanation.facts { fact(each.name, each.value) }
      fact("blocks", explanation.counts)
    }
    html += "</dl>\n"
    if let explanation = step.explanation { write(explanation, number: number) }
    html += "</section>\n"
  }

  private mutating func write(_ change: Change) {
    guard case .array(let elements) = change.value, elements.count > 1 else {
      return fact(change.name, change.value.shown, isMissing: change.kind == .missing)
    }
    html += "<div><dt>\(escaped(change.name))</dt><dd><details><summary>"
    html += "\(grouped(elements.count))</summary><ul>\n"
    for element in elements { html += "<li>\(foreign(element.shown))</li>\n" }
    html += "</ul></details></dd></div>\n"
  }

  private mutating func writeOutput(_ account: PageAccount) {
    let text = account.document.text
    guard account.rejection == nil, !text.isEmpty else { return }
    html +=
      "<section id=\"text\">\n<h2>Text</h2>\n<details><summary>\(escaped(Change.size(of: text)))"
    html +=
      "</summary><pre dir=\"auto\">\(escaped(text.string, keepsLines: true))</pre></details>\n"
    html += "</section>\n"
  }

  // MARK: Blocks

  private mutating func write(_ explanation: Explanation, number: Int) {
    let counts = explanation.blocks.count(where: \.isKept)
    html += "<div class=\"blocks\">\n<div class=\"choice\">"
    choice("all", explanation.blocks.count, number, isChosen: true)
    choice("kept", counts, number)
    choice("dropped", explanation.blocks.count - counts, number)
    html += "</div>\n"
    for block in explanation.blocks { write(block, cut: explanation.cut) }
    html += "</div>\n"
  }

  private mutating func choice(
    _ name: String, _ count: Int, _ number: Int, isChosen: Bool = false
  ) {
    html += "<label><input type=\"radio\" name=\"shown-\(number)\" class=\"only-\(name)\""
    html += "\(isChosen ? " checked" : "")> \(name) \(grouped(count))</label>"
  }

  private mutating func write(_ block: Explanation.Block, cut: Float?) {
    let state = block.isKept ? "kept" : "dropped"
    let cut = cut.map { ";--cut:\(AccountPage.number($0))" } ?? ""
    let score = block.score.map { " style=\"--score:\(AccountPage.number($0))\(cut)\"" } ?? ""
    html += "<details class=\"block \(state)\"\(score)><summary>"
    if let score = block.score {
      html += "<span class=\"score\"><i></i>\(AccountPage.number(score))</span>"
    }
    html += "<span class=\"form\">\(block.form.name)</span>"
    let text = escaped(block.text.string, keepsLines: true)
    html += "<span class=\"text \(block.form.name)\" dir=\"auto\">\(text)</span></summary>\n"
    html += "<div class=\"why\"><p><b>\(state)</b>: \(escaped(block.why))</p>\n"
    if !block.place.isEmpty { html += "<p class=\"place\">\(foreign(block.place))</p>\n" }
    write(block.evidence)
    html += "</div></details>\n"
  }

  private mutating func write(_ evidence: [Explanation.Evidence]) {
    if evidence.isEmpty { return }
    let largest = evidence.reduce(Float(0.01)) { max($0, abs($1.weight ?? 0)) }
    html += "<table>\n"
    for each in evidence {
      html += "<tr>"
      if let weight = each.weight {
        let share = AccountPage.number(abs(weight) / largest)
        html += "<td class=\"weight \(weight < 0 ? "against" : "for")\" style=\"--share:\(share)\">"
        html += "<i></i>\(weight.signed)</td>"
      }
      html += "<th scope=\"row\">\(foreign(each.name))</th><td>\(foreign(each.value))</td></tr>\n"
    }
    html += "</table>\n"
  }

  /// A number of 0...1 for people and style sheets alike.
  private static func number(_ value: Float) -> String { fixed(Double(value), 2) }
}
