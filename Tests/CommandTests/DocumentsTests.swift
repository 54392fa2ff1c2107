import Foundation
import TestSupport
import Testing

/// README, CONTRIBUTING and `Documentation` are true: their commands run as they stand there, and print what
/// they are said to print. What a fenced block is, its first word says:
///
/// - `sh`: commands. All of a document are run in one folder, in their order; see `DocumentReader`.
/// - `text`, with nothing between it and commands: what they print. `…` stands for what differs from run to
///   run, in a line of its own for any lines. Times, sizes and moments of summaries need not agree.
/// - `json NAME`, `swift NAME`: a file of that name.
/// - `cron` and `ini`: a line of a crontab and a unit of systemd, of which the command is run.
@Suite struct DocumentsTests {
  private static let names: [String] =
    ["README.md", "CONTRIBUTING.md"]
    + ((try? FileManager.default.contentsOfDirectory(atPath: Fixture.root + "/Documentation")) ?? [])
    .sorted().filter { $0.hasSuffix(".md") && $0 != "Manual.md" }.map { "Documentation/\($0)" }

  private static let areToolsThere = ["jq", "zstd", "gzip", "make", "python3", "parallel"]
    .allSatisfy {
      (try? Executable.shell("command -v \($0)", in: Workplace.root))?.code == 0
    }

  @Test("there are documents")
  func exist() { #expect(Self.names.count >= 8) }

  @Test(
    "every command runs, and prints what it is said to print",
    .enabled(if: areToolsThere, "jq, zstd, gzip, make, python3 or parallel is missing"),
    arguments: names)
  func commands(name: String) throws {
    let document = try MarkdownDocument(name)
    let reader = try DocumentReader(document)
    let blocks = document.blocks
    for (index, block) in blocks.enumerated() {
      guard let script = DocumentReader.script(of: block) else { continue }
      let result = try reader.run(script)
      let place = "\(document.name):\(block.line)"
      #expect(result.code == 0, "\(place): exit code \(result.code)\n\(script)\n\(result.text)")
      let next = index + 1 < blocks.count ? blocks[index + 1] : nil
      if let next, next.kind == "text", next.followsBlock {
        #expect(
          PrintedText.agrees(result.text, with: next.text),
          "\(document.name):\(next.line): says\n\(next.text)and it is\n\(result.text)")
      }
    }
  }

  @Test("commands that are not run here are said to be elsewhere, each for a reason that is needed")
  func elsewhere() throws {
    let lines = try Self.names.flatMap { try MarkdownDocument($0).blocks }.filter {
      $0.kind == "sh"
    }
    .flatMap { $0.text.split(separator: "\n") }
    for command in DocumentReader.elsewhere {
      #expect(lines.contains { $0.hasPrefix(command.start) }, "\(command.start) stands nowhere")
    }
  }

  @Test("links lead to files that are there", arguments: names)
  func links(name: String) throws {
    let document = try MarkdownDocument(name)
    let folder = URL(fileURLWithPath: "\(Fixture.root)/\(document.name)")
      .deletingLastPathComponent()
    for (number, line) in document.prose {
      for link in line.matches(of: /\]\(([^)#]*)(#[^)]*)?\)/) {
        let (path, anchor) = (String(link.output.1), link.output.2)
        if path.hasPrefix("https://") { continue }
        let target =
          path.isEmpty ? "\(Fixture.root)/\(name)" : folder.appendingPathComponent(path).path
        let place = "\(document.name):\(number): \(path)"
        #expect(path.isEmpty || FileManager.default.fileExists(atPath: target), "\(place)")
        guard let anchor, target.hasSuffix(".md") else { continue }
        let linked = URL(fileURLWithPath: target).standardized.path
          .replacing(Fixture.root + "/", with: "")
        #expect(try MarkdownDocument(linked).anchors.contains(String(anchor)), "\(place)\(anchor)")
      }
    }
  }

  @Test("lines have at most 120 columns, but rows of tables and commands", arguments: names)
  func columns(name: String) throws {
    let document = try MarkdownDocument(name)
    for (number, line) in document.prose where !line.hasPrefix("|") && !line.hasPrefix("![") {
      #expect(line.count <= 120, "\(document.name):\(number): \(line.count) columns")
    }
  }

  @Test("the README has at most 150 lines")
  func length() throws {
    // The last line ends with a line feed, too.
    #expect(try MarkdownDocument("README.md").lines.count <= 151)
  }
}

extension MarkdownDocument {
  /// What headings can be linked by.
  fileprivate var anchors: [String] {
    prose.filter { $0.text.hasPrefix("#") }.map { heading in
      let title = heading.text.drop { $0 == "#" || $0 == " " }.lowercased()
      return "#"
        + title.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
        .replacing(" ", with: "-")
    }
  }
}

/// What commands print, compared with what a document says.
private enum PrintedText {
  static func agrees(_ printed: String, with said: String) -> Bool {
    let pattern = plain(said).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.drop(while: { $0 == " " }) == "…" { return "(?:.*\n)*?" }
      let parts = line.split(separator: "…", omittingEmptySubsequences: false)
      return parts.map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(
        separator: ".*")
        + "\n"
    }
    // The piece behind the last line feed is no line.
    let whole = "^" + pattern.dropLast().joined() + "$"
    return plain(printed).range(of: whole, options: .regularExpression) != nil
  }

  /// Without what depends on the machine and the day.
  private static func plain(_ text: String) -> String {
    text.replacing(/; [\d.,]+ s, .*/, with: "; …").replacing(
      /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "…")
  }
}
