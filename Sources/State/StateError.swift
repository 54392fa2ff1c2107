/// An error in a state directory, in the user's words.
public enum StateError: Error, Sendable, Hashable {
  /// Another process has it open; its number where it is known.
  case inUse(path: String, process: Int?)
  /// There is none.
  case missing(path: String)
  /// It was removed or replaced while it was open.
  case gone(path: String)
  /// A folder with something else in it.
  case notAState(path: String, found: String)
  /// Written by a program that knows a later format.
  case newer(path: String, version: Int)
  /// The file that says what the folder is cannot be understood.
  case unknownFormat(path: String)
  /// Bytes of the store are not those that were written, or some are missing.
  case damaged(path: String, detail: String)
  /// The system refused something; nothing is wrong with what is stored.
  case refused(path: String, cause: String)
}

extension StateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inUse(let path, let process):
      "\(process.map { "process \($0)" } ?? "another process") is using the state \(path); wait until it "
        + "has ended"
    case .missing(let path):
      "there is no state directory \(path); name the one that winnow run was given"
    case .gone(let path):
      "the state directory \(path) was removed or replaced while it was in use; nothing was remembered "
        + "since the last checkpoint"
    case .notAState(let path, let found):
      "\(path) is no state directory: it holds \(found); name a folder that is empty or not there yet"
    case .newer(let path, let version):
      "\(path) is a state of version \(version), and this winnow reads version "
        + "\(StateDirectory.version) and earlier; use a newer winnow"
    case .unknownFormat(let path):
      "\(path) does not say of which version the state is; put back the line "
        + "\"\(StateDirectory.marker)\(StateDirectory.version)\" if somebody changed it"
    case .damaged(let path, let detail):
      "the state \(path) is damaged: \(detail); put back a copy of it, or begin anew with another "
        + "directory"
    case .refused(let path, let cause): "cannot use the state \(path): \(cause)"
    }
  }
}

extension StateError {
  /// Sorts RocksDB's errors: damage must be repaired, a full disk only needs space.
  init(_ message: String, store path: String) {
    // A file that is missing does not come back when the same command is run again.
    let isMissing = message.hasPrefix("IO error: No such file")
    if message.hasPrefix("IO error: "), !isMissing, let colon = message.lastRange(of: ": ") {
      // `IO error: No space left on deviceWhile appending to file: /a/b.log: No space left on device`
      self = .refused(path: path, cause: String(message[colon.upperBound...]))
    } else {
      self = .damaged(path: path, detail: message)
    }
  }
}

extension String {
  /// The last occurrence of `text`, by bytes.
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    var end = utf8.endIndex
    while let start = utf8.index(end, offsetBy: -text.utf8.count, limitedBy: utf8.startIndex) {
      if utf8[start..<end].elementsEqual(text.utf8) { return start..<end }
      end = utf8.index(before: end)
    }
    return nil
  }
}
