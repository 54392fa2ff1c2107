import Pipeline

/// The manual page `winnow.1`, made of what the commands say of themselves and of the declarations that the
/// manual comes from.
struct ManualPage {
  let program: CommandDescription
  let registry: Registry
  /// The number alone.
  let version: String
  /// When that version was dated, as in `November 28, 2026`.
  let date: String
  let examples: [(command: String, meaning: String)]
  let exitCodes: [(codes: String, meaning: String)]

  var text: String {
    var page = Mdoc()
    page.call("Dd", date)
    page.call("Dt", "\(program.name.uppercased()) 1")
    page.call("Os", "\(program.name) \(version)")
    page.call("Sh", "NAME")
    page.call("Nm", program.name)
    page.call("Nd", Mdoc.word(String(program.abstract.prefix { $0 != "." }).lowercased()))
    page.call("Sh", "SYNOPSIS")
    for command in commands { writeSynopsis(of: command, to: &page) }
    page.call("Sh", "DESCRIPTION")
    page.call("Nm")
    page.prose(
      """
      reads HTML files, WARC, newline-delimited JSON, CSV and archives of them, takes each page through the \
      stages that a definition names, and writes one JSON object for each record that is left. \
      A definition is a JSON file.
      """)
    page.call("Sh", "COMMANDS")
    for command in commands { write(command, to: &page) }
    writeComponents(to: &page)
    page.call("Sh", "ENVIRONMENT")
    page.call("Bl", "-tag -width Ds")
    page.call("It", "Ev NO_COLOR")
    page.prose("When it is set, messages have no colours.")
    page.call("It", "Ev TERM")
    page.prose("Where it is `dumb`, no line is drawn again and nothing is coloured.")
    page.call("El")
    page.call("Pp")
    page.prose("In strings of a definition, `${NAME}` stands for the variable of that name.")
    page.call("Sh", "EXIT STATUS")
    page.call("Bl", "-tag -width Ds")
    for (codes, meaning) in exitCodes {
      page.call("It", Mdoc.word(codes))
      page.prose(meaning.prefix(1).uppercased() + meaning.dropFirst() + ".")
    }
    page.call("El")
    page.call("Sh", "EXAMPLES")
    for (command, meaning) in examples {
      page.prose(meaning.prefix(1).uppercased() + meaning.dropFirst() + ":")
      page.literal([command])
    }
    return page.text
  }

  /// Those without commands of their own, under their full names.
  private var commands: [(name: String, command: CommandDescription)] {
    leaves(of: program.commands, "")
  }

  private func leaves(
    of commands: [CommandDescription], _ prefix: String
  ) -> [(name: String, command: CommandDescription)] {
    commands.flatMap { command in
      command.commands.isEmpty
        ? [(prefix + command.name, command)]
        : leaves(of: command.commands, prefix + command.name + " ")
    }
  }
}
