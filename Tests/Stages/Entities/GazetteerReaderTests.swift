import Pipeline
import Testing

@testable import EntitiesStage

struct GazetteerReaderTests {
  // MARK: Worked examples

  @Test("entries may stand on several lines, with empty lines between and any line ends")
  func lines() throws {
    let file = """
      {"id":"isil","label":"ORG","name":"Islamic State"}\r

         \t
      {"aliases":["Daesh"],"name":"ISIL","label":"ORG","id":"isil"}
      """
    #expect(try found("Daesh or Islamic State", file) == ["isil Daesh", "isil Islamic State"])
  }

  @Test("labels choose among the entries")
  func labels() throws {
    let file = entry("a", "Alpha") + #"{"id":"b","label":"PLACE","name":"Beta"}"#
    let gazetteer = try GazetteerReader.read(Array(file.utf8), path: "g", labels: ["PLACE"])
    var mentions: [Mention] = []
    gazetteer.findMentions(in: "Alpha Beta".utf8.span, into: &mentions, limit: .max)
    #expect(mentions == [Mention(range: 6..<10, kind: .entry(0))])
    #expect(gazetteer.id(of: 0) == "b")
    #expect(gazetteer.label(of: 0) == "PLACE")
  }

  // MARK: Mistakes

  @Test(
    "a mistake is reported with its place and what is allowed",
    arguments: [
      (#"{"id":"a","name":"A"}"#, #"1:1: lacks the member "label""#),
      (#"{"id":"a","label":"X","name":""}"#, #"1:30: "name" must not be empty"#),
      (
        #"{"id":7,"label":"X","name":"A"}"#,
        #"1:7: "id" must be a string, is a number"#
      ),
      (
        #"{"id":"a","label":"X","name":"A","alias":["B"]}"#,
        #"1:34: "alias" is no member of an entry; there are "id", "label", "name", "aliases""#
      ),
      (
        #"{"id":"a","label":"X","name":"A","name":"B"}"#,
        #"1:34: "name" stands twice"#
      ),
      (
        #"{"id":"a","label":"X","name":"A","aliases":"B"}"#,
        #"1:44: "aliases" must be a list of strings, is a string"#
      ),
      (
        #"{"id":"a","label":"X","name":"A","aliases":["B","--"]}"#,
        #"1:49: "--" has no letter and no digit"#
      ),
      (
        #"{"id":"a","label":"X","name":"A\nB"}"#,
        #"1:30: a name must not hold a line end or tab"#
      ),
      (#"["a"]"#, "1:1: must be an object, is an array"),
      (#"{"id":"a""#, "1:10: expected ',' or '}', found the end"),
      (
        entry("a", "A") + #"{"id":"a","label":"X","name":"B"}"#,
        #"2:19: the id "a" has the label "ORG" above, here "X""#
      ),
    ])
  func mistakes(file: String, message: String) {
    #expect(throws: Complaint("gazetteer", "is wrong: names.ndjson:\(message)")) {
      try found("", file)
    }
  }

  @Test("a name that is too long is a mistake")
  func tooLong() {
    let name = String(repeating: "a", count: AliasTable.maximumKey + 1)
    #expect(
      throws: Complaint(
        "gazetteer", "is wrong: names.ndjson:1:32: a name must not be longer than 256 bytes")
    ) { try found("", entry("a", name)) }
  }

  @Test("all mistakes are reported, up to a number")
  func many() {
    #expect(
      throws: Complaint(
        "gazetteer",
        """
        is wrong: names.ndjson:1:1: lacks the member "id"
          names.ndjson:1:1: lacks the member "label"
          names.ndjson:1:1: lacks the member "name"
          names.ndjson:3:2: expected a name in quotes, found 'x'
        """)
    ) { try found("", "{}\n" + entry("a", "A") + "{x}") }
  }

  @Test("beyond twenty mistakes only their number is told")
  func tooMany() {
    let places = (1...20).map { "names.ndjson:\($0):1: must be an object, is null" }
    let message = "is wrong: " + places.joined(separator: "\n  ") + "\n  and 5 more"
    #expect(throws: Complaint("gazetteer", message)) {
      try found("", String(repeating: "null\n", count: 25))
    }
  }

  @Test("a file without entries is a mistake")
  func empty() {
    #expect(throws: Complaint("gazetteer", "holds no entry: names.ndjson")) {
      try found("", "\n \n")
    }
  }

  @Test("a label that no entry has is a mistake")
  func unknownLabel() {
    #expect(throws: Complaint("labels", "names \"LOC\", which no entry of g has")) {
      try GazetteerReader.read(Array(entry("a", "A").utf8), path: "g", labels: ["ORG", "LOC"])
    }
  }
}
