/// A component that documents go to: kept ones to the definition's `output`, others to its `rejects`.
public protocol Sink: Component {
  associatedtype Encoder: RecordEncoder
  associatedtype Writer: SinkWriter

  /// Called once per thread, on that thread.
  func makeEncoder() throws -> sending Encoder

  /// Called once per run.
  func makeWriter() throws -> sending Writer
}

/// One thread's share of the making of output.
public protocol RecordEncoder {
  /// Appends the document to `bytes`.
  /// - Parameter rejection: Why it was dropped; nil for one that was kept.
  mutating func encode(_ document: Document, rejection: Rejection?, into bytes: inout [UInt8])
}

/// The ordered part of a sink.
public protocol SinkWriter {
  /// Called in input order, by one thread at a time, with whole records.
  mutating func write(_ bytes: [UInt8]) throws

  /// Called once at the end of a run that read its whole input: what was written becomes final.
  mutating func finish() throws

  /// Called instead when the run was interrupted or failed: nothing may look final.
  /// - Returns: Where what was written can be found; nil when nowhere.
  mutating func abandon() -> String?
}

extension DropReason {
  /// What is decided at the output.
  public static let emptyText = DropReason(
    "empty_text", "No text is left, or no stage made any: an HTML page needs the stage html.")
}
