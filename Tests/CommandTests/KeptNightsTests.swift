import Foundation
import Testing

/// A night must not be lost: what a finished run wrote is not replaced by a run that cannot make it again,
/// and no output is written over what a run reads.
@Suite struct KeptNightsTests {
  let place: Workplace

  init() throws {
    place = try Workplace(stages: #"{"use": "near_duplicates"}"#)
    try place.write("in.ndjson", Self.records("a", "b", "c"))
  }

  static func records(_ ids: String...) -> String {
    ids.map { id in
      let text = (0..<12).map { "word\(id)\($0)" }.joined(separator: " ")
      return #"{"id":"\#(id)","text":"\#(text)"}"# + "\n"
    }.joined()
  }

  private func ids(_ name: String) throws -> [String] {
    try place.records(name).compactMap { $0["id"] as? String }
  }

  // MARK: Outputs belong to their runs

  @Test("a finished output with records is not replaced by a run with a state, and nothing is read")
  func refused() throws {
    #expect(try place.run("winnow run in.ndjson -q -o clean.ndjson --state st").code == 0)
    let again = try place.run("winnow run in.ndjson -q -o clean.ndjson --state st")
    #expect(again.code == 1)
    #expect(
      again.errors
        == "winnow: error: clean.ndjson holds the records of an earlier run, which are known to the state "
        + "and would not come again; move it away, or give each run a file of its own, as in "
        + "clean-{run}.ndjson\n")
    #expect(try ids("clean.ndjson") == ["a", "b", "c"])
    // The one that was refused has no number.
    let moved = try place.run(
      "mv clean.ndjson 1.ndjson; winnow run in.ndjson -q -o clean.ndjson --state st; "
        + "winnow index stats pipeline.json --state st | grep -c ' run '")
    #expect(moved.code == 0 && moved.text == "2\n", "\(moved.errors)")
  }

