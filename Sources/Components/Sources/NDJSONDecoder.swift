import Bytes
public import Pipeline

/// Makes documents out of NDJSON lines.
public struct NDJSONDecoder: RecordDecoder {
  private let settings: NDJSONSource.Settings
  private let parser: JSONRecordParser

  init(settings: NDJSONSource.Settings, parser: sending JSONRecordParser) {
    self.settings = settings
    self.parser = parser
  }

  public mutating func decode(_ record: RawRecord, of batch: RawBatch) throws -> Outcome<Document> {
    try batch.bytes.withUnsafeBufferPointer { bytes in
      try decode(UnsafeBufferPointer(rebasing: bytes[record.range]), record)
    }
  }

  private func decode(
    _ line: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws -> Outcome<Document> {
    do {
      return try parser.parse(line) { document(from: $0, record) }
    } catch let error as JSONRecordParser.Malformed {
      if settings.illFormed == .repair,
        let repaired = IllFormedJSON.repaired(Array(line), padding: JSONRecordParser.padding)
      {
        let length = repaired.count - JSONRecordParser.padding
        if let outcome = try? repaired.withUnsafeBufferPointer({ bytes in
          try parser.parse(UnsafeBufferPointer(rebasing: bytes[..<length])) {
            document(from: $0, record)
          }
        }) {
          return outcome
        }
      }
      return .drop(explanation(of: error, line))
    }
  }

  /// simdjson says what is wrong but not where; the reader of definitions knows both.
  private func explanation(
    of error: JSONRecordParser.Malformed, _ line: UnsafeBufferPointer<UInt8>
  ) -> Drop {
    do throws(JSONReader.SyntaxError) {
      _ = try JSONReader.read(SourceText(name: "", bytes: Array(line)))
      return malformed(error.message, line)
    } catch {
      return malformed("\(error.message), at byte \(error.place.offset) of the line", line)
    }
  }

  private func malformed(_ message: String, _ line: UnsafeBufferPointer<UInt8>) -> Drop {
    let start = String(decoding: line.prefix(NDJSONDecoder.excerptCount), as: UTF8.self)
    return Drop(
      reason: .malformedRecord, details: ["message": .string(message), "starts": .string(start)])
  }

  /// Bytes of a malformed line that its reject shows: enough to recognise it by.
  private static let excerptCount = 200

  private func document(from root: JSONRecordParser.Value, _ record: RawRecord) -> Outcome<Document>
  {
    guard root.isObject else { return wrong("the line is \(root.kindName), not an object") }
    var document = Document(id: record.placeName, source: settings.source, origin: record.origin)
    document.metadata["url"] = .null
    var others: [(String, JSONValue)] = []
    var problem: String?
    root.forEachChild { key, value in
      let name = String(decoding: key, as: UTF8.self)
      switch name {
      case settings.idField:
        if let id = NDJSONDecoder.id(value) {
          document.id = id
        } else if !value.isNull {
          problem =
            "\(name) must be a string that is not empty or a whole number, is \(value.kindName)"
        }
      case settings.htmlField:
        if let html = value.stringBytes {
          document.html = html.isEmpty ? nil : RawHTML(bytes: Array(html), charset: "utf-8")
        } else if !value.isNull {
          problem = "\(name) must be a string, is \(value.kindName)"
        }
      case settings.textField:
        if let text = value.stringBytes {
          document.text = UTF8Text(wellFormed: Array(text))
        } else if !value.isNull {
          problem = "\(name) must be a string, is \(value.kindName)"
        }
      case settings.urlField: document.metadata["url"] = value.value
      default: others.append((name, value.value))
      }
    }
    if let problem { return wrong(problem) }
    NDJSONDecoder.add(others, to: &document)
    if document.html == nil, document.text.isEmpty { return .drop(.noContent) }
    return .keep(document)
  }

  private func wrong(_ message: String) -> Outcome<Document> {
    .drop(.malformedRecord, ["message": .string(message)])
  }

  private static func id(_ value: JSONRecordParser.Value) -> String? {
    switch value.value {
    case .string(let id) where !id.isEmpty: id
    case .int(let id): String(id)
    default: nil
    }
  }

  /// Members of the record format go where they belong, all others to the metadata.
  private static func add(_ members: [(String, JSONValue)], to document: inout Document) {
    var others: [(String, JSONValue)] = []
    for (name, value) in members {
      switch (name, value) {
      case ("metadata", .object(let metadata)):
        for member in metadata.members { document.metadata[member.key] = member.value }
      case ("annotations", .object(let annotations)): document.annotations = annotations
      case ("source", .string(let source)): document.source = source
      case ("created", .string(let created)): document.created = created
      // Null says no more than absence.
      case ("source", .null), ("created", .null): break
      default: others.append((name, value))
      }
    }
    for (name, value) in others where document.metadata[name]?.isNull ?? true {
      document.metadata[name] = value
    }
  }
}
