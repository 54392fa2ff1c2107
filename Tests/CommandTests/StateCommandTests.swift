import Foundation
import Testing

/// `--state` as a user meets it: what is said, and that nothing is lost.
@Suite struct StateCommandTests {
  let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("in.ndjson", Self.records(0..<12_000))
    try place.write(
      "small.json",
      Workplace.definition(
        stages: #"{"use": "language", "keep": ["en"]}"#,
        run: #"{"checkpoint_bytes": "8 KiB", "batch": "2 KiB", "state_memory": "16 MiB"}"#
      ).replacing(#""-""#, with: #""in.ndjson""#))
  }

  /// English and German in turn, so that both files get something.
  static func records(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      let text =
        number % 3 == 0
        ? "Der Zug nach Hause fährt heute erst um \(number) Uhr ab, sagte der Schaffner müde."
        : "The train home does not leave before \(number) today, said the tired conductor."
      return #"{"id":"\#(number)","text":"\#(text)"}"# + "\n"
    }.joined()
  }

  static let files = ["out.ndjson", "rejects.ndjson"]

  private func outputs() throws -> [String] { try Self.files.map(place.read) }

  /// What a run gives that nothing happens to. Its files are removed.
  private func expected(_ arguments: String = "in.ndjson") throws -> [String] {
    let result = try place.run("winnow run small.json -q \(arguments)")
    #expect(result.code == 0, "\(result.errors)")
    defer { for file in Self.files { try? place.remove(file) } }
    return try outputs()
  }

