import Foundation
import TestSupport
import Testing

/// The manual page, the completions, and where `make install` puts them.
@Suite struct ManualPageTests {
  private static func isThere(_ program: String) -> Bool {
    (try? Executable.shell("command -v \(program)", in: Workplace.root))?.code == 0
  }

  /// Formatters and their checks; each says nothing and ends with 0 where nothing is wrong.
  private static let checks = [
    ("mandoc", "mandoc -T lint -W warning winnow.1"),
    ("groff", "groff -mandoc -ww -z winnow.1"),
    ("man", "LC_ALL=C.UTF-8 man --warnings -E UTF-8 -Tutf8 -Z -l winnow.1 > /dev/null"),
  ].filter { isThere($0.0) }

  @Test(
    "no formatter warns of anything in the manual page",
    .enabled(if: !checks.isEmpty, "none of mandoc, groff and man is installed"))
  func warnings() throws {
    let place = try Workplace()
    #expect(try place.run("winnow manual --man > winnow.1").code == 0)
    for (name, check) in Self.checks {
      let result = try place.run(check)
      #expect(result.code == 0 && result.text == "" && result.errors == "", "\(name)")
    }
  }

  @Test("every argument and option of every command stands in the command's section of the page")
  func options() throws {
    let place = try Workplace()
    let page = try place.run("winnow manual --man").text
    let dump = try place.run("winnow --experimental-dump-help").output
    let program = try #require(try JSONSerialization.jsonObject(with: dump) as? [String: Any])
    let root = try #require(program["command"] as? [String: Any])
    var count = 0
    for (command, arguments) in Self.leaves(root, []) {
      let quoted = command.count > 0 ? "\"\(command.joined(separator: " "))\"" : ""
      let heading = ".Ss \(quoted)\n"
      let start = try #require(page.range(of: heading), "\(heading)")
      let rest = page[start.upperBound...]
      let section = rest[..<(rest.range(of: "\n.S")?.lowerBound ?? rest.endIndex)]
      let items = section.split(separator: "\n").filter { $0.hasPrefix(".It ") }
        .map { $0.replacing("\\&", with: "").replacing("\\-", with: "-") }
      for argument in arguments {
        let names = argument["names"] as? [[String: String]] ?? []
        for name in names where name["name"] != "help" && name["name"] != "h" {
          if name["name"] == "version" { continue }
          let typed = (name["kind"] == "long" ? "-" : "") + (name["name"] ?? "")
          #expect(
            items.contains { "\($0) ".contains("Fl \(typed) ") }, "\(command): \(typed)")
          count += 1
        }
        if names.isEmpty, let value = argument["valueName"] as? String {
          #expect(items.contains { $0.contains(value) }, "\(command): \(value)")
          count += 1
        }
      }
    }
    #expect(count > 40)
  }

  /// Commands without commands of their own, by their whole names.
  private static func leaves(
    _ command: [String: Any], _ above: [String]
  ) -> [(name: [String], arguments: [[String: Any]])] {
    let name = above + [command["commandName"] as? String ?? ""]
    if name.last == "help" { return [] }
    let inner = command["subcommands"] as? [[String: Any]] ?? []
    return inner.isEmpty
      ? [(name, command["arguments"] as? [[String: Any]] ?? [])]
      : inner.flatMap { leaves($0, name) }
  }

  @Test("the page has every component with every setting, as the manual does")
  func settings() throws {
    let place = try Workplace()
    let page = try place.run("winnow manual --man").text.replacing("\\&", with: "")
    let manual = try place.run("winnow manual").text
    for heading in manual.matches(of: /\n## (\w+ \((?:input|stage|output)\))\n/) {
      #expect(page.contains(".Ss \"\(heading.output.1)\"\n"), "\(heading.output.1)")
    }
    let settings = manual.matches(of: /\n\| `(\w+)` \| .* \| .* \| .* \|/)
    #expect(settings.count > 60)
    for setting in settings {
      #expect(page.contains("\n.It Cm \(setting.output.1)\n"), "\(setting.output.1)")
    }
  }

  @Test("exit codes and examples stand in the page as in the help")
  func examples() throws {
    let place = try Workplace()
    let page = try place.run("winnow manual --man").text
    let help = try place.run("winnow --help").text
    #expect(
      page.contains(
        """
        .It "130 or 143"
        Interrupted.
        .El
        .Sh EXAMPLES
        Run a pipeline:
        .Bd -literal -offset indent
        winnow run pipeline.json
        .Ed

        """))
    #expect(help.contains("winnow run pipeline.json                              run a pipeline\n"))
    #expect(
      help.replacing("\n", with: " ").contains(
        "more bad records than run.max_bad_records allows, 130 or 143 interrupted."))
  }

  @Test("--man takes no name")
  func name() throws {
    let result = try Workplace().run("winnow manual --man html")
    #expect(result.code == 2 && result.text == "")
    #expect(
      result.errors.hasPrefix("winnow: error: --man prints the whole page, without a name\n"))
  }

  // MARK: Completions

  @Test("each shell takes its completions for a script", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let place = try Workplace()
    #expect(try place.run("winnow --generate-completion-script \(shell) > script").code == 0)
    #expect(try place.read("script").contains("near_duplicates"))
    guard Self.isThere(shell) else { return }
    let checked = try place.run("\(shell) -n script")
    #expect(checked.code == 0 && checked.errors == "")
  }

  @Test(
    "bash completes commands, options, files of definitions, inputs and chapters of the manual",
    arguments: [
      ("ch", ["check"]), ("run --acc", ["--accept-changes"]), ("check pipe", ["pipeline.json"]),
      ("manual near", ["near_duplicates"]), ("run --format nd", ["ndjson"]),
      ("run --progress a", ["auto", "always"]), ("index st", ["stats"]),
      ("run --state pl", ["place"]),
    ])
  func bash(typed: String, proposals: [String]) throws {
    let place = try Workplace()
    #expect(try place.run("winnow --generate-completion-script bash > script").code == 0)
    let words = "winnow \(typed)".split(separator: " ")
    let result = try place.run(
      """
      mkdir place; . ./script
      COMP_WORDS=(\(words.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
      COMP_LINE='winnow \(typed)' COMP_POINT=\(typed.utf8.count + 7) COMP_TYPE=9 COMP_KEY=9
      _winnow winnow \(words[words.count - 1]) \(words[words.count - 2])
      printf '%s\\n' "${COMPREPLY[@]}"
      """)
    #expect(result.lines == proposals, "\(result.errors)")
  }

  // MARK: make install

  @Test(
    "make install puts program, page and completions where systems look for them",
    .enabled(if: isThere("make"), "make is not installed"))
  func install() throws {
    let place = try Workplace()
    let program = Executable.folder.appendingPathComponent("winnow").path
    let result = try place.run(
      "make -C '\(Fixture.root)' -o setup install BUILD=: PROGRAM='\(program)'"
        + " DESTDIR=\"$PWD/root\" PREFIX=/usr")
    #expect(result.code == 0, "\(result.errors)")
    let installed = try place.run("find root -type f -printf '%m %P\\n' | sort -k 2")
    #expect(
      installed.text == """
        755 usr/bin/winnow
        644 usr/share/bash-completion/completions/winnow
        644 usr/share/fish/vendor_completions.d/winnow.fish
        644 usr/share/man/man1/winnow.1
        644 usr/share/zsh/site-functions/_winnow

        """)
    let same = try place.run(
      """
      set -e; cd root/usr
      bin/winnow manual --man | cmp - share/man/man1/winnow.1
      bin/winnow --generate-completion-script bash | cmp - share/bash-completion/completions/winnow
      bin/winnow --generate-completion-script zsh | cmp - share/zsh/site-functions/_winnow
      bin/winnow --generate-completion-script fish | cmp - share/fish/vendor_completions.d/winnow.fish
      """)
    #expect(same.code == 0, "\(same.errors)")
  }
}
