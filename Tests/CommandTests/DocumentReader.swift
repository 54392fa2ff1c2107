import Foundation
import TestSupport
import Testing

/// Somebody who follows a document: in a folder with what it speaks of.
struct DocumentReader {
  let place: Workplace

  /// Commands that are not run here, and why. Scripts that they name must be there, and so must targets of make.
  static let elsewhere: [(start: String, reason: String)] = [
    ("make ", "builds or installs; `make -n` is run in its place"),
    ("swift ", "builds, and runs this test"),
    ("UPDATE_GOLDEN=1 swift ", "builds, and changes the fixtures"),
    ("pip install ", "needs a network"),
    ("python3 Tools/extraction-speed/", "needs resiliparse and an optimised build"),
    ("python3 Tools/kill-test/", "takes an hour, and an optimised build"),
    ("spark-submit ", "needs pyspark and Java; SparkTests runs it"),
    ("wget ", "needs a site; RecipeTests runs it"),
    ("scrapy ", "needs Scrapy, and a site; RecipeTests runs it"),
    (
      "winnow run pipeline.json crawl -o - -q --set output.layout=flat",
      "needs DuckDB; RecipeTests runs it"
    ),
    (".build/release/winnow-bench ", "needs an optimised build"),
  ]

  init(_ document: MarkdownDocument) throws {
    place = try Workplace()
    let files = FileManager.default
    try files.copyItem(
      at: Workplace.root.appendingPathComponent("Fixtures"), to: place.url("Fixtures"))
    // The commands are those of the checkout; what they write must not be.
    for name in ["Tools", "Sources", "Makefile"] {
      try files.createSymbolicLink(
        at: place.url(name), withDestinationURL: Workplace.root.appendingPathComponent(name))
    }
    try place.write(
      "pipeline.json", try Data(contentsOf: Workplace.root.appendingPathComponent("pipeline.json")))
    try files.createDirectory(at: place.url("Documentation"), withIntermediateDirectories: true)
    let pages = place.url("Fixtures/pages")
    try files.copyItem(at: pages.appendingPathComponent("en"), to: place.url("crawl"))
    try files.copyItem(
      at: pages.appendingPathComponent("blog/winter-swimmers.html"), to: place.url("page.html"))
    try writeRecords()
    // Definitions of the Guide are those of other documents, too.
    for block in try MarkdownDocument("Documentation/Guide.md").blocks + document.blocks {
      if let file = block.file { try place.write(file, block.text) }
    }
  }

  /// The English pages as another program would hand them over, whole and in two parts.
  private func writeRecords() throws {
    let lines = try place.names("crawl").map { name -> String in
      let html = String(decoding: try Data(contentsOf: place.url("crawl/\(name)")), as: UTF8.self)
      let record = [
        "id": "en/\(name)", "url": "https://www.harbourcourier.example/en/\(name)", "html": html,
      ]
      return String(
        decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self) + "\n"
    }
    try place.write("pages.ndjson", lines.joined())
    try place.write("pages-1.ndjson", lines.prefix(7).joined())
    try place.write("pages-2.ndjson", lines.dropFirst(7).joined())
    // What crawlers would have brought.
    let crawls = """
      zstd -q pages.ndjson && gzip -k pages.ndjson && cp pages.ndjson pages.jsonl
      cp Fixtures/records/crawl.warc.gz night.warc.gz
      echo Fixtures/records/crawl.warc.gz | gzip > warc.paths.gz
      """
    #expect(try place.run(crawls).code == 0)
  }

  /// The commands of a block; nil when it holds none.
  static func script(of block: MarkdownDocument.Block) -> String? {
    switch block.kind {
    case "sh": return block.text
    case "cron": return block.text.split(separator: " && ", maxSplits: 1).last.map(String.init)
    case "ini":
      let key = "ExecStart=/usr/local/bin/"
      let line = block.text.split(separator: "\n").first { $0.hasPrefix(key) }
      return line.map { String($0.dropFirst(key.count)) }
    default: return nil
    }
  }

  /// Runs commands as a shell does that stops at the first error; what they say is among what they print.
  func run(_ script: String) throws -> Executable.Result {
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let command = DocumentReader.elsewhere.first(where: { line.hasPrefix($0.start) }) else {
        return String(line)
      }
      if command.start == "make " { return "make -n \(line.dropFirst(5)) > /dev/null" }
      return line.split(separator: " ").filter { $0.hasPrefix("Tools/") }.map {
        "ls \($0) > /dev/null"
      }
      .joined(separator: "\n")
    }
    return try place.run("set -e -o pipefail; exec 2>&1\n" + lines.joined(separator: "\n"))
  }
}
