/// Holds the order of stages to what they need of each other, as their manuals tell.
struct StageOrder {
  let registry: Registry
  private var hasPage = false
  /// The first stage that reads text.
  private var reading: String?

  init(registry: Registry) { self.registry = registry }

  /// The error in placing a stage after those that were asked about before; nil if there is none.
  mutating func complaint(about manual: Manual, at path: JSONPath, _ label: String) -> String? {
    let effects = manual.effects
    if effects.contains(.makesPage) {
      hasPage = true
      if let reading {
        return "makes the text that \(reading) needs; put it before that stage"
      }
    }
    if effects.contains(.needsText), reading == nil { reading = "\(path) (\(label))" }
    if effects.contains(.needsPage), !hasPage {
      return
        "needs a page, which no stage before it makes; put \(StageOrder.proposal(registry)) before it"
    }
    return nil
  }

  /// The stage that makes pages, as a definition spells it.
  static func proposal(_ registry: Registry) -> String {
    let maker = registry.stages.first { $0.manual.effects.contains(.makesPage) }
    return "{ \"use\": \"\(maker?.manual.name ?? "")\" }"
  }
}