  @Test(
    "so it is with rejects, compressed files, links, and the recipe whose last step failed",
    arguments: [
      ("winnow run in.ndjson -q --state st", "rm out.ndjson; winnow run in.ndjson -q --state st"),
      (
        "winnow run in.ndjson -q -o c.ndjson.zst --state st",
        "winnow run in.ndjson -q -o c.ndjson.zst --state st"
      ),
      (
        "winnow run in.ndjson -q -o c.ndjson.gz --state st",
        "ln -s c.ndjson.gz latest.gz; winnow run in.ndjson -q -o latest.gz --state st"
      ),
      (
        "winnow run in.ndjson -q -o c.ndjson --state st && mv c.ndjson none/c.ndjson || true",
        "winnow run in.ndjson -q -o c.ndjson --state st && mv c.ndjson none/c.ndjson"
      ),
    ])
  func refusedToo(first: String, second: String) throws {
    try place.write("in.ndjson", Self.records("a", "b", "a"))
    #expect(try place.run(first).code == 0)
    let before = try place.run("cat *.ndjson *.zst c*.gz 2> /dev/null | md5sum").text
    let again = try place.run(second)
    #expect(again.code == 1, "\(again.errors)")
    #expect(again.errors.contains(" holds the records of an earlier run, "), "\(again.errors)")
    #expect(
      try place.run("cat *.ndjson *.zst c*.gz 2> /dev/null | md5sum").text == before
        || second.hasPrefix("rm"))
  }

  @Test("an empty output is replaced, and without a state every output is")
  func replaced() throws {
    try place.run("winnow run in.ndjson -q -o 1.ndjson --state st")
    for name in ["none.ndjson", "none.ndjson.zst", "none.ndjson.gz"] {
      for _ in 1...2 {
        let result = try place.run("winnow run in.ndjson -q -o \(name) --state st")
        #expect(result.code == 0, "\(name) \(result.errors)")
      }
    }
    for _ in 1...2 { #expect(try place.run("winnow run in.ndjson -q").code == 0) }
    #expect(try ids("out.ndjson") == ["a", "b", "c"])
  }

  @Test("{run} and {date} name an output after its run")
  func named() throws {
    let command =
      "winnow run - -q --state st -o 'clean-{run}.ndjson' --rejects 'r-{date}-{run}.ndjson'"
    for id in ["a", "b"] {
      try place.write("one.ndjson", Self.records(id))
      #expect(try place.run("\(command) < one.ndjson").code == 0)
    }
    #expect(try ids("clean-1.ndjson") == ["a"])
    #expect(try ids("clean-2.ndjson") == ["b"])
    let date = try place.run("date -u +%F").text.trimmingCharacters(in: .newlines)
    #expect(place.exists("r-\(date)-2.ndjson"))
    #expect(try place.run("winnow run in.ndjson -q -o '{{a}-{date}.ndjson'").code == 0)
    #expect(place.exists("{a}-\(date).ndjson"))
  }

  @Test("names in braces that mean nothing are refused, as is {run} where runs have no number")
  func wrongNames() throws {
    let cases = [
      (
        "-o '{run}.ndjson'",
        "-o:1:1: error: output.path holds {run}, and only runs with a state directory are numbered: "
          + "run.state or --state\n"
      ),
      (
        "-o 'x-{day}.ndjson'",
        "-o:1:1: error: output.path holds {day}, and only {run}, {date}, {n}, {host}, {language}, {source}, "
          + "{metadata.NAME} and {annotations.LABEL.NAME} have a meaning; a brace that is meant is written {{\n"
      ),
      (
        "--rejects 'x-{run'",
        "--rejects:1:1: error: rejects.path holds {run, which no brace closes; a brace that is meant is "
          + "written {{\n"
      ),
    ]
    for (arguments, message) in cases {
      let result = try place.run("winnow run in.ndjson \(arguments)")
      #expect(result.code == 2)
      #expect(result.errors == message)
    }
  }

  @Test("files that are named after records lie in no folder that something else uses")
  func foldersOfParts() throws {
    try place.write("data/a.ndjson", #"{"id":"a","text":"t"}"# + "\n")
    let cases = [
      (
        "in.ndjson -o 'out/{host}/a.x' --rejects out/rejects.ndjson",
        "--rejects:1:1: error: rejects.path names out/rejects.ndjson, which output.path may write, too\n"
      ),
      (
        "in.ndjson -o out/x.ndjson --rejects 'out/{source}.x'",
        "--rejects:1:1: error: rejects.path names out/{source}.x, which output.path may write, too\n"
      ),
      (
        "data --format ndjson -o 'data/{host}/a.ndjson'",
        "-o:1:1: error: output.path names data/{host}/a.ndjson, which the input reads\n"
      ),
    ]
    for (arguments, message) in cases {
      let result = try place.run("winnow run \(arguments)")
      #expect(result.code == 2)
      #expect(result.errors == message)
    }
    let index = try place.run("winnow index export pipeline.json --state st -o '{host}.x'")
    #expect(index.code != 0 && !place.exists("_.x"))
  }

  @Test("a run that is resumed keeps the names that it began with")
  func resumed() throws {
    let settings = #"--set run.checkpoint_bytes='"1 KiB"' --set run.batch='"1 KiB"'"#
    let command = "winnow run - -q --state st -o 'clean-{run}-{date}.ndjson' \(settings)"
    try place.write("in.ndjson", (0..<2_000).map { Self.records("\($0)") }.joined())
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      \(command) < pipe & pid=$!
      cat in.ndjson >&3
      while [ "$(cat clean-1-*.partial 2> /dev/null | wc -c)" -lt 10000 ]; do sleep 0.02; done
      kill -9 $pid; wait $pid; ls clean-1-*
      """)
    let name = result.text.trimmingCharacters(in: .newlines)
    #expect(try place.run("\(command) < in.ndjson").code == 0)
    #expect(try ids(name.replacing(".partial", with: "")).count == 2_000)
    #expect(!place.exists(name))
  }

  @Test(
    "a map repeated after a failed reduce: without a state it is the same, with one it is stopped")
  func mapAndReduce() throws {
    let map = "winnow run in.ndjson -q -o part.ndjson --set stages='[]'"
    let reduce = "winnow run 'part*.ndjson' --format ndjson -q --state st -o 'clean-{run}.ndjson'"
    #expect(try place.run(map).code == 0)
    let first = try place.read("part.ndjson")
    #expect(try place.run("(ulimit -f 0; \(reduce))").code != 0)
    #expect(try place.run(map).code == 0)
    #expect(try place.read("part.ndjson") == first)
    #expect(try place.run(reduce).code == 0)
    #expect(try ids("clean-1.ndjson") == ["a", "b", "c"])

    let wrong = "winnow run in.ndjson -q -o mapped.ndjson --state map"
    #expect(try place.run(wrong).code == 0)
    #expect(try place.run(wrong).code == 1)
    #expect(try ids("mapped.ndjson") == ["a", "b", "c"])
    let named = try place.run("winnow run in.ndjson -o 'mapped-{run}.ndjson' --state map")
    #expect(named.errors.contains("\n  nothing was kept, all for one reason: "), "\(named.errors)")
  }

  // MARK: Looking at a page

  @Test("one page looked at with -o - does not touch the rejects of the night, and says so")
  func look() throws {
    try place.write("in.ndjson", Self.records("a", "a"))
    #expect(try place.run("winnow run in.ndjson -q").code == 0)
    let rejects = try place.read("rejects.ndjson")
    #expect(!rejects.isEmpty)
    for output in ["-", "other.ndjson", "/dev/null"] {
      let result = try place.run("winnow run in.ndjson -o \(output)")
      #expect(result.code == 0)
      #expect(result.errors.contains("\n  rejects are not written: --rejects FILE\n"))
      #expect(try place.read("rejects.ndjson") == rejects)
    }
    #expect(try place.run("winnow run in.ndjson -q -o - --rejects r.ndjson").code == 0)
    #expect(try place.reasons("r.ndjson") == ["near_duplicates:unchanged"])
    #expect(try place.run("winnow run in.ndjson -q -o - --set rejects.path=s.ndjson").code == 0)
    #expect(try place.reasons("s.ndjson") == ["near_duplicates:unchanged"])
  }

  @Test("runs of one definition to several outputs are under way at once")
  func parallel() throws {
    let result = try place.run(
      """
      mkfifo p1 p2
      winnow run - -q -o 1.ndjson < p1 & one=$!
      winnow run - -q -o 2.ndjson < p2 & two=$!
      exec 3> p1 4> p2
      cat in.ndjson >&3; cat in.ndjson >&4
      exec 3>&- 4>&-
      wait $one && wait $two
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try place.read("1.ndjson") == place.read("2.ndjson"))
    #expect(try ids("1.ndjson") == ["a", "b", "c"])
  }

  // MARK: Outputs over inputs

  @Test("an output that is read, by whatever name, is refused before anything is opened")
  func overInputs() throws {
    try place.write("g.ndjson", #"{"id":"x","name":"X","label":"Y"}"# + "\n")
    try place.write(
      "e.json", Workplace.definition(stages: #"{"use": "entities", "gazetteer": "g.ndjson"}"#))
    try place.write("data/a.ndjson", Self.records("a"))
    _ = try place.run(
      "ln in.ndjson hard.ndjson; ln -s in.ndjson soft.ndjson; cp in.ndjson late.ndjson.partial; ln -s data d"
    )
    let cases = [
      ("run in.ndjson -o in.ndjson", "-o", "output.path names in.ndjson, which the input reads"),
      (
        "run in.ndjson -o hard.ndjson", "-o", "output.path names hard.ndjson, which the input reads"
      ),
      (
        "run in.ndjson -o soft.ndjson", "-o", "output.path names soft.ndjson, which the input reads"
      ),
      (
        "run in.ndjson -o ./in.ndjson", "-o", "output.path names ./in.ndjson, which the input reads"
      ),
      (
        "run in.ndjson --rejects in.ndjson", "--rejects",
        "rejects.path names in.ndjson, which the input reads"
      ),
      (
        "run in.ndjson --report in.ndjson", "--report",
        "--report names in.ndjson, which the input reads"
      ),
      (
        "run pipeline.json in.ndjson -o pipeline.json", "-o",
        "output.path names pipeline.json, which is the definition"
      ),
      (
        "run e.json in.ndjson -o g.ndjson", "-o",
        "output.path names g.ndjson, which stages[0].gazetteer reads"
      ),
      (
        "run late.ndjson.partial --format ndjson -o late.ndjson", "-o",
        "output.path names late.ndjson, which the input reads"
      ),
      (
        "run - -o in.ndjson < in.ndjson", "-o", "output.path names in.ndjson, which the input reads"
      ),
      (
        "run in.ndjson -o - >> in.ndjson", "-o",
        "output.path names standard output, which the input reads"
      ),
      (
        "run data --format ndjson -o d/b.ndjson", "-o",
        "output.path names d/b.ndjson, which the input reads"
      ),
      (
        "run in.ndjson -o a.ndjson --rejects a.ndjson", "--rejects",
        "rejects.path names a.ndjson, which output.path writes, too"
      ),
      (
        "run in.ndjson -o a.ndjson --report ./a.ndjson", "--report",
        "--report names ./a.ndjson, which output.path writes, too"
      ),
      (
        "explain pipeline.json in.ndjson --html in.ndjson", "--html",
        "--html names in.ndjson, which the input reads"
      ),
    ]
    let sum = "md5sum *.ndjson *.json data/* late*"
    let before = try place.run(sum).text
    for (arguments, argument, message) in cases {
      let result = try place.run("winnow \(arguments)")
      #expect(result.code == 2, "\(arguments)")
      #expect(result.errors == "\(argument):1:1: error: \(message)\n", "\(arguments)")
    }
    #expect(try place.run(sum).text == before)
    #expect(try place.run("ls *.partial").text == "late.ndjson.partial\n")
  }

  @Test("a device may be written as often as one likes")
  func device() throws {
    try place.write("in.ndjson", Self.records("a"))
    let result = try place.run(
      "winnow run in.ndjson -q -o /dev/null --rejects /dev/null --report /dev/null")
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
  }

  @Test(
    "an output beside the pages of a folder, and one record of the last output, are no such thing")
  func beside() throws {
    try place.write("crawl/page.txt", "One text.")
    #expect(try place.run("winnow run crawl -q -o crawl/clean.ndjson").code == 0)
    #expect(try place.run("winnow run in.ndjson -q && winnow run in.ndjson -q").code == 0)
    #expect(try place.run("winnow explain pipeline.json out.ndjson --id a").code == 0)
  }
}
