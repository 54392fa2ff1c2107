import Foundation
import TestSupport
import Testing

/// `winnow run --dry-run`: what a run would do, without doing it.
@Suite struct DryRunTests {
  /// A folder with pages, and a definition that reads it.
  private func makePlace(input: String = "") throws -> Workplace {
    let place = try Workplace()
    try place.write("crawl/a.html", "<p>One page.")
    try place.write("crawl/deep/b.html", "<p>Another page.")
    try place.write("crawl/c.jpg", "JPEG")
    try place.write("more/d.txt", "Text.")
    try place.write(
      "pipeline.json",
      """
      { "input": {"use": "files", "paths": ["crawl", "more"]\(input)},
        "stages": [{"use": "html"}, {"use": "near_duplicates"}],
        "output": {"use": "ndjson", "path": "clean-{date}.ndjson"},
        "rejects": {"use": "ndjson", "path": "rejects.ndjson"} }
      """)
    return place
  }

  /// Everything below the folder, with contents and times.
  private func everything(in place: Workplace) throws -> String {
    try place.run(
      "find . ! -name '.output-*' ! -name '.errors-*' ! -path . -printf '%P %s %T@ %m\\n' | sort"
        + "; find . -type f ! -name '.output-*' ! -name '.errors-*' -exec sha256sum {} + | sort"
    ).text
  }

  private static let reading = """
    input: files
      crawl: 2 files, 28 B
      more: 1 file, 5 B
      1 file left out by its ending: 1 .jpg
    stages: html, near_duplicates

    """

  @Test("it says what would be read and written, and writes nothing")
  func plain() throws {
    let place = try makePlace()
    try place.write("rejects.ndjson", "{}\n")
    let before = try everything(in: place)
    let result = try place.run(
      "winnow run --dry-run --report report.json --set output.path=clean.ndjson")
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(
      result.text == Self.reading + """
        output: clean.ndjson
        rejects: rejects.ndjson, in place of a file of 3 bytes
        report: report.json
        state: none

        """)
    #expect(try everything(in: place) == before)
  }

