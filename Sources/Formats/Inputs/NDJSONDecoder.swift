import Bytes
public import Pipeline

/// Makes documents out of NDJSON lines.
public struct NDJSONDecoder: RecordDecoder {
  private let settings: NDJSONSource.Settings
  private let parser: JSONRecordParser
  /// Whether a record must bring a page or a text, and has a URL that is null where it names none.
  private let isWhole: Bool

  init(
    settings: NDJSONSource.Settings, parser: sending JSONRecordParser, isWhole: Bool = true
  ) {
    self.settings = settings
    self.parser = parser
    self.isWhole = isWhole
  }

  public mutating func decode(_ record: RawRecord, of batch: RawBatch) throws -> Outcome<Document> {
    try batch.bytes.withUnsafeBufferPointer { bytes in
      try decode(UnsafeBufferPointer(rebasing: bytes[record.range]), record)
    }
  }

  private func decode(
    _ line: UnsafeBufferPointer<UInt8>, _ record: RawRecord
  ) throws -> Outcome<Document> {
    try read(line) { document(from: $0, record) }
  }

  /// Parses a line, which `JSONRecordParser.padding` readable bytes follow, or says why it is no record.
  func read<Result>(
    _ line: UnsafeBufferPointer<UInt8>, _ body: (JSONRecordParser.Value) -> Outcome<Result>
  ) throws -> Outcome<Result> {
    do {
      return try parser.parse(line, body)
    } catch is JSONRecordParser.TooManyValues {
      return .drop(.tooManyValues, ["limit": .int(Int64(JSONRecordParser.maximumValues))])
    } catch let error as JSONRecordParser.Malformed {
      if settings.illFormed == .repair,
        let repaired = IllFormedJSON.repaired(Array(line), padding: JSONRecordParser.padding)
      {
        let length = repaired.count - JSONRecordParser.padding
        if let outcome = try? repaired.withUnsafeBufferPointer({ bytes in
          try parser.parse(UnsafeBufferPointer(rebasing: bytes[..<length]), body)
        }) {
          return outcome
        }
      }
      return .drop(explanation(of: error, line))
    }
  }

  /// simdjson is short of words and says nothing of places; the reader of definitions knows both, but
  /// does not mind everything that simdjson does, such as whole numbers of 65 bits.
  private func explanation(
    of error: JSONRecordParser.Malformed, _ line: UnsafeBufferPointer<UInt8>
  ) -> Drop {
    guard line.count <= NDJSONDecoder.explainedCount else {
      return malformed("the line is no JSON: \(error.message)", line)
    }
    do throws(JSONReader.SyntaxError) {
      _ = try JSONReader.read(SourceText(name: "", bytes: Array(line)))
      return malformed("the line is no JSON: \(error.message)", line)
    } catch {
      let offset = error.place.offset
      return malformed("the line is no JSON: \(error.message), at byte \(offset)", line)
    }
  }

  private func malformed(_ message: String, _ line: UnsafeBufferPointer<UInt8>) -> Drop {
    let start = String(decoding: line.prefix(NDJSONDecoder.excerptCount), as: UTF8.self)
    return Drop(
      reason: .malformedRecord, details: ["message": .string(message), "starts": .string(start)])
  }

  /// Bytes of a malformed line that its reject shows: enough to recognise it by.
  private static let excerptCount = 200

  /// Longer lines are not read again for an explanation, which takes far more memory than the line.
  private static let explainedCount = 1 << 20

