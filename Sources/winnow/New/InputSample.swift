import Bytes
import Components
import Formats
import Pipeline

/// The first record of an input that holds a page or text, and the settings by which it is found.
struct InputSample {
  /// Whether it is a page rather than a text.
  let isPage: Bool
  /// Settings of the input and their values: `html_field` and `body`.
  private(set) var fields: [(setting: String, name: String)] = []

  /// Nil where no record holds anything.
  init?(of inputs: [String], kind: String, _ stop: StopSignal) {
    if let document = Self.first(inputs, kind, [], stop) {
      isPage = document.html != nil
      addNames(document)
      return
    }
    // Other programs have other names for a page.
    for name in NDJSONDecoder.contentNames {
      guard let document = Self.first(inputs, kind, [("text_field", name)], stop) else { continue }
      isPage = document.text.string.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
      fields = [(isPage ? "html_field" : "text_field", name)]
      addNames(document)
      return
    }
    return nil
  }

  /// Names the members that hold the id and the URL, where they are not the usual ones.
  private mutating func addNames(_ document: Document) {
    let strings = document.metadata.members.filter { !($0.value.string ?? "").isEmpty }
    let hasID = document.origin.line.map { !document.id.hasSuffix(":\($0)") } ?? true
    if !hasID, let id = strings.first(where: { Self.idNames.contains($0.key.lowercased()) }) {
      fields.append(("id_field", id.key))
    }
    if document.metadata["url"]?.isNull == true, document.origin.line != nil,
      let url = strings.first(where: {
        Self.urlNames.contains($0.key.lowercased()) && $0.value.string?.hasPrefix("http") == true
      })
    {
      fields.append(("url_field", url.key))
    }
  }

  private static let idNames: Set = ["_id", "uuid", "guid", "docid", "doc_id", "key", "record_id"]
  private static let urlNames: Set = [
    "link", "uri", "href", "source_url", "page_url", "target_uri",
  ]

  /// The first document of an input with these settings; nil when it has none, or no such settings.
  private static func first(
    _ inputs: [String], _ kind: String, _ settings: [(String, String)], _ stop: StopSignal
  ) -> Document? {
    let input: JSONObject = JSONObject(
      [("use", .string(kind)), ("paths", .array(inputs.map(JSONValue.string)))]
        + settings.map { ($0, .string($1)) })
    let root: JSONValue = [
      "input": .object(input), "stages": [["use": "html"]],
      "output": ["use": "ndjson", "path": "-"],
    ]
    var arguments = DefinitionArguments()
    arguments.needsNoState = true
    let text = SourceText(name: "new", bytes: Array(root.jsonText.utf8))
    guard
      let source = Registry.standard.read(text, arguments: arguments, stop: stop).definition?
        .inputs.first
    else { return nil }
    return try? document(of: source, stop)
  }

  private static func document<S: Source>(of source: S, _ stop: StopSignal) throws -> Document? {
    var reader = try source.makeReader(nil)
    var decoder = try source.makeDecoder()
    for _ in 0..<glances where !stop.isRequested {
      var batch = RawBatch(byteBudget: glanceBytes)
      let hasMore = try reader.fill(&batch)
      for record in batch.records where record.problem == nil {
        if case .keep(let document) = try decoder.decode(record, of: batch) { return document }
      }
      if !hasMore { return nil }
    }
    return nil
  }

  /// As much as is looked at.
  private static let glances = 4
  private static let glanceBytes = 1 << 20
}