  @Test("inputs of several kinds, patterns, standard input and parts")
  func kinds() throws {
    let place = try makePlace()
    try place.write("1.ndjson", RunCommandTests.three)
    try place.write("2.ndjson", RunCommandTests.three)
    let result = try place.run(
      """
      winnow run --dry-run *.ndjson crawl - -o 'out/{language}/part.ndjson' < 1.ndjson
      """)
    #expect(result.code == 0 && result.errors == "")
    #expect(
      result.text == """
        input: ndjson
          1.ndjson: 1 file, 105 B
          2.ndjson: 1 file, 105 B
        input: files
          crawl: 2 files, 28 B
          1 file left out by its ending: 1 .jpg
        input: ndjson
          standard input
        stages: html, near_duplicates
        output: parts out/{language}/part.ndjson
        rejects: only counted
        state: none

        """)
    #expect(!place.exists("out"))
  }

  @Test("of many paths the first twenty are listed")
  func manyPaths() throws {
    let place = try makePlace()
    for number in 10..<40 { try place.write("in/\(number).txt", "Text.") }
    let result = try place.run("winnow run --dry-run in/*.txt -o -")
    #expect(result.code == 0)
    #expect(
      result.text.contains("  in/29.txt: 1 file, 5 B\n  and 10 paths more: 10 files, 50 B\nstages"))
  }

  @Test("with a state it says which run begins, and which files were processed before")
  func state() throws {
    let place = try makePlace(input: #", "skips_processed": true"#)
    let command = "winnow run --state st -o 'clean-{run}.ndjson' --rejects 'rejects-{run}.ndjson'"
    let first = try place.run("\(command) --dry-run")
    #expect(first.code == 0 && first.errors == "")
    #expect(
      first.text == Self.reading + """
        output: clean-1.ndjson
        rejects: rejects-1.ndjson
        state: st, which is made; run 1 begins

        """)
    #expect(!place.exists("st"))
    #expect(try place.run("\(command) -q").code == 0)
    try place.write("more/e.txt", "A new text.")
    let before = try everything(in: place)
    let second = try place.run("\(command) --dry-run")
    #expect(second.code == 0 && second.errors == "")
    #expect(
      second.text == """
        input: files
          crawl: 0 files, 0 B
          more: 1 file, 11 B
          3 files skipped, processed before
          1 file left out by its ending: 1 .jpg
        stages: html, near_duplicates
        output: clean-2.ndjson
        rejects: rejects-2.ndjson
        state: st, in which run 2 begins

        """)
    #expect(try everything(in: place) == before)
  }

  @Test("of an interrupted run it says from where it goes on, and that its output has gone")
  func interrupted() throws {
    let place = try makePlace()
    try place.write("in.ndjson", RunCommandTests.three)
    let stopped = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q --state st -o out.ndjson < pipe & pid=$!
      cat in.ndjson >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.02; done
      kill -INT $pid; wait $pid; code=$?; rm pipe; exit $code
      """)
    #expect(stopped.code == 130)
    let before = try everything(in: place)
    let line = "winnow run - --state st -o out.ndjson --dry-run < in.ndjson"
    let result = try place.run(line)
    #expect(result.code == 0 && result.errors == "")
    let size = try place.read("out.ndjson.partial").utf8.count
    #expect(
      result.text == """
        input: ndjson
          standard input
        stages: html, near_duplicates
        output: out.ndjson, on from byte \(size)
        rejects: only counted
        state: st, in which run 1 goes on after 3 documents

        """)
    #expect(try everything(in: place) == before)
    let gone = try place.run("mv out.ndjson.partial elsewhere; \(line)")
    #expect(gone.code == 1)
    #expect(
      gone.errors
        == "winnow: error: out.ndjson.partial, which the run was writing when it was interrupted, has gone; "
        + "put it back as it was, or begin anew with another state directory\n")
  }

  @Test("everything that stands in the way is told at once, in the words of the run")
  func problems() throws {
    let place = try makePlace()
    #expect(try place.run("winnow run -q --state st -o clean.ndjson").code == 0)
    let result = try place.run(
      "winnow run --dry-run --state st -o clean.ndjson --rejects no/rejects.ndjson --report crawl")
    #expect(result.code == 1)
    #expect(
      result.errors == """
        winnow: error: clean.ndjson holds the records of an earlier run, which are known to the state and would \
        not come again; move it away, or give each run a file of its own, as in clean-{run}.ndjson
        winnow: error: cannot write no/rejects.ndjson.partial: No such file or directory
        winnow: error: cannot write crawl: Is a directory

        """)
    #expect(result.text == Self.reading + "state: st, in which run 2 begins\n")
    let run = try place.run("winnow run --state st -o clean.ndjson")
    #expect(run.code == 1)
    #expect(result.errors.hasPrefix(run.errors))
  }

  @Test("another definition and a state in use are refused, as they are by a run")
  func refusals() throws {
    let place = try makePlace()
    #expect(try place.run("winnow run -q --state st -o clean.ndjson").code == 0)
    let changed = "winnow run --state st -o new.ndjson --set stages.html.links=true"
    let dry = try place.run("\(changed) --dry-run")
    #expect(dry.code == 1)
    #expect(dry.text == Self.reading)
    #expect(dry.errors == (try place.run(changed)).errors)
    #expect(dry.errors.hasPrefix("winnow: error: the definition is not that of run 1 in st:\n"))
    #expect(try place.run("\(changed) --dry-run --accept-changes").code == 0)
    let used = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q --state st -o other.ndjson < pipe & pid=$!
      echo '{"id":"1","text":"Words."}' >&3
      while [ ! -e other.ndjson.partial ]; do sleep 0.02; done
      winnow run --dry-run --state st -o new.ndjson > /dev/null; echo $?
      echo "winnow: error: process $pid is using the state st; wait until it has ended" >&2
      winnow run --dry-run - -o other.ndjson < /dev/null > /dev/null; echo $?
      kill -9 $pid; wait $pid
      """)
    #expect(used.lines == ["1", "1"])
    let lines = used.errors.split(separator: "\n")
    #expect(lines.count >= 3)
    #expect(lines[0] == lines[1])
    #expect(lines[2] == "winnow: error: another run is writing other.ndjson")
  }

  @Test("a wrong definition ends it with exit code 2, and -q leaves out all but errors")
  func wrong() throws {
    let place = try makePlace()
    #expect(try place.run("winnow run --dry-run --set output.pth=a").code == 2)
    let quiet = try place.run("winnow run --dry-run -q -o -")
    #expect(quiet.code == 0 && quiet.text == "" && quiet.errors == "")
  }
}
