import Bytes
import Pipeline

/// The phrases that both forms of an account share.
extension PageAccount {
  static let stateNote = "none is read or written: other documents, and earlier runs, play no part"

  static let memoryNote =
    "decides by the documents before, and here there are none: in a run it may do more"

  /// Whether the page was dropped before the first stage or after the last.
  var endsOutsideStages: Bool { rejection != nil && steps.allSatisfy { $0.drop == nil } }

  /// The outcome for the page.
  var outcome: String {
    guard let rejection else { return "kept: \(Change.size(of: document.text))" }
    return "dropped by \(rejection.stage): \(rejection.drop.reason.name)"
  }
}

extension Explanation {
  /// `12 of 40 kept, with 2,104 of 3,020 characters`
  var counts: String {
    var characters = (kept: 0, all: 0)
    for block in blocks {
      let count = block.text.scalarCount
      characters.all += count
      if block.isKept { characters.kept += count }
    }
    return "\(grouped(blocks.count(where: \.isKept))) of \(grouped(blocks.count)) kept, with "
      + "\(grouped(characters.kept)) of \(grouped(characters.all)) characters"
  }
}

extension Explanation.Block {
  /// Why it was kept or dropped.
  var why: String {
    let reason = reason ?? (isKept ? "the score reaches the cut" : "the score is below the cut")
    return isHidden ? "\(reason); hidden by the page at first" : reason
  }
}

extension Explanation.Form {
  /// A word of at most seven letters.
  var name: String {
    switch self {
    case .paragraph: "text"
    case .heading(let level): "h\(level)"
    case .listItem: "item"
    case .quote: "quote"
    case .code: "code"
    case .tableRow: "row"
    case .caption: "caption"
    }
  }
}

extension Float {
  /// With its sign and two places: `+0.31`.
  var signed: String {
    let text = fixed(Double(self), 2)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : "+" + text
  }
}
