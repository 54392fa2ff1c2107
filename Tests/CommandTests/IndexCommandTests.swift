import Foundation
import TestSupport
import Testing

/// `winnow index` as a user meets it.
@Suite struct IndexCommandTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("pages.ndjson", Self.records(0..<60))
    try place.write(
      "p.json",
      Workplace.definition(
        stages: #"{"use": "near_duplicates"}, {"use": "language"}"#,
        run: #"{"state_memory": "16 MiB"}"#
      ).replacing(#""-""#, with: #""pages.ndjson""#))
  }

  /// Records of which no two are alike.
  static func records(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      var random = Seed(UInt64(number))
      let words = (0..<30).map { _ in "w\(random.below(5000))" }.joined(separator: " ")
      return #"{"id":"page-\#(number)","text":"The text of it is \#(words)."}"# + "\n"
    }.joined()
  }

  private func night(_ state: String = "st", _ arguments: String = "") throws {
    let result = try place.run(
      "rm -f out.ndjson rejects.ndjson; winnow run p.json -q --state \(state) \(arguments)")
    #expect(result.code == 0, "\(result.errors)")
  }

  private func index(_ arguments: String) throws -> Executable.Result {
    try place.run("winnow index \(arguments)")
  }

  private func json(_ state: String = "st") throws -> [String: Any] {
    let result = try index("stats p.json --state \(state) --json")
    return try JSONSerialization.jsonObject(with: result.output) as? [String: Any] ?? [:]
  }

  private func documents(_ state: String = "st") throws -> Int? {
    let stages = try json(state)["stages"] as? [String: [String: Any]]
    return stages?["near_duplicates"]?["documents"] as? Int
  }

  private func runs(_ state: String = "st") throws -> [[String: Any]] {
    try json(state)["runs"] as? [[String: Any]] ?? []
  }

  private func ids(_ name: String) throws -> [String] {
    try place.records(name).compactMap { $0["id"] as? String }
  }

  // MARK: Looking

  @Test("stats tells of runs, documents and bytes, for people and for programs")
  func stats() throws {
    try night()
    try night()
    let lines = try index("stats p.json --state st").lines
    #expect(lines.count > 4)
    #expect(lines[0].hasPrefix("st: ") && lines[0].hasSuffix("kB on disk"), "\(lines)")
    #expect(lines[1].hasPrefix("  run 1, 20") && lines[1].hasSuffix("Z: 60 in, 60 out"))
    #expect(lines[2].hasPrefix("  run 2, 20") && lines[2].hasSuffix("Z: 60 in, 0 out"))
    #expect(lines[3...4] == ["near_duplicates:", "  documents: 60"])
    #expect(try json()["state"] as? String == "st")
    #expect(try json()["bytes"] as? Int ?? 0 > 1000)
    #expect(try runs().map { $0["run"] as? Int } == [1, 2])
    #expect(try runs().map { $0["records"] as? Int } == [60, 60])
    #expect(try runs().map { $0["kept"] as? Int } == [60, 0])
    #expect(try runs().map { $0["finished"] as? Bool } == [true, true])
    #expect(try documents() == 60)
  }

  @Test("neither input nor output are touched, and the input may be gone")
  func inputGone() throws {
    try night()
    try place.remove("pages.ndjson")
    let before = try place.read("out.ndjson")
    for command in ["stats", "verify", "compact", "export", "forget --id page-1"] {
      let words = command.split(separator: " ", maxSplits: 1)
      let result = try index(
        "\(words[0]) p.json --state st \(words.count > 1 ? String(words[1]) : "")")
      #expect(result.code == 0, "\(command): \(result.errors)")
    }
    #expect(try place.read("out.ndjson") == before)
  }

  // MARK: Moving

  @Test("what was exported makes the same index elsewhere, with the same decisions")
  func moving() throws {
    try night()
    try place.write("pages.ndjson", Self.records(40..<80))
    try night()
    let exported = try index("export p.json --state st -o index.ndjson.zst")
    #expect(exported.code == 0)
    #expect(exported.errors == "winnow: 80 entries written\n")
    let imported = try index("import p.json index.ndjson.zst --state new")
    #expect(imported.code == 0, "\(imported.errors)")
    #expect(imported.errors == "winnow: 80 entered, 0 known already\n")
    let (old, new) = (
      try index("export p.json --state st"), try index("export p.json --state new")
    )
    #expect(old.output == new.output)
    #expect(old.lines.count == 83, "runs, the format, documents")
    // Once more changes nothing.
    #expect(
      try index("import p.json index.ndjson.zst --state new").errors
        == "winnow: 0 entered, 80 known already\n")
    #expect(try index("export p.json --state new").output == old.output)

    try place.write("pages.ndjson", Self.records(30..<100))
    try night("st", "-o a.ndjson --rejects ra.ndjson")
    try night("new", "-o b.ndjson --rejects rb.ndjson")
    #expect(try place.read("a.ndjson") == place.read("b.ndjson"))
    #expect(try place.read("ra.ndjson") == place.read("rb.ndjson"))
    #expect(try ids("a.ndjson") == (80..<100).map { "page-\($0)" })
    let firsts = try place.records("rb.ndjson").map {
      ($0["rejected"] as? [String: Any])?["duplicate_of_run"] as? Int
    }
    #expect(firsts == Array(repeating: 1, count: 30) + Array(repeating: 2, count: 20))
  }

  @Test("runs of an export get numbers behind those that are there")
  func joining() throws {
    try night("one")
    try place.write("pages.ndjson", Self.records(50..<90))
    try night("two")
    #expect(try index("export p.json --state one -o one.ndjson").code == 0)
    let joined = try index("import p.json one.ndjson --state two")
    #expect(joined.errors == "winnow: 50 entered, 10 known already\n")
    #expect(try runs("two").map { $0["records"] as? Int } == [40, 60])
    try place.write("pages.ndjson", Self.records(45..<55))
    try night("two")
    let runs = try place.records("rejects.ndjson").map {
      ($0["rejected"] as? [String: Any])?["duplicate_of_run"] as? Int
    }
    #expect(runs == [2, 2, 2, 2, 2, 1, 1, 1, 1, 1])
    #expect(try self.runs("two").map { $0["run"] as? Int } == [1, 2, 3])
  }

  @Test("documents of an earlier output are those of one more run")
  func earlierOutputs() throws {
    #expect(try place.run("winnow run p.json -q -o before.ndjson.gz").code == 0)
    let imported = try index("import p.json before.ndjson.gz --state st")
    #expect(imported.code == 0, "\(imported.errors)")
    #expect(imported.errors == "winnow: 60 entered, 0 known already\n")
    #expect(
      try index("stats p.json --state st").lines.dropFirst().first?.hasSuffix(
        ": 60 imported, 60 of them new") == true)
    try place.write("pages.ndjson", Self.records(50..<70))
    try night()
    #expect(try ids("out.ndjson") == (60..<70).map { "page-\($0)" })
    let rejected = try place.records("rejects.ndjson").map { $0["rejected"] as? [String: Any] }
    #expect(rejected.map { $0?["reason"] as? String } == Array(repeating: "unchanged", count: 10))
    #expect(rejected.map { $0?["duplicate_of_run"] as? Int } == Array(repeating: 1, count: 10))
    // Rejects are no documents that anybody kept.
    #expect(
      try index("import p.json - --state st < rejects.ndjson").errors
        == "winnow: 0 entered, 0 known already, 10 rejects left out\n")
    #expect(try runs().map { $0["import"] as? Bool } == [true, false])
  }

  @Test("an import that ended early is repeated under its number, and nothing is there twice")
  func brokenImport() throws {
    #expect(try place.run("winnow run p.json -q").code == 0)
    try place.write("broken.ndjson", place.read("out.ndjson") + "{\"id\":\n")
    let broken = try index("import p.json broken.ndjson --state st")
    #expect(broken.code == 1)
    #expect(
      broken.errors.hasPrefix("winnow: error: broken.ndjson:61: the line is no JSON: "),
      "\(broken.errors)")
    #expect(try runs().map { $0["finished"] as? Bool } == [false])
    #expect(
      try index("import p.json out.ndjson --state st").errors
        == "winnow: 0 entered, 60 known already\n")
    #expect(try runs().map { $0["run"] as? Int } == [1])
    #expect(try runs().map { $0["finished"] as? Bool } == [true])
    #expect(try documents() == 60)
  }

  @Test("an import that was killed leaves whole documents, and the same command does the rest")
  func killedImport() throws {
    try place.write("pages.ndjson", Self.records(0..<2000))
    try night()
    #expect(try index("export p.json --state st -o all.ndjson").code == 0)
    let killed = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow index import p.json - --state new < pipe 2> /dev/null & pid=$!
      head -1900 all.ndjson >&3
      while [ "$(cat new/store/*.log 2> /dev/null | wc -c)" -lt 100000 ]; do sleep 0.02; done
      kill -9 $pid; wait $pid 2> /dev/null; rm pipe
      winnow index verify p.json --state new
      """)
    #expect(killed.code == 0, "\(killed.errors)")
    #expect(killed.errors.hasSuffix(" keys read, nothing is wrong\n"), "\(killed.errors)")
    let some = try #require(try documents("new"))
    #expect((1..<2000).contains(some))
    #expect(
      try index("import p.json all.ndjson --state new").errors
        == "winnow: \(Self.grouped(2000 - some)) entered, \(Self.grouped(some)) known already\n")
    #expect(try index("export p.json --state new").text == place.read("all.ndjson"))
  }

  private static func grouped(_ number: Int) -> String {
    number < 1000 ? "\(number)" : "\(number / 1000),\(String(number + 1000).suffix(3))"
  }

  // MARK: Cleaning

  @Test("documents are forgotten by id and come again as new; all others do not")
  func forgetting() throws {
    try night()
    try place.write("ids", "page-3\r\npage-59\n\nnobody")
    let result = try index("forget p.json --state st --id page-0 --id page-3 --ids ids")
    #expect(result.code == 0)
    #expect(result.errors == "winnow: 3 documents forgotten\n")
    #expect(try documents() == 57)
    #expect(try index("verify p.json --state st").code == 0)
    try night()
    #expect(try ids("out.ndjson") == ["page-0", "page-3", "page-59"])
    #expect(try documents() == 60)
  }

  @Test("several stages are exported, entered and cleaned together, or one alone")
  func severalStages() throws {
    try place.write(
      "p.json",
      place.read("p.json").replacing(
        #"{"use": "near_duplicates"}"#,
        with:
          #"{"use": "near_duplicates"}, {"use": "near_duplicates", "label": "near", "threshold": 0.5}"#
      ))
    try night()
    #expect(
      try index("export p.json --state st -o all.ndjson").errors == "winnow: 120 entries written\n")
    #expect(
      try index("export p.json --state st --stage near -o near.ndjson").errors
        == "winnow: 60 entries written\n")
    #expect(
      try index("import p.json all.ndjson --state new").errors
        == "winnow: 120 entered, 0 known already\n")
    #expect(
      try index("import p.json out.ndjson --state outputs").errors
        == "winnow: 60 entered, 0 known already\n")
    for state in ["st", "new", "outputs"] {
      #expect(
        try index("forget p.json --state \(state) --id page-1 --id page-2").errors
          == "winnow: near_duplicates: 2 documents forgotten\nwinnow: near: 2 documents forgotten\n"
      )
      #expect(
        try index("forget p.json --state \(state) --stage near --id page-3").errors
          == "winnow: 1 document forgotten\n")
    }
    try night("new")
    #expect(try ids("out.ndjson") == ["page-1", "page-2"])
  }

  @Test("runs that started before a moment are forgotten")
  func forgettingOld() throws {
    try night()
    try place.write("pages.ndjson", Self.records(60..<70))
    #expect(try place.run("sleep 1.1").code == 0)
    try night()
    #expect(
      try index("forget p.json --state st --before 2020-01-01").errors
        == "winnow: 0 documents forgotten\n")
    let second = try #require(try runs().last?["started"] as? String)
    #expect(
      try index("forget p.json --state st --before \(second)").errors
        == "winnow: 60 documents forgotten\n")
    try place.write("pages.ndjson", Self.records(55..<65))
    try night()
    #expect(try ids("out.ndjson") == (55..<60).map { "page-\($0)" })
    #expect(
      try index("forget p.json --state st --before 9999-12-31").errors
        == "winnow: 15 documents forgotten\n")
    let compacted = try index("compact p.json --state st")
    #expect(compacted.code == 0 && compacted.errors.hasSuffix(" now\n"), "\(compacted.errors)")
    #expect(try documents() == 0)
  }

  @Test("verify finds what is damaged")
  func damage() throws {
    try night()
    #expect(try index("compact p.json --state st").code == 0)
    let sound = try index("verify p.json --state st")
    #expect(sound.code == 0)
    #expect(sound.errors.hasSuffix(" keys read, nothing is wrong\n"))
    let result = try place.run(
      """
      for table in st/store/*.sst; do
        printf '\\377' | dd of=$table bs=1 seek=$(($(stat -c %s $table) / 3)) conv=notrunc status=none
      done
      winnow index verify p.json --state st
      """)
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix(
        "winnow: error: the state st is damaged: Corruption: block checksum mismatch"),
      "\(result.errors)")
  }

  @Test(
    "a disk without room for compaction is said to have none, and nothing changes",
    .enabled(if: StateCommandTests.mounting != nil, StateCommandTests.mountingIsNeeded))
  func fullDisk() throws {
    try place.write("pages.ndjson", Self.records(0..<1500))
    // Two tables: one would only be moved.
    try night()
    try night()
    let result = try place.run(
      """
      mkdir disk; \(StateCommandTests.mounting ?? "") sh -c '
        winnow index stats p.json --state st > /dev/null
        mount -t tmpfs -o size=$(($(du -sk st | cut -f1) + 300))k none disk; cp -r st disk
        winnow index compact p.json --state disk/st; echo $?
        mount -o remount,size=64m disk
        winnow index verify p.json --state disk/st; echo $?'
      """)
    #expect(result.lines == ["1", "0"], "\(result.errors)")
    #expect(
      result.errors.hasPrefix(
        "winnow: error: cannot use the state disk/st: it could not be rewritten, which takes as much room "
          + "on the disk again as it has; nothing was changed\n"), "\(result.errors)")
  }

  // MARK: Refusals

  @Test("while a run uses the state, all are refused with the number of its process")
  func locked() throws {
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run p.json - -q --state st < pipe & pid=$!
      head -1 pages.ndjson >&3
      while [ ! -e out.ndjson.partial ]; do sleep 0.02; done
      for command in stats export compact verify 'forget --id a' 'import pages.ndjson'; do
        set -- $command; name=$1; shift
        if [ $name = import ]; then set -- p.json "$@"; else set -- "$@" p.json; fi
        winnow index $name "$@" --state st 2> errors && echo done
        grep -c "^winnow: error: process $pid is using the state st; wait until it has ended$" errors
      done
      kill -9 $pid; wait $pid 2> /dev/null
      """)
    #expect(result.lines == Array(repeating: "1", count: 6), "\(result.lines)")
  }

  @Test("while a run is interrupted, nothing is changed that it would see")
  func unfinished() throws {
    try night()
    try place.write("many.ndjson", Self.records(0..<2000))
    let command =
      "winnow run p.json many.ndjson -q --state st --set run.checkpoint_bytes='\"8 KiB\"'"
    #expect(
      try place.run(
        "(rm -f out.ndjson rejects.ndjson; ulimit -f 500; \(command) --set run.batch='\"2 KiB\"')"
      ).code == 1)
    for change in ["forget p.json --id page-1", "import p.json pages.ndjson"] {
      let result = try index("\(change) --state st")
      #expect(result.code == 1)
      #expect(
        result.errors
          == "winnow: error: run 2 in st is not finished, and what it has still to decide would change; "
          + "start it again, so that it comes to its end, and then repeat this\n")
    }
    let stats = try index("stats p.json --state st")
    #expect(stats.lines.dropFirst(2).first?.hasSuffix(" out, not finished") == true)
    for harmless in ["verify", "compact"] {
      #expect(try index("\(harmless) p.json --state st").code == 0)
    }
    // What the interrupted run has kept is in no output yet: whoever begins anew gets all of it.
    let exported = try index("export p.json --state st -o index.ndjson")
    #expect(exported.errors == "winnow: 60 entries written\n")
    #expect(try index("import p.json index.ndjson --state new").code == 0)
    try night("new", "many.ndjson -o anew.ndjson --rejects new.ndjson")
    #expect(try ids("anew.ndjson") == (60..<2000).map { "page-\($0)" })
    #expect(try place.run(command).code == 0)
    #expect(try place.read("out.ndjson") == place.read("anew.ndjson"))
    #expect(try index("forget p.json --id page-1 --state st").code == 0)
  }

  @Test("an index with other settings is refused with the cure")
  func otherSettings() throws {
    try night()
    #expect(try index("export p.json --state st -o index.ndjson").code == 0)
    try place.write(
      "other.json",
      place.read("p.json").replacing(
        #""use": "near_duplicates""#, with: #""use": "near_duplicates", "shingle_words": 3"#))
    let opened = try index("stats other.json --state st")
    #expect(opened.code == 1)
    #expect(
      opened.errors
        == "winnow: error: the index of stage near_duplicates was built with shingle_words 5, not 3; set "
        + "\"shingle_words\": 5, or begin with another state directory and enter earlier outputs there "
        + "with winnow index import\n")
    let imported = try index("import other.json index.ndjson --state new")
    #expect(imported.code == 1)
    #expect(
      imported.errors.hasPrefix(
        "winnow: error: index.ndjson:2: the export for stage near_duplicates was built with "
          + "shingle_words 5, not 3; set "), "\(imported.errors)")
  }

  @Test("lines that cannot be imported are named, and why")
  func badLines() throws {
    let messages = [
      #"{"id":"a","html":"<p>One.</p>"}"#:
        "there is no text, only HTML; run the pages through the pipeline",
      #"{"id":"a"}"#: "has neither html nor text",
      "[1]": "the line is an array, not an object",
      #"{"index":"#: "the line is no JSON: expected a value, found the end",
      #"{"index":7}"#: "the line is no record of an output, and none of an export",
      #"{"index":"others","entry":{"a":1}}"#:
        "the line is of the stage others, and there is: near_duplicates",
      #"{"index":"near_duplicates","entry":{"id":"a","run":1}}"#:
        "the line names run 1, of which the first lines of its export tell: import all of it in one "
        + "command",
    ]
    for (line, message) in messages {
      try place.write("bad.ndjson", line + "\n")
      let result = try index("import p.json bad.ndjson --state new")
      #expect(result.code == 1)
      #expect(result.errors == "winnow: error: bad.ndjson:1: \(message)\n")
    }
    #expect(try documents("new") == 0)
    #expect(try runs("new").isEmpty)
  }

  @Test("arguments that make no sense are explained, with exit code 2")
  func arguments() throws {
    try place.write("plain.json", Workplace.definition(stages: #"{"use": "language"}"#))
    let wrong = [
      "stats plain.json --state st":
        "winnow: error: no stage of the definition keeps an index from run to run\n",
      "stats p.json":
        "winnow: error: the definition names no state directory; name one with --state\n",
      "stats p.json --state st --stage language":
        "winnow: error: no stage language keeps an index; there is: near_duplicates\n",
      "stats absent.json --state st":
        "winnow: error: cannot read absent.json: No such file or directory\n",
    ]
    for (command, message) in wrong {
      let result = try index(command)
      #expect(result.code == 2)
      #expect(result.errors == message)
    }
    let usage = [
      "forget p.json --state st":
        "winnow: error: say what is to be forgotten: --before, --id or --ids\n",
      "forget p.json --state st --before yesterday":
        "winnow: error: --before must be a date such as 2026-11-20 or 2026-11-20T02:00:00Z, is yesterday\n",
      "forget p.json --state st --before 2026-13-20":
        "winnow: error: --before must be a date such as 2026-11-20 or 2026-11-20T02:00:00Z, is 2026-13-20\n",
      "import p.json --state st": "winnow: error: Missing expected argument '<FILE> ...'\n",
    ]
    for (command, message) in usage {
      let result = try index(command)
      #expect(result.code == 2)
      #expect(result.errors.hasPrefix(message), "\(result.errors)")
    }
    for command in ["stats", "export", "compact", "verify", "forget --id a"] {
      let words = command.split(separator: " ", maxSplits: 1)
      let result = try index("\(words[0]) p.json \(words.dropFirst().joined()) --state absent")
      #expect(result.code == 1)
      #expect(
        result.errors
          == "winnow: error: there is no state directory absent; name the one that winnow run was given\n"
      )
    }
    let missing = try index("import p.json absent.ndjson --state st")
    #expect(missing.code == 1)
    #expect(
      missing.errors == "winnow: error: cannot read absent.ndjson: No such file or directory\n")
    #expect(!place.exists("absent"))
  }
}
