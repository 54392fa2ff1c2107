extension ManualPage {
  typealias Parameter = CommandDescription.Parameter

  /// One form of the command line.
  func writeSynopsis(of named: (name: String, command: CommandDescription), to page: inout Mdoc) {
    page.call("Nm", program.name)
    page.call("Cm", named.name.split(separator: " ").map { Mdoc.word($0) }.joined(separator: " "))
    for parameter in Self.shown(named.command) where !parameter.names.isEmpty {
      let preferred = parameter.names.max { $0.utf8.count < $1.utf8.count } ?? ""
      let call = Self.flag(preferred) + (parameter.valueName.map { " Ar \(Mdoc.word($0))" } ?? "")
      page.call(
        parameter.isOptional ? "Op" : "Fl", parameter.isOptional ? call : String(call.dropFirst(3)))
    }
    for parameter in named.command.parameters where parameter.names.isEmpty {
      let (macro, arguments) = Self.argument(parameter)
      page.call(macro, arguments)
    }
  }

  /// The macro and its arguments for what stands in a place: `Op Ar name`.
  private static func argument(_ parameter: Parameter) -> (macro: String, arguments: String) {
    let name = Mdoc.word(parameter.valueName ?? "") + (parameter.isRepeating ? " ..." : "")
    return parameter.isOptional ? ("Op", "Ar \(name)") : ("Ar", name)
  }

  /// What the command does, and its arguments and options.
  func write(_ named: (name: String, command: CommandDescription), to page: inout Mdoc) {
    page.call("Ss", Mdoc.word("\(program.name) \(named.name)"))
    page.prose(named.command.abstract)
    writeDiscussion(named.command.discussion, to: &page)
    let parameters = Self.shown(named.command)
    if parameters.isEmpty { return }
    page.call("Bl", "-tag -width Ds")
    for parameter in parameters {
      let value = parameter.valueName.map { " Ar \(Mdoc.word($0))" } ?? ""
      let names = parameter.names.sorted { $0.utf8.count < $1.utf8.count }
      let (macro, arguments) = Self.argument(parameter)
      page.call(
        "It",
        names.isEmpty
          ? "\(macro) \(arguments)" : names.map { Self.flag($0) + value }.joined(separator: " , "))
      page.prose(parameter.abstract)
      if !parameter.values.isEmpty {
        page.prose("One of \(parameter.values.joined(separator: ", ")).")
      }
      if let value = parameter.defaultValue { page.prose("Default: `\(value)`.") }
    }
    page.call("El")
  }

  /// Paragraphs; lines that are commands stay lines.
  private func writeDiscussion(_ discussion: String, to page: inout Mdoc) {
    for paragraph in discussion.split(separator: "\n\n") {
      let lines = paragraph.split(separator: "\n")
      if lines.allSatisfy({ $0.hasPrefix(program.name + " ") }) {
        // A display begins a paragraph by itself.
        page.literal(lines)
      } else {
        page.call("Pp")
        page.prose(String(paragraph))
      }
    }
  }

  /// Help and version are the same everywhere, and of no command.
  private static func shown(_ command: CommandDescription) -> [Parameter] {
    command.parameters.filter { !$0.names.contains("--help") && !$0.names.contains("--version") }
  }

  /// The call for an option as it is typed: `Fl o`, `Fl \-output`.
  private static func flag(_ name: String) -> String { "Fl " + Mdoc.word(name.dropFirst()) }
}
