public import Bytes
public import Pipeline

/// Reads what another program made of records: lines in the record format, of which members may be left out.
public struct AnswerDecoder {
  private let decoder: NDJSONDecoder
  private let record = RawRecord(range: 0..<0, origin: Origin(file: ""))

  /// - Throws: `OutOfMemory`.
  public init() throws(OutOfMemory) {
    var settings = NDJSONSource.Settings()
    settings.source = ""
    decoder = NDJSONDecoder(settings: settings, parser: try JSONRecordParser(), isWhole: false)
  }

  /// What a line says.
  /// - Parameter line: `JSONRecordParser.padding` readable bytes follow it.
  public func read(_ line: UnsafeBufferPointer<UInt8>) throws -> Outcome<Answer> {
    try decoder.read(line) { root in
      if root.isNull { return .keep(Answer()) }
      var answer = Answer()
      root.forEachChild { key, value in
        switch String(decoding: key) {
        case "text": answer.hasText = value.stringBytes != nil
        case "metadata": answer.hasMetadata = value.isObject
        case "annotations": answer.hasAnnotations = value.isObject
        default: break
        }
      }
      switch decoder.document(from: root, record) {
      case .drop(let drop): return .drop(drop)
      case .keep(let said):
        answer.said = said
        return .keep(answer)
      }
    }
  }
}

/// One line that came back.
public struct Answer: Sendable {
  /// Nil for `null`, which leaves the record out.
  fileprivate var said: Document?
  fileprivate var hasText = false
  fileprivate var hasMetadata = false
  fileprivate var hasAnnotations = false

  fileprivate init() {}

  /// Whether the line says that the record is left out.
  public var leavesOut: Bool { said == nil }

  /// The id that the line names; nil when it names none.
  public var id: String? { said.flatMap { $0.id.isEmpty ? nil : $0.id } }

  /// The document with what the line says of it. What the line does not mention stays as it is.
  public func applied(to document: Document) -> Document {
    guard let said else { return document }
    var result = document
    if hasText, said.text != document.text {
      result.text = said.text
      // Its blocks are those of another text.
      result.page = nil
    }
    if let html = said.html { result.html = html }
    if !said.source.isEmpty { result.source = said.source }
    if let created = said.created { result.created = created }
    if hasAnnotations { result.annotations = said.annotations }
    if hasMetadata {
      result.metadata = said.metadata
    } else {
      for member in said.metadata.members { result.metadata[member.key] = member.value }
    }
    return result
  }
}