  func document(from root: JSONRecordParser.Value, _ record: RawRecord) -> Outcome<Document> {
    guard root.isObject else { return wrong("the line is \(root.kindName), not an object") }
    var document = Document(id: record.placeName, source: settings.source, origin: record.origin)
    if isWhole { document.metadata["url"] = .null }
    var id: JSONRecordParser.Value?
    var html: JSONRecordParser.Value?
    var base64: JSONRecordParser.Value?
    var charset: String?
    var text: JSONRecordParser.Value?
    var others = JSONObject()
    root.forEachChild { key, value in
      let name = String(decoding: key)
      switch name {
      case settings.idField: id = value
      case settings.htmlField: html = value
      case settings.base64Field: base64 = value
      case settings.charsetField where value.stringBytes != nil: charset = value.value.string
      case settings.textField: text = value
      case settings.urlField: document.metadata["url"] = value.value
      default: others[name] = value.value
      }
    }
    if let id, !id.isNull {
      guard let string = NDJSONDecoder.id(id) else {
        return wrong(
          settings.idField, "must be a string that is not empty or a whole number", id)
      }
      document.id = string
    }
    if let html, !html.isNull {
      guard let bytes = html.stringBytes else {
        return wrong(settings.htmlField, "must be a string", html)
      }
      document.html = bytes.isEmpty ? nil : RawHTML(bytes: Array(bytes), charset: "utf-8")
    }
    if let base64, !base64.isNull {
      guard let encoded = base64.stringBytes else {
        return wrong(settings.base64Field, "must be a string", base64)
      }
      switch Base64.decoded(Array(encoded)) {
      case .success(let bytes):
        if !bytes.isEmpty { document.html = RawHTML(bytes: bytes, charset: charset) }
      case .failure(let error):
        return wrong("\(settings.base64Field) \(error.message)")
      }
    }
    if let text, !text.isNull {
      guard let bytes = text.stringBytes else {
        return wrong(settings.textField, "must be a string", text)
      }
      document.text = UTF8Text(wellFormed: Array(bytes))
    }
    NDJSONDecoder.add(others, to: &document)
    if isWhole, document.html == nil, document.text.isEmpty { return .drop(noContent(others)) }
    return .keep(document)
  }

  /// A record without content often has it under another name.
  private func noContent(_ others: JSONObject) -> Drop {
    var message = "has neither \(settings.htmlField) nor \(settings.textField)"
    if let found = NDJSONDecoder.content(among: others) { message += "; it has \(found)" }
    return Drop(reason: .noContent, details: ["message": .string(message)])
  }

  /// A member that other programs call a page or its text, and the setting that would name it:
  /// `body: html_field?`.
  static func content(among others: JSONObject) -> String? {
    let candidates = others.members.filter { ($0.value.string?.utf8.count ?? 0) > 0 }
    guard let found = candidates.first(where: { contentNames.contains($0.key.lowercased()) }) else {
      return nil
    }
    let isPage = found.value.string?.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
    return "\(found.key): \(isPage ? "html_field" : "text_field")?"
  }

  /// The names that other programs give to a page or its text.
  public static let contentNames = [
    "body", "content", "html", "raw_html", "raw_content", "page", "page_content", "article",
    "markup", "document", "text", "raw_text", "plain_text", "html_content", "response", "data",
  ]

  private func wrong(_ message: String) -> Outcome<Document> {
    .drop(.malformedRecord, ["message": .string(message)])
  }

  private func wrong(
    _ name: String, _ rule: String, _ value: JSONRecordParser.Value
  ) -> Outcome<Document> {
    wrong("\(name) \(rule), is \(value.kindName)")
  }

  private static func id(_ value: JSONRecordParser.Value) -> String? {
    switch value.value {
    case .string(let id) where !id.isEmpty: id
    case .int(let id): String(id)
    case .digits(let id) where id.utf8.allSatisfy("-0123456789".utf8.contains): id
    default: nil
    }
  }

  /// Members of the record format go where they belong, all others to the metadata.
  private static func add(_ members: JSONObject, to document: inout Document) {
    var others: [JSONObject.Member] = []
    for member in members.members {
      switch (member.key, member.value) {
      case ("metadata", .object(let metadata)):
        // A URL that stands beside the metadata is not taken back by a null in it.
        for member in metadata.members
        where !member.value.isNull || document.metadata[member.key] == nil {
          document.metadata[member.key] = member.value
        }
      case ("annotations", .object(let annotations)): document.annotations = annotations
      case ("source", .string(let source)): document.source = source
      case ("created", .string(let created)): document.created = created
      // Null says no more than absence.
      case ("source", .null), ("created", .null): break
      default: others.append(member)
      }
    }
    for member in others where document.metadata[member.key]?.isNull ?? true {
      document.metadata[member.key] = member.value
    }
  }
}
