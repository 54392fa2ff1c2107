import Bytes
public import Pipeline

/// Makes documents out of rows.
public struct CSVDecoder: RecordDecoder {
  private let settings: CSVSource.Settings
  /// Of the batch that was decoded last.
  private var delimiter = UInt8(ascii: ",")
  private var prefix: [UInt8] = []
  private var columns: [Column] = []

  private enum Column {
    case id, url, html, text, source, created
    case other(String)
  }

  init(settings: CSVSource.Settings) { self.settings = settings }

  public mutating func decode(_ record: RawRecord, of batch: RawBatch) -> Outcome<Document> {
    if prefix.isEmpty || !batch.bytes.starts(with: prefix) { readHeader(batch.bytes) }
    if let place = UTF8Text.firstIllFormed(in: batch.bytes.span.extracting(record.range)) {
      return .drop(.invalidUTF8, ["byte": .int(Int64(place))])
    }
    let row = CSVRow(batch.bytes[record.range], delimiter: delimiter)
    do throws(CSVRow.Malformed) {
      let fields = try row.fields(limit: columns.count)
      if fields.count != columns.count {
        let count = fields.count > columns.count ? "more" : String(fields.count)
        throw CSVRow.Malformed(
          message: "the row has \(count) fields, and the table \(columns.count) columns")
      }
      return document(row, fields, record)
    } catch {
      return .drop(.malformedRow(error.message))
    }
  }

  private mutating func readHeader(_ bytes: [UInt8]) {
    let header = CSVHeader(of: bytes)
    (delimiter, prefix) = (header.delimiter, header.prefix)
    // The reader has let through no header that has no names.
    columns = ((try? header.names()) ?? []).map { name in
      switch name {
      case settings.idField: .id
      case settings.htmlField: .html
      case settings.textField: .text
      case settings.urlField: .url
      case "source": .source
      case "created": .created
      default: .other(name)
      }
    }
  }

  private func document(
    _ row: CSVRow, _ fields: [CSVRow.Field], _ record: RawRecord
  ) -> Outcome<Document> {
    var document = Document(id: record.placeName, source: settings.source, origin: record.origin)
    document.metadata["url"] = .null
    for (column, field) in zip(columns, fields) {
      let value = row.value(field)
      let string = { value.isEmpty ? nil : String(decoding: value, as: UTF8.self) }
      switch column {
      case .id: document.id = string() ?? document.id
      case .url: document.metadata["url"] = JSONValue(string())
      case .html: document.html = value.isEmpty ? nil : RawHTML(bytes: value, charset: "utf-8")
      case .text: document.text = UTF8Text(wellFormed: value)
      case .source: document.source = string() ?? document.source
      case .created: document.created = string()
      case .other(let name):
        if name != "url" || document.metadata[name]?.isNull ?? true {
          document.metadata[name] = JSONValue(string())
        }
      }
    }
    if document.html == nil, document.text.isEmpty { return .drop(noContent(document)) }
    return .keep(document)
  }

  /// A table without content often has it under another name.
  private func noContent(_ document: Document) -> Drop {
    var message = "has neither \(settings.htmlField) nor \(settings.textField)"
    if let found = NDJSONDecoder.content(among: document.metadata) {
      message += "; it has \(found)"
    } else if columns.count == 1, case .other(let name) = columns[0],
      let delimiter = CSVHeader.delimiter(meantIn: name)
    {
      message +=
        "; the table has one column, \(JSONValue.string(name).jsonText): "
        + "\"delimiter\": \(JSONValue.string(delimiter).jsonText)?"
    }
    return Drop(reason: .noContent, details: ["message": .string(message)])
  }
}
