import Bytes

/// What a program writes to standard error, passed on line by line under the stage's label.
struct ErrorLines {
  let label: String
  private var line: [UInt8] = []

  init(label: String) { self.label = label }

  /// A longer line is passed on in pieces.
  private static let longestLine = 4096

  mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        flush()
      } else {
        line.append(byte)
        if line.count == ErrorLines.longestLine { flush() }
      }
    }
  }

  /// Passes on what has no end of line yet.
  mutating func flush() {
    guard !line.isEmpty else { return }
    StandardError.tell("\(label): \(String(decoding: line, as: UTF8.self))")
    line.removeAll(keepingCapacity: true)
  }
}
