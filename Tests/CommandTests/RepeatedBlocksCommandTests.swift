import Foundation
import Testing

/// The stage `repeated_blocks` as a user runs it, on pages of two hosts.
@Suite struct RepeatedBlocksCommandTests {
  /// Five pages of a newspaper and two of a garden club, which ends its pages alike.
  private static func pages() -> String {
    let news = [
      "The bridge over the mill stream opens again on Monday.",
      "A choir from three villages sings in the old brewery.",
      "Bread prices rise by a tenth, say the bakers of the valley.",
      "The night train stops here once more after twelve years.",
      "Two storks have come back to the chimney of the dairy.",
    ]
    let disclaimer = "Opinions printed here are those of the writers alone."
    let about = "The Valley Courier has been printed since 1871."
    let garden = [
      "Cut the roses before the sap begins to rise.",
      "Sow the broad beans as soon as frost is over.",
    ]
    let texts =
      news.map { ("https://www.courier.example", "\($0)\\n\\n\(disclaimer)\\n\\n\(about)") }
      + garden.map { ("https://garden.example", "\($0)\\n\\n\(disclaimer)") }
    return texts.enumerated().map { index, page in
      #"{"id":"\#(index)","url":"\#(page.0)/\#(index)","text":"\#(page.1)"}"# + "\n"
    }.joined()
  }

  private func place(_ settings: String) throws -> Workplace {
    let place = try Workplace(stages: #"{"use": "repeated_blocks", "documents": 2\#(settings)}"#)
    try place.write("pages.ndjson", Self.pages())
    return place
  }

  private func paragraphs(_ place: Workplace) throws -> [Int] {
    try place.records("out.ndjson").map {
      ($0["text"] as? String ?? "").components(separatedBy: "\n\n").count
    }
  }

  @Test("from the third page on a host's own blocks are gone")
  func onePass() throws {
    let place = try place("")
    let result = try place.run("winnow run pages.ndjson -q")
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(try paragraphs(place) == [3, 3, 1, 1, 1, 2, 2])
    let record = try place.read("out.ndjson").split(separator: "\n")[2]
    #expect(
      record
        == #"{"id":"2","text":"Bread prices rise by a tenth, say the bakers of the valley.","#
        + #""source":"ndjson","metadata":{"url":"https://www.courier.example/2"},"#
        + #""annotations":{"repeated_blocks":{"blocks":2,"bytes":100}}}"#)
  }

  @Test("with a first pass the first pages are clean too, and other hosts are left alone")
  func firstPass() throws {
    let place = try place(#", "first_pass": true"#)
    let result = try place.run("winnow run pages.ndjson -q --report report.json")
    #expect(result.code == 0)
    #expect(try paragraphs(place) == [1, 1, 1, 1, 1, 2, 2])
    let report = try place.read("report.json")
    #expect(report.contains(#""in": 7"#))
  }

  @Test("a first pass over standard input or a pipe is refused before anything is read")
  func standardInput() throws {
    let place = try place(#", "first_pass": true"#)
    let reason =
      "stages[0] reads the input twice, and standard input or a pipe can be read only once; "
      + "name files or folders, or do without the first pass\n"
    let check = try place.run("winnow check pipeline.json")
    #expect(check.code == 2)
    #expect(check.errors == "pipeline.json:2:14: error: \(reason)")
    let run = try place.run("winnow run - -q < pages.ndjson")
    #expect(run.code == 2)
    #expect(run.errors == "pipeline.json:2:14: error: \(reason)")
    let pipe = try place.run("mkfifo pipe.ndjson; winnow run pipe.ndjson -q")
    #expect(pipe.code == 2)
    #expect(pipe.errors == "pipeline.json:2:14: error: \(reason)")
    #expect(!place.exists("out.ndjson.partial"))
  }

  @Test("a stage that records positions must stand behind")
  func order() throws {
    let place = try Workplace(
      stages: """
        {"use": "entities", "gazetteer": "\(Workplace.root.path)/Fixtures/gazetteer.ndjson"},
        {"use": "repeated_blocks"}
        """)
    let result = try place.run("winnow check pipeline.json")
    #expect(result.code == 2)
    #expect(
      result.errors
        == "pipeline.json:3:1: error: stages[1] changes the text in which stages[0] (entities) recorded "
        + "positions; put it before that stage\n")
  }
}
