import ArgumentParser
import Bytes
import Runner

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and error, and what they are connected to.
enum Terminal {
  /// Writes to standard error. What cannot be told there cannot be told.
  ///
  /// Nothing foreign may come here but through `TerminalText.visible`.
  static func error(_ text: String) {
    // The system reads the bytes during the call, and no others.
    _ = unsafe text.utf8.span.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }

  /// Writes lines to standard error, foreign text in them made visible.
  static func tell(_ lines: String) { error(TerminalText.visible(lines, keepsLines: true)) }

  /// Writes a text to standard output, foreign text in it made visible. A reader that has gone is no error.
  static func output(_ text: String) throws {
    try reporting {
      try File.standardOutput.write(Array(TerminalText.visible(text, keepsLines: true).utf8).span)
    }
  }

  /// The arguments after the program's name; file names as bytes (`SystemPath`).
  static var arguments: [String] {
    CommandLine.arguments.indices.dropFirst().compactMap { index in
      // The vector has so many entries, each a C string that stays as long as the program runs.
      unsafe CommandLine.unsafeArgv[index].map { unsafe SystemPath.string($0) }
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

  /// Complains in the form of a diagnostic without a place, in one line.
  static func complain(_ message: String) {
    error("winnow: \(errorWord) \(TerminalText.visible(message))\n")
  }

  /// Complains about an error, in as many lines as it is meant to have.
  static func complain(_ failure: any Error, _ addition: String = "") {
    let isLong = failure is any ErrorOfSeveralLines
    let message = TerminalText.visible("\(failure)", keepsLines: isLong)
    error("winnow: \(errorWord) \(message)\(TerminalText.visible(addition))\n")
  }

  /// Whether standard output is a screen that shows colours, and NO_COLOR does not ask for none.
  static var showsColoredOutput: Bool {
    isatty(1) == 1 && environment("TERM") != "dumb" && (environment("NO_COLOR") ?? "").isEmpty
  }

  /// The width of the screen that standard output goes to; nil where it does not.
  static var outputColumns: Int? {
    var size = winsize()
    // The system fills the structure that this request is about.
    guard isatty(1) == 1, unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Says what was done.
  static func inform(_ message: String) {
    error("winnow: \(TerminalText.visible(message))\n")
  }

  static func environment(_ name: String) -> String? {
    // Copied at once: the program changes no variables.
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// All variables of the environment.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    // The vector ends in a null pointer, and each entry is a C string: both are copied before anything changes.
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let pair = unsafe String(cString: text)
      if let equals = pair.firstIndex(of: "=") {
        variables[String(pair[..<equals])] = String(pair[equals...].dropFirst())
      }
      unsafe entry += 1
    }
    return variables
  }
}
