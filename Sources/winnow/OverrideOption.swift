import ArgumentParser

/// `--set`, of all commands that read a definition to use it.
struct OverrideOption: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replaces a value of the definition, as in stages.language.keep='[\"en\"]'; may be repeated.",
      valueName: "path=value"))
  var overrides: [String] = []
}
