import Bytes
public import Pipeline

/// Makes documents out of WARC records.
public struct WARCDecoder: RecordDecoder {
  let settings: WARCSource.Settings
  let statuses: Set<Int>
  let maximumDocument: Int

  public func decode(_ record: RawRecord, of batch: RawBatch) -> Outcome<Document> {
    let bytes = batch.bytes[record.range]
    guard let end = HeaderFields.end(of: bytes),
      let header = try? WARCHeader(bytes[..<end])
    else { return .drop(.malformed("the record has no header")) }
    var document = Document(id: record.placeName, source: settings.source, origin: record.origin)
    describe(&document, header)
    let drop: Drop? =
      switch WARCContent(header, bytes[end...], statuses: statuses) {
      case .page(let page): read(page, &document)
      case .text(let text): WARCDecoder.read(text, &document)
      case .other(let name): .unreadPayload("the record is a \(name)")
      case .malformed(let message): .malformed(message)
      }
    guard let drop else { return .keep(document) }
    // The record is not named by its own id any more; this tells which it was.
    var details = drop.details
    details["warc_record_id"] = document.metadata["warc_record_id"]
    details["url"] = document.metadata["url"]
    return .drop(Drop(reason: drop.reason, details: details))
  }

  /// Sets what the header says.
  private func describe(_ document: inout Document, _ header: WARCHeader) {
    let id = header.fields.value("warc-record-id").map(WARCHeader.recordID)
    let own = header.fields.value(settings.idHeader).map(WARCHeader.recordID)
    if let own, !own.isEmpty { document.id = own }
    document.metadata["url"] = JSONValue(
      header.fields.value("warc-target-uri").map(WARCHeader.bare))
    document.metadata["warc_record_id"] = JSONValue(id)
    document.metadata["warc_date"] = JSONValue(header.fields.value("warc-date"))
    document.metadata["warc_truncated"] = JSONValue(header.fields.value("warc-truncated"))
    document.metadata["http_status"] = .null
  }

  /// - Returns: Why there is no page.
  private func read(_ page: WARCPage, _ document: inout Document) -> Drop? {
    var bytes = page.body
    if let response = page.response {
      document.metadata["http_status"] = .int(Int64(response.status))
      do throws(HTTPBody.Refused) {
        let limit = WARCPage.limit(bytes.count, maximumDocument: maximumDocument)
        let body = try HTTPBody(response, limit: limit)
        if body.isCut, document.metadata["warc_truncated"]?.isNull == true {
          document.metadata["warc_truncated"] = "disconnect"
        }
        bytes = body.bytes
      } catch {
        return error.drop
      }
    }
    if bytes.isEmpty { return Drop(reason: .noContentInRecord) }
    if let format = ForeignFormat(beginning: bytes) {
      return .unreadPayload("the payload is \(format.name)")
    }
    if page.media == nil, !FilesSource.isPage("", bytes) {
      return .unreadPayload("the payload has no media type, and does not begin as a page")
    }
    document.html = RawHTML(bytes: Array(bytes), charset: page.media?.charset)
    return nil
  }

  /// - Returns: Why there is no text.
  private static func read(_ bytes: ArraySlice<UInt8>, _ document: inout Document) -> Drop? {
    if bytes.isEmpty { return Drop(reason: .noContentInRecord) }
    let text = Array(bytes)
    if let offset = UTF8Text.firstIllFormed(in: text.span) {
      return Drop(reason: .invalidUTF8, details: ["byte": .int(Int64(offset))])
    }
    document.text = UTF8Text(wellFormed: text)
    return nil
  }
}

extension Drop {
  /// The rejection of a record that breaks the format.
  static func malformed(_ message: String) -> Drop {
    Drop(reason: .malformedWARC, details: ["message": .string(message)])
  }

  /// The rejection of a payload that claims to be a page and is not.
  fileprivate static func unreadPayload(_ message: String) -> Drop {
    Drop(reason: .unreadPayload, details: ["message": .string(message)])
  }
}
