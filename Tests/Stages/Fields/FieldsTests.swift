import Bytes
import Pipeline
import TestSupport
import Testing

@testable import FieldsStage

@Suite("fields")
struct FieldsTests {
  /// Metadata and annotations afterwards.
  private func result(_ settings: String) throws -> String {
    var document = Document(id: "1", text: UTF8Text("Text"), origin: Origin(file: "1.txt"))
    document.metadata = [
      "url": "https://example.org", "title": "Tides", "author": nil,
      "site": ["name": "Courier", "place": "Sallow Bay"],
    ]
    document.annotations = ["entities": [], "language": ["score": 1]]
    _ = try Fields.made(from: settings).makeWorker().process(&document)
    return JSONValue.array([.object(document.metadata), .object(document.annotations)]).jsonText
  }

  private static let all =
    #"[{"url":"https://example.org","title":"Tides","author":null,"site":{"name":"Courier","place":"Sallow Bay"}},"#
    + #"{"entities":[],"language":{"score":1}}]"#

  @Test(
    "what the settings do",
    arguments: [
      ("{}", all),
      (#"{"keep": []}"#, "[{},{}]"),
      (
        #"{"keep": ["metadata.site.name", "metadata.title", "annotations.entities"]}"#,
        #"[{"title":"Tides","site":{"name":"Courier"}},{"entities":[]}]"#
      ),
      (
        #"{"drop": ["metadata.url", "metadata.author", "metadata.site.place", "annotations.entities", "metadata.a.b"]}"#,
        #"[{"title":"Tides","site":{"name":"Courier"}},{"language":{"score":1}}]"#
      ),
      (
        #"{"keep": ["metadata.title", "metadata.url"], "rename": {"metadata.title": "metadata.page.title"}}"#,
        #"[{"url":"https://example.org","page":{"title":"Tides"}},{}]"#
      ),
      (#"{"rename": {"metadata.title": "metadata.url", "metadata.absent": "metadata.x"}}"#, all),
      (
        #"{"keep": ["metadata.title"], "set": {"metadata.title": "Sea", "annotations.run.night": 3}}"#,
        #"[{"title":"Sea"},{"run":{"night":3}}]"#
      ),
    ])
  func apply(settings: String, expected: String) throws {
    #expect(try result(settings) == expected)
  }

  @Test(
    "wrong settings",
    arguments: [
      (
        #"{"drop": ["metadata.url", "title"]}"#,
        "drop[1] names no member: \"title\"; did you mean metadata.title?"
      ),
      (
        #"{"keep": ["metadata."]}"#,
        "keep[0] names no member: \"metadata.\"; members are metadata.KEY and annotations.LABEL"
      ),
      (
        #"{"rename": {"title": "metadata.name"}}"#,
        "rename.title names no member: \"title\"; did you mean metadata.title?"
      ),
      (
        #"{"rename": {"metadata.title": 1}}"#,
        "rename.metadata.title must be a member such as \"metadata.title\", is 1"
      ),
      (#"{"set": ["metadata.title"]}"#, "set must be an object of members and constants"),
    ])
  func wrong(settings: String, message: String) {
    #expect(throws: WrongSettings(messages: [message])) { try Fields.Settings.read(from: settings) }
  }
}