  /// Leaves a run that was killed behind a checkpoint.
  private func interrupt(_ arguments: String = "") throws {
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run small.json - -q --state st \(arguments) < pipe & pid=$!
      cat in.ndjson >&3
      while [ "$(stat -c %s out.ndjson.partial)" -lt 100000 ]; do sleep 0.02; done
      kill -9 $pid; wait $pid; rm pipe
      """)
    #expect(result.code == 0, "\(result.errors)")
  }

  /// What is done with the outputs of a night before the next one: no run with a state replaces them.
  private static let tidy = "rm -f out.ndjson rejects.ndjson; "

  private static let resume = "winnow run small.json - --state st < in.ndjson"

  @Test("with a state the output is the same, and the report names the run")
  func same() throws {
    let expected = try expected()
    for run in 1...2 {
      let result = try place.run(
        Self.tidy + "winnow run small.json -q --state st --report report.json")
      #expect(result.code == 0, "\(result.errors)")
      #expect(try outputs() == expected)
      let report = try JSONSerialization.jsonObject(with: Data(place.read("report.json").utf8))
      let state = (report as? [String: Any])?["state"] as? [String: Int]
      #expect(state == ["run": run, "documents_before_resuming": 0, "skipped_files": 0])
    }
    #expect(try place.names("st") == ["lock", "store", "winnow-state"])
  }

  @Test("run.state is relative to the definition")
  func inDefinition() throws {
    try place.write(
      "deep/small.json",
      place.read("small.json").replacing(#""batch""#, with: #""state": "st", "batch""#)
        .replacing(#""in.ndjson""#, with: #""../in.ndjson""#))
    #expect(try place.run("winnow run deep/small.json -q").code == 0)
    #expect(try place.names("deep/st") == ["lock", "store", "winnow-state"])
  }

  @Test("a run killed while it read standard input goes on with the same input")
  func killed() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    let result = try place.run(Self.resume)
    #expect(result.code == 0)
    #expect(result.errors.contains("winnow: 12,000 in, 8,000 out, 4,000 rejected; "))
    #expect(result.errors.contains(" of them before this run was resumed\n"))
    #expect(try outputs() == expected)
    #expect(try place.names(".").filter { $0.hasSuffix(".partial") } == [])
  }

  @Test(
    "a signal makes a checkpoint, and the same command goes on from there",
    arguments: [("INT", Int32(130)), ("TERM", Int32(143))])
  func signals(name: String, code: Int32) throws {
    let expected = try expected("- < in.ndjson")
    let stopped = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run small.json - -q --state st --set run.checkpoint_bytes='"1 GiB"' < pipe & pid=$!
      cat in.ndjson >&3
      while [ "$(stat -c %s out.ndjson.partial)" -lt 100000 ]; do sleep 0.02; done
      kill -\(name) $pid; wait $pid; code=$?; rm pipe; exit $code
      """)
    #expect(stopped.code == code)
    #expect(
      stopped.errors
        == "winnow: error: interrupted; the same command goes on from the last checkpoint\n")
    let result = try place.run(Self.resume)
    #expect(result.code == 0)
    #expect(result.errors.contains(" of them before this run was resumed\n"))
    #expect(try outputs() == expected)
  }

  // MARK: Refusals

  @Test("a state in use is refused with the number of the process")
  func locked() throws {
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run small.json - -q --state st < pipe & pid=$!
      head -1 in.ndjson >&3
      while [ ! -e out.ndjson.partial ]; do sleep 0.02; done
      winnow run in.ndjson -q -o other.ndjson --state st; echo $?
      echo "winnow: error: process $pid is using the state st; wait until it has ended" >&2
      kill -9 $pid; wait $pid
      """)
    #expect(result.lines == ["1"])
    let errors = result.errors.split(separator: "\n")
    #expect(errors.count >= 2 && errors[0] == errors[1], "\(result.errors)")
  }

  @Test("a state of a newer version and a folder that is none are refused")
  func foreign() throws {
    try place.write("st/winnow-state", "winnow state 7\n")
    let newer = try place.run("winnow run small.json -q --state st")
    #expect(newer.code == 1)
    #expect(
      newer.errors
        == "winnow: error: st is a state of version 7, and this winnow reads version 1 and earlier; "
        + "use a newer winnow\n")
    try place.write("photos/holiday.jpg", "")
    let other = try place.run("winnow run small.json -q --state photos")
    #expect(other.code == 1)
    #expect(
      other.errors
        == "winnow: error: photos is no state directory: it holds holiday.jpg; name a folder that is "
        + "empty or not there yet\n")
    #expect(try place.names("photos") == ["holiday.jpg"])
    #expect(try place.names(".").filter { $0.hasPrefix("out") } == [])
  }

  @Test("another definition is refused with what changed, unless it is meant")
  func changed() throws {
    try interrupt()
    let refused = try place.run(
      #"winnow run small.json - -q --state st --set 'stages.language.keep=["de"]' < in.ndjson"#)
    #expect(refused.code == 1)
    #expect(
      refused.errors == """
        winnow: error: the definition is not that of run 1 in st, which is not finished:
          stages.language.keep: was ["en"], is ["de"]
        run it to its end with the definition that it had, or go on with this one by --accept-changes

        """)
    let accepted = try place.run(
      #"winnow run small.json - -q --state st --accept-changes --set 'stages.language.keep=["de"]' "#
        + "< in.ndjson")
    #expect(accepted.code == 0, "\(accepted.errors)")
    let ids = try place.records("out.ndjson").compactMap { ($0["id"] as? String).flatMap(Int.init) }
    #expect(ids.first == 1 && ids.last == 11_997, "English first, German behind the checkpoint")
    let again = try place.run("winnow run small.json - -q --state st < in.ndjson")
    #expect(
      again.errors.contains(#"  stages.language.keep: was ["de"], is ["en"]"#), "\(again.errors)")
  }

  @Test("an output file that has gone is said to have gone, and the run goes on when it is back")
  func vanished() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    let result = try place.run("mv out.ndjson.partial elsewhere; \(Self.resume)")
    #expect(result.code == 1)
    #expect(
      result.errors
        == "winnow: error: out.ndjson.partial, which the run was writing when it was interrupted, has "
        + "gone; put it back as it was, or begin anew with another state directory\n")
    #expect(try place.run("mv elsewhere out.ndjson.partial; \(Self.resume)").code == 0)
    #expect(try outputs() == expected)
  }

  @Test(
    "an output file that was cut or replaced is refused as it is, and the run goes on when it is back"
  )
  func replacedOutput() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    #expect(try place.run("cp out.ndjson.partial good").code == 0)
    let cut = try place.run("head -c 1000 good > out.ndjson.partial; \(Self.resume)")
    #expect(cut.code == 1)
    #expect(
      cut.errors.hasPrefix(
        "winnow: error: out.ndjson.partial, which the run was writing when it was interrupted, has 1000 "
          + "bytes left of "), "\(cut.errors)")
    #expect(
      cut.errors.hasSuffix("; put it back as it was, or begin anew with another state directory\n"))
    let other = try place.run("tr a-m n-z < good > out.ndjson.partial; \(Self.resume)")
    #expect(other.code == 1)
    #expect(
      other.errors
        == "winnow: error: out.ndjson.partial, which the run was writing when it was interrupted, has "
        + "other contents; put it back as it was, or begin anew with another state directory\n")
    #expect(try place.run("tr a-m n-z < good | cmp - out.ndjson.partial").code == 0)
    #expect(try place.run("cp good out.ndjson.partial; \(Self.resume)").code == 0)
    #expect(try outputs() == expected)
  }

  @Test("an input that has gone or changed is said to have, and the run goes on when it is back")
  func inputGone() throws {
    // A first file of which nothing is seen twice, a second in which the run is interrupted.
    try place.write("a/1.ndjson", Self.records(0..<6000))
    try place.write("a/2.ndjson", Self.records(6000..<12_000))
    let command = "winnow run small.json a --format ndjson -q --state st"
    let expected = try expected("a --format ndjson")
    // The output of the first file takes less than 900 KiB, that of both 1700.
    #expect(try place.run("(ulimit -f 1500; \(command))").code == 1)
    #expect(try place.run("mv a/2.ndjson kept").code == 0)
    let gone = try place.run(command)
    #expect(gone.code == 1)
    #expect(
      gone.errors
        == "winnow: error: a/2.ndjson has gone since the run was interrupted; put it back as it was, or "
        + "begin anew with another state directory\n")
    let shorter = try place.run("head -c 1000 kept > a/2.ndjson; \(command)")
    #expect(
      shorter.errors
        == "winnow: error: a/2.ndjson has become shorter since the run was interrupted; put it back as it "
        + "was, or begin anew with another state directory\n")
    let other = try place.run("tr 'e\\n' '\\ne' < kept > a/2.ndjson; \(command)")
    #expect(
      other.errors
        == "winnow: error: a/2.ndjson has changed since the run was interrupted; put it back as it was, or "
        + "begin anew with another state directory\n")
    #expect(try place.run("cp kept a/2.ndjson; \(command)").code == 0)
    #expect(try outputs() == expected)
  }

  // MARK: Disks

  @Test("a full disk ends the run, and the same command goes on when there is room")
  func fullDisk() throws {
    let expected = try expected()
    // A limit on the size of files (in KiB) is met by the output like a disk that is full.
    let full = try place.run("(ulimit -f 900; winnow run small.json -q --state st)")
    #expect(full.code == 1)
    #expect(
      full.errors
        == "winnow: error: cannot write out.ndjson.partial: File too large; the same command goes on "
        + "from the last checkpoint\n")
    let result = try place.run("winnow run small.json --state st")
    #expect(result.code == 0)
    #expect(result.errors.contains(" of them before this run was resumed\n"))
    #expect(try outputs() == expected)
  }

  @Test("a disk that is full of the state ends the run, and the same command goes on")
  func fullDiskOfState() throws {
    for number in 0..<3000 { try place.write("pages/\(number).txt", "Page \(number).\n") }
    let command = """
      winnow run small.json pages -q -o out.txt.gz --rejects r.gz --set stages='[]' \
      --set run.state='"st"' --set 'input={"use":"files","paths":["pages"],"skips_processed":true}'
      """
    let full = try place.run("(ulimit -f 250; \(command))")
    #expect(full.code == 1)
    #expect(
      full.errors
        == "winnow: error: cannot use the state st: File too large; the same command goes on from the "
        + "last checkpoint\n")
    #expect(try place.run(command).code == 0)
    #expect(try place.run("zcat out.txt.gz | wc -l").lines == ["3000"])
  }

  /// What gives a command file systems of its own, as root or not; nil where that is not allowed.
  static let mounting = ["unshare -m", "unshare -rm"].first {
    (try? Executable.shell("\($0) mount -t tmpfs none /tmp", in: Workplace.root))?.code == 0
  }
  static let mountingIsNeeded: Comment = "nothing can be mounted here"

  /// What makes root heed permissions, as anybody else must.
  static let heedingPermissions =
    geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : ""

  @Test("a state without permission to write is refused before anything is read")
  func withoutPermission() throws {
    #expect(try place.run("winnow run small.json -q --state st").code == 0)
    let before = try outputs()
    let command = Self.heedingPermissions + "winnow run small.json -q --state st"
    let locked = try place.run("chmod a-w st/lock; \(command)")
    #expect(locked.code == 1)
    #expect(locked.errors == "winnow: error: cannot write st/lock: Permission denied\n")
    let store = try place.run("chmod u+w st/lock; chmod a-w st/store; \(command)")
    #expect(store.code == 1)
    #expect(store.errors == "winnow: error: cannot use the state st: Permission denied\n")
    #expect(try outputs() == before)
    #expect(try place.names(".").filter { $0.hasSuffix(".partial") } == [])
    #expect(try place.run("chmod u+w st/store; \(Self.tidy)\(command)").code == 0)
  }

  @Test(
    "a state on a read-only disk is refused before anything is read",
    .enabled(if: mounting != nil, mountingIsNeeded))
  func readOnly() throws {
    #expect(try place.run("winnow run small.json -q --state st").code == 0)
    let before = try outputs()
    let result = try place.run(
      """
      \(Self.mounting ?? "") sh -c 'mount --bind st st && mount -o remount,ro,bind st &&
        winnow run small.json -q --state st'
      """)
    #expect(result.code == 1)
    #expect(result.errors == "winnow: error: cannot write st/lock: Read-only file system\n")
    #expect(try outputs() == before)
    #expect(try place.run(Self.tidy + "winnow run small.json -q --state st").code == 0)
  }

  @Test(
    "a disk that is really full: of the state, of the output, just before its end",
    .enabled(if: mounting != nil, mountingIsNeeded))
  func tinyDisk() throws {
    let expected = try expected()
    let command =
      "winnow run small.json -q --state disk/st -o disk/out.ndjson --rejects disk/rejects.ndjson"
    for kibibytes in [100, 1500, 2000] {
      let result = try place.run(
        """
        mkdir -p disk keep; \(Self.mounting ?? "") sh -c '
          mount -t tmpfs -o size=\(kibibytes)k none disk
          \(command); echo $?; mount -o remount,size=64m disk
          \(command); echo $?; cp disk/*.ndjson keep'
        """)
      #expect(result.lines == ["1", "0"], "\(kibibytes): \(result.errors)")
      #expect(result.errors.contains(": No space left on device"), "\(result.errors)")
      let isBegun = result.errors.hasSuffix("; the same command goes on from the last checkpoint\n")
      #expect(isBegun == (kibibytes > 100), "\(result.errors)")
      #expect(try Self.files.map { try place.read("keep/" + $0) } == expected)
    }
  }

  @Test("a damaged store is refused, and the run goes on when it is put back")
  func damaged() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    let result = try place.run(
      """
      cp -r st good; log=$(ls st/store/*.log | head -1); size=$(stat -c %s $log)
      printf 'damage' | dd of=$log bs=1 seek=$((size / 2)) conv=notrunc status=none
      \(Self.resume)
      """)
    #expect(result.code == 1)
    #expect(
      result.errors
        == "winnow: error: the state st is damaged: Corruption: checksum mismatch; put back a copy of it, "
        + "or begin anew with another directory\n")
    #expect(try place.run("rm -r st; mv good st; \(Self.resume)").code == 0)
    #expect(try outputs() == expected)
  }

  /// A byte of a table; a table gone; the list of tables gone, its name, everything.
  static let damages: [(shell: String, message: String)] = [
    (
      shell: """
      table=$(ls st/store/*.sst | head -1)
      printf '\\377' | dd of=$table bs=1 seek=9 conv=notrunc status=none
      """,
      message: "Corruption: block checksum mismatch: "
    ),
    ("rm st/store/*.sst", "Corruption: Corruption: IO error: No such file or directory: "),
    ("rm st/store/MANIFEST-*", "IO error: No such file or directory: "),
    ("rm st/store/CURRENT", "Invalid argument: st/store/CURRENT: does not exist "),
    ("rm -r st/store", "Invalid argument: st/store/CURRENT: does not exist "),
  ]

  @Test("whatever is damaged is named, and the run goes on when it is put back")
  func damagedFiles() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    // Whoever opens a store next writes its log into a table.
    let opened = try place.run(
      "winnow run small.json - -q --state st --set stages='[]' < in.ndjson; mv st good")
    #expect(opened.errors.hasPrefix("winnow: error: the definition is not that of run 1 in st"))
    for damage in Self.damages {
      let result = try place.run("rm -rf st; cp -r good st; \(damage.shell); \(Self.resume)")
      #expect(result.code == 1, "\(damage.shell)")
      #expect(
        result.errors.hasPrefix("winnow: error: the state st is damaged: \(damage.message)"),
        "\(result.errors)")
      #expect(
        result.errors.hasSuffix("; put back a copy of it, or begin anew with another directory\n"))
    }
    #expect(try place.run("rm -rf st; mv good st; \(Self.resume)").code == 0)
    #expect(try outputs() == expected)
  }

  @Test(
    "a log that lost its end is a log of fewer checkpoints: the run goes on from an earlier one")
  func cutLog() throws {
    let expected = try expected("- < in.ndjson")
    try interrupt()
    let result = try place.run(
      """
      log=$(ls st/store/*.log | head -1); truncate -s $(($(stat -c %s $log) * 2 / 3)) $log
      \(Self.resume)
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.errors.contains(" of them before this run was resumed\n"))
    #expect(try outputs() == expected)
  }

  // MARK: Inputs processed before

  @Test("files that were processed are left out, renamed and touched ones too")
  func skipping() throws {
    try place.write("night/1.ndjson", Self.records(0..<10))
    try place.write("night/2.ndjson", Self.records(10..<20))
    let command = """
      \(Self.tidy)winnow run small.json night --format ndjson --state st --set input.skips_processed=true --set stages='[]' \
      --report report.json
      """
    let ids = { try place.records("out.ndjson").compactMap { $0["id"] as? String } }
    #expect(try place.run(command).code == 0)
    #expect(try ids() == (0..<20).map { "\($0)" })
    try place.write("night/3.ndjson", Self.records(20..<25))
    // Of the size of another, but not its content.
    try place.write("night/4.ndjson", Self.records(30..<40))
    let second = try place.run("touch night/1.ndjson; mv night/2.ndjson night/9.ndjson; \(command)")
    #expect(second.code == 0)
    #expect(second.errors.contains("  2 files skipped, processed before\n"), "\(second.errors)")
    #expect(try ids() == (Array(20..<25) + Array(30..<40)).map { "\($0)" })
    let report = try JSONSerialization.jsonObject(with: Data(place.read("report.json").utf8))
    let state = (report as? [String: Any])?["state"] as? [String: Int]
    #expect(state?["skipped_files"] == 2)
    #expect(try place.run("echo >> night/1.ndjson; \(command)").code == 0)
    #expect(try ids() == (0..<10).map { "\($0)" })
  }

  @Test("leaving out files needs a state, and says so")
  func skippingWithoutState() throws {
    let result = try place.run("winnow run small.json -q --set input.skips_processed=true")
    #expect(result.code == 2)
    #expect(
      result.errors
        == "--set:1:23: error: input.skips_processed needs a state directory: run.state or --state\n"
    )
  }

  @Test("a definition for nights can be checked and explained without its state")
  func nightlyDefinition() throws {
    try place.write(
      "nightly.json",
      place.read("small.json").replacing(
        #""paths": ["in.ndjson"]"#, with: #""paths": ["in.ndjson"], "skips_processed": true"#))
    #expect(try place.run("winnow check nightly.json").code == 2)
    let checked = try place.run("winnow check nightly.json --state st")
    #expect(checked.code == 0, "\(checked.errors)")
    let explained = try place.run("winnow explain nightly.json in.ndjson --id 7")
    #expect(explained.code == 0, "\(explained.errors)")
    #expect(try !place.names(".").contains("st"))
  }

  @Test("a file in which a run was killed is not left out when the run goes on")
  func skippingResumed() throws {
    let expected = try expected()
    let command =
      Self.tidy + "winnow run small.json in.ndjson -q --state st --set input.skips_processed=true"
    #expect(try place.run("(ulimit -f 900; \(command))").code == 1)
    #expect(try place.run(command).code == 0)
    #expect(try outputs() == expected)
    let again = try place.run(command.replacing(" -q", with: ""))
    #expect(again.errors.contains("winnow: 0 in, 0 out, 0 rejected; "))
    #expect(again.errors.contains("  1 file skipped, processed before\n"))
  }

  @Test("a growing folder: each night takes what is new, also when one was killed in between")
  func growingFolder() throws {
    let command = """
      \(Self.tidy)winnow run small.json night --format ndjson -q --state st --set input.skips_processed=true \
      --set stages='[]'
      """
    let ids = {
      try place.records("out.ndjson").compactMap { ($0["id"] as? String).flatMap(Int.init) }
    }
    try place.write("night/1.ndjson", Self.records(0..<10))
    #expect(try place.run(command).code == 0)
    #expect(try ids() == Array(0..<10))
    // Killed in the third file. Meanwhile one comes that stands before it, and one behind.
    try place.write("night/2.ndjson", Self.records(10..<20))
    try place.write("night/3.ndjson", Self.records(20..<12_000))
    #expect(try place.run("(ulimit -f 900; \(command))").code == 1)
    try place.write("night/0.ndjson", Self.records(20_000..<20_010))
    try place.write("night/4.ndjson", Self.records(30_000..<30_010))
    #expect(try place.run(command).code == 0)
    #expect(try ids() == Array(10..<12_000) + Array(30_000..<30_010))
    #expect(try place.run(command).code == 0)
    #expect(try ids() == Array(20_000..<20_010))
    #expect(try place.run(command).code == 0)
    #expect(try ids() == [])
  }

  @Test(
    "a file that grew is read again, all of it; one that grew while a run was interrupted, to its new end"
  )
  func grownFile() throws {
    let command = """
      \(Self.tidy)winnow run small.json night --format ndjson -q --state st --set input.skips_processed=true \
      --set stages='[]'
      """
    let ids = {
      try place.records("out.ndjson").compactMap { ($0["id"] as? String).flatMap(Int.init) }
    }
    try place.write("night/1.ndjson", Self.records(0..<11_000))
    #expect(try place.run("(ulimit -f 900; \(command))").code == 1)
    // What is appended while the run is interrupted is part of it.
    try place.write("more.ndjson", Self.records(11_000..<12_000))
    #expect(try place.run("cat more.ndjson >> night/1.ndjson; \(command)").code == 0)
    #expect(try ids() == Array(0..<12_000))
    #expect(try place.run(command).code == 0)
    #expect(try ids() == [])
    #expect(try place.run("cat more.ndjson >> night/1.ndjson; \(command)").code == 0)
    #expect(try ids() == Array(0..<12_000) + Array(11_000..<12_000))
  }
}
