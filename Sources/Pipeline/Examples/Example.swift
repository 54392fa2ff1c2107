import Bytes

/// A page or text, and what is to become of it: `winnow test` takes it through the stages.
public struct Example: Sendable {
  /// What it shows; without a name of its own, where it stands.
  public let name: String
  /// The file that it stands in, with its line where the file holds several.
  public let place: String
  /// As an input would have read it.
  public let document: Document
  public let expectations: [Expectation]

  /// Reads one example, or complains and returns nil.
  init?(_ node: JSONNode, place: String, _ reader: inout SettingReader) {
    let settings = ExampleSettings.read(node, owner: "an example", reserved: [], &reader)
    guard reader.diagnostics.isEmpty,
      let document = Example.document(settings, node, place, &reader)
    else { return nil }
    name = settings.name ?? place
    self.place = place
    self.document = document
    expectations = settings.expect.list
  }

  private static func document(
    _ settings: ExampleSettings, _ node: JSONNode, _ place: String, _ reader: inout SettingReader
  ) -> Document? {
    var document = Document(id: settings.id ?? place, source: "test", origin: Origin(file: place))
    document.metadata = settings.metadata.object
    document.metadata["url"] = JSONValue(settings.url)
    let given = ["html", "text", "file"].filter { node[$0] != nil }
    guard given.count == 1 else {
      reader.complain(
        node, given.isEmpty ? "lacks one of html, text and file" : "has \(given[0]) and \(given[1])"
      )
      return nil
    }
    if let html = settings.html {
      document.html = RawHTML(bytes: Array(html.utf8), charset: "utf-8")
    } else if let text = settings.text {
      document.text = UTF8Text(text)
    } else if let file = settings.file {
      return Example.document(document, of: file, node["file"] ?? node, &reader)
    }
    return document
  }

  /// The document with the contents of a file.
  private static func document(
    _ document: Document, of file: FilePath, _ node: JSONNode, _ reader: inout SettingReader
  ) -> Document? {
    var document = document
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try FileSystem.contents(of: file.path)
    } catch {
      reader.below(reader.path["file"]) {
        $0.complain(node, "names \(file.path), which cannot be read: \(error.cause)")
      }
      return nil
    }
    if file.path.hasSuffix(".txt") {
      document.text = UTF8Text(String(decoding: bytes, as: UTF8.self))
    } else {
      document.html = RawHTML(bytes: bytes)
    }
    return document
  }
}

/// The members of an example.
struct ExampleSettings: ComponentSettings {
  var name: String?
  var html: String?
  var text: String?
  var file: FilePath?
  var url: String?
  var id: String?
  var metadata = GivenMetadata()
  var expect = Expectations()

  static let fields: [Field<Self>] = [
    Field("name", \.name, "What the example shows, for the output of `winnow test`."),
    Field("html", \.html, "The page. One of `html`, `text` and `file` must be there."),
    Field("text", \.text, "The text, for stages that need no page."),
    Field(
      "file", \.file,
      "The file that holds the page, or, if its name ends in .txt, the text. The path starts from the folder of "
        + "the file that the example stands in."),
    Field("url", \.url, "The page's URL: `metadata.url`."),
    Field("id", \.id, "The record's id; without it, where the example stands."),
    Field("metadata", \.metadata, "What the input says of the record."),
    Field(
      "expect", \.expect,
      "What must come: members of the record and their values. `metadata.title` is a member of a member. A value "
        + "that is an object says `is` (the value), `contains` or `lacks` (a string or several). An example that "
        + "is to be rejected says so by `rejected.stage`, `rejected.reason` or both.",
      isRequired: true),
  ]
}

/// Metadata of an input.
struct GivenMetadata: SettingValue {
  var object = JSONObject()

  static let typeName = "an object"
  static let schema: JSONObject = ["type": "object"]

  static func read(_ node: JSONNode, _ reader: inout SettingReader) -> GivenMetadata? {
    node.plain.object.map { GivenMetadata(object: $0) } ?? mismatch(node, &reader)
  }

  var json: JSONValue { .object(object) }
}
