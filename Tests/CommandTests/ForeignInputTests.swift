import Foundation
import Testing

/// What no input understands is refused by name, or counted; nothing becomes a document of raw bytes.
@Suite struct ForeignInputTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private static let piped = "FILE | winnow run PIPELINE.json -"

  @Test(
    "inputs in known formats are refused, with the way to read them",
    arguments: [
      ("a.ndjson.lz4", "\u{4}\"M\u{18}", "compressed with lz4", "lz4 -dc \(piped)"),
      ("a.ndjson.Z", "\u{1F}\u{9D}", "compressed with compress", "uncompress -c \(piped)"),
      (
        "noending2", "PK\u{3}\u{4}", "a ZIP archive or an office document",
        "--format archive reads an archive"
      ),
      (
        "a.parquet", "PAR1..", "Parquet",
        "write it as newline-delimited JSON, as with pandas: "
          + "to_json(lines=True, orient=\"records\")"
      ),
      ("a.7z", "7z\u{BC}\u{AF}", "an archive", "unpack it and name the folder"),
      ("a.pdf", "%PDF-1.7", "a PDF", "pdftotext makes text of it"),
      (
        "a.xlsx", "id,text\n1,t\n", "a table",
        "write it as newline-delimited JSON, as with pandas: "
          + "to_json(lines=True, orient=\"records\")"
      ),
      ("a.json", "[{\"id\": 1}]", "a JSON array", "jq -c '.[]' \(piped)"),
      (
        "a.JSON", "{\n\"id\": 1}", "JSON",
        "--format ndjson where each line is a record, or jq -c '.[]' \(piped)"
      ),
      ("noending", "\u{4}\"M\u{18}", "compressed with lz4", "lz4 -dc \(piped)"),
    ])
  func refused(name: String, bytes: String, format: String, way: String) throws {
    try place.write(name, Data(bytes.unicodeScalars.map { UInt8($0.value) }))
    let result = try place.run("winnow run pipeline.json \(name) -o -")
    #expect(result.code == 2)
    #expect(
      result.errors
        == "\(name):1:1: error: input.paths names \(name), which is \(format), which is not read: \(way)\n"
    )
    #expect(result.text == "")
  }

  @Test("so is a tar archive, text of an unknown name, zero bytes, and text in UTF-16")
  func refusedToo() throws {
    try place.write("a.md", "# Notes\n")
    _ = try place.run(
      #"printf 'a\0b' > zero; printf '\377\376a\0' > wide; tar -cf - a.md > hidden"#
    )
    let cases = [
      ("hidden", "is a tar archive, which is not read: --format archive reads it"),
      (
        "a.md",
        "no input knows by its name, and which is no page: --format files reads it as text, "
          + "--format ndjson as records"
      ),
      ("zero", "holds zero bytes: that is no text"),
      (
        "wide",
        "is text in UTF-16, which is not read: iconv -f utf-16 -t utf-8 \(Self.piped)"
      ),
    ]
    for (name, message) in cases {
      let result = try place.run("winnow run pipeline.json \(name) -o -")
      #expect(result.code == 2)
      #expect(result.errors == "\(name):1:1: error: input.paths names \(name), which \(message)\n")
    }
    #expect(try place.run("winnow run pipeline.json a.md --format files -o - -q").lines.count == 1)
  }

  @Test("standard input in a format that is not read is refused, too")
  func standardInput() throws {
    for (bytes, format) in [
      ("\u{4}\"M\u{18}", "is compressed with lz4, which is not read: lz4 -dc \(Self.piped)"),
      ("[{\"id\": 1}]", "is a JSON array, which is not read: jq -c '.[]' \(Self.piped)"),
      ("%PDF-1.7", "is a PDF, which is not read: pdftotext makes text of it"),
    ] {
      let result = try place.run("printf '%s' '\(bytes)' | winnow run pipeline.json - -o -")
      #expect(result.code == 2)
      #expect(result.errors == "-:1:1: error: input.paths names standard input, which \(format)\n")
    }
    // A text may begin with a bracket.
    #expect(
      try place.run("echo '[1] A note.' | winnow run pipeline.json - -o - -q").lines.count == 1)
  }

  @Test(
    "files compressed with bzip2 or xz are read, by any name, in folders and from standard input")
  func blocks() throws {
    // Three records, as `bzip2` and `xz` write them.
    let files = [
      "bz2":
        "QlpoOTFBWSZTWRZTIuIAADHbgAAQUAU4EAQAFiMWSiAASK/SoyHpNqHlGhX6oAAA0yQScNfk6LGhkwOObs2rpJIpSSSCByx4idEUOEGqEGnxdyRThQkBZTIuIA==",
      "xz":
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ABoADFdAD2IiSaBk1OFYmHuwhmh3n9QPUHB6NXkkgCQVjgND0SJVGFFyUwS6g+79L+c5aMH7AAAAAAAAreHuw+NlfoAAU1pn10/UR+2830BAAAAAARZWg==",
    ]
    for (ending, base64) in files {
      let data = try #require(Data(base64Encoded: base64))
      for name in ["crawl/in.ndjson.\(ending)", "noending"] { try place.write(name, data) }
      for line in [
        "winnow run crawl/in.ndjson.\(ending) -o - -q",
        "winnow run noending --format ndjson -o - -q",
        "winnow run - -o - -q < noending",
        "cat noending | winnow run - -o - -q",
        "winnow run crawl --format ndjson -o - -q; rm -r crawl",
      ] {
        let result = try place.run(line)
        #expect(
          result.lines == (1...3).map { RunCommandTests.line("\($0)", "Text number \($0).") },
          "\(line) \(result.errors)")
      }
      try place.write("cut", data.dropLast(9))
      _ = try place.run("winnow run cut --format ndjson --rejects r.ndjson -o - -q")
      let rejected = try place.records("r.ndjson").first?["rejected"] as? [String: Any]
      #expect(rejected?["message"] as? String == "the compressed data ends early")
    }
  }

  @Test("behind an ending that speaks of a page, text or records, they are rejects that say so")
  func disguised() throws {
    try place.write("crawl/a.txt", "PK\u{3}\u{4}")
    try place.write("crawl/b.html", "%PDF-1.7")
    try place.write("crawl/c.txt", "a\u{0}b")
    try place.write("data/d.ndjson", "[{\"id\": 1},\n{\"id\": 2}]")
    try place.write("data/e.ndjson", "\u{4}\"M\u{18}\n\n\n")
    let result = try place.run(
      "winnow run crawl -q --rejects f.ndjson -o - --set stages='[{\"use\":\"html\"}]'; "
        + "winnow run data/*.ndjson -q --rejects n.ndjson -o -")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.text == "")
    let rejects = try place.records("f.ndjson") + place.records("n.ndjson")
    let said = rejects.map { record in
      let rejected = record["rejected"] as? [String: Any]
      return "\(rejected?["reason"] ?? "") \(rejected?["message"] ?? "")"
    }
    #expect(
      said == [
        "unknown_format the file is a ZIP archive or an office document, which is not read: --format "
          + "archive reads an archive",
        "unknown_format the file is a PDF, which is not read: pdftotext makes text of it",
        "unknown_format the file holds a zero byte at 1: that is no text",
        "unknown_format the file is a JSON array, which is not read: jq -c '.[]' \(Self.piped)",
        "unknown_format the file is compressed with lz4, which is not read: lz4 -dc \(Self.piped)",
      ])
  }

  @Test("files of folders with other endings are counted, by ending, and the right input is named")
  func leftOut() throws {
    for name in ["a.csv", "b.csv", "c.PDF", "deep/d.csv", "README"] {
      try place.write("crawl/\(name)", "x")
    }
    try place.write("crawl/e.txt", "A text.")
    let some = try place.run("winnow run crawl -o - --report report.json")
    #expect(
      some.errors.contains(
        "\n  5 files left out by their endings: 3 .csv, 1 .pdf, 1 no ending\n"), "\(some.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(contentsOf: place.url("report.json")))
    #expect(
      ((report as? [String: Any])?["left_out"] as? [String: Int])
        == [".csv": 3, ".pdf": 1, "no ending": 1])
    try place.write("data/x.ndjson", RunCommandTests.three)
    let none = try place.run("winnow run data -o -")
    #expect(none.errors.contains("\n  1 file left out by its ending: 1 .ndjson\n"))
    #expect(none.errors.contains("\n  nothing was read: --format ndjson?\n"))
    let other = try place.run("winnow run crawl/deep -o - --format ndjson")
    #expect(other.errors.contains("\n  nothing was read: --format csv?\n"))
  }

  @Test("where all is rejected for one reason, the summary says which and what may be meant")
  func oneReason() throws {
    for (record, hint) in [
      (#"{"id":"a","body":"<p>x"}"#, "has neither html nor text; it has body: html_field?"),
      (#"{"id":"a","content":"Words."}"#, "has neither html nor text; it has content: text_field?"),
      (#"{"id":"a","title":"Words."}"#, "has neither html nor text"),
      (#"{"id":"a","text":7}"#, "text must be a string, is a number"),
      (
        #"{"id":"a","html":"<p>x"}"#,
        "No text is left, or no stage made any: an HTML page needs the stage html."
      ),
    ] {
      try place.write("in.ndjson", record)
      let result = try place.run("winnow run in.ndjson -o -")
      #expect(
        result.errors.contains("\n  nothing was kept, all for one reason: \(hint)\n"),
        "\(result.errors)")
    }
    try place.write("in.ndjson", RunCommandTests.three)
    #expect(try !place.run("winnow run in.ndjson -o -").errors.contains("nothing was"))
  }

  @Test("a value for an input that INPUT arguments replaced is refused, not dropped")
  func overrides() throws {
    try place.write("a.txt", "A text.")
    try place.write("in.ndjson", RunCommandTests.three)
    let cases = [
      (
        "a.txt --set input.id_field=key",
        "--set:1:1: error: input.id_field is not read: INPUT arguments took the place of the input ndjson, "
          + "and they are read as files\n"
      ),
      (
        "in.ndjson --set input.paths='[\"b.ndjson\"]'",
        "--set:1:1: error: input.paths is not read: INPUT arguments took its place\n"
      ),
      (
        "in.ndjson --set input.idfield=key",
        "--set:1:15: error: input.idfield is not a setting of ndjson; did you mean id_field?\n"
      ),
      (
        "in.ndjson --set outptu.path=x",
        "--set:1:13: error: outptu is not part of a definition; did you mean output?\n"
      ),
    ]
    for (arguments, message) in cases {
      let result = try place.run("winnow run \(arguments) -o -")
      #expect(result.code == 2)
      #expect(result.errors == message, "\(arguments)")
    }
    #expect(try place.run("winnow run a.txt in.ndjson -o - -q --set input.source=x").code == 0)
  }

  // MARK: Names and first bytes

  @Test("names in capitals are the same names")
  func capitals() throws {
    for name in ["INDEX.HTML", "Page.Htm", "notes.TXT", "z.html.GZ"] {
      try place.write("crawl/\(name)", "<p>Words.")
    }
    let html = #"--set stages='[{"use":"html"}]'"#
    let result = try place.run("winnow run crawl -o - -q \(html) | jq -r .id")
    #expect(result.lines == ["INDEX.HTML", "Page.Htm", "notes.TXT", "z.html.GZ"])
    try place.write("IN.NDJSON", RunCommandTests.three)
    #expect(try place.run("winnow run IN.NDJSON -o - -q").lines.count == 3)
    let one = try place.run("winnow run crawl/INDEX.HTML -o - -q \(html) | jq -r .id")
    #expect(one.lines == ["crawl/INDEX.HTML"])
  }

  @Test("names that are not UTF-8 are read as bytes, in folders, patterns and arguments")
  func bytesInNames() throws {
    _ = try place.run(
      #"""
      mkdir -p crawl/$'d\351p' more
      for name in plain $'caf\351' $'caf\350'; do echo "Text." > crawl/$name.txt; done
      echo "Deep." > crawl/$'d\351p'/a.txt
      echo '{"id":"r","text":"Record."}' > more/$'\377'.ndjson
      """#)
    let ids = "-o - -q | jq -r .id"
    #expect(
      try place.run("winnow run crawl \(ids)").lines
        == [#"caf\xE8.txt"#, #"caf\xE9.txt"#, #"d\xE9p/a.txt"#, "plain.txt"])
    #expect(try place.run("winnow run crawl/*.txt \(ids)").lines.count == 3)
    #expect(try place.run("winnow run more/*.ndjson \(ids)").lines == ["r"])
    #expect(
      try place.run("winnow run --set input.use=files 'crawl/caf*.txt' \(ids)").lines.count == 2)
    let state = try place.run(
      """
      for night in 1 2; do
        winnow run crawl --state st -o 'n-{run}.ndjson' --format files \
          --set input='{"use":"files","skips_processed":true,"paths":["x"]}' 2>&1
      done
      """)
    #expect(state.text.contains("4 files skipped, processed before"), "\(state.text)")
  }

  @Test("a byte order mark before records on standard input is no text")
  func byteOrderMark() throws {
    try place.write("in.ndjson", "\u{FEFF}" + RunCommandTests.three)
    _ = try place.run("gzip -k in.ndjson; printf '\\n  ' | cat - in.ndjson > blank.ndjson")
    for line in [
      "winnow run - -o - -q < in.ndjson", "winnow run in.ndjson -o - -q",
      "winnow run - --format ndjson -o - -q < in.ndjson", "winnow run - -o - -q < in.ndjson.gz",
    ] {
      let result = try place.run(line)
      #expect(
        result.lines == (1...3).map { RunCommandTests.line("\($0)", "Text number \($0).") },
        "\(line)")
    }
  }

  @Test("numbers are kept digit for digit, as ids too")
  func numbers() throws {
    let numbers = [
      "18446744073709551615", "9223372036854775808", "-9223372036854775809", "9223372036854775807",
      "340282366920938463463374607431768211455", "-170141183460469231731687303715884105728",
      "123456789012345678901234567890123456789012345678901234567890", "1e400", "-2.5E+999",
    ]
    let records = numbers.map {
      #"{"id":"x","text":"say \"12345678901234567890\"","n":\#($0),"list":[1,{"m":\#($0)},18446744073709551614]}"#
        + "\n"
    }
    try place.write("in.ndjson", records.joined())
    let result = try place.run("winnow run in.ndjson -o -")
    #expect(result.lines.count == numbers.count, "\(result.errors)")
    for (line, number) in zip(result.lines, numbers) {
      #expect(
        line.contains(#""n":\#(number),"list":[1,{"m":\#(number)},18446744073709551614]"#),
        "\(line)")
      #expect(line.contains(#""text":"say \"12345678901234567890\"""#))
    }
    try place.write(
      "ids.ndjson", numbers.prefix(7).map { #"{"id":\#($0),"text":"t"}"# + "\n" }.joined())
    #expect(
      try place.run("winnow run ids.ndjson -o - -q | cut -d'\"' -f4").lines
        == Array(numbers.prefix(7)))
  }

  @Test("what is no JSON is refused, saying what and where")
  func noJSON() throws {
    let cases = [
      (#"{"id":"a","text":"t","n":NaN}"#, "at byte 25"),
      (#"{"id":"a","text":"t","n":-Infinity}"#, "at byte 26"),
      (#"{"id":"a","text":"t","n":01234567890123456789012}"#, "at byte 26"),
      (
        #"{"id":1e400,"text":"t"}"#,
        "id must be a string that is not empty or a whole number, is a number"
      ),
      (#"{"id":"a","text":["t"]}"#, "text must be a string, is an array"),
      (
        #"{"id":{},"text":"t"}"#,
        "id must be a string that is not empty or a whole number, is an object"
      ),
    ]
    try place.write("in.ndjson", cases.map { $0.0 + "\n" }.joined())
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    let rejects = try place.records("rejects.ndjson")
    #expect(rejects.count == cases.count)
    for (reject, (line, message)) in zip(rejects, cases) {
      let said = (reject["rejected"] as? [String: Any])?["message"] as? String
      #expect(said?.contains(message) == true, "\(line) \(said ?? "")")
    }
  }

  @Test("a page that is not UTF-8 travels in Base64, with the transport's character set")
  func base64() throws {
    let pages: [(bytes: [UInt8], charset: String?, text: String)] = [
      (Array("<p>caf\u{E9}".unicodeScalars.map { UInt8($0.value) }), "iso-8859-1", "café"),
      ([0x3C, 0x70, 0x3E, 0xCC, 0xE8, 0xF0], "windows-1251", "Мир"),
      (Array("<p>naïve".utf8), nil, "naïve"),
    ]
    let lines = pages.map { page in
      let data = Data(page.bytes).base64EncodedString()
      let charset = page.charset.map { #","html_charset":"\#($0)""# } ?? ""
      return #"{"id":"a","html_base64":"\#(data)"\#(charset)}"# + "\n"
    }
    try place.write("in.ndjson", lines.joined())
    let html = #"--set stages='[{"use":"html"}]'"#
    let result = try place.run("winnow run in.ndjson -o - -q \(html) | jq -r .text")
    #expect(result.lines == pages.map(\.text))
    for (value, message) in [
      ("PHA-", "html_base64 must be Base64, and is not at byte 3"),
      ("PHA+Y", "html_base64 must be Base64, and ends in the middle"),
      ("PHA=+A==", "html_base64 must be Base64, and is not at byte 4"),
    ] {
      try place.write("in.ndjson", #"{"id":"a","html_base64":"\#(value)"}"#)
      _ = try place.run("winnow run in.ndjson -q \(html)")
      let rejected = try place.records("rejects.ndjson")[0]["rejected"] as? [String: Any]
      #expect(rejected?["message"] as? String == message)
    }
  }

  @Test("stages are held to what they need of each other and of the input")
  func order() throws {
    try place.write("page.html", "<p>Words.")
    try place.write("crawl/deep/page.HTM", "<p>Words.")
    let cases = [
      (
        "in.ndjson", #"[{"use":"boilerplate"},{"use":"html"}]"#,
        "stages[0] needs a page, which no stage before it makes; put { \"use\": \"html\" } before it"
      ),
      (
        "in.ndjson", #"[{"use":"language"},{"use":"html"}]"#,
        "stages[1] makes the text that stages[0] (language) needs; put it before that stage"
      ),
      (
        "in.ndjson", #"[{"use":"revisits"},{"use":"near_duplicates"},{"use":"html"}]"#,
        "stages[2] makes the text that stages[1] (near_duplicates) needs; put it before that stage"
      ),
      (
        "page.html", "[]",
        "stages make no text of pages, and the input reads page.html; put { \"use\": \"html\" } first"
      ),
      (
        "crawl", #"[{"use":"language"}]"#,
        "stages make no text of pages, and the input reads crawl/deep/page.HTM; put { \"use\": \"html\" } "
          + "first"
      ),
    ]
    try place.write("in.ndjson", RunCommandTests.three)
    for (input, stages, message) in cases {
      let result = try place.run("winnow run \(input) -o - --set stages='\(stages)'")
      #expect(result.code == 2)
      #expect(result.errors.hasSuffix(": error: \(message)\n"), "\(result.errors)")
    }
  }
}
