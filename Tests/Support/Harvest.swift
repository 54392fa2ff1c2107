import Bytes
public import Pipeline

/// Everything that a source gives, a line for each record: a document as JSON, or why there is none.
///
/// - Parameter folder: Its path is left out of the lines.
public func harvest<S: Source>(
  _ source: S, byteBudget: Int = 1 << 20, in folder: TemporaryFolder? = nil
) throws -> [String] {
  var reader = try source.makeReader(nil)
  var decoder = try source.makeDecoder()
  var lines: [String] = []
  var hasMore = true
  while hasMore {
    var batch = RawBatch(byteBudget: byteBudget)
    hasMore = try reader.fill(&batch)
    for record in batch.records { lines.append(try describe(record, of: batch, &decoder)) }
  }
  return lines.map { line in folder.map { line.replacing($0.path + "/", with: "") } ?? line }
}

/// One record, decoded.
private func describe(
  _ record: RawRecord, of batch: RawBatch, _ decoder: inout some RecordDecoder
) throws -> String {
  let origin = record.origin
  let place = "\(record.placeName)@\(origin.byteOffset)"
  let outcome: Outcome<Document> =
    if let problem = record.problem { .drop(problem) } else {
      try decoder.decode(record, of: batch)
    }
  switch outcome {
  case .drop(let drop):
    return "\(place) \(drop.reason.name) \(JSONValue.object(drop.details).jsonText)"
  case .keep(let document):
    var parts = JSONObject([("id", .string(document.id))])
    if !document.text.isEmpty { parts["text"] = .string(document.text.string) }
    if let html = document.html {
      parts["html"] = .string(String(decoding: html.bytes, as: UTF8.self))
      parts["charset"] = html.charset.map(JSONValue.string)
    }
    parts["source"] = .string(document.source)
    parts["created"] = document.created.map(JSONValue.string)
    parts["metadata"] = .object(document.metadata)
    if !document.annotations.isEmpty { parts["annotations"] = .object(document.annotations) }
    return "\(place) \(JSONValue.object(parts).jsonText)"
  }
}
