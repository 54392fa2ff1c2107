import Bytes
import Formats
import Pipeline

/// The records of a batch as they are sent, a line each.
struct SentLines {
  private(set) var bytes: [UInt8] = []
  /// Where each of them ends, behind its line feed.
  private var ends: [Int] = []

  /// Takes the place of the lines before.
  mutating func encode(_ documents: [Document], by encoder: inout NDJSONEncoder) {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Exec.Worker.keptScratch)
    ends.removeAll(keepingCapacity: true)
    for document in documents {
      encoder.encode(document, rejection: nil, into: &bytes)
      ends.append(bytes.count)
    }
  }

  /// Where the lines of some records stand, one at least.
  func range(of records: Range<Int>) -> Range<Int> {
    let start = records.lowerBound == 0 ? 0 : ends[records.lowerBound - 1]
    return start..<ends[records.upperBound - 1]
  }

  /// Whether a line without its line feed is the one that was sent for a record.
  func isLine(of record: Int, _ line: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.span.extracting(range(of: record..<record + 1)).extracting(droppingLast: 1)
      .equals(line.span)
  }
}
