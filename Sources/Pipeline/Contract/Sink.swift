public import Bytes

/// A component that documents go to: kept ones to the definition's `output`, others to its `rejects`.
public protocol Sink: Component {
  associatedtype Encoder: RecordEncoder
  associatedtype Writer: SinkWriter

  /// Called once per thread, on that thread.
  func makeEncoder() throws -> sending Encoder

  /// Called once per run.
  /// - Parameters:
  ///   - run: The run that writes the output. A numbered run belongs to a state directory: an output that
  ///     it would replace cannot be made again, since the documents in it are known.
  ///   - position: The position at the last checkpoint of a run that was interrupted. The writer cuts off
  ///     everything after it and continues there. Nil for a new output.
  func makeWriter(for run: RunStart, at position: SinkPosition?) throws -> sending Writer

  /// Says where a writer would write, without writing or changing anything.
  /// - Throws: What `makeWriter` would throw.
  func preview(for run: RunStart, at position: SinkPosition?) throws -> String
}

extension Sink {
  public func preview(for run: RunStart, at position: SinkPosition?) throws -> String {
    Self.manual.name
  }
}

/// One thread's share of the making of output.
public protocol RecordEncoder {
  /// Appends the document to `bytes`.
  /// - Parameter rejection: Why it was dropped; nil for one that was kept.
  mutating func encode(_ document: Document, rejection: Rejection?, into bytes: inout [UInt8])
}

/// The ordered part of a sink.
public protocol SinkWriter {
  /// Called in input order, by one thread at a time, with whole records as the encoders made them.
  /// - Returns: How many bytes of records they are, before compression; less than was handed over where an
  ///   encoder also says where a record goes.
  @discardableResult
  mutating func write(_ bytes: [UInt8]) throws -> Int

  /// Makes what was written durable.
  /// - Returns: From where a later run can go on.
  mutating func checkpoint() throws -> SinkPosition

  /// Called once at the end of a run that read its whole input: completes the output and makes it
  /// durable. Nothing is written afterwards.
  /// - Returns: From where `publish` can be called by a later run, if this one gets no further.
  mutating func close() throws -> SinkPosition

  /// Called after `close`; gives the output its final name. Calling it again does no harm: a writer made at the
  /// position of a closed output finds out what is left to do.
  mutating func publish() throws

  /// Called instead when the run was interrupted or failed: nothing may look final.
  /// - Returns: Where what was written can be found; nil when nowhere.
  mutating func abandon() -> String?
}

/// The position that an output had reached.
public struct SinkPosition: Sendable, Hashable {
  /// The values that the sink needs to continue: lengths, for instance.
  public var details: JSONObject
  /// Bytes that were written to the sink, but not by it to its file yet: the start of a compressed frame.
  public var pending: [UInt8]

  public init(details: JSONObject, pending: [UInt8] = []) {
    self.details = details
    self.pending = pending
  }
}

extension DropReason {
  /// The reasons to drop a document that are decided at the output.
  public static let emptyText = DropReason(
    "empty_text", "No text is left, or no stage made any: an HTML page needs the stage html.")
}
