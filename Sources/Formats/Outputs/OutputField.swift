import Bytes
import Pipeline

/// A value of a record that names of files are made from: `{language}`, `{host}`, `{metadata.topic}`.
struct OutputField: Sendable, Hashable {
  /// As it stands between the braces.
  let name: String
  private let place: Place

  private enum Place: Hashable {
    case host
    case source
    case metadata(String)
    case annotation(label: String, key: String)
  }

  /// Fields that need no more than their name.
  static let plainNames = ["host", "language", "source"]

  /// Nil for names that mean nothing.
  init?(_ name: String) {
    self.name = name
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    switch parts.first {
    case "host" where parts.count == 1: place = .host
    case "source" where parts.count == 1: place = .source
    case "language" where parts.count == 1: place = .metadata("language")
    case "metadata" where parts.count > 1 && parts[1] != "":
      place = .metadata(parts.dropFirst().joined(separator: "."))
    case "annotations" where parts.count > 2 && parts[1] != "" && parts[2] != "":
      place = .annotation(label: parts[1], key: parts.dropFirst(2).joined(separator: "."))
    default: return nil
    }
  }

  /// What stands for the field in a path: one part of a file's name, never empty, with nothing in it that
  /// leads elsewhere.
  func segment(of document: Document) -> String {
    switch value(of: document) {
    case .string(let text) where !text.isEmpty: OutputField.encoded(text)
    case .int(let number): OutputField.encoded(String(number))
    case .digits(let digits): OutputField.encoded(digits)
    case .double(let number): OutputField.encoded(number.description)
    case .bool(let value): value ? "true" : "false"
    default: OutputField.unknown
    }
  }

  private func value(of document: Document) -> JSONValue? {
    switch place {
    case .source: return .string(document.source)
    case .metadata(let key): return document.metadata[key]
    case .annotation(let label, let key): return document.annotations[label]?.object?[key]
    case .host:
      guard let url = document.metadata["url"]?.string else { return nil }
      var host: [UInt8] = []
      HostName.append(of: url, to: &host)
      return .string(String(decoding: host, as: UTF8.self))
    }
  }

  /// For values that nobody knows, and those that are lists or objects.
  static let unknown = "_"
  /// For values that came when there were as many as are allowed. No value is written so.
  static let other = "_other"

  /// Letters and digits of ASCII, `-`, and where they do not come first `.` and `_` stand for themselves;
  /// all other bytes are written `%XX`. So a name is never hidden and never `..`, and two values have one
  /// name only if they are the same.
  static func encoded(_ value: String) -> String {
    var name: [UInt8] = []
    for byte in value.utf8 {
      // A longer value is told from others by its hash.
      if name.count > maximumLength - 3 {
        let hash = Hash64.hash(value.utf8.span)
        let digits = String(hash, radix: 16)
        return String(decoding: name, as: UTF8.self) + "~"
          + String(repeating: "0", count: 16 - digits.utf8.count) + digits
      }
      let isLetter = byte.isASCIIDigit || (0x61...0x7A).contains(byte | 0x20)
      if isLetter || byte == UInt8(ascii: "-")
        || !name.isEmpty && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_"))
      {
        name.append(byte)
      } else {
        name.append(percentEncoding: byte)
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Of an encoded value, before its hash. Three of them, and words between, make a name that every file
  /// system takes.
  private static let maximumLength = 48
}
