import Foundation
import TestSupport
import Testing

/// `--files-from` and `--files0-from`: INPUTs named in files.
@Suite struct InputListTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    for name in ["one", "two", "three"] { try place.write("site/\(name).txt", "\(name).") }
  }

  private static func line(_ name: String) -> String {
    RunCommandTests.line("site/\(name).txt", "\(name).", source: "files")
  }

  @Test("lists are read after the arguments, in the order of their names")
  func order() throws {
    try place.write("list", "site/two.txt\n\nsite/one.txt")
    let result = try place.run("winnow run site/three.txt --files-from list -o - -q")
    #expect(result.errors == "")
    #expect(result.lines == ["three", "two", "one"].map(Self.line))
  }

  @Test("a list on standard input, with zero bytes between the names")
  func zeroBytes() throws {
    try place.write("site/a\nb.txt", "Odd.")
    let result = try place.run(
      "find site -name '*[ab]*' -print0 | winnow run --files0-from - -o - -q")
    #expect(result.errors == "")
    #expect(result.lines == [RunCommandTests.line(#"site/a\nb.txt"#, "Odd.", source: "files")])
  }

  @Test("names that are not UTF-8 are read as their bytes say")
  func bytes() throws {
    let result = try place.run(
      #"f=$(printf 'site/\351.txt'); echo Text. > "$f"; ls -d site/?.txt | winnow run --files-from - -o - -q"#
    )
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.lines.count == 1)
  }

  @Test("lists may be compressed, and name more files than a command line holds")
  func many() throws {
    let name = String(repeating: "a", count: 200) + ".txt"
    try place.write(name, "Many times.")
    let result = try place.run(
      "yes \(name) | head -n 20000 | gzip > list.gz; winnow run --files-from list.gz -o many.ndjson"
    )
    #expect(result.errors.hasPrefix("winnow: 20,000 in, 20,000 out, 0 rejected; "))
  }

  @Test("a list without names is no input, and not that of the definition")
  func empty() throws {
    let result = try place.run("winnow run --files-from /dev/null -o -")
    #expect(result.code == 0)
    #expect(result.errors.hasPrefix("winnow: 0 in, 0 out, 0 rejected; "), "\(result.errors)")
  }

  @Test("what is wrong with a list is said with its place in it")
  func mistakes() throws {
    try place.write("list", "site/one.txt\n  site/two.txt\n")
    for (arguments, message) in [
      (
        "--files-from list",
        "list:2:1: error: input.paths names   site/two.txt, which cannot be read: No such file or directory"
      ),
      ("--files-from none", "winnow: error: cannot read none: No such file or directory"),
      (
        "- --files-from - < list",
        "winnow: error: standard input is a list of files, and can be read only once"
      ),
      (
        "--files-from - --files0-from - < list",
        "winnow: error: standard input is a list of files, and can be read only once"
      ),
    ] {
      let result = try place.run("winnow run -o - \(arguments)")
      #expect(result.code == 2)
      #expect(result.errors == message + "\n")
    }
  }

  @Test("a definition's own path that is wrong is pointed at, not the list of all")
  func element() throws {
    try place.write(
      "p.json",
      """
      { "input": { "use": "files", "paths": [
          "site/one.txt",
          "site/four.txt"
        ] },
        "stages": [], "output": { "use": "ndjson", "path": "-" } }
      """)
    let result = try place.run("winnow check p.json")
    #expect(
      result.errors
        == "p.json:3:5: error: input.paths names site/four.txt, which cannot be read: "
        + "No such file or directory\n")
  }
}
