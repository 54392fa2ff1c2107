#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard error and what it is connected to.
enum Terminal {
  /// Writes to standard error. What cannot be told there cannot be told.
  static func error(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      _ = write(2, bytes.baseAddress, bytes.count)
    }
  }

  /// Whether somebody watches standard error, on a screen that can redraw a line.
  static var isInteractive: Bool {
    isatty(2) == 1 && environment("TERM") != "dumb"
  }

  /// `error:`, red where colours are shown and NO_COLOR (no-color.org) does not ask for none.
  static var errorWord: String {
    isInteractive && (environment("NO_COLOR") ?? "").isEmpty
      ? "\u{1B}[31merror:\u{1B}[0m" : "error:"
  }

  /// Complains in the form of a diagnostic without a place.
  static func complain(_ message: String) {
    error("winnow: \(errorWord) \(message)\n")
  }

  /// Says what was done.
  static func inform(_ message: String) { error("winnow: \(message)\n") }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// All variables of the environment.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.firstIndex(of: "=") {
        variables[String(pair[..<equals])] = String(pair[equals...].dropFirst())
      }
      entry += 1
    }
    return variables
  }
}
