import Bytes

/// What is read of an archive, told by an entry's name.
enum ArchiveContent {
  case file, ndjson, csv, warc

  /// - Parameter name: Of the archive, a slash, and the entry's own.
  /// - Returns: Nil for entries that are left out.
  init?(_ name: String) {
    if InputPaths.hasEnding(name, WARCSource.endings) {
      self = .warc
    } else if InputPaths.hasEnding(name, NDJSONSource.endings) {
      self = .ndjson
    } else if InputPaths.hasEnding(name, CSVSource.endings) {
      self = .csv
    } else if InputPaths.hasEnding(name, FilesSource.endings) {
      self = .file
    } else {
      return nil
    }
  }
}
