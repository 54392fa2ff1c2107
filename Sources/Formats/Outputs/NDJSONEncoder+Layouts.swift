import Bytes
import Pipeline

/// Layouts of other programs.
extension NDJSONEncoder {
  /// What datatrove's `JsonlReader` takes for a document: everything else is its metadata.
  mutating func writeForDatatrove(_ document: Document, _ rejection: Rejection?) {
    writer.key("metadata")
    writer.openObject()
    writer.key("source")
    writer.string(document.source)
    if let created = document.created {
      writer.key("created")
      writer.string(created)
    }
    writeKnown(document.metadata)
    writeFindings(document, rejection)
    writer.closeObject()
  }

  /// What dolma declares as `InputSpecWithMetadata`: strings where they are there at all.
  mutating func writeForDolma(_ document: Document, _ rejection: Rejection?) {
    writer.key("source")
    writer.string(document.source)
    if let fetched = document.metadata["warc_date"]?.string {
      writer.key("added")
      writer.string(NDJSONEncoder.withMilliseconds(fetched))
    }
    if let created = document.created {
      writer.key("created")
      writer.string(created)
    }
    writer.key("metadata")
    writer.openObject()
    writeKnown(document.metadata)
    writeFindings(document, rejection)
    writer.closeObject()
  }

  /// `2026-11-20T02:00:00.000Z` for `2026-11-20T02:00:00Z`; other forms stay as they are.
  private static func withMilliseconds(_ moment: String) -> String {
    moment.utf8.count == 20 && moment.utf8.last == UInt8(ascii: "Z")
      ? moment.dropLast() + ".000Z" : moment
  }

  /// One level, the same columns in every row, each of one type.
  mutating func writeFlat(_ document: Document, _ rejection: Rejection?) {
    writer.key("source")
    writer.string(document.source)
    writer.key("created")
    writer.string(document.created ?? "")
    for column in columns {
      writer.key(column.name)
      write(document.metadata[column.name] ?? .null, in: column)
    }
    writer.key("metadata")
    inner.removeAll()
    inner.openObject()
    for member in document.metadata.members where !member.value.isNull {
      if let column = columns.first(where: { $0.name == member.key }), column.fits(member.value) {
        continue
      }
      inner.key(member.key)
      inner.value(member.value)
    }
    inner.closeObject()
    writeInner()
    writeText("annotations", document.annotations)
    if let rejection { writeFlat(rejection, document.origin) }
  }

  private mutating func writeFlat(_ rejection: Rejection, _ origin: Origin) {
    writer.key("rejected_stage")
    writer.string(rejection.stage)
    writer.key("rejected_reason")
    writer.string(rejection.drop.reason.name)
    writer.key("rejected_file")
    writer.string(origin.file)
    writer.key("rejected_line")
    writer.int(Int64(origin.line ?? 0))
    writer.key("rejected_byte_offset")
    writer.int(Int64(origin.byteOffset))
    writeText("rejected_details", rejection.drop.details)
  }

  private mutating func write(_ value: JSONValue, in column: TableColumn) {
    switch (column.kind, value) {
    case (.string, .null): writer.string("")
    case (.string, .string(let text)): writer.string(text)
    case (.string, _):
      inner.removeAll()
      inner.value(value)
      writeInner()
    default: column.fits(value) ? writer.value(value) : writer.null()
    }
  }

  /// Writes an object as JSON in a string.
  private mutating func writeText(_ key: String, _ object: JSONObject) {
    writer.key(key)
    inner.removeAll()
    inner.object(object)
    writeInner()
  }

  private mutating func writeInner() {
    writer.string(UTF8Text(wellFormed: inner.bytes))
  }

  /// Writes the members of the metadata that are known. One whose name the layout gives to something else
  /// gets another, which no member has.
  private mutating func writeKnown(_ metadata: JSONObject) {
    for member in metadata.members where !member.value.isNull {
      var name = member.key
      while ownNames.contains(name) || name != member.key && metadata[name] != nil {
        name = "metadata_" + name
      }
      writer.key(name)
      writer.value(member.value)
    }
  }
}
