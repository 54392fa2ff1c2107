import Bytes
import Pipeline

/// Names something of a document.
struct FieldPath: Sendable, Hashable {
  let source: String
  private let root: Root
  private let keys: [String]

  private enum Root: String, CaseIterable {
    case id, source, created, text, metadata, annotations
    case textBytes = "text.bytes"
    case textCharacters = "text.characters"
    case textWords = "text.words"
    case textLines = "text.lines"
  }

  /// How fields are spelled, for messages.
  static let spellings = [
    "id", "source", "created", "text", "text.bytes", "text.characters", "text.words", "text.lines",
    "metadata.KEY", "annotations.LABEL",
  ]

  /// Nil for what names nothing.
  init?(_ source: String) {
    self.source = source
    let parts = source.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !parts.contains("") else { return nil }
    switch parts[0] {
    case "metadata", "annotations":
      guard parts.count > 1 else { return nil }
      root = parts[0] == "metadata" ? .metadata : .annotations
      keys = Array(parts.dropFirst())
    default:
      guard let root = Root(rawValue: source) else { return nil }
      self.root = root
      keys = []
    }
  }

  /// Whether it is the text itself, which is compared without a copy.
  var isText: Bool { root == .text }

  /// What the document has there; nil when there is nothing.
  func value(in document: Document) -> JSONValue? {
    switch root {
    case .id: .string(document.id)
    case .source: .string(document.source)
    case .created: document.created.map(JSONValue.string)
    case .text: .string(document.text.string)
    case .metadata: document.metadata.value(at: keys)
    case .annotations: document.annotations.value(at: keys)
    case .textBytes: .int(Int64(document.text.bytes.count))
    case .textCharacters: .int(Int64(document.text.scalarCount))
    case .textWords:
      .int(Int64(Words.count(in: document.text.bytes.span)))
    case .textLines:
      .int(Int64(TextBlocks.countLines(in: document.text.bytes.span)))
    }
  }
}
