import Bytes
public import Pipeline

/// Writes documents as lines of JSON, in one of the layouts.
public struct NDJSONEncoder: RecordEncoder {
  var writer = JSONWriter()
  /// For JSON that is a string in a record.
  var inner = JSONWriter()
  let layout: RecordLayout
  let columns: [TableColumn]
  let ownNames: Set<String>
  /// What a record's file is named after; written on a line before it.
  private let fields: [OutputField]

  /// Of winnow's own layout.
  public init() { self.init(.winnow, columns: [], fields: []) }

  init(_ layout: RecordLayout, columns: [TableColumn], fields: [OutputField]) {
    self.layout = layout
    self.columns = columns
    ownNames = layout.ownNames
    self.fields = fields
  }

  public mutating func encode(
    _ document: Document, rejection: Rejection?, into bytes: inout [UInt8]
  ) {
    if !fields.isEmpty {
      bytes += fields.map { $0.segment(of: document) }.joined(separator: "/").utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    swap(&writer.bytes, &bytes)
    writer.openObject()
    writer.key("id")
    writer.string(document.id)
    writer.key("text")
    writer.string(document.text)
    switch layout {
    case .winnow: writeOwn(document, rejection)
    case .datatrove: writeForDatatrove(document, rejection)
    case .dolma: writeForDolma(document, rejection)
    case .flat: writeFlat(document, rejection)
    }
    writer.closeObject()
    writer.endLine()
    swap(&writer.bytes, &bytes)
  }

  private mutating func writeOwn(_ document: Document, _ rejection: Rejection?) {
    writer.key("source")
    writer.string(document.source)
    // Unknown values are left out: readers that declare a string for them refuse null.
    if let created = document.created {
      writer.key("created")
      writer.string(created)
    }
    writer.key("metadata")
    writer.object(document.metadata)
    writeFindings(document, rejection)
  }

  /// Writes the members that stand only where there is something to say.
  mutating func writeFindings(_ document: Document, _ rejection: Rejection?) {
    if !document.annotations.isEmpty {
      writer.key("annotations")
      writer.object(document.annotations)
    }
    if let rejection {
      writer.key("rejected")
      write(rejection, document.origin)
    }
  }

  private mutating func write(_ rejection: Rejection, _ origin: Origin) {
    writer.openObject()
    writer.key("stage")
    writer.string(rejection.stage)
    writer.key("reason")
    writer.string(rejection.drop.reason.name)
    writer.key("file")
    writer.string(origin.file)
    writer.key("line")
    writer.value(origin.line.map { .int(Int64($0)) } ?? .null)
    writer.key("byte_offset")
    writer.int(Int64(origin.byteOffset))
    for detail in rejection.drop.details.members {
      writer.key(detail.key)
      writer.value(detail.value)
    }
    writer.closeObject()
  }
}
