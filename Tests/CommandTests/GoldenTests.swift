import Foundation
import Testing

/// The reference pipeline over the fixtures, byte for byte. `UPDATE_GOLDEN=1 swift test` writes what the
/// program gives now; read the difference before you commit it.
@Suite struct GoldenTests {
  private static let golden = Workplace.root.appendingPathComponent("Fixtures/golden")

  private func expectGolden(
    _ name: String, _ text: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let file = Self.golden.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index < expectedLines.count {
      #expect(line == expectedLines[index], "\(name):\(index + 1)", sourceLocation: location)
    }
    #expect(lines.count == expectedLines.count, "\(name)", sourceLocation: location)
  }

  @Test("the fixture site gives the golden records and rejects")
  func site() throws {
    let place = try Workplace()
    let result = try Executable.shell(
      "winnow run pipeline.json -q -o - --rejects \(place.url("rejects.ndjson").path)",
      in: Workplace.root)
    #expect(result.code == 0)
    #expect(result.errors == "")
    try expectGolden("site.ndjson", result.text)
    try expectGolden("site.rejects.ndjson", try place.read("rejects.ndjson"))
  }

  @Test(
    "the output is the same for any number of threads and batch size",
    arguments: [1, 2, 8], ["1 KiB", "100 KiB", "1 MiB"])
  func determinism(jobs: Int, batch: String) throws {
    let place = try Workplace()
    let result = try Executable.shell(
      """
      winnow run pipeline.json -q -o - -j \(jobs) --set 'run.batch="\(batch)"' \
      --rejects \(place.url("rejects.ndjson").path) --report \(place.url("report.json").path)
      """, in: Workplace.root)
    try expectGolden("site.ndjson", result.text)
    try expectGolden("site.rejects.ndjson", try place.read("rejects.ndjson"))
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    let parts = ["counts", "bytes"].map { (report as? [String: Any])?[$0] ?? [:] }
    let counts = try JSONSerialization.data(withJSONObject: parts, options: [.sortedKeys])
    try expectGolden("site.counts.json", String(decoding: counts, as: UTF8.self) + "\n")
  }

  /// Every stage before has its tests; here a change of any of them shows in the texts of whole pages.
  @Test(
    "a page of each type gives the golden text, plain and in Markdown",
    arguments: [
      ("types.text.ndjson", ""),
      (
        "types.markdown.ndjson",
        "--set stages.html.format='\"markdown\"' --set stages.html.links=true "
          + "--set stages.html.images=true --set stages.boilerplate.comments='\"keep\"'"
      ),
    ])
  func types(golden: String, settings: String) throws {
    let place = try Workplace(stages: #"{"use": "html"}, {"use": "boilerplate"}"#)
    let pages = Workplace.root.appendingPathComponent("Fixtures/types").path
    let result = try place.run("winnow run \(pages) -q -o - --rejects rejects.ndjson \(settings)")
    #expect(result.code == 0)
    #expect(result.errors == "")
    try expectGolden(golden, result.text)
    #expect(try place.read("rejects.ndjson") == "")
  }

  /// Teasers, comments, articles that follow, notes about authors and companies, other pictures' captions,
  /// topics, calls to share and subscribe.
  @Test("pages in six languages with much on them that is not theirs give the golden text")
  func excess() throws {
    let place = try Workplace(stages: #"{"use": "html"}, {"use": "boilerplate"}"#)
    let pages = Workplace.root.appendingPathComponent("Fixtures/excess").path
    let result = try place.run("winnow run \(pages) -q -o -")
    #expect(result.code == 0)
    #expect(result.errors == "")
    try expectGolden("excess.text.ndjson", result.text)
  }

  @Test("the schema in Fixtures is what `winnow schema` prints")
  func schema() throws {
    let printed = try Executable.shell("winnow schema", in: Workplace.root)
    let file = Workplace.root.appendingPathComponent("Fixtures/pipeline.schema.json")
    let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(printed.text == committed, "run: winnow schema > Fixtures/pipeline.schema.json")
  }
}
