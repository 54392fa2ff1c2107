import Bytes
import Pipeline

extension ManualPage {
  /// What a definition can be made of, with every setting.
  func writeComponents(to page: inout Mdoc) {
    page.call("Sh", "DEFINITIONS")
    page.prose(
      """
      A definition is an object with the members `input`, `stages`, `output`, `rejects` and `run`. `stages` is \
      a list. In each input, stage and output, `use` names one of those below, and the other members are its \
      settings.
      """)
    page.call("Nm")
    page.call("Cm", "manual Ar name")
    page.prose("says more about each of them.")
    for entry in registry.sources { write(entry.manual, entry.settings, "input", to: &page) }
    for entry in registry.stages { write(entry.manual, entry.settings, "stage", to: &page) }
    for entry in registry.sinks { write(entry.manual, entry.settings, "output", to: &page) }
    page.call("Ss", "examples")
    page.prose("Members of an example, as `winnow test` reads it.")
    write(Registry.exampleSettings, to: &page)
    page.call("Ss", "run")
    page.prose("Settings of the run itself.")
    write(Registry.runSettings, to: &page)
  }

  private func write(
    _ manual: Manual, _ settings: [SettingDescription], _ kind: String, to page: inout Mdoc
  ) {
    page.call("Ss", Mdoc.word("\(manual.name) (\(kind))"))
    page.prose(manual.summary)
    write(settings, to: &page)
  }

  private func write(_ settings: [SettingDescription], to page: inout Mdoc) {
    if settings.isEmpty { return }
    page.call("Bl", "-tag -width Ds")
    for setting in settings {
      page.call("It", "Cm \(Mdoc.word(setting.key))")
      page.prose(setting.summary)
      let value = setting.typeName.prefix(1).uppercased() + setting.typeName.dropFirst()
      let rule = setting.ruleText.map { "; must \($0)" } ?? ""
      let normal =
        setting.isRequired
        ? "; required" : setting.defaultValue.map { "; default `\($0.jsonText)`" } ?? ""
      page.prose(value + rule + normal + ".")
    }
    page.call("El")
  }
}
