import Foundation
import TestSupport
import Testing

/// Archives as inputs of runs.
@Suite struct ArchiveCommandTests {
  let place: Workplace

  init() throws {
    place = try Workplace(stages: #"{"use": "html"}"#)
    try place.write("crawl/a.html", "<title>A</title><p>Words of a page.")
    try place.write("crawl/deep/b.txt", "Words of a text.")
    try place.write("crawl/é.txt", "Words of another text.")
    try place.write("crawl/c.ndjson", #"{"id":"c1","text":"One."}"# + "\n" + #"{"id":"c2"}"# + "\n")
    try place.write("crawl/d.csv", "id,text\nd1,Two.\n")
    try place.write("crawl/notes.md", "# Notes")
    _ = try place.run(
      "cd crawl; gzip -k a.html; cp \(Fixture.path("records/crawl.warc.gz")) e.warc.gz; "
        + "ln -s a.html link.html")
  }

  /// Sorted: the order is that of the archive.
  private func ids(_ input: String, _ more: String = "") throws -> [String] {
    let result = try place.run(
      "winnow run \(input) -q -o out.ndjson --rejects rejects.ndjson --report report.json \(more)")
    #expect(result.code == 0, "\(result.errors)")
    return try place.records("out.ndjson").compactMap { $0["id"] as? String }.sorted()
  }

  private static let packers = [
    "a.tar": "tar -cf a.tar crawl", "a.tgz": "tar -czf a.tgz crawl",
    "a.tar.zst": "tar -cf - crawl | zstd -q > a.tar.zst",
    "a.tar.gz": "tar --format=pax -czf a.tar.gz crawl", "a.TAR": "tar -cf a.TAR crawl",
  ]

  @Test("everything in a tar archive is read by its ending", arguments: packers.keys.sorted())
  func tar(name: String) throws {
    #expect(try place.run(Self.packers[name] ?? "").code == 0)
    #expect(
      try ids(name)
        == [
          "00000000-0000-4000-8000-000000000003", "00000000-0000-4000-8000-000000000004",
          "00000000-0000-4000-8000-000000000009", "00000000-0000-4000-8000-000000000010",
          "\(name)/crawl/a.html", "\(name)/crawl/a.html.gz", "\(name)/crawl/deep/b.txt",
          "\(name)/crawl/é.txt", "c1", "d1",
        ].sorted())
    #expect(try place.reasons() == ["input:no_content"])
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    let counts = report as? [String: Any]
    #expect(counts?["left_out"] as? [String: Int] == [".md": 1])
    #expect(
      (counts?["passed_over"] as? [String: Int])?["link or device in an archive"] == 1)
  }

  private func zip(_ name: String, _ files: [String]) throws {
    try place.write(
      "zip.py",
      "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:\n"
        + "    for f in sys.argv[2:]: z.write(f)\n")
    let result = try place.run("python3 zip.py \(name) \(files.joined(separator: " "))")
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test("ZIP archives are read, and folders and patterns of archives")
  func zip() throws {
    _ = try place.run("mkdir in")
    try zip("in/a.zip", ["crawl/a.html", "crawl/c.ndjson"])
    #expect(try ids("in/a.zip") == ["c1", "in/a.zip/crawl/a.html"])
    #expect(try ids("in", "--format archive") == ["a.zip/crawl/a.html", "c1"])
    #expect(try ids("'in/*.zip'") == ["c1", "in/a.zip/crawl/a.html"])
  }

  @Test("names are read in every script, whatever the locale")
  func names() throws {
    try place.write("crawl/日本.txt", "Words.")
    try zip("a.zip", ["crawl/é.txt", "crawl/日本.txt"])
    _ = try place.run("tar --format=pax -cf a.tar crawl/é.txt crawl/日本.txt")
    for name in ["a.zip", "a.tar"] {
      #expect(try ids(name) == ["\(name)/crawl/é.txt", "\(name)/crawl/日本.txt"])
    }
  }

  @Test("of a WACZ only the crawl is read")
  func wacz() throws {
    _ = try place.run(
      "mkdir archive pages; cp crawl/e.warc.gz archive; cp crawl/c.ndjson pages/pages.jsonl")
    try zip("a.wacz", ["archive/e.warc.gz", "pages/pages.jsonl"])
    #expect(try ids("a.wacz").count == 4)
    #expect(try place.reasons() == [])
  }

  @Test("cut off anywhere, an archive ends in what there was and in rejects that say where")
  func cut() throws {
    _ = try place.run("tar -czf whole.tar.gz crawl")
    try zip("whole.zip", ["crawl/a.html", "crawl/c.ndjson", "crawl/e.warc.gz"])
    for ending in ["tar.gz", "zip"] {
      let bytes = try Data(contentsOf: place.url("whole.\(ending)"))
      let whole = try ids("whole.\(ending)").count
      for count in stride(from: 60, to: bytes.count, by: 401) {
        try place.write("cut.\(ending)", bytes.prefix(count))
        // A ZIP archive may lose its list of entries, and tar its last zeros, and nothing else.
        let kept = try ids("cut.\(ending)").count
        let isSaid = try place.reasons().contains("input:unreadable")
        #expect(kept == whole || kept < whole && isSaid, "\(ending) \(count)")
      }
    }
  }

  @Test("an archive that grows beyond all measure ends with a reject")
  func bomb() throws {
    _ = try place.run(
      "head -c 300000000 /dev/zero > x.ndjson; tar -czf bomb.tar.gz x.ndjson crawl/a.html; rm x.ndjson"
    )
    #expect(try ids("bomb.tar.gz") == [])
    let rejected = try place.records("rejects.ndjson")[0]["rejected"] as? [String: Any]
    #expect(rejected?["file"] as? String == "bomb.tar.gz/x.ndjson")
    #expect(
      rejected?["message"] as? String
        == "the compressed data is damaged: the archive grows to more than 200 times its size")
  }

  @Test("standard input cannot be an archive, and other files are none")
  func refused() throws {
    let input = try place.run("winnow run - --format archive -o - < /dev/null")
    #expect(input.code == 2)
    #expect(
      input.errors
        == "-:1:1: error: input.paths names standard input, and an archive must be a file\n")
    try place.write("a.zip", "no archive at all")
    #expect(try ids("a.zip") == [])
    #expect(try place.reasons() == ["input:unreadable"])
  }
}
