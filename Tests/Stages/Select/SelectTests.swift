import Bytes
import Pipeline
import TestSupport
import Testing

@testable import SelectStage

@Suite("select")
struct SelectTests {
  private static let document: Document = {
    var document = Document(
      id: "en/17", text: UTF8Text("The tide came in.\n\nÜber 9 boats sank."), source: "crawl",
      origin: Origin(file: "1.txt"))
    document.metadata = [
      "url": "https://example.org/tag/tides", "title": "", "author": nil, "date": "2026-10-02",
      "score": 0.75, "visits": 1200, "tags": ["sea", "boats"], "site": ["name": "Courier"],
    ]
    document.annotations = ["entities": [], "score": ["quality": 3]]
    return document
  }()

  /// Whether the document is kept.
  private static func keeps(_ condition: String) throws -> Bool {
    var document = document
    let worker = try Select.made(from: "{\"where\": \(condition)}").makeWorker()
    if case .keep = worker.process(&document) { return true }
    return false
  }

  @Test(
    "what holds",
    arguments: [
      #"{"field": "id", "equals": "en/17"}"#,
      #"{"field": "source", "one_of": ["wiki", "crawl"]}"#,
      #"{"field": "text.words", "equals": 8}"#,
      #"{"field": "text.lines", "equals": 2}"#,
      #"{"field": "text.characters", "equals": 37}"#,
      #"{"field": "text.bytes", "at_least": 38, "at_most": 38.5}"#,
      #"{"field": "text", "contains": "Über"}"#,
      #"{"field": "text", "matches": "The *sank."}"#,
      #"{"field": "text", "equals": "The tide came in.\n\nÜber 9 boats sank."}"#,
      #"{"field": "metadata.date", "at_least": "2026-10-01", "less_than": "2026-11"}"#,
      #"{"field": "metadata.score", "more_than": 0.7}"#,
      #"{"field": "metadata.visits", "equals": 1200.0}"#,
      #"{"field": "metadata.tags", "contains": "boats"}"#,
      #"{"field": "metadata.site.name", "equals": "Courier"}"#,
      #"{"field": "annotations.score.quality", "at_least": 3}"#,
      #"{"field": "metadata.title", "present": false}"#,
      #"{"field": "metadata.author", "present": false}"#,
      #"{"field": "metadata.absent", "present": false}"#,
      #"{"field": "metadata.author", "equals": null}"#,
      #"{"field": "annotations.entities", "present": false}"#,
      #"{"field": "text", "present": true}"#,
      #"{"not": {"field": "metadata.absent", "equals": 1}}"#,
      #"{"any": [{"field": "id", "equals": "x"}, {"field": "metadata.url", "matches": "*/tag/*"}]}"#,
      #"{"all": [{"field": "id", "present": true}, {"not": {"field": "created", "present": true}}]}"#,
    ])
  func holds(condition: String) throws {
    #expect(try Self.keeps(condition))
    #expect(try !Self.keeps("{\"not\": \(condition)}"))
  }

  @Test(
    "what does not hold: values of another kind, and what is not there",
    arguments: [
      #"{"field": "metadata.date", "at_least": 2026}"#,
      #"{"field": "metadata.visits", "at_least": "1"}"#,
      #"{"field": "metadata.visits", "equals": "1200"}"#,
      #"{"field": "metadata.absent", "at_most": 5}"#,
      #"{"field": "metadata.absent", "equals": null}"#,
      #"{"field": "metadata.tags", "contains": "boat"}"#,
      #"{"field": "metadata.tags.sea", "present": true}"#,
      #"{"field": "metadata.score", "more_than": 0.75}"#,
      #"{"field": "text.words", "at_least": 5, "at_most": 7}"#,
      #"{"all": [{"field": "id", "present": true}, {"field": "id", "equals": "x"}]}"#,
    ])
  func doesNotHold(condition: String) throws {
    #expect(try !Self.keeps(condition))
  }

  @Test(
    "wrong conditions, with the path of what is wrong",
    arguments: [
      ("{}", "where must have a \"field\", \"all\", \"any\" or \"not\""),
      ("[]", "where must be a condition, is []"),
      (
        #"{"field": "metadta.url", "present": true}"#,
        "where.field names no field of a document: \"metadta.url\"; there are: id, source, created, text, "
          + "text.bytes, text.characters, text.words, text.lines, metadata.KEY, annotations.LABEL"
      ),
      (
        #"{"field": "text.word", "present": true}"#,
        "where.field names no field of a document: \"text.word\"; did you mean text.words?"
      ),
      (
        #"{"field": "id"}"#,
        "where must say what holds of \"id\"; there are: present, equals, one_of, at_least, at_most, more_than, "
          + "less_than, contains, matches"
      ),
      (
        #"{"all": [{"field": "id", "present": true}, {"field": "id", "equal": 1}]}"#,
        "where.all[1].equal is nothing that can hold of a field; did you mean equals?"
      ),
      (
        #"{"any": [{"not": {"field": "id", "at_least": true}}]}"#,
        "where.any[0].not.at_least must be a number or a string"
      ),
      (#"{"all": []}"#, "where.all must be a list of at least one condition"),
      (
        #"{"all": [{"field": "id", "present": true}], "field": "id"}"#,
        "where.field cannot stand beside \"all\"; write two conditions in an \"all\""
      ),
      (#"{"field": "id", "present": 1}"#, "where.present must be true or false, is 1"),
      (#"{"field": "id", "one_of": "x"}"#, "where.one_of must be a list of at least one value"),
      (#"{"field": 1, "present": true}"#, "where.field must be a string, is 1"),
    ])
  func wrong(condition: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) {
      try Select.Settings.read(from: "{\"where\": \(condition)}")
    }
  }

  @Test("conditions are bounded in depth")
  func depth() {
    let depth = Condition.maximumDepth
    let condition =
      String(repeating: #"{"not": "#, count: depth) + #"{"field": "id", "present": true}"#
      + String(repeating: "}", count: depth)
    #expect {
      try Select.Settings.read(from: "{\"where\": \(condition)}")
    } throws: { "\($0)".contains("is nested deeper than 32") }
  }

  @Test("a condition is written as it was read")
  func json() throws {
    let text =
      #"{"any":[{"field":"text.words","at_least":3},{"not":{"field":"id","matches":"a*","present":true}}]}"#
    let settings = try Select.Settings.read(from: "{\"where\": \(text)}")
    #expect(settings.condition.json.jsonText == text)
  }
}
