import Foundation
import Testing

/// What is left when a run does not reach its end by itself.
@Suite struct InterruptTests {
  /// Feeds records for ever, or until nobody reads them.
  static let endless = #"yes '{"text":"A record that is like all the others."}'"#

  @Test("a closed pipe ends the run quietly")
  func closedPipe() throws {
    let place = try Workplace()
    let result = try place.run(
      "set -o pipefail; { \(Self.endless) || true; } | { winnow run - -o - -q || echo FAILED; } | head -1"
    )
    #expect(result.lines.count == 1)
    #expect(result.errors == "")
  }

  @Test(
    "the first signal finishes what was read and leaves no final file",
    arguments: [("INT", Int32(130)), ("TERM", Int32(143))])
  func signals(name: String, code: Int32) throws {
    let place = try Workplace()
    let result = try place.run(
      """
      mkfifo pipe; \(Self.endless) > pipe & winnow run - -q < pipe & pid=$!
      while [ ! -s out.ndjson.partial ]; do sleep 0.05; done
      kill -\(name) $pid; wait $pid
      """)
    #expect(result.code == code)
    #expect(
      result.errors
        == "winnow: error: interrupted; what was written is in out.ndjson.partial, "
        + "rejects.ndjson.partial\n")
    #expect(!place.exists("out.ndjson") && !place.exists("rejects.ndjson"))
    let written = try place.read("out.ndjson.partial")
    #expect(written.hasSuffix("}\n"))
  }

  @Test("a signal is heard by a run that waits for input")
  func waiting() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q < pipe & pid=$!
      echo '{"text":"The first of many."}' >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.05; done
      kill -INT $pid; wait $pid
      """)
    #expect(result.code == 130)
  }

  @Test("records are written as they come, not when a batch is full")
  func slowInput() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -o - -q < pipe > out & pid=$!
      echo '{"id":"1","text":"One."}' >&3
      while [ ! -s out ]; do sleep 0.05; done
      kill -TERM $pid; wait $pid; cat out
      """)
    #expect(result.lines == [RunCommandTests.line("1", "One.")])
  }

  @Test("after kill -9 there is no final file, and the next run gives all of it")
  func killed() throws {
    let place = try Workplace()
    try place.write(
      "in.ndjson", (0..<200_000).map { #"{"id":"\#($0)","text":"Number \#($0)."}"# + "\n" }.joined()
    )
    // The pipe stays open, so that the run cannot end by itself.
    let killed = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q < pipe 3>&- & pid=$!
      cat in.ndjson >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.05; done
      kill -9 $pid; wait $pid; rm pipe; ls
      """)
    #expect(
      killed.lines == [
        "in.ndjson", "out.ndjson.partial", "pipeline.json", "rejects.ndjson.partial",
      ])
    let again = try place.run("winnow run in.ndjson -q; wc -l < out.ndjson; ls")
    #expect(
      again.lines == ["200000", "in.ndjson", "out.ndjson", "pipeline.json", "rejects.ndjson"])
  }

  @Test("a second run on the same output is refused while the first one lasts")
  func twoRuns() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      mkfifo pipe; exec 3<> pipe
      winnow run - -q < pipe & pid=$!
      echo '{"text":"The first of many."}' >&3
      while [ ! -s out.ndjson.partial ]; do sleep 0.05; done
      winnow run - -q <<< ''; echo $?
      kill -INT $pid; wait $pid
      """)
    #expect(result.lines == ["1"])
    #expect(
      result.errors.hasPrefix("winnow: error: another run is writing out.ndjson\n"),
      "\(result.errors)")
  }
}
