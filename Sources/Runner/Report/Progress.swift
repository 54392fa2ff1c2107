import Bytes
internal import Dispatch
import Pipeline
internal import Synchronization

/// Tells on standard error how far a run is: documents, bytes, rate, rejects, and the time left where
/// the input's size is known.
public final class Progress {
  public enum Style: Sendable {
    /// One line of a terminal, drawn anew.
    case live
    /// A line every ten seconds, for logs.
    case lines
  }

  private let teller: Teller
  private let timer: any DispatchSourceTimer

  /// Starts telling.
  /// - Parameter show: Called with each line, now and then, on any thread.
  public init(_ run: Run, style: Style, show: @escaping @Sendable (String) -> Void) {
    let teller = Teller(run: run, style: style, show: show)
    self.teller = teller
    // A serial queue always gets a thread, even while the run's threads keep all processors busy.
    let queue = DispatchQueue(label: "winnow.progress", qos: .userInteractive)
    timer = DispatchSource.makeTimerSource(queue: queue)
    let seconds = style == .live ? Progress.liveSeconds : Progress.lineSeconds
    timer.schedule(deadline: .now() + seconds, repeating: seconds)
    timer.setEventHandler { teller.tell() }
    timer.resume()
  }

  /// Ends with a last line for logs, or with an empty line in place of the live one.
  public func end() {
    timer.cancel()
    switch teller.style {
    case .live: teller.show(Teller.startOfLine)
    case .lines: teller.tell()
    }
  }

  private static let liveSeconds = 0.25
  private static let lineSeconds = 10.0
}

/// Makes the lines.
private struct Teller: Sendable {
  let run: Run
  let style: Progress.Style
  let show: @Sendable (String) -> Void
  private let totalBytes: Int?

  init(run: Run, style: Progress.Style, show: @escaping @Sendable (String) -> Void) {
    self.run = run
    self.style = style
    self.show = show
    let sizes = run.definition.inputs.map(\.byteCount)
    totalBytes = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  func tell() {
    show(style == .live ? Teller.startOfLine + line : line + "\n")
  }

  private var line: String {
    let firstPass = run.firstPass.withLock { $0 }
    let run = firstPass ?? run
    let counts = run.tally.current
    let resumed = run.tally.resumed
    let elapsed = Machine.elapsedSeconds - run.started
    let rejected = counts.rejected.values.reduce(0, +)
    var line = firstPass == nil ? "" : "first pass: "
    line +=
      "\(grouped(counts.read)) documents, \(sizeText(Double(counts.inputBytes))), "
      + "\(grouped(Int(Double(counts.read - resumed.read) / max(elapsed, 0.001)))) documents/s, "
      + "\(grouped(rejected)) rejected"
    let bytes = counts.inputBytes - resumed.inputBytes
    if let totalBytes, bytes > 0 {
      let left = Double(max(0, totalBytes - counts.inputBytes))
      line += ", \(durationText(elapsed * left / Double(bytes))) left"
    }
    return line
  }

  /// Back to the first column, and the line cleared (ECMA-48: CR, EL).
  static let startOfLine = "\r\u{1B}[K"
}
