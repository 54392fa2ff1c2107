#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Standard error, for what is told while a run goes on. What cannot be told there cannot be told.
public enum StandardError {
  /// Writes one line, foreign text in it made visible. On a terminal it takes the place of a progress line.
  public static func tell(_ line: String) {
    let start = isatty(2) == 1 ? "\r\u{1B}[K" : ""
    var text = start + TerminalText.visible(line) + "\n"
    // In one call, so that lines of several threads do not mix.
    text.withUTF8 { bytes in _ = write(2, bytes.baseAddress, bytes.count) }
  }
}
