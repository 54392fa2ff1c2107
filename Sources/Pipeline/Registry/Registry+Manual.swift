import Bytes

extension Registry {
  /// All names that `manual(of:)` knows, in the manual's order.
  public var manualNames: [String] {
    var seen: Set<String> = []
    return chapters.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The whole manual, or one chapter of it, as Markdown; nil when no chapter has that name.
  public func manual(of name: String? = nil) -> String? {
    let wanted = chapters.filter { name == nil || $0.name == name }
    if wanted.isEmpty { return nil }
    return wanted.map(\.text).joined(separator: "\n")
  }

  private var chapters: [(name: String, text: String)] {
    [
      (Registry.definitionChapterName, Registry.definitionChapter),
      (
        Registry.examplesChapterName,
        Registry.examplesChapter + "\n" + Registry.table(of: Registry.exampleSettings)
      ),
    ]
      + sources.map { ($0.manual.name, Registry.chapter($0, kind: "input")) }
      + stages.map { ($0.manual.name, Registry.chapter($0, kind: "stage")) }
      // A format can be read and written; each gets a chapter, under one name.
      + sinks.map { ($0.manual.name, Registry.chapter($0, kind: "output")) }
      + [(DefinitionKey.run, Registry.runChapter)]
  }

  private static func chapter<Product>(_ entry: Entry<Product>, kind: String) -> String {
    let manual = entry.manual
    var text = "## \(manual.name) (\(kind))\n\n\(manual.summary)\n\n\(manual.discussion)\n"
    text += manual.effects.compactMap { effects[$0] }.map { "\n\($0)\n" }.joined()
    if !entry.settings.isEmpty { text += "\n" + table(of: entry.settings) }
    if !manual.promises.isEmpty {
      text += "\nMetadata that every document has afterwards, null where nothing is known:\n\n"
      text += manual.promises.map { "- `\($0.key)`: \($0.summary)\n" }.joined()
    }
    if !manual.reasons.isEmpty {
      text += "\nReasons for rejects:\n\n"
      text += manual.reasons.map { "- `\($0.name)`: \($0.summary)\n" }.joined()
    }
    return text + "\nExample:\n\n```json\n\(manual.example)\n```\n"
  }

  /// The effects that users must know to put stages in order; `check` enforces them.
  private static let effects: [Manual.Effect: String] = [
    .needsPage: "Needs a page: put it after a stage that makes one, as `html` does.",
    .needsText: "Needs text: for pages, put it after `html`.",
    .locatesText: "Records positions in the text: no stage after it may change the text.",
  ]

  private static var runChapter: String {
    "## run\n\nSettings of the run itself: memory, checkpoints, limits.\n\n"
      + table(of: runSettings)
  }

  /// The settings of `run`.
  public static let runSettings = RunSettings.fields.map(SettingDescription.init)

  private static func table(of settings: [SettingDescription]) -> String {
    "| setting | value | default | meaning |\n|---|---|---|---|\n"
      + settings.map { setting in
        let value = setting.typeName + (setting.ruleText.map { "; must \($0)" } ?? "")
        let normal = setting.isRequired ? "required" : setting.defaultValue?.jsonText ?? "none"
        return "| `\(setting.key)` | \(value) | \(normal) | \(setting.summary) |\n"
      }.joined()
  }
}
