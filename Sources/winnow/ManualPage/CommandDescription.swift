import Bytes

/// A command, as the argument parser describes it: what the command declares of itself, once.
struct CommandDescription {
  let name: String
  let abstract: String
  let discussion: String
  let commands: [CommandDescription]
  let parameters: [Parameter]

  /// An argument, an option or a flag.
  struct Parameter {
    /// With their hyphens; none for arguments, which stand in a place.
    let names: [String]
    /// What stands for the value; nil for flags.
    let valueName: String?
    let abstract: String
    let values: [String]
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
  }

  /// - Parameter dump: What the parser's `--experimental-dump-help` prints. It is of a stated version, which
  ///   `Package.resolved` pins.
  init?(dump: String) {
    let source = SourceText(name: "help", bytes: Array(dump.utf8))
    guard let root = try? JSONReader.read(source), let command = root["command"]?.plain.object
    else { return nil }
    self.init(command)
  }

  private init(_ command: JSONObject) {
    name = command["commandName"]?.string ?? ""
    abstract = command["abstract"]?.string ?? ""
    discussion = command["discussion"]?.string ?? ""
    commands = (command["subcommands"]?.array ?? []).compactMap(\.object).map(Self.init)
      // Help is what this is.
      .filter { $0.name != "help" }
    parameters = (command["arguments"]?.array ?? []).compactMap(\.object).map(Parameter.init)
  }
}

extension CommandDescription.Parameter {
  fileprivate init(_ argument: JSONObject) {
    names = (argument["names"]?.array ?? []).compactMap(\.object).map { name in
      (name["kind"]?.string == "long" ? "--" : "-") + (name["name"]?.string ?? "")
    }
    valueName = argument["kind"]?.string == "flag" ? nil : argument["valueName"]?.string
    abstract = argument["abstract"]?.string ?? ""
    values = argument["allValues"]?.array?.compactMap(\.string) ?? []
    defaultValue = argument["defaultValue"]?.string
    isOptional = argument["isOptional"] == true
    isRepeating = argument["isRepeating"] == true
  }
}
