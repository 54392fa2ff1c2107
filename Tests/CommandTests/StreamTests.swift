import Foundation
import TestSupport
import Testing

/// Standard streams, pipes and compressed files as a system that is not well has them.
@Suite struct StreamTests {
  @Test("frames without data before the first record are passed over, as pzstd writes them")
  func skippableFrame() throws {
    let place = try Workplace()
    let lines = #"{"id":"1","text":"One."}"#
    try place.write("record", lines + "\n")
    let result = try place.run(
      """
      { printf '\\120\\052\\115\\030\\004\\000\\000\\000abcd'; zstd -qc record; } > in.ndjson.zst
      winnow run in.ndjson.zst -q; winnow run - -q -o second.ndjson < in.ndjson.zst
      """)
    #expect(result.code == 0, "\(result.errors)")
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["1"])
    #expect(try place.records("second.ndjson").map { $0["id"] as? String } == ["1"])
  }

  @Test(
    "records before damage are delivered, all of them, and then one reject",
    arguments: ["gzip", "zstd"])
  func damage(format: String) throws {
    let place = try Workplace()
    for count in [1, 40, 4000] {
      try place.write(
        "records",
        (1...count).map { #"{"id":"\#($0)","text":"The number is \#($0 &* 7919 % 1000)."}"# + "\n" }
          .joined())
      // The last bytes are the checksum.
      let result = try place.run(
        """
        \(format) -c records > whole; size=$(stat -c %s whole)
        { head -c $((size - 5)) whole; printf '\\001\\002\\003\\004\\005'; } > in.ndjson
        winnow run in.ndjson -q
        """)
      #expect(result.code == 0, "\(result.errors)")
      let kept = try place.records("out.ndjson").count
      #expect(format == "gzip" ? kept == count : kept <= count)
      let rejects = try place.records("rejects.ndjson")
      #expect(rejects.count == 1)
      let rejected = rejects.first?["rejected"] as? [String: Any]
      #expect(rejected?["reason"] as? String == "unreadable")
      #expect(rejected?["line"] as? Int == kept + 1)
    }
  }

  @Test("damaged gzip gives the same, whatever the memory held before")
  func memoryBefore() throws {
    let place = try Workplace()
    try place.write(
      "records",
      (1...20).map { #"{"id":"\#($0)","text":"The number is \#($0 &* 7919 % 1000)."}"# + "\n" }
        .joined())
    #expect(try place.run("gzip -c records records records > whole").code == 0)
    let whole = try Data(contentsOf: place.url("whole"))
    var random = Seed(9)
    for number in 0..<300 {
      var damaged = whole
      damaged[10 + random.below(whole.count - 10)] ^= 1 << random.below(8)
      try place.write("crawl/\(number).ndjson", damaged)
    }
    // The C library fills memory with this byte before it hands it out.
    for (name, byte) in [("first", 0), ("second", 255)] {
      let result = try place.run(
        "MALLOC_PERTURB_=\(byte) winnow run --format ndjson crawl -q -j 1 -o \(name) --rejects \(name).rejects"
      )
      #expect(result.code == 0, "\(result.errors)")
    }
    #expect(try place.run("cmp first second && cmp first.rejects second.rejects").code == 0)
    #expect(try place.read("first.rejects").contains("invalid distance too far back"))
  }

  @Test("standard input that is closed is an error, and no file takes its place")
  func closedInput() throws {
    let place = try Workplace()
    let result = try place.run("winnow run - -q <&-")
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix("winnow: error: cannot read standard input: it is closed"),
      "\(result.errors)")
    let output = try place.run("echo '{\"text\":\"One.\"}' | winnow run - -q -o - >&-")
    #expect(output.code == 1)
    #expect(
      output.errors.hasPrefix("winnow: error: cannot write standard output: it is closed"),
      "\(output.errors)")
    // Nothing that is told may get into an output.
    #expect(try place.run("echo '{\"text\":\"One.\"}' | winnow run - 2>&-").code == 0)
    #expect(try place.records("out.ndjson").count == 1)
  }

  @Test(
    "the first signal ends what waits for a pipe without a writer",
    arguments: [
      "winnow run pipe.ndjson -q", "winnow run pipe.json", "winnow run -o pipe.json in.ndjson",
    ])
  func pipe(command: String) throws {
    let place = try Workplace()
    try place.write("in.ndjson", #"{"text":"One."}"#)
    let result = try place.run(
      """
      mkfifo pipe.ndjson pipe.json
      \(command) 2> errors & pid=$!
      # Bit 14 stands for TERM: from then on the program listens.
      until grep -q 'SigCgt:.*[4-7c-f]...$' /proc/$pid/status; do sleep 0.02; done
      kill -TERM $pid; wait $pid; code=$?; cat errors >&2; exit $code
      """)
    #expect(result.code == 143)
    #expect(result.errors.hasPrefix("winnow: error: interrupted"), "\(result.errors)")
  }

  @Test("without threads or descriptors the run says so and ends")
  func shortage() throws {
    let place = try Workplace()
    try place.write("in.ndjson", #"{"text":"One."}"#)
    let files = try place.run("ulimit -n 12; winnow run in.ndjson -q")
    #expect(files.code == 1)
    #expect(files.errors == "winnow: error: cannot open 16 files: Too many open files\n")
    // The superuser may start as many as memory holds.
    let threads = try place.run(
      """
      chmod -R a+rwX .
      if [ $(id -u) = 0 ]; then setpriv --reuid 65533 --clear-groups prlimit --nproc=1 "$(command -v winnow)" run in.ndjson -q -j 3
      else ulimit -u 1; exec winnow run in.ndjson -q -j 3; fi
      """)
    #expect(threads.code == 1)
    #expect(
      threads.errors == "winnow: error: cannot start 7 threads: Resource temporarily unavailable\n")
  }

  @Test("folders nested too deep are rejected by name")
  func deepFolders() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      path=site; for number in $(seq 70); do path=$path/d; done
      mkdir -p $path; echo Deep. > $path/a.txt; echo Flat. > site/b.txt
      winnow run site -q
      """)
    #expect(result.code == 0)
    #expect(try place.records("out.ndjson").map { $0["id"] as? String } == ["b.txt"])
    let rejects = try place.records("rejects.ndjson")
    #expect(rejects.count == 1)
    let rejected = rejects.first?["rejected"] as? [String: Any]
    #expect(rejected?["reason"] as? String == "unreadable")
    #expect(rejected?["message"] as? String == "its folders are nested too deep")
  }

  @Test("a state directory that vanishes is an error, not a night forgotten in silence")
  func vanishingState() throws {
    let place = try Workplace(stages: #"{"use": "near_duplicates"}"#)
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q --state state < pipe 3>&- & pid=$!
      echo '{"text":"The first of many."}' >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.05; done
      rm -r state; exec 3>&-; wait $pid
      """)
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix(
        "winnow: error: the state directory state was removed or replaced while it was in use; nothing "
          + "was remembered since the last checkpoint"), "\(result.errors)")
    #expect(!place.exists("out.ndjson"))
  }

  @Test("what cannot be printed is an error", arguments: ["manual", "schema", "manual html"])
  func fullDisk(command: String) throws {
    let place = try Workplace()
    let result = try place.run("winnow \(command) > /dev/full")
    #expect(result.code == 1)
    #expect(
      result.errors == "winnow: error: cannot write standard output: No space left on device\n")
    #expect(try place.run("winnow \(command) | true").errors == "")
  }
}
