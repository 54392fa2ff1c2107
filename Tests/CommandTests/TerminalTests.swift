import Foundation
import Testing

/// Whatever is foreign is shown as what it is.
@Suite struct TerminalTests {
  /// A red word, a line that looks like one of the program's, and a turn of direction.
  private static let hostile = "\u{1B}[31mred\nwinnow: error: forged\r\u{202E}x\u{9B}2J"
  private static let shown = #"\u001b[31mred\nwinnow: error: forged\r\u202ex\u009b2J"#

  private func isHarmless(_ result: Executable.Result) -> Bool {
    !result.errors.unicodeScalars.contains {
      $0 != "\n" && $0.properties.generalCategory == .control || $0.value == 0x202E
    } && !result.errors.contains("\nwinnow: error: forged")
  }

  @Test("ids of records")
  func ids() throws {
    let place = try Workplace()
    let id = #"\u001b[31mred\nwinnow: error: forged\r\u202ex\u009b2J"#
    try place.write(
      "in.ndjson", #"{"id":"\#(id)","text":"a"}"# + "\n" + #"{"id":"b","text":"b"}"# + "\n")
    let result = try place.run("winnow explain pipeline.json in.ndjson")
    #expect(result.code == 2)
    #expect(
      result.errors
        == "winnow: error: in.ndjson holds several records; say which one with --id, as in --id "
        + Self.shown + "\n")
  }

  @Test("paths, values, keys and labels of definitions, arguments, and the environment")
  func definitions() throws {
    let place = try Workplace()
    let escaped = #"\u001b[31mred\nwinnow: error: forged\r\u202ex\u009b2J"#
    try place.write(
      "label.json", Workplace.definition(stages: #"{"use": "html", "label": "\#(escaped)"}"#))
    try place.write("use.json", Workplace.definition(stages: #"{"use": "\#(escaped)"}"#))
    try place.write(
      "key.json", Workplace.definition(stages: #"{"use": "html", "\#(escaped)": 1}"#))
    try place.write(
      "variable.json",
      Workplace.definition(stages: #"{"use": "entities", "gazetteer": "${HOSTILE}"}"#))
    let environment = ["HOSTILE": Self.hostile]
    for command in [
      "winnow check use.json", "winnow check key.json", "winnow check variable.json",
      #"winnow check "$HOSTILE""#, #"winnow run "$HOSTILE""#, #"winnow run "$HOSTILE" -o x"#,
      #"winnow run -j "$HOSTILE""#, #"winnow "$HOSTILE""#, #"winnow manual "$HOSTILE""#,
      #"winnow run - --state "/no/$HOSTILE""#,
      #"winnow run - -o "/no/$HOSTILE" < /dev/null"#,
      #"winnow index forget pipeline.json --before "$HOSTILE""#,
    ] {
      let result = try place.run(command, environment: environment)
      #expect(result.code != 0, "\(command)")
      #expect(result.errors.contains(#"\u001b[31m"#), "\(command): \(result.errors)")
      #expect(isHarmless(result), "\(command): \(result.errors)")
    }
    let verbose = try place.run("echo '{\"text\":\"a\"}' | winnow run label.json - -v")
    #expect(verbose.code == 0)
    #expect(verbose.errors.contains(#"  \u001b[31mred\nwinnow: error: forged"#))
    #expect(isHarmless(verbose), "\(verbose.errors)")
  }
}
