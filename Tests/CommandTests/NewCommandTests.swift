import Foundation
import TestSupport
import Testing

/// `winnow new`: what it finds out about inputs, and that what it writes runs as it is.
@Suite struct NewCommandTests {
  private static let page =
    "<html><head><title>Boats</title></head><body><p>\(String(repeating: "The boats come back in the evening. ", count: 20))</body></html>"

  private static func line(_ members: KeyValuePairs<String, String>) -> String {
    "{" + members.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}\n"
  }

  /// Makes a definition, checks it, runs it, and returns its input and stages.
  private func input(_ arguments: String, in place: Workplace) throws -> String {
    let made = try place.run("rm pipeline.json; winnow new \(arguments) > pipeline.json")
    #expect(made.code == 0, "\(made.errors)")
    let checked = try place.run("winnow check pipeline.json")
    #expect(checked.code == 0 && checked.errors == "", "\(checked.errors)")
    let ran = try place.run("winnow run pipeline.json -q")
    #expect(ran.code == 0 && ran.errors == "", "\(ran.errors)")
    #expect(try place.records("clean.ndjson").count == 1)
    let lines = try place.read("pipeline.json").split(separator: "\n")
    let stages = lines.filter { $0.hasPrefix("    { \"use\"") }.map {
      String($0.split(separator: "\"")[3])
    }
    return lines[1].drop { $0 == " " } + " " + stages.joined(separator: " ")
  }

  @Test("a folder of pages, word for word")
  func pages() throws {
    let place = try Workplace()
    try place.write("pages/a.html", Self.page)
    let result = try place.run("winnow new pages -o first.json")
    #expect(result.code == 0 && result.text == "")
    #expect(
      try place.read("first.json") == """
        {
          "input": { "use": "files", "paths": ["pages"] },
          "stages": [
            { "use": "html" },
            { "use": "boilerplate" },
            { "use": "language" },
            { "use": "near_duplicates" }
          ],
          "output": { "use": "ndjson", "path": "clean.ndjson" },
          "rejects": { "use": "ndjson", "path": "rejects.ndjson" }
        }

        """)
    #expect(
      result.errors == """
        winnow: the input is read as files, and holds pages
          input: "source" names the corpus in each record
          language: add "keep": ["en"] to keep English alone
          near_duplicates: "threshold" says how alike two texts are that count as one, 0.8 unless you say
          output: records go to clean.ndjson; a name in .gz or .zst is compressed
          run: add "run": { "state": "state" } to remember from night to night what was kept
        winnow manual NAME describes each of them. Then:
          winnow check first.json && winnow run first.json

        """)
    let checked = try place.run("winnow check first.json && winnow run first.json -q")
    #expect(checked.code == 0 && checked.errors == "")
    #expect(try place.records("clean.ndjson").count == 1)
  }

  private static let whole = "html boilerplate language near_duplicates"

  @Test("records: their fields are found, whatever they are called")
  func records() throws {
    let place = try Workplace()
    try place.write(
      "usual.ndjson", Self.line(["id": "1", "url": "http://a.example/", "html": Self.page]))
    #expect(
      try input("usual.ndjson", in: place)
        == #""input": { "use": "ndjson", "paths": ["usual.ndjson"] }, \#(Self.whole)"#)
    try place.run("rm *clean* *rejects*")
    try place.write(
      "feed.jsonl", Self.line(["_id": "1", "link": "http://a.example/", "body": Self.page]))
    #expect(
      try input("feed.jsonl", in: place)
        == #""input": { "use": "ndjson", "paths": ["feed.jsonl"], "#
        + #""html_field": "body", "id_field": "_id", "url_field": "link" }, \#(Self.whole)"#)
    try place.run("rm *clean* *rejects*; gzip feed.jsonl")
    #expect(try input("feed.jsonl.gz", in: place).contains(#""html_field": "body""#))
    try place.run("rm *clean* *rejects*")
    try place.write(
      "texts.ndjson", Self.line(["id": "1", "content": "Some words that are no page."]))
    #expect(
      try input("texts.ndjson", in: place)
        == #""input": { "use": "ndjson", "paths": ["texts.ndjson"], "#
        + #""text_field": "content" }, language near_duplicates"#)
  }

  @Test("tables, crawls, archives and folders of them")
  func kinds() throws {
    let place = try Workplace()
    try place.write("table.csv", "doc_id,body\n1,\(Self.page)\n")
    #expect(
      try input("table.csv", in: place) == #""input": { "use": "csv", "paths": ["table.csv"], "#
        + #""html_field": "body", "id_field": "doc_id" }, \#(Self.whole)"#)
    try place.run("rm *clean* *rejects*")
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\(Self.page)"
    try place.write(
      "crawl/a.warc",
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        + "WARC-Target-URI: http://a.example/\r\nContent-Type: application/http; msgtype=response\r\n"
        + "Content-Length: \(block.utf8.count)\r\n\r\n\(block)\r\n\r\n")
    #expect(
      try input("crawl/a.warc", in: place)
        == #""input": { "use": "warc", "paths": ["crawl/a.warc"] }, \#(Self.whole)"#)
    try place.run("rm *clean* *rejects*; touch crawl/notes.txt.bak")
    #expect(
      try input("crawl", in: place)
        == #""input": { "use": "warc", "paths": ["crawl"] }, \#(Self.whole)"#)
    try place.write("pages/a.html", Self.page)
    try place.run("rm *clean* *rejects*; tar cf pages.tar pages")
    #expect(
      try input("pages.tar", in: place)
        == #""input": { "use": "archive", "paths": ["pages.tar"] }, \#(Self.whole)"#)
  }

  @Test("outputs are files that are not there and that the input does not read")
  func outputs() throws {
    let place = try Workplace()
    try place.write("clean.ndjson", Self.line(["id": "1", "text": "Words."]))
    let beside = try place.run("winnow new clean.ndjson -q")
    #expect(beside.text.contains(#""path": "clean-2.ndjson""#))
    #expect(beside.text.contains(#""path": "rejects-2.ndjson""#))
    #expect(beside.errors == "")
    let within = try place.run("winnow new . | grep path")
    #expect(within.text.contains(#""output": { "use": "ndjson", "path": "-" }"#))
    #expect(within.errors.contains("  output: records go to standard output;"))
  }

  @Test("a definition elsewhere names its input so that it is found from there")
  func elsewhere() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.line(["id": "1", "text": "Words."]))
    let result = try place.run(
      "mkdir -p etc && winnow new in.ndjson -o etc/p.json -q && winnow run etc/p.json -q")
    #expect(result.code == 0 && result.errors == "")
    #expect(place.exists("etc/clean.ndjson"))
  }

  @Test("what cannot be described is refused")
  func refusals() throws {
    let place = try Workplace()
    try place.write("in.ndjson", Self.line(["id": "1", "text": "Words."]))
    try place.write("a.html", Self.page)
    try place.write("pictures/a.jpg", "JPEG")
    let there = try place.run("winnow new in.ndjson -o pipeline.json")
    #expect(there.code == 2)
    #expect(
      there.errors.hasPrefix(
        "winnow: error: pipeline.json is there already; name another file, or move it away\n"))
    let several = try place.run("winnow new in.ndjson a.html")
    #expect(several.code == 2)
    #expect(
      several.errors
        == "winnow: error: a definition has one input, and these are read as ndjson, files; name those of one "
        + "kind\n")
    let nothing = try place.run("winnow new pictures")
    #expect(nothing.code == 2)
    #expect(
      nothing.errors
        == "winnow: error: no input reads a file in pictures; winnow manual lists the inputs\n")
    let gone = try place.run("winnow new gone.ndjson")
    #expect(gone.code == 2 && gone.text == "")
    #expect(
      gone.errors.contains("names gone.ndjson, which cannot be read: No such file or directory"))
  }
}
