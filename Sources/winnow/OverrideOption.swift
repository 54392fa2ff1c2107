import ArgumentParser

/// `--set` of the commands that look at single pages.
struct OverrideOption: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Replaces a value of the definition, as in stages.boilerplate.favor=recall; may be repeated.",
      valueName: "path=value"))
  var overrides: [String] = []
}
