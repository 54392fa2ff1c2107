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
    /// Whether both outputs are folders of parts.
    var parts = false
    var description: String { "\(ending) \(arguments)" }
  }

  static let variants = [
    Variant(ending: "ndjson", arguments: "-j 2 in --format ndjson"),
    Variant(ending: "ndjson.zst", arguments: "-j 1 - < <(cat in/*)"),
    Variant(ending: "ndjson.gz", arguments: "-j 3 pages", firstPass: true),
    Variant(ending: "ndjson.zst", arguments: "-j 2 in --format ndjson", parts: true),
    Variant(ending: "ndjson", arguments: "-j 3 tables --format csv", parts: true),
    Variant(ending: "ndjson.gz", arguments: "-j 2 - --format csv < tables/a.csv"),
    Variant(ending: "ndjson", arguments: "-j 2 all.tar.gz"),
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
    var table = "id,k,text\n"
    for file in 10..<26 {
      var records = ""
      for number in file * 25..<(file + 1) * 25 {
        if !random.oneIn(7) { text = Self.text(number, &random, lineEnd: "\\n") }
        records +=
          #"{"id":"\#(number)","k":\#(number % 7),"text":"\#(random.oneIn(9) ? "" : text)"}"# + "\n"
      }
      try place.write("in/\(file).ndjson", records)
      var rows = ""
      for number in 0..<25 {
        let text = Self.text(number, &random, lineEnd: "\n")
        rows += "\(file * 25 + number),\(number % 7),\"\(random.oneIn(9) ? "" : text)\"\n"
      }
      table += rows
      try place.write("tables/\(file).csv", "id,k,text\r\n" + rows)
    }
    try place.write("tables/a.csv", table)
    for number in 0..<200 {
      let page = random.oneIn(9) ? "" : Self.text(number, &random, lineEnd: "\n")
      try place.write("pages/\(number % 7)/\(number).txt", page)
      let paragraphs = page.split(separator: "\n").map { "<p class=x>\($0)</br>" }.joined()
      try place.write("site/\(number % 7)/\(number).html", "<title>\(number)</title>\(paragraphs)")
    }
  }

  /// Pages and files of records in one archive.
  private func makeArchive(_ place: Workplace) throws {
    #expect(
      try place.run("tar -czf all.tar.gz in/1*.ndjson pages/3 pages/5 tables/2*.csv").code == 0)
  }

  private static let export =
    "winnow index export p.json --state st 2> /dev/null | grep -v '^{\"run\"'"

  /// Whether a run that was killed had come to its end: the same command would begin the next one.
  private func isDone(_ place: Workplace) throws -> Bool {
    guard
      try files(place).contains(where: { $0.key.hasPrefix("out") && !$0.key.hasSuffix(".partial") })
    else { return false }
    let stats = try place.run("winnow index stats p.json --state st")
    return !stats.text.contains("not finished")
  }

  /// Everything that was written, finished or not.
  private func files(_ place: Workplace) throws -> [String: Data] {
    let names = try place.run("find out* rejects* -type f 2> /dev/null").lines
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: place.url($0))) })
  }

  @Test(
    "a run that is killed again and again gives the bytes of one that is not", arguments: variants)
  func kill(variant: Variant) throws {
    let place = try Workplace()
    try makeInputs(place)
    try makeArchive(place)
    try place.write(
      "p.json",
      Workplace.definition(
        stages: """
          \(variant.reader.map { #"{"use": "html", "parser": "\#($0)"},"# } ?? "")
          {"use": "language"}, {"use": "near_duplicates"},
          {"use": "repeated_blocks", "scope": "corpus", "first_pass": \(variant.firstPass)}
          """,
        run: #"{"batch": "4 KiB", "checkpoint_bytes": "8 KiB", "state_memory": "16 MiB"}"#))
    let ending = variant.ending
    let outputs =
      variant.parts
      ? "-o 'out/{metadata.k}/{n}.\(ending)' --rejects 'rejects-{n}.\(ending)' "
        + #"--set output.part_bytes='"9 KiB"' --set output.max_values=5 --set rejects.part_records=20"#
      : "-o out.\(ending) --rejects rejects.\(ending)"
    let firstNamed = variant.parts ? "rejects-00000.\(ending)" : "rejects.\(ending)"
    let command = "winnow run p.json -q \(outputs) --state st \(variant.arguments)"
    let started = Date()
    let whole = try place.run(command)
    #expect(whole.code == 0, "\(whole.errors)")
    let seconds = Date().timeIntervalSince(started)
    let expected = try files(place)
    let index = try place.run(Self.export)
    #expect(
      expected.count >= (variant.parts ? 8 : 2) && expected.values.allSatisfy { $0.count > 100 }
        && index.lines.count > 100, "\(expected.mapValues(\.count)) \(index.lines.count)")

    var random = Seed(23)
    var kills = 0
    while kills < Self.kills {
      #expect(try place.run("rm -rf st out* rejects*").code == 0)
      var isDone = false
      while !isDone {
        // Each time a little further in the run, or until the first file has its name.
        let moment =
          kills % 3 == 2
          ? "while [ ! -e \(firstNamed) ] && kill -0 $pid; do :; done"
          : "sleep \(seconds * Double(random.below(1000)) / 2500)"
        let result = try place.run(
          "\(command) & pid=$!; { \(moment); kill -9 $pid; wait $pid; } 2> /dev/null")
        #expect([0, 137].contains(result.code), "\(result.errors)")
        if result.code == 137 { kills += 1 }
        isDone = try result.code == 0 || self.isDone(place)
      }
      let found = try files(place)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (file, bytes) in expected {
        let isSame = found[file] == bytes
        #expect(isSame, "\(file) after \(kills) kills")
      }
      #expect(try place.run(Self.export).output == index.output)
    }
  }
}
