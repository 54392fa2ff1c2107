import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments, and while files get their names, resumed until the run is done: output,
/// rejects and index are those of a run that was never killed, byte for byte.
///
/// `Tools/kill-test/kill.py` does so two hundred times over real pages.
@Suite(.serialized) struct KillTests {
  /// In each variant; every third one behind the last record.
  static let kills = 6

  struct Variant: CustomStringConvertible {
    let ending: String
    let arguments: String
    var firstPass = false
    /// What takes pages apart; nil where the input is text.
    var reader: String?
    var description: String { "\(ending) \(arguments)" }
  }

  static let variants = [
    Variant(ending: "ndjson", arguments: "-j 2 in --format ndjson"),
    Variant(ending: "ndjson.zst", arguments: "-j 1 - < <(cat in/*)"),
    Variant(ending: "ndjson.gz", arguments: "-j 3 pages", firstPass: true),
    Variant(ending: "ndjson", arguments: "-j 2 site", reader: "libxml2"),
    Variant(ending: "ndjson", arguments: "-j 2 site", reader: "fast"),
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

  /// Some have no text, some the text of the one before. Small files are read one by one, and pipes in
  /// small pieces: a checkpoint needs the end of one.
  private func makeInputs(_ place: Workplace) throws {
    var random = Seed(11)
    var text = ""
    for file in 10..<26 {
      var records = ""
      for number in file * 25..<(file + 1) * 25 {
        if !random.oneIn(7) { text = Self.text(number, &random, lineEnd: "\\n") }
        records += #"{"id":"\#(number)","text":"\#(random.oneIn(9) ? "" : text)"}"# + "\n"
      }
      try place.write("in/\(file).ndjson", records)
    }
    for number in 0..<200 {
      let page = random.oneIn(9) ? "" : Self.text(number, &random, lineEnd: "\n")
      try place.write("pages/\(number % 7)/\(number).txt", page)
      let paragraphs = page.split(separator: "\n").map { "<p class=x>\($0)</br>" }.joined()
      try place.write("site/\(number % 7)/\(number).html", "<title>\(number)</title>\(paragraphs)")
    }
  }

  private static let export =
    "winnow index export p.json --state st 2> /dev/null | grep -v '^{\"run\"'"

  /// Whether a run that was killed had come to its end: the same command would begin the next one.
  private func isDone(_ place: Workplace, _ output: String) throws -> Bool {
    guard place.exists(output) else { return false }
    let stats = try place.run("winnow index stats p.json --state st")
    return !stats.text.contains("not finished")
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
          \(variant.reader.map { #"{"use": "html", "parser": "\#($0)"},"# } ?? "")
          {"use": "language"}, {"use": "near_duplicates"},
          {"use": "repeated_blocks", "scope": "corpus", "first_pass": \(variant.firstPass)}
          """,
        run: #"{"batch": "4 KiB", "checkpoint_bytes": "8 KiB", "state_memory": "16 MiB"}"#))
    let files = ["out", "rejects"].map { "\($0).\(variant.ending)" }
    let command =
      "winnow run p.json -q -o \(files[0]) --rejects \(files[1]) --state st \(variant.arguments)"
    let started = Date()
    let whole = try place.run(command)
    #expect(whole.code == 0, "\(whole.errors)")
    let seconds = Date().timeIntervalSince(started)
    let expected = try files.map { try Data(contentsOf: place.url($0)) }
    let index = try place.run(Self.export)
    #expect(
      expected.allSatisfy { $0.count > 100 } && index.lines.count > 100,
      "\(expected.map(\.count)) \(index.lines.count)")

    var random = Seed(23)
    var kills = 0
    while kills < Self.kills {
      #expect(try place.run("rm -rf st *.partial \(files.joined(separator: " "))").code == 0)
      var isDone = false
      while !isDone {
        // Each time a little further in the run, or until the first file has its name.
        let moment =
          kills % 3 == 2
          ? "while [ ! -e \(files[1]) ] && kill -0 $pid; do :; done"
          : "sleep \(seconds * Double(random.below(1000)) / 2500)"
        let result = try place.run(
          "\(command) & pid=$!; { \(moment); kill -9 $pid; wait $pid; } 2> /dev/null")
        #expect([0, 137].contains(result.code), "\(result.errors)")
        if result.code == 137 { kills += 1 }
        isDone = try result.code == 0 || self.isDone(place, files[0])
      }
      #expect(try place.names(".").filter { $0.hasSuffix(".partial") } == [])
      for (file, bytes) in zip(files, expected) {
        let isSame = try Data(contentsOf: place.url(file)) == bytes
        #expect(isSame, "\(file) after \(kills) kills")
      }
      #expect(try place.run(Self.export).output == index.output)
    }
  }
}
