import Bytes
import Pipeline

extension RawBatch {
  /// Notes a record that cannot be had, and where it stood.
  mutating func reject(_ problem: Drop, _ origin: Origin) {
    records.append(RawRecord(range: 0..<0, origin: origin, problem: problem))
  }

  /// Makes the bytes from `start` on a record of their own, the whole of a file, or rejects it as too large.
  /// - Parameter size: Of the file, or as much of it as is known to be too much.
  mutating func appendDocument(from start: Int, size: Int, file: String, _ context: Context) {
    let origin = Origin(file: file)
    if size > context.maximumDocument {
      bytes.removeSubrange(start...)
      reject(.tooLarge(bytes: size, limit: context.maximumDocument), origin)
    } else {
      records.append(RawRecord(range: start..<bytes.count, origin: origin))
    }
  }

  /// Notes a file in a format that is not read.
  mutating func appendForeign(_ path: String, _ format: ForeignFormat) {
    reject(.foreign(format.explanation), Origin(file: path))
  }

  /// Notes a file or folder that cannot be read, or not from here on.
  mutating func appendUnreadable(
    _ path: String, _ cause: String, line: Int? = nil, byteOffset: Int = 0
  ) {
    reject(.unreadable(cause), Origin(file: path, line: line, byteOffset: byteOffset))
  }
}

extension Drop {
  /// A record with more bytes than `run.max_document` allows.
  static func tooLarge(bytes: Int, limit: Int) -> Drop {
    Drop(reason: .tooLarge, details: ["bytes": .int(Int64(bytes)), "limit": .int(Int64(limit))])
  }

  /// The rejection of a format that no input reads.
  static func foreign(_ explanation: String) -> Drop {
    Drop(reason: .unknownFormat, details: ["message": .string("the file \(explanation)")])
  }

  /// The rejection of a file that cannot be read at all, or only up to some place.
  static func unreadable(_ cause: String) -> Drop {
    Drop(reason: .unreadable, details: ["message": .string(cause)])
  }
}

extension StreamError {
  /// An error that no record is to blame for: standard input cannot be read, or descriptors or memory are short.
  var faultOfTheRun: SystemError? {
    guard case .system(let error) = self, error.isShortage || error.path == "-" else { return nil }
    return error
  }
}
