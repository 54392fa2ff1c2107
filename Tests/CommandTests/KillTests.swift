import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments, resumed until the run is done: output and rejects are those of a run
/// that was never killed, byte for byte.
///
/// `KILLS=200 swift test --filter KillTests` kills as often in each variant; `Tools/kill-test.sh` does so.
@Suite(.serialized) struct KillTests {
  static let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap(Int.init) ?? 8

  struct Variant: CustomStringConvertible {
    let ending: String
    let arguments: String
    var firstPass = false
    var description: String { "\(ending) \(arguments)" }
  }

  static let variants = [
    Variant(ending: "ndjson", arguments: "-j 2 in.ndjson"),
    Variant(ending: "ndjson.zst", arguments: "-j 1 in.ndjson"),
    Variant(ending: "ndjson.gz", arguments: "-j 3 pages", firstPass: true),
  ]

  private static let words = [
    "river", "stone", "early", "market", "window", "letter", "garden", "yellow", "engine",
    "harvest",
  ]

  /// A text that is English, of a length of its own, with a line that other texts have, too.
  private static func text(_ number: Int, _ random: inout Seed, lineEnd: String) -> String {
    let line = "This is the line number \(random.below(200)) that many pages of the site have."
    let words = (0..<10 + random.below(120)).map { _ in Self.words[random.below(10)] }
    return "In the year \(number) there was this about it: " + words.joined(separator: " ") + "."
      + lineEnd + lineEnd + line
  }

  private func makeInputs(_ place: Workplace) throws {
    var random = Seed(11)
    var records = ""
    for number in 0..<12_000 {
      let text = random.oneIn(9) ? "" : Self.text(number, &random, lineEnd: "\\n")
      records += #"{"id":"\#(number)","text":"\#(text)"}"# + "\n"
    }
    try place.write("in.ndjson", records)
    for number in 0..<1500 {
      let page = random.oneIn(9) ? "" : Self.text(number, &random, lineEnd: "\n")
      try place.write("pages/\(number % 7)/\(number).txt", page)
    }
  }

  @Test(
    "a run that is killed again and again gives the bytes of one that is not", arguments: variants)
  func kill(variant: Variant) throws {
    let place = try Workplace()
    try makeInputs(place)
    try place.write(
      "p.json",
      Workplace.definition(
        stages: """
          {"use": "language"},
          {"use": "repeated_blocks", "scope": "corpus", "first_pass": \(variant.firstPass)},
          {"use": "entities", "gazetteer": "names.ndjson"}
          """,
        run: #"{"batch": "4 KiB", "checkpoint_bytes": "16 KiB", "state_memory": "16 MiB"}"#))
    try place.write("names.ndjson", #"{"id":"m","name":"market garden","label":"ORG"}"# + "\n")
    let files = ["out", "rejects"].map { "\($0).\(variant.ending)" }
    let command =
      "winnow run p.json \(variant.arguments) -q -o \(files[0]) --rejects \(files[1]) --state st"
    let started = Date()
    let whole = try place.run("\(command); mkdir whole; mv \(files.joined(separator: " ")) whole")
    #expect(whole.code == 0, "\(whole.errors)")
    let seconds = Date().timeIntervalSince(started)

    var random = Seed(23)
    var kills = 0
    while kills < Self.kills {
      #expect(try place.run("rm -rf st *.partial \(files.joined(separator: " "))").code == 0)
      var isDone = false
      // Each time a little further in the run; the last ones behind its end.
      while !isDone {
        let delay = seconds * Double(random.below(1000)) / 2500
        let result = try place.run(
          "\(command) & pid=$!; sleep \(delay); kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null")
        isDone = result.code == 0
        #expect(isDone || result.code == 137, "\(result.errors)")
        kills += isDone ? 0 : 1
        if kills >= Self.kills, !isDone {
          let last = try place.run(command)
          #expect(last.code == 0, "\(last.errors)")
          isDone = true
        }
      }
      for file in files {
        let isSame =
          try Data(contentsOf: place.url(file)) == Data(contentsOf: place.url("whole/\(file)"))
        #expect(isSame, "\(file) after \(kills) kills")
      }
    }
  }
}
