import Foundation
import TestSupport
import Testing

/// WARC files as inputs of runs.
@Suite struct WARCCommandTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private static let crawl = Fixture.path("records/crawl.warc.gz")
  private static let html = #"--set stages='[{"use":"html"}]'"#

  @Test("pages and texts of a crawl are read, and the summary says what was passed over")
  func crawl() throws {
    let result = try place.run(
      "winnow run \(Self.crawl) -o out.ndjson --report report.json \(Self.html)")
    #expect(result.code == 0)
    #expect(
      result.errors.contains(
        "\n  6 records without a page or text passed over: 1 metadata, 1 request, 1 response of image/*, "
          + "1 response with status 404, 1 revisit, 1 warcinfo\n"), "\(result.errors)")
    let records = try place.records("out.ndjson")
    let titles = records.map { ($0["metadata"] as? [String: Any])?["title"] as? String }
    #expect(
      titles == [
        "The dredger comes back to Port Merrow", "A café opens on the old pilot boat",
        "How to read the tide table", nil,
      ])
    #expect(records.map { ($0["id"] as? String)?.suffix(2) } == ["03", "04", "09", "10"])
    let metadata = try #require(records[0]["metadata"] as? [String: Any])
    #expect(metadata["url"] as? String == "https://www.harbourcourier.example/dredger")
    #expect(metadata["warc_date"] as? String == "2026-11-20T02:00:03Z")
    #expect(metadata["http_status"] as? Int == 200)
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    #expect(
      ((report as? [String: Any])?["passed_over"] as? [String: Int]) == [
        "metadata": 1, "request": 1, "response of image/*": 1, "response with status 404": 1,
        "revisit": 1, "warcinfo": 1,
      ])
  }

  @Test("a crawl is known by its name, on standard input and without a name by how it begins")
  func arguments() throws {
    let expected = try place.run("winnow run \(Self.crawl) -o - -q \(Self.html)")
    #expect(expected.lines.count == 4)
    for line in [
      "winnow run - < \(Self.crawl)", "zcat \(Self.crawl) | winnow run -",
      "zcat \(Self.crawl) > x; winnow run x", "cp \(Self.crawl) A.WARC.GZ; winnow run A.WARC.GZ",
      "zcat \(Self.crawl) | zstd -q > b.warc.zst; winnow run b.warc.zst",
      "mkdir c; cp A.WARC.GZ c; winnow run c --format warc",
    ] {
      let result = try place.run("\(line) -o - -q \(Self.html)")
      #expect(result.output == expected.output, "\(line): \(result.errors)")
    }
    try place.write("d.ndjson", Data("WARC/1.0\r\n".utf8))
    _ = try place.run("winnow run d.ndjson -o - -q --rejects r.ndjson")
    let rejected = try place.records("r.ndjson")[0]["rejected"] as? [String: Any]
    #expect(
      rejected?["message"] as? String
        == "the file is a WARC file, which is not read: --format warc reads it")
  }

  @Test("damage is a reject with file and offset, and ends in exit code 3 where none is allowed")
  func damage() throws {
    _ = try place.run("head -c 900 \(Self.crawl) > a.warc.gz; cat \(Self.crawl) >> a.warc.gz")
    let line = "winnow run a.warc.gz -o out.ndjson --rejects r.ndjson -q \(Self.html)"
    #expect(try place.run(line).code == 0)
    let reject = try #require(try place.records("r.ndjson").first)
    let rejected = try #require(reject["rejected"] as? [String: Any])
    #expect(rejected["reason"] as? String == "unreadable")
    #expect(rejected["file"] as? String == "a.warc.gz")
    let offset = try #require(rejected["byte_offset"] as? Int)
    #expect((1..<900).contains(offset))
    #expect(reject["id"] as? String == "a.warc.gz@\(offset)")
    let ids = try place.records("out.ndjson").compactMap { $0["id"] as? String }
    #expect(Set(ids).count == 4)
    #expect(try place.run(line + " --set run.max_bad_records=0").code == 3)
  }

  /// Pages as they are found in crawls: some compressed, some pictures between them.
  private func makeCrawl(_ name: String) throws {
    _ = try place.run(
      """
      python3 - <<'END'
      import gzip, random
      random.seed(7)
      words = "river stone early market window letter garden yellow engine harvest".split()
      with open("\(name)", "wb") as out:
          for n in range(400):
              kind, status = ("request", 200) if n % 5 == 4 else ("response", 404 if n % 7 == 6 else 200)
              text = " ".join(random.choice(words) for _ in range(random.randrange(10, 300)))
              body = f"<html><body><p>In the year {n} there was this: {text}.</p></body></html>".encode()
              coding = ""
              if n % 3 == 0:
                  body, coding = gzip.compress(body), "Content-Encoding: gzip\\r\\n"
              block = f"HTTP/1.1 {status} S\\r\\nContent-Type: text/html\\r\\n{coding}\\r\\n".encode() + body
              head = (f"WARC/1.0\\r\\nWARC-Type: {kind}\\r\\nWARC-Record-ID: <urn:uuid:{n}>\\r\\n"
                      f"Content-Type: application/http\\r\\nContent-Length: {len(block)}\\r\\n\\r\\n")
              member = gzip.compress(head.encode() + block + b"\\r\\n\\r\\n")
              out.write(member[:-20] if n % 50 == 25 else member)
      END
      """)
  }

  @Test("the same bytes with one thread and with four, and with batches of any size")
  func threads() throws {
    try makeCrawl("a.warc.gz")
    let run = { (more: String) in
      try place.run(
        "winnow run a.warc.gz -o - --rejects r.ndjson -q \(Self.html) \(more); cat r.ndjson")
    }
    let expected = try run("-j 1")
    #expect(expected.lines.count > 250, "\(expected.errors)")
    #expect(expected.lines.filter { $0.contains("\"unreadable\"") }.count == 8)
    for more in ["-j 4", "-j 4 --set run.batch='\"1 KiB\"'", "-j 2 --set run.batch='\"64 KiB\"'"] {
      #expect(try run(more).output == expected.output, "\(more)")
    }
  }

  @Test(
    "a run that is killed goes on in the middle of a file",
    arguments: ["a.warc.gz", "- < <(cat a.warc.gz)", "together.warc.zst"])
  func kill(input: String) throws {
    try makeCrawl("a.warc.gz")
    _ = try place.run(
      "for n in 1 2 3 4 5 6 7 8 9; do zcat \(Self.crawl); done | zstd -q > together.warc.zst")
    try place.write(
      "p.json",
      Workplace.definition(
        stages: #"{"use": "html"}"#,
        run: #"{"batch": "4 KiB", "checkpoint_bytes": "8 KiB", "state_memory": "16 MiB"}"#))
    let command =
      "winnow run p.json -q -o out.ndjson --rejects r.ndjson --report re.json --state st "
      + (input.hasPrefix("-") ? "--format warc " : "") + input
    let whole = try place.run(command)
    #expect(whole.code == 0, "\(whole.errors)")
    let files = ["out.ndjson", "r.ndjson"]
    let expected = try files.map { try Data(contentsOf: place.url($0)) }
    let passed = try passedOver()
    var random = Seed(3)
    var kills = 0
    for _ in 0..<60 where kills < 3 {
      #expect(
        try place.run("rm -rf st *.partial re.json \(files.joined(separator: " "))").code == 0)
      var attempts = 0.0
      while !place.exists("re.json") {
        // Longer from time to time, so that a slow machine comes to an end, too.
        attempts += 1
        let delay = attempts * Double(random.below(1000)) / 2500
        let result = try place.run(
          "\(command) & pid=$!; { sleep \(delay); kill -9 $pid; wait $pid; } 2> /dev/null")
        #expect([0, 137].contains(result.code), "\(result.errors)")
        if result.code == 137 { kills += 1 }
        if place.exists("out.ndjson"), place.exists("r.ndjson") { break }
      }
      for (file, bytes) in zip(files, expected) {
        #expect(try Data(contentsOf: place.url(file)) == bytes, "\(file) after \(kills) kills")
      }
      if place.exists("re.json") { #expect(try passedOver() == passed) }
    }
  }

  private func passedOver() throws -> [String: Int]? {
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("re.json")))
    return (report as? [String: Any])?["passed_over"] as? [String: Int]
  }
}
