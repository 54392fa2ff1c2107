public import Pipeline

/// Makes documents out of what stands in archives, by the names of the entries.
public struct ArchiveDecoder: RecordDecoder {
  private let files: FileDecoder
  private var ndjson: NDJSONDecoder
  private var csv: CSVDecoder
  private var warc: WARCDecoder

  init(files: FileDecoder, ndjson: sending NDJSONDecoder, csv: CSVDecoder, warc: WARCDecoder) {
    self.files = files
    self.ndjson = ndjson
    self.csv = csv
    self.warc = warc
  }

  public mutating func decode(_ record: RawRecord, of batch: RawBatch) throws -> Outcome<Document> {
    switch ArchiveContent(record.origin.file) {
    case .ndjson: try ndjson.decode(record, of: batch)
    case .csv: csv.decode(record, of: batch)
    case .warc: warc.decode(record, of: batch)
    case .file, nil: files.decode(record, of: batch)
    }
  }
}
